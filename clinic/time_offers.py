"""Which of the free times a visitor is offered: few, spread over the days and the hours that suit."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from itertools import groupby

from clinic.availability import Slot, Window
from clinic.draft import ALWAYS, Draft
from clinic.offers import Therapist
from clinic.schedule import Schedule
from clinic.wishes import ANY, ANY_OF_GENDER

MOST_OFFERED = 6
MOST_DAYS = 3
ROUND_MINUTES = (0, 30)  # Half past and the full hour are offered rather than a quarter past.
ENOUGH = 3
MOST_NEAR = 4
APART = timedelta(hours=1)


def wanted_therapists(draft: Draft, schedule: Schedule, therapists: Sequence[Therapist]) -> list[str]:
    """The ids of those who give the treatment, and whom the visitor wants."""
    genders = {wish: gender for gender, wish in ANY_OF_GENDER.items()}
    assert draft.treatment is not None
    return [
        one.id
        for one in therapists
        if one.id in schedule.givers(draft.treatment)
        and one.id not in draft.avoided
        and (draft.therapist in (None, ANY, one.id) or genders.get(draft.therapist or ANY) is one.gender)
    ]


def windows(draft: Draft, now: datetime, zone: tzinfo, horizon: timedelta) -> list[Window]:
    """When a session may begin, by what the visitor said; whole days are meant to their end."""
    ranges = draft.ranges or (ALWAYS,)
    spans = [(now, now + horizon)] if ALWAYS in ranges else [(_utc(a, zone), _utc(b, zone)) for a, b in ranges]
    for start, end in draft.excluded:
        spans = [rest for span in spans for rest in _without(span, (_utc(start, zone), _utc(end, zone)))]
    return [Window(start, until) for start, until in spans]


def spread(
    slots: Sequence[Slot], zone: tzinfo, *, after: datetime | None = None, most: int = MOST_OFFERED
) -> list[Slot]:
    """At most so many of them, earliest first, one for each start; `after` leaves out what begins no later, of the
    clinic's own clock."""
    begins = [next(same) for _, same in groupby(slots, key=lambda slot: slot.start)]
    later = [one for one in begins if after is None or _local(one, zone) > after]
    by_day = [list(day) for _, day in groupby(later, key=lambda slot: _local(slot, zone).date())][:MOST_DAYS]
    if not by_day:
        return []
    each = max(most // len(by_day), 1)
    return [slot for day in by_day for slot in _evenly(_round(day, zone, each), each)]


def nearest(
    slots: Sequence[Slot], wanted: Sequence[Window], zone: tzinfo, *, after: datetime | None = None
) -> list[Slot]:
    """Those that lie nearest to what was wanted and is not free, earliest first: at most MOST_NEAR, not all on one day,
    and none within an hour of another; `after` as in `spread`."""
    begins = [next(same) for _, same in groupby(slots, key=lambda slot: slot.start)]
    later = [one for one in begins if after is None or _local(one, zone) > after] or begins
    near: list[Slot] = []
    for slot in sorted(_round(later, zone, ENOUGH), key=lambda slot: _distance(slot, wanted)):
        same_day = [one for one in near if _local(one, zone).date() == _local(slot, zone).date()]
        if len(same_day) < MOST_NEAR // 2 and all(abs(one.start - slot.start) >= APART for one in same_day):
            near.append(slot)
        if len(near) == MOST_NEAR:
            break
    return sorted(near, key=lambda slot: slot.start)


def _distance(slot: Slot, wanted: Sequence[Window]) -> timedelta:
    """From the nearest window; none within it."""
    each = (max(one.start - slot.start, slot.start - one.until, timedelta()) for one in wanted)
    return min(each, default=timedelta())


def _round(day: list[Slot], zone: tzinfo, wanted: int) -> list[Slot]:
    full = [slot for slot in day if _local(slot, zone).minute in ROUND_MINUTES]
    return full if len(full) >= min(wanted, ENOUGH) else day


def _evenly(slots: list[Slot], most: int) -> list[Slot]:
    if len(slots) <= most:
        return slots
    if most == 1:
        return slots[:1]
    return [slots[round(number * (len(slots) - 1) / (most - 1))] for number in range(most)]


def _local(slot: Slot, zone: tzinfo) -> datetime:
    return slot.start.astimezone(zone).replace(tzinfo=None)


def _utc(moment: datetime, zone: tzinfo) -> datetime:
    return moment.replace(tzinfo=zone).astimezone(timezone.utc)


def _without(span: tuple[datetime, datetime], hole: tuple[datetime, datetime]) -> list[tuple[datetime, datetime]]:
    """What is left of a span; one that is a single moment in the hole is gone."""
    (start, end), (hole_start, hole_end) = span, hole
    if hole_end < start or end < hole_start:
        return [span]
    parts = [(start, hole_start), (hole_end, end)]
    return [(a, b) for a, b in parts if a < b]
