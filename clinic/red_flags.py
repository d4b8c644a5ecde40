"""Red flags: what a visitor may say that matters more than any question, and how urgent it is.

Clinic staff write them in content/red_flags.yml; every message is held against them before anything else.
"""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, PrivateAttr, root_validator, validator

from clinic.evidence import Source
from clinic.hearing import Language
from clinic.record import Id, Record, Text
from clinic.rules import Rules, rule

Level = Literal["emergency", "crisis", "same_day", "see_doctor"]
LEVELS: tuple[Level, ...] = ("emergency", "crisis", "same_day", "see_doctor")  # The most urgent first.


class RedFlag(Record):
    """One danger: the lines that give it away, and the sentences that prove they do."""

    id: Id
    level: Level
    reason: Text  # For staff; no visitor reads it.
    sources: list[Id] = Field(..., min_items=1)
    when: list[Text] = Field(..., min_items=1)
    unless: list[Text] = Field([])
    must_trigger: list[Text] = Field(..., min_items=1)
    must_not_trigger: list[Text] = Field(..., min_items=1)

    @validator("level", pre=True)
    def _is_a_level(cls, level: object) -> object:
        if level not in LEVELS:
            raise ValueError(f"there is no level '{level}'; use one of {', '.join(LEVELS)}")
        return level


class RedFlags(Record):
    language: Language
    sources: dict[Id, Source]
    words: dict[Id, list[Text]]
    red_flags: list[RedFlag] = Field(..., min_items=1)
    _rules: Rules = PrivateAttr()

    def __init__(self, **content: Any) -> None:
        super().__init__(**content)
        self._rules = _rules(self.red_flags, self.words, self.language)

    def alert_for(self, text: str) -> RedFlag | None:
        """The most urgent red flag that a message raises, or None. Of equally urgent ones the first in the file."""
        number = self._rules.first_that_holds(text)
        return None if number is None else self.red_flags[number]

    def mentions_one(self, text: str) -> bool:
        """Whether a message speaks of a red flag at all, be it to deny it or to ask about it."""
        return self._rules.first_that_holds(text, however_meant=True) is not None

    def problems(self) -> list[str]:
        """What our own sentences show to be wrong with the rules, in sentences."""
        return [problem for flag in self.red_flags for problem in self._problems_of(flag)]

    def _problems_of(self, flag: RedFlag) -> Iterator[str]:
        for sentence in flag.must_trigger:
            raised = self.alert_for(sentence)
            if raised is None or raised.level != flag.level:
                yield f"{flag.id}: must raise {flag.level}, but {_told(raised)} is raised by: {sentence}"
        for sentence in flag.must_not_trigger:
            raised = self.alert_for(sentence)
            if raised is not None:
                yield f"{flag.id}: must raise nothing, but {_told(raised)} is raised by: {sentence}"

    @validator("words")
    def _lists_are_not_empty(cls, words: dict[str, list[str]]) -> dict[str, list[str]]:
        for name, wordings in words.items():
            if not wordings:
                raise ValueError(f"<{name}> has no wordings; write at least one, or take the list out")
        return words

    @validator("red_flags")
    def _ids_differ(cls, red_flags: list[RedFlag]) -> list[RedFlag]:
        ids = [flag.id for flag in red_flags]
        for id in ids:
            if ids.count(id) > 1:
                raise ValueError(f"two red flags are called '{id}'; give one of them another id")
        return sorted(red_flags, key=lambda flag: LEVELS.index(flag.level))

    @root_validator(skip_on_failure=True)
    def _names_are_known(cls, values: dict[str, Any]) -> dict[str, Any]:
        for flag in values["red_flags"]:
            for source in flag.sources:
                if source not in values["sources"]:
                    raise ValueError(f"{flag.id}: there is no source '{source}' under sources; add it there")
        _rules(values["red_flags"], values["words"], values["language"])
        return values


def _rules(red_flags: list[RedFlag], words: dict[Id, list[Text]], language: Language) -> Rules:
    return Rules([rule(flag.when, flag.unless) for flag in red_flags], words, language)


def _told(flag: RedFlag | None) -> str:
    return "nothing" if flag is None else f"{flag.level} ({flag.id})"
