"""Desk hours: when somebody at the desk answers, by the clinic's own clock."""

from datetime import date, datetime, time, timedelta

from clinic.schedule import Schedule
from clinic.spoken_times import Range

DAY = timedelta(days=1)
LONGEST_CLOSED_DAYS = 60  # Further ahead nobody looks for when it opens again.


def closes_at(schedule: Schedule, now: datetime) -> datetime | None:
    """Until when the desk answers without a break; None when nobody is there now."""
    return next((end for start, end in open_between(schedule, now, now + DAY) if start == now), None)


def opens_at(schedule: Schedule, now: datetime) -> datetime | None:
    """When somebody is there again; None when that is too far away to be said."""
    ahead = open_between(schedule, now, now + LONGEST_CLOSED_DAYS * DAY)
    return next((start for start, _ in ahead if start > now), None)


def open_on(schedule: Schedule, day: date) -> list[Range]:
    """When the desk answers on a day, in order; empty when the clinic is closed."""
    hours = sorted(schedule.hours_on(day), key=lambda one: one.opens)
    return [Range(datetime.combine(day, one.opens), datetime.combine(day, one.closes)) for one in hours]


def open_between(schedule: Schedule, start: datetime, end: datetime) -> list[Range]:
    """The same between two moments, the second excluded."""
    days = ((end - datetime.combine(start.date(), time())) // DAY) + 1
    hours = [one for number in range(days) for one in open_on(schedule, start.date() + number * DAY)]
    within = (Range(max(start, one.start), min(end, one.end)) for one in hours)
    return [one for one in within if one.start < one.end]
