"""How well a text is supported: the strength of the evidence, its sources, and who looked at it when."""

from datetime import date
from enum import Enum

from pydantic import HttpUrl, root_validator, validator

from clinic.record import Record, Text

LONGEST_REVIEW_INTERVAL_DAYS = 3 * 366  # Health information is looked at again within three years.


class Evidence(str, Enum):
    STRONG = "strong"
    MIXED = "mixed"
    WEAK = "weak"
    NONE = "none"
    CLINIC_FACT = "clinic fact"  # What the clinic says about itself; makes no clinical claim.


class Source(Record):
    """A page of the body that says it, never a copy of it."""

    title: Text
    publisher: Text
    url: HttpUrl


class ReviewState(str, Enum):
    DRAFTED = "drafted"  # Written from the sources; no clinician has checked it.
    REVIEWED = "reviewed"  # A clinician checked all of it.


class Review(Record):
    state: ReviewState
    by: Text
    on: date
    next: date

    @validator("next")
    def _comes_in_time(cls, next_review: date, values: dict) -> date:
        if "on" in values:
            days = (next_review - values["on"]).days
            if not 0 < days <= LONGEST_REVIEW_INTERVAL_DAYS:
                raise ValueError("the next review must come after this one, within three years")
        return next_review

    def sentence(self) -> str:
        """What the visitor is told about the review."""
        if self.state is ReviewState.DRAFTED:
            return f"Drafted from the sources on {spoken(self.on)}; not yet reviewed by a clinician."
        return f"Reviewed by {self.by} on {spoken(self.on)}."

    def is_overdue(self, today: date) -> bool:
        return self.next < today


Texts = dict[tuple[object, ...], str]


class Supported(Record):
    """A record that says how well it is supported; sources are required for every clinical claim."""

    evidence: Evidence
    sources: list[Source] = []
    review: Review

    @root_validator(skip_on_failure=True)
    def _has_sources(cls, values: dict) -> dict:
        if not values["sources"] and values["evidence"] is not Evidence.CLINIC_FACT:
            raise ValueError("sources: at least one is needed, unless the evidence is 'clinic fact'")
        return values

    def texts(self) -> Texts:
        """Everything a visitor may read, each text by the keys under which it stands."""
        raise NotImplementedError


def spoken(day: date) -> str:
    """A date as one says it: 22 November 2026."""
    return f"{day.day} {day:%B %Y}"
