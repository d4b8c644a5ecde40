"""Writes the pages: templates in which everything is escaped, with the clinic's facts and its own clock."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from clinic.content import Content
from clinic.facts import Facts
from clinic.time_words import said_day, said_time, said_zone

TEMPLATES = Path(__file__).parent / "templates"

_CALL = re.compile(r"\[(?P<shown>[^\]]+)\]\((?P<address>tel:[^()\s]+)\)")


class Phone(NamedTuple):
    shown: str
    address: str  # tel:..., or empty when the facts say none


def page_writer(zone: ZoneInfo) -> Callable[..., str]:
    """What makes a page of a template, the content, the day it is, and the template's own values."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["local"] = lambda moment: moment.astimezone(zone)
    environment.filters["said_day"] = said_day
    environment.filters["said_date"] = lambda day: f"{day:%B} {day.day}"
    environment.filters["said_time"] = said_time
    return partial(_written, environment, said_zone(zone))


def _written(environment: Environment, zone_name: str, name: str, content: Content, day: date, **values: Any) -> str:
    return environment.get_template(name).render(
        fact=lambda fact: content.facts.on(fact, day),
        phone=_phone(content.facts, day),
        named=partial(_named, content),
        demo=content.schedule.demo,
        zone_name=zone_name,
        **values,
    )


def _phone(facts: Facts, day: date) -> Phone:
    link = _CALL.fullmatch(facts.fill("{phone_link}", day))
    return Phone(link["shown"], link["address"]) if link else Phone(facts.on("phone", day), "")


def _named(content: Content, id: str) -> str:
    """A treatment or a therapist as visitors know it; the id itself when it is no longer on offer."""
    return next((offer.name for offer in (*content.treatments, *content.therapists) if offer.id == id), id)
