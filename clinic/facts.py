"""Facts of the clinic: each written once, with the day from which it holds."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from pydantic import Field, validator

from clinic.errors import UnknownFact
from clinic.record import Id, Record, Text

NAME_IN_TEXT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
ANYTHING_IN_BRACES = re.compile(r"\{([^{}]*)\}")  # A misspelt name, such as {Phone}, too.


class Value(Record):
    since: date = Field(..., alias="from")
    value: Text


class Fact(Record):
    what: Text
    values: list[Value] = Field(..., min_items=1)

    @validator("values")
    def _each_from_another_day(cls, values: list[Value]) -> list[Value]:
        if len({value.since for value in values}) < len(values):
            raise ValueError("two values hold from the same day")
        return sorted(values, key=lambda value: value.since)

    def on(self, day: date) -> str:
        """The value that holds on a day. Raises UnknownFact if none did yet."""
        held = [value.value for value in self.values if value.since <= day]
        if not held:
            raise UnknownFact(f"no value holds on {day}: the first starts on {self.values[0].since}")
        return held[-1]


class Facts:
    """All facts by name. A fact's value may name other facts."""

    def __init__(self, facts: dict[Id, Fact]) -> None:
        self._facts = dict(facts)

    def __contains__(self, name: str) -> bool:
        return name in self._facts

    def on(self, name: str, day: date) -> str:
        """The value of a fact on a day, with the facts it names filled in. Raises UnknownFact."""
        return self._resolve(name, day, ())

    def including(self, values: Mapping[str, str]) -> "Facts":
        """These facts, and values by name that hold on every day."""
        always = {
            name: {"what": name, "values": [{"from": date.min, "value": value}]} for name, value in values.items()
        }
        return Facts(self._facts | {name: Fact.parse_obj(one) for name, one in always.items()})

    def fill(self, text: str, day: date, given: Mapping[str, str] = MappingProxyType({})) -> str:
        """The text with every `{name}` replaced by what is given for it, or else by the fact's value; other names in
        braces stay, and so does what is given."""
        return NAME_IN_TEXT.sub(lambda found: self._filled(found, day, given), text)

    def _filled(self, found: "re.Match[str]", day: date, given: Mapping[str, str]) -> str:
        if found[1] in given:
            return given[found[1]]
        return self.on(found[1], day) if found[1] in self._facts else found[0]

    def _resolve(self, name: str, day: date, path: tuple) -> str:
        if name not in self._facts:
            raise UnknownFact(f"there is no fact named {name}")
        if name in path:
            raise UnknownFact(f"the fact {name} refers to itself: {' > '.join([*path, name])}")
        value = self._facts[name].on(day)
        return ANYTHING_IN_BRACES.sub(lambda found: self._resolve(found[1], day, (*path, name)), value)


def names_in(text: str) -> set[str]:
    """The names in braces that a text asks for."""
    return set(ANYTHING_IN_BRACES.findall(text))
