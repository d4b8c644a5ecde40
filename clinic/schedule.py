"""When what can be booked: opening hours, closed days, each therapist's shifts, rooms, and the limits of booking.

Clinic staff write it in content/facts/schedule.yml; its times are those of the clinic's own clock.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from pydantic import ConstrainedInt, Field, root_validator, validator

from clinic.errors import UnknownOffer
from clinic.facts import ANYTHING_IN_BRACES, names_in
from clinic.record import Id, Record, Text

LINK_NAMES = frozenset(["treatment", "therapist", "minutes", "day"])  # Ids and numbers; the day as 2026-12-03.
LONGEST_HORIZON_DAYS = 366
STEPS = (5, 10, 15, 20, 30, 60)  # minutes; they divide an hour
FACTS_SAID_HERE = frozenset(["opening_hours", "session_lengths", "cancellation_notice"])

_TIME_OF_DAY = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:00)?)?")

if TYPE_CHECKING:
    Count = int
    Minutes = int
else:

    class Count(ConstrainedInt):
        strict = True
        gt = 0

    class Minutes(ConstrainedInt):
        strict = True
        ge = 0


class BookingMode(str, Enum):
    APPOINTMENTS = "appointments"  # The assistant books.
    LINK = "link"  # The clinic's own booking page does.
    REQUEST = "request"  # The desk does, and calls back.


class Weekday(str, Enum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


WEEK = tuple(Weekday)


class Hours(Record):
    days: list[Weekday] = Field(..., min_items=1)
    opens: time = Field(..., alias="from")
    closes: time = Field(..., alias="until")

    @validator("opens", "closes", pre=True)
    def _of_the_clock(cls, value: object) -> time:
        found = _TIME_OF_DAY.fullmatch(value) if isinstance(value, str) else None
        if not found:
            raise ValueError('must be a time such as "09:00", in quotes')
        return time(int(found[1]), int(found[2]))

    @root_validator(skip_on_failure=True)
    def _opens_first(cls, values: dict) -> dict:
        opens, closes = values["opens"], values["closes"]
        if opens >= closes:
            raise ValueError(f"from {_shown(opens)} until {_shown(closes)} ends before it begins: correct one of them")
        return values


class Closure(Record):
    day: date
    why: Text


class Service(Record):
    treatment: Id
    minutes: list[Count] = Field(..., min_items=1)  # The lengths on offer.
    usual_minutes: Count
    buffer_minutes: Minutes  # After the session; the therapist and the room are not free yet.

    @validator("minutes")
    def _lengths_differ(cls, minutes: list[int]) -> list[int]:
        return _each_once(minutes, "{} minutes stand there twice: remove one")

    @validator("usual_minutes")
    def _is_on_offer(cls, usual: int, values: dict) -> int:
        if "minutes" in values and usual not in values["minutes"]:
            raise ValueError(f"{usual} is not among the minutes above: choose one of them")
        return usual


class Away(Record):
    """When a therapist is not there, though the shift says so."""

    start: datetime | date = Field(..., alias="from")
    until: datetime | date  # A day is meant to its end.
    why: Text | None

    @validator("start", "until", pre=True)
    def _day_or_moment(cls, value: object) -> object:
        if not isinstance(value, date) and not (isinstance(value, str) and _MOMENT.fullmatch(value)):
            raise ValueError("must be a day such as 2026-12-24, or a day and a time such as 2026-12-24 13:00")
        return value

    @root_validator(skip_on_failure=True)
    def _ends_later(cls, values: dict) -> dict:
        if _begin(values["start"]) >= _end(values["until"]):
            raise ValueError(f"until {values['until']} is before it begins: correct one of them")
        return values

    @property
    def begins(self) -> datetime:
        """Of the clinic's own clock."""
        return _begin(self.start)

    @property
    def ends(self) -> datetime:
        """The moment from which the therapist is there again."""
        return _end(self.until)


class Shift(Record):
    therapist: Id
    gives: list[Id] = Field(..., min_items=1)
    hours: list[Hours] = Field(..., min_items=1)
    away: list[Away] = []

    @validator("gives")
    def _treatments_differ(cls, gives: list[str]) -> list[str]:
        return _each_once(gives, "{} stands there twice: remove one")

    @validator("hours")
    def _hours_apart(cls, hours: list[Hours]) -> list[Hours]:
        return _apart(hours)

    def hours_on(self, day: date) -> list[Hours]:
        """Empty when the therapist does not work on that weekday."""
        return _of_the_day(day, self.hours)


