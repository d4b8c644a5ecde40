"""Which times are free: what the schedule allows, less what is taken."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from itertools import product
from math import ceil
from typing import NamedTuple

from clinic.schedule import Schedule, Shift

# In seconds since 1970, without its end. Lists of spans are in order, and no two of them touch.
_Span = tuple[int, int]

_STAMP = "%Y%m%dT%H%M%SZ"
_SLOT_ID = re.compile(r"([a-z][a-z0-9_]*)-([0-9]{1,4})-([a-z][a-z0-9_]*)-([0-9]{8}T[0-9]{6}Z)")


class Window(NamedTuple):
    """When a session may begin, in UTC: from `start` and before `until`; exactly then if they are the same."""

    start: datetime
    until: datetime


class Busy(NamedTuple):
    resource: str  # therapist:sam or room:room_1
    start: datetime  # in UTC
    until: datetime  # Free again from then on.


class Slot(NamedTuple):
    treatment: str
    minutes: int
    therapist: str
    room: str
    start: datetime  # in UTC

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)

    @property
    def id(self) -> str:
        """`sam-60-deep_tissue_massage-20261126T160000Z`; not the room, since any that is free will do."""
        return f"{self.therapist}-{self.minutes}-{self.treatment}-{self.start:{_STAMP}}"


def free_slots(
    schedule: Schedule,
    busy: Iterable[Busy],
    *,
    treatment: str,
    minutes: int,
    therapists: Iterable[str],
    windows: Iterable[Window],
    now: datetime,
    zone: tzinfo,
) -> list[Slot]:
    """All that can be booked, the earliest first, then by therapist in the order given: one for each start and
    therapist, in the first room that is free. Empty when the treatment is not offered, or not for so long.

    A session lies within the opening hours and the therapist's. Its buffer may end later than they do, but before
    anything busy begins. `zone` is the clinic's: its clock, at 0:00 and every `step_minutes` after, says when sessions
    begin.
    """
    shifts = {shift.therapist: shift for shift in schedule.shifts}
    givers = [shifts[one] for one in dict.fromkeys(therapists) if one in shifts and treatment in shifts[one].gives]
    service = next((one for one in schedule.services if one.treatment == treatment and minutes in one.minutes), None)
    if service is None or not givers:
        return []
    length, step = minutes * 60, schedule.rules.step_minutes * 60
    taken = _taken(busy, length + service.buffer_minutes * 60)
    allowed = _allowed(windows, schedule, now, zone)
    days = _days(allowed, zone)

    by_giver = []
    for giver in givers:
        work = [(begin, end - length + 1) for begin, end in _work(schedule, giver, days, zone)]
        by_giver.append(_less(_both(allowed, work), taken[f"therapist:{giver.therapist}"]))
    starts = [set(_on_the_grid(spans, step, zone)) for spans in by_giver]

    room_at: dict[int, str] = {}
    anybody = _merged(span for spans in by_giver for span in spans)
    for room in reversed(schedule.rooms):  # The first has the last word.
        spans = _less(anybody, taken[f"room:{room.id}"])
        room_at.update(dict.fromkeys(_on_the_grid(spans, step, zone), room.id))

    return [
        Slot(treatment, minutes, giver.therapist, room_at[start], moment)
        for start in sorted(room_at)
        for moment in [datetime.fromtimestamp(start, timezone.utc)]
        for giver, of_the_giver in zip(givers, starts, strict=True)
        if start in of_the_giver
    ]


def slot_of(id: str, schedule: Schedule, busy: Iterable[Busy], *, now: datetime, zone: tzinfo) -> Slot | None:
    """The slot of this id if it is still free, in whichever room is; None for anything else."""
    found = _SLOT_ID.fullmatch(id)
    start = _stamped(found[4]) if found else None
    if found is None or start is None:
        return None
    slots = free_slots(
        schedule,
        busy,
        treatment=found[3],
        minutes=int(found[2]),
        therapists=[found[1]],
        windows=[Window(start, start)],
        now=now,
        zone=zone,
    )
    return slots[0] if slots else None


def same_time(id: str, *, treatment: str, minutes: int, therapist: str) -> str:
    """The id of a slot that begins when the one of this id does, which need not be free."""
    return f"{therapist}-{minutes}-{treatment}-{id.rsplit('-', 1)[1]}"


def therapist_of(id: str) -> str:
    return id.split("-")[0]


def blocked_until(slot: Slot, schedule: Schedule) -> datetime:
    """When its therapist and its room are free again, after the buffer. Raises UnknownOffer."""
    return slot.end + timedelta(minutes=schedule.service(slot.treatment).buffer_minutes)


def _allowed(windows: Iterable[Window], schedule: Schedule, now: datetime, zone: tzinfo) -> list[_Span]:
    """Those parts of the windows that are neither too soon nor too far ahead."""
    earliest = ceil((now + timedelta(minutes=schedule.rules.notice_minutes)).timestamp())
    day_after = now.astimezone(zone).date() + timedelta(days=schedule.rules.horizon_days + 1)
    latest = _at(datetime.combine(day_after, time()), zone)
    spans = []
    for start, until in windows:
        begin, end = ceil(start.timestamp()), ceil(until.timestamp())
        spans.append((max(begin, earliest), min(begin + 1 if start == until else end, latest)))
    return _merged(spans)


def _taken(busy: Iterable[Busy], blocked: int) -> dict[str, list[_Span]]:
    """By resource, when nothing can begin that blocks it for so many seconds; one that is never busy is there, too."""
    spans = defaultdict(list)
    for resource, start, until in busy:
        spans[resource].append((int(start.timestamp()) - blocked + 1, ceil(until.timestamp())))
    return defaultdict(list, {resource: _merged(each) for resource, each in spans.items()})


def _days(spans: Iterable[_Span], zone: tzinfo) -> list[date]:
    """The clinic's days on which they lie."""
    days: set[date] = set()
    for begin, end in spans:
        first, last = (datetime.fromtimestamp(moment, zone).date() for moment in (begin, end - 1))
        days.update(first + timedelta(days=number) for number in range((last - first).days + 1))
    return sorted(days)


