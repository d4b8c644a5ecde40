"""Spoken days: the days someone means, and what becomes of two that are said together."""

from datetime import date, timedelta
from typing import NamedTuple

DAYS_AHEAD = 7  # What "any day", and a time of day without a day, cover; today is the first.
LONGEST_SPAN_DAYS = 366

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
SATURDAY = 5
ALL_WEEKDAYS = frozenset(range(7))


class Days(NamedTuple):
    days: tuple[date, ...] = ()  # None when there is no such day, or it is past.
    weekdays: frozenset[int] = frozenset()  # Said by name only: a week or a date beside them tells which are meant.
    day_number: int = 0  # Likewise, of a month; 0: a month was said, or none is needed.
    is_stretch: bool = False  # Such as a week or a month, out of which weekdays can be picked.
    is_general: bool = False  # "Fridays", not one of them.
    same_day: bool = False  # Today's weekday was said: today if a time still to come was said too, else in a week.
    ambiguous: bool = False
    past: bool = False
    rest: tuple[date, ...] = ()  # Of days with one end, such as "before friday", those beyond it.

    @property
    def possible(self) -> bool:
        return bool(self.days) or self.past


IMPOSSIBLE = Days()
PAST = Days(past=True)


class Step(NamedTuple):
    """Days told by others: "the week before christmas"."""

    unit: str  # day; week and weekend, as the calendar has them
    number: int  # Below 0: before. 0: the one in which they are.


def ahead(today: date) -> tuple[date, ...]:
    return dates(today, today + (DAYS_AHEAD - 1) * DAY)


def dates(first: date, last: date) -> tuple[date, ...]:
    """Both included; none when the last is before the first."""
    return tuple(first + number * DAY for number in range(min((last - first).days, LONGEST_SPAN_DAYS) + 1))


def week_with(day: date) -> tuple[date, ...]:
    """From Monday to Sunday."""
    monday = day - day.weekday() * DAY
    return dates(monday, monday + 6 * DAY)


def weekdays_ahead(weekdays: frozenset[int], today: date) -> Days:
    return Days(tuple(day for day in ahead(today) if day.weekday() in weekdays), weekdays)


def merged(first: Days, second: Days) -> Days | None:
    """Two side by side that say one thing: "tuesday next week", "friday the 27th"; None when they say two.

    A weekday and a date that do not fit leave both, and are ambiguous.
    """
    if second.weekdays and not first.weekdays:
        first, second = second, first
    if first.weekdays and not second.weekdays:
        if second.past:
            return PAST
        if second.is_stretch and first.weekdays == ALL_WEEKDAYS:
            return second
        if second.is_stretch:
            picked = tuple(day for day in second.days if day.weekday() in first.weekdays)
            return Days(picked, ambiguous=second.ambiguous)
        if said_twice(first, second):
            return second
        if len(first.weekdays) == len(second.days) == 1:
            return Days((*first.days, *second.days), ambiguous=True)
    elif first.is_stretch != second.is_stretch and (first.day_number or second.day_number):
        stretch, number = (first, second.day_number) if first.is_stretch else (second, first.day_number)
        picked = tuple(day for day in stretch.days if day.day == number)
        return Days(picked) if picked else None
    elif first.is_stretch and second.is_stretch:
        both = tuple(day for day in first.days if day in second.days)
        return Days(both, is_stretch=True, ambiguous=first.ambiguous or second.ambiguous) if both else None
    if first.ambiguous and not first.weekdays and set(second.days) < set(first.days):
        return second  # "Next wednesday, the 2nd".
    return first if first == second else None


def said_twice(first: Days, second: Days) -> bool:
    """Whether one is a weekday and the other its date, or a stretch in which it lies: "friday, the 27th"."""
    if second.weekdays and not first.weekdays:
        first, second = second, first
    if not first.weekdays or second.weekdays or not second.days:
        return False
    return second.is_stretch or (len(first.weekdays) == 1 and {day.weekday() for day in second.days} == first.weekdays)


def span(first: Days, last: Days, today: date) -> Days:
    """From the one to the other, both included. Weekdays are those of the seven days ahead."""
    if not first.days or not last.days:
        return first if not first.days else last
    if first.weekdays and last.weekdays:
        start, end = min(first.weekdays), max(last.weekdays)
        weekdays = frozenset((start + number) % 7 for number in range((end - start) % 7 + 1))
        return weekdays_ahead(weekdays, today)
    begins, ends = min(first.days), max(last.days)
    if first.weekdays and ends < begins:
        begins = today
    while last.weekdays and ends < begins:
        ends += WEEK
    if ends < begins:
        return Days((*first.days, *last.days), ambiguous=True)
    return Days(dates(begins, ends), is_stretch=True, ambiguous=first.ambiguous or last.ambiguous)


def bounded(how: str, days: Days, today: date) -> Days:
    """Days with one end: `how` is "before", "by", "from" or "after" the days."""
    if not days.days:
        return days
    named = tuple(day + WEEK for day in days.days) if days.same_day else days.days
    first = max(today, min(named))
    last = first if days.ambiguous else max(today, max(named))
    turn = {"before": first, "from": first, "by": last + DAY, "after": last + DAY}[how]  # The first day beyond.
    earlier, later = dates(today, turn - DAY), ahead(turn)
    chosen, rest = (earlier, later) if how in ("before", "by") else (later, earlier)
    return Days(chosen, is_stretch=True, ambiguous=days.ambiguous, rest=rest)


def stepped(step: Step, days: Days) -> Days:
    edges = (
        days.days if days.ambiguous and not days.is_stretch else days.days[:1] if step.number < 1 else days.days[-1:]
    )
    if step.unit == "day":
        return Days(tuple(day + step.number * DAY for day in edges), ambiguous=days.ambiguous)
    weeks = [week_with(day + step.number * WEEK) for day in edges]
    first = SATURDAY if step.unit == "weekend" else 0
    return Days(tuple(day for week in weeks for day in week[first:]), is_stretch=True, ambiguous=days.ambiguous)


def in_week_of(said: Days, weekday: Days) -> Days:
    """Which is meant in "monday next week, I mean tuesday"."""
    if len(weekday.weekdays) != 1 or said.is_stretch:
        return weekday
    (number,) = weekday.weekdays
    days = tuple(week_with(day)[number] for day in said.days)
    return Days(days, ambiguous=said.ambiguous) if days and min(days) >= min(weekday.days) else weekday


def weekday_beside(weekdays: frozenset[int], count: int, days: Days) -> Days:
    """ "The friday before christmas"."""
    edges = days.days if days.ambiguous else days.days[:1] if count < 0 else days.days[-1:]
    near = (tuple(day + count * number * DAY for number in range(1, 8)) for day in edges)
    found = tuple(day for some in near for day in some if day.weekday() in weekdays)
    return Days(tuple(sorted(found)), ambiguous=days.ambiguous)