class Room(Record):
    id: Id
    name: Text


class BookingRules(Record):
    notice_minutes: Minutes  # A session begins at least this long after it is booked,
    horizon_days: Count  # and at most this many days ahead.
    step_minutes: Count  # Sessions begin at the full hour, and each of these minutes after it.
    hold_minutes: Count  # A chosen time is kept this long for a visitor who is still typing.
    most_open_holds: Count  # in one conversation
    most_ahead: Count  # booked sessions to come, of one person
    cancellation_hours: Count
    reminder_hours: Count  # before the session
    undo_minutes: Minutes  # The confirmation is sent this long after the booking; who cancels before gets no letter.

    @validator("horizon_days")
    def _at_most_a_year(cls, days: int) -> int:
        if days > LONGEST_HORIZON_DAYS:
            raise ValueError(f"must be at most {LONGEST_HORIZON_DAYS}")
        return days

    @validator("reminder_hours")
    def _reminds_while_it_can_be_changed(cls, hours: int, values: dict) -> int:
        if hours <= values.get("cancellation_hours", 0):
            raise ValueError("must be more than cancellation_hours: a reminder says that one can still move or cancel")
        return hours

    @validator("step_minutes")
    def _divides_the_hour(cls, minutes: int) -> int:
        if minutes not in STEPS:
            raise ValueError(f"must be one of {', '.join(map(str, STEPS))}, which divide an hour")
        return minutes


class Schedule(Record):
    demo: bool
    booking: BookingMode
    link: Text | None
    link_any_therapist: Text | None  # Instead of it, when no therapist was chosen.
    their_ids: dict[Id, Text] = {}  # What the booking page calls our treatments and therapists; the others as we do.
    open: list[Hours] = Field(..., min_items=1)
    closed: list[Closure]
    services: list[Service] = Field(..., min_items=1)
    shifts: list[Shift] = Field(..., min_items=1)
    rooms: list[Room] = Field(..., min_items=1)
    rules: BookingRules

    @validator("link", always=True)
    def _link_is_there_and_safe(cls, link: str | None, values: dict) -> str | None:
        if link is None and values.get("booking") is BookingMode.LINK:
            raise ValueError("is missing, and `booking: link` needs it: write the address of the booking page")
        return _checked(link, LINK_NAMES)

    @validator("link_any_therapist", always=True)
    def _link_without_therapist_is_safe(cls, link: str | None, values: dict) -> str | None:
        first = values.get("link") or ""
        if link is None and _stands_in_the_path("therapist", first):
            raise ValueError("is missing: {therapist} in the link needs it, for visitors who have no favourite")
        return _checked(link, LINK_NAMES - {"therapist"})

    @validator("open")
    def _hours_apart(cls, hours: list[Hours]) -> list[Hours]:
        return _apart(hours)

    @validator("closed")
    def _days_differ(cls, closed: list[Closure]) -> list[Closure]:
        _each_once([one.day for one in closed], "{} is closed twice: remove one")
        return closed

    @validator("services")
    def _treatments_differ(cls, services: list[Service]) -> list[Service]:
        _each_once([one.treatment for one in services], "{} stands there twice: write it once, with all its minutes")
        return services

    @validator("shifts")
    def _therapists_differ(cls, shifts: list[Shift]) -> list[Shift]:
        _each_once([one.therapist for one in shifts], "{} has two shifts: write one, with all the hours")
        return shifts

    @validator("rooms")
    def _rooms_differ(cls, rooms: list[Room]) -> list[Room]:
        _each_once([one.id for one in rooms], "the id {} is taken: give the room another one")
        return rooms

    def service(self, treatment: str) -> Service:
        """Raises UnknownOffer."""
        for service in self.services:
            if service.treatment == treatment:
                return service
        raise UnknownOffer(f"content/facts/schedule.yml has no service {treatment}")

    def shift(self, therapist: str) -> Shift:
        """Raises UnknownOffer."""
        for shift in self.shifts:
            if shift.therapist == therapist:
                return shift
        raise UnknownOffer(f"content/facts/schedule.yml has no shift of {therapist}")

    def givers(self, treatment: str) -> list[str]:
        """The therapists who give a treatment; empty when nobody does."""
        return [shift.therapist for shift in self.shifts if treatment in shift.gives]

    def hours_on(self, day: date) -> list[Hours]:
        """When the clinic is open on a day; empty when it is closed."""
        return [] if any(closure.day == day for closure in self.closed) else _of_the_day(day, self.open)

    def link_to(self, *, treatment: str, therapist: str | None, minutes: int | None, day: date | None) -> str:
        """The page where the clinic's own system books a treatment; only with `booking: link`. Raises UnknownOffer.

        Nothing but ids, a length and a day is in it. `therapist` and `day` are None when any will do, `minutes` when
        the usual length will.
        """
        minutes = minutes or self.service(treatment).usual_minutes
        known = {
            "treatment": self.their_ids.get(f"{treatment}_{minutes}") or self.their_ids.get(treatment, treatment),
            "therapist": therapist and self.their_ids.get(therapist, therapist),
            "minutes": str(minutes),
            "day": day and day.isoformat(),
        }
        link = self.link if therapist else self.link_any_therapist or self.link
        assert link is not None
        for name, value in known.items():
            link = link.replace(f"{{{name}}}", quote(value, safe="")) if value else _without(name, link)
        return link

    def said(self) -> dict[str, str]:
        """FACTS_SAID_HERE, as visitors read them: what follows from the schedule is written nowhere else."""
        lengths = sorted({minutes for service in self.services for minutes in service.minutes})
        return {
            "opening_hours": ", ".join(_said_hours(self.open)),
            "session_lengths": f"{_listed(map(str, lengths), 'or')} minutes",
            "cancellation_notice": _said_amount(self.rules.cancellation_hours, "hour"),
        }


