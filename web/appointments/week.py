"""The week of free times that a visitor looks at, and the ways to the weeks before and after it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import groupby
from typing import NamedTuple

from clinic.availability import Slot, Window


class Week(NamedTuple):
    """From Monday to Sunday, of the clinic's own calendar."""

    monday: date
    earlier: date | None  # the Monday before, when something can be booked there
    later: date | None

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    def window(self, zone: tzinfo) -> Window:
        return Window(_midnight(self.monday, zone), _midnight(self.monday + timedelta(days=7), zone))


def week_of(day: date, *, first: date, last: date) -> Week:
    """The week of a day, or the nearest one in which there is a day from the first to the last."""
    monday, earliest, latest = (_monday(one) for one in (day, first, last))
    monday = min(max(monday, earliest), latest)
    earlier, later = monday - timedelta(days=7), monday + timedelta(days=7)
    return Week(monday, earlier if earlier >= earliest else None, later if later <= latest else None)


def read_day(text: str | None) -> date | None:
    """The day in an address (2026-11-26); None when there is none that can be meant."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if 2000 <= day.year < 3000 else None  # So that there is a week before and after it.


def by_day(slots: Iterable[Slot], zone: tzinfo) -> list[tuple[date, list[Slot]]]:
    """The slots, earliest first, under the day on which they begin."""
    days = groupby(slots, key=lambda slot: slot.start.astimezone(zone).date())
    return [(day, list(of_the_day)) for day, of_the_day in days]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