def _work(schedule: Schedule, shift: Shift, days: Iterable[date], zone: tzinfo) -> list[_Span]:
    """When the clinic is open on these days and the therapist is there."""
    work = []
    for day in days:
        for opening, hours in product(schedule.hours_on(day), shift.hours_on(day)):
            begin, end = max(opening.opens, hours.opens), min(opening.closes, hours.closes)
            if begin < end:
                work.append((_at(datetime.combine(day, begin), zone), _at(datetime.combine(day, end), zone)))
    return _less(_merged(work), _merged((_at(away.begins, zone), _at(away.ends, zone)) for away in shift.away))


def _on_the_grid(spans: Iterable[_Span], step: int, zone: tzinfo) -> Iterator[int]:
    """The moments in them at which the clinic's clock shows a multiple of the step."""
    for begin, end in spans:
        offset = datetime.fromtimestamp(begin, zone).utcoffset()
        assert offset is not None
        yield from range(begin + -(begin + round(offset.total_seconds())) % step, end, step)


def _merged(spans: Iterable[_Span]) -> list[_Span]:
    """The same time in order, without spans that are empty or touch."""
    merged: list[_Span] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif begin < end:
            merged.append((begin, end))
    return merged


def _both(spans: Sequence[_Span], others: Sequence[_Span]) -> list[_Span]:
    """The time that is in both."""
    shared, one, other = [], 0, 0
    while one < len(spans) and other < len(others):
        (begin, end), (other_begin, other_end) = spans[one], others[other]
        begin = max(begin, other_begin)
        if end < other_end:
            one += 1
        else:
            end = other_end
            other += 1
        if begin < end:
            shared.append((begin, end))
    return shared


def _less(spans: Sequence[_Span], holes: Sequence[_Span]) -> list[_Span]:
    """The time of the spans that is in none of the holes."""
    if not spans:
        return []
    edges = [spans[0][0], *(edge for hole in holes for edge in hole), spans[-1][1]]
    return _both(spans, list(zip(edges[::2], edges[1::2], strict=True)))


def _at(moment: datetime, zone: tzinfo) -> int:
    """When the clinic's clock shows this; of an hour that comes twice, the first time."""
    return int(moment.replace(tzinfo=zone).timestamp())


def _stamped(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _STAMP).replace(tzinfo=timezone.utc)
    except ValueError:
        return None