def _of_the_day(day: date, hours: Sequence[Hours]) -> list[Hours]:
    weekday = WEEK[day.weekday()]
    return [one for one in hours if weekday in one.days]


def _apart(hours: list[Hours]) -> list[Hours]:
    for weekday in WEEK:
        of_the_day = sorted((one for one in hours if weekday in one.days), key=lambda one: one.opens)
        for before, after in zip(of_the_day, of_the_day[1:], strict=False):
            if after.opens <= before.closes:
                both = f"until {_shown(before.closes)} and from {_shown(after.opens)}"
                raise ValueError(f"{weekday.value} is written {both}: join them into one line, or leave a break")
    return hours


def _each_once(values: list, problem: str) -> list:
    for value in values:
        if values.count(value) > 1:
            raise ValueError(problem.format(value))
    return values


def _checked(link: str | None, names: frozenset[str]) -> str | None:
    """The template of an address, which may hold these names. Raises ValueError."""
    if link is None:
        return None
    if unknown := sorted(names_in(link) - names):
        known = ", ".join(f"{{{name}}}" for name in sorted(names))
        raise ValueError(f"{{{unknown[0]}}} is not known here: use {known}, or none")
    if not _is_safe(ANYTHING_IN_BRACES.sub("x", link)):
        raise ValueError("must be an address that begins with https://, without spaces")
    if _stands_in_the_path("day", link):
        raise ValueError("{day} is not always known: write it behind a ?, such as ?day={day}, where it can be left out")
    return link


def _stands_in_the_path(name: str, link: str) -> bool:
    return f"{{{name}}}" in _without(name, link)


def _without(name: str, link: str) -> str:
    """The template without what it asks for behind a ? with this name: `staff={therapist}`."""
    shorter = re.sub(rf"(?<=[?&])[^?&#]*\{{{name}\}}[^?&#]*(&|(?=#|$))", "", link)
    return re.sub(r"[?&](?=#|$)", "", shorter)


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" and bool(parts.netloc) and not re.search(r"[\s{}<>\"'()]", address)


def _begin(moment: datetime | date) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def _end(moment: datetime | date) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment + timedelta(days=1), time())


def _said_hours(hours: Sequence[Hours]) -> Iterable[str]:
    """Monday to Friday 9:00 to 19:00; then the closed days in their place."""
    by_day: Mapping[Weekday, list[str]] = {
        weekday: [
            f"{_shown(one.opens)} to {_shown(one.closes)}"
            for one in sorted(hours, key=lambda one: one.opens)
            if weekday in one.days
        ]
        for weekday in WEEK
    }
    for times, run in groupby(WEEK, key=lambda weekday: by_day[weekday]):
        names = [weekday.value.capitalize() for weekday in run]
        days = f"{names[0]} to {names[-1]}" if len(names) > 2 else " and ".join(names)
        yield f"{days} {_listed(times, 'and')}" if times else f"closed {days}"


def _said_amount(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _listed(parts: Iterable[str], last: str) -> str:
    *others, end = parts
    return f"{', '.join(others)} {last} {end}" if others else end


def _shown(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"
