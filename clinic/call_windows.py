"""Windows: when the desk may call somebody back, in our own words, and never while it is closed.

All times are of the clinic's own clock, without a zone.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from clinic.desk_hours import DAY, open_between, open_on
from clinic.schedule import Schedule
from clinic.spoken_days import ahead
from clinic.spoken_times import Range, Reading
from clinic.time_words import said_day, said_time
from clinic.wishes import ANY

PARTS = {  # of a day, as content/lexicon.yml names them
    "morning": (time(9), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(19)),
}
ANY_TIME = "any time"
SOON = "as soon as possible"
CLOSED = ""  # At the times that were named nobody is at the desk, or they are over.

_MINUTE = timedelta(minutes=1)
_SOON = re.compile(r"\b(asap|(?<!not )(right )?now|(right|straight) away|immediately|soonest|earliest)\b")
_ABOUT_A_SESSION = re.compile(r"\b(about|appointments?|bookings?|booked|sessions?|massages?)\b", re.I)
_ANY_TIME = re.compile(
    r"\b(any ?time|when ?ever|always|all day|any day|either|no preference|flexible|up to you|"
    r"doesn'?t matter|(don'?t|do not) (mind|care)|you (choose|pick|decide))\b"
)


def parts_offered(schedule: Schedule) -> dict[str, str]:
    """Those of PARTS in which the desk answers on some day of the week, each with its hours: 9:00 am to 12:00 pm."""
    opens, closes = min(one.opens for one in schedule.open), max(one.closes for one in schedule.open)
    hours = {part: (max(start, opens), min(end, closes)) for part, (start, end) in PARTS.items()}
    return {part: _said_hours(start, end) for part, (start, end) in hours.items() if start < end}


def window_in(text: str, parts: Collection[str], times: Reading, schedule: Schedule, now: datetime) -> str | None:
    """When the desk may call by what a message says, such as "any day, 9:00 am to 12:00 pm"; None when it says nothing.

    `parts` are those of PARTS that the message names, or ANY; `times` are what was read in it. CLOSED when it names
    only times at which the desk cannot call.
    """
    plain = text.lower().replace("’", "'")
    week = ahead(now.date())
    if any(one.end - one.start > DAY for one in times.ranges):  # As soon as possible has no other end.
        return SOON
    if times.ranges:
        days = {one.start.date() for one in times.ranges}
        return _said(times.ranges, schedule, now, names_days=not set(week[1:]) <= days <= set(week))
    if times.excluded:
        left = [rest for day in week for rest in _without(Range(_midnight(day), _midnight(day) + DAY), times.excluded)]
        return _said(left, schedule, now, names_days=True)
    if named := [hours for part, hours in PARTS.items() if part in parts]:
        return _said([_between(day, *hours) for day in week for hours in named], schedule, now, names_days=False)
    if _SOON.search(plain):
        return SOON
    if ANY in parts or _ANY_TIME.search(plain):
        return ANY_TIME
    return CLOSED if times.ambiguous else None


def may_be_about_a_session(text: str) -> bool:
    """Whether the day in a request to be called may be that of an appointment: "call me about friday"."""
    return bool(_ABOUT_A_SESSION.search(text))


def _said(ranges: Iterable[Range], schedule: Schedule, now: datetime, *, names_days: bool) -> str:
    by_day: dict[date, list[Range]] = {}
    for one in sorted(ranges):
        # At a moment, somebody must be there for the minute after it.
        for start, end in open_between(schedule, max(one.start, now), max(one.end, one.start + _MINUTE)):
            by_day.setdefault(start.date(), []).append(Range(start, start if one.is_point else end))
    hours = {day: _hours_of(day, _joined(spans), schedule, now) for day, spans in by_day.items()}
    if not hours:
        return CLOSED
    if not names_days:
        usual = max(hours.values(), key=[*hours.values()].count)
        return f"any day, {usual}" if usual else ANY_TIME
    return " or ".join(_said_days(run, hours[run[0]]) for run in _runs(hours, schedule))


def _hours_of(day: date, spans: Sequence[Range], schedule: Schedule, now: datetime) -> str:
    """Empty when it is all that is left of the day."""
    if spans == open_between(schedule, max(now, _midnight(day)), _midnight(day) + DAY):
        return ""
    return " and ".join(
        f"at {said_time(start)}" if start == end else _said_hours(start.time(), end.time()) for start, end in spans
    )


def _runs(hours: Mapping[date, str], schedule: Schedule) -> list[list[date]]:
    """The days, in order; those with the same hours together where no day of the clinic lies between them."""
    runs: list[list[date]] = []
    for day in hours:
        last = runs[-1][-1] if runs else day
        between = (last + number * DAY for number in range(1, (day - last).days))
        if runs and hours[last] == hours[day] and not any(open_on(schedule, one) for one in between):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _said_days(days: Sequence[date], hours: str) -> str:
    said = f"{said_day(days[0])} to {said_day(days[-1])}" if len(days) > 2 else " or ".join(map(said_day, days))
    return f"{said}, {hours}" if hours else said


def _said_hours(start: time, end: time) -> str:
    day = date(2026, 11, 23)
    return f"{said_time(datetime.combine(day, start))} to {said_time(datetime.combine(day, end))}"


def _joined(spans: Sequence[Range]) -> list[Range]:
    """Those that touch made one; they are in order."""
    joined: list[Range] = []
    for one in spans:
        if joined and one.start <= joined[-1].end:
            joined[-1] = Range(joined[-1].start, max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return joined


def _without(one: Range, holes: Iterable[Range]) -> list[Range]:
    left = [one]
    for hole in holes:
        pieces = [Range(start, min(end, hole.start)) for start, end in left]
        pieces += [Range(max(start, hole.end), end) for start, end in left]
        left = [piece for piece in pieces if piece.start < piece.end]
    return left


def _between(day: date, start: time, end: time) -> Range:
    return Range(datetime.combine(day, start), datetime.combine(day, end))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
