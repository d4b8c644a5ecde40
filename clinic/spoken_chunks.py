"""Spoken chunks: days and hours put together into wishes.

A time of day belongs to the days before it that have none: "mon, tues or fri after 3"; one that goes first, to those
after it: "mornings on monday or tuesday". A week does likewise.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from clinic.spoken_days import Days, merged, said_twice
from clinic.spoken_hours import Hours, narrowed, refines
from clinic.spoken_marks import Mark


class Wish(NamedTuple):
    days: Days | None  # None: no day was said.
    hours: tuple[Hours, ...]  # None: the whole day.
    place: int = 0  # In the message, counted in days and times.
    hours_first: bool = False


@dataclass
class Said:
    """A day or a time of day, and how it stands in the message."""

    what: Days | Hours
    place: int
    joint: Mark | None  # What joins it to the one before; None: nothing.
    clause: int
    version: int  # It rises with each correction.
    denial: int  # One for what is denied together; 0: it is wished.
    done: bool = False  # "Monday works": what follows is about other days.


_JOINTS = (Mark.OR, Mark.AND, Mark.PAUSE)
_LOOSE_JOINTS = (Mark.PAUSE, Mark.STOP, Mark.BUT)


def wishes_of(said: Sequence[Said]) -> list[Wish]:
    """In the order said."""
    chunks = _with_hours_at_their_days(_with_stretches_shared(_chunks(said)))
    _share_hours(chunks)
    return [Wish(chunk.days, tuple(dict.fromkeys(chunk.hours)), chunk.place, chunk.hours_first) for chunk in chunks]


@dataclass
class _Chunk:
    """Days and hours that stand side by side."""

    joint: Mark | None
    place: int
    days: Days | None = None
    stretch: Days | None = None  # The week or month in it,
    stretch_first: bool = False  # which comes before the weekday.
    hours: list[Hours] = field(default_factory=list)
    hours_first: bool = False
    done: bool = False

    def takes_days(self, days: Days, joint: Mark | None, *, leads: bool) -> bool:
        """`leads`: they are a week that goes before a weekday, and does not narrow the one before it."""
        if self.days is None:
            if joint is not None:
                return False
            self.days, self.hours_first, self.stretch_first = days, bool(self.hours), True
        else:
            is_same = joint in _LOOSE_JOINTS and not leads and said_twice(self.days, days)
            goes_on = joint is None and (not self.done or self.days.is_stretch)
            both = merged(self.days, days) if is_same or goes_on else None
            if both is None:
                return False
            self.days = both
            self.stretch_first = self.stretch_first and not days.is_stretch
        self.stretch = days if days.is_stretch else self.stretch
        return True

    def takes_hours(self, hours: Hours, joint: Mark | None) -> bool:
        if not self.hours:
            self.hours += [hours] if joint is None else []
            return joint is None
        is_same = joint is None or (joint is not Mark.OR and refines(self.hours[-1], hours))
        both = narrowed(self.hours[-1], hours) if is_same else None
        self.hours[-1] = both or self.hours[-1]
        return both is not None


def _chunks(said: Sequence[Said]) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    for one, after in zip_longest(said, said[1:]):
        what, joint = one.what, one.joint
        leads = after is not None and after.joint is None and isinstance(after.what, Days)
        if not chunks or not (
            chunks[-1].takes_hours(what, joint)
            if isinstance(what, Hours)
            else chunks[-1].takes_days(what, joint, leads=what.is_stretch and leads)
        ):
            chunk = _Chunk(joint or Mark.PAUSE, one.place)
            if isinstance(what, Hours):
                chunk.takes_hours(what, None)
            else:
                chunk.takes_days(what, None, leads=False)
            chunks.append(chunk)
        chunks[-1].done |= one.done
    return chunks


def _with_stretches_shared(chunks: list[_Chunk]) -> list[_Chunk]:
    """ "Next week tuesday or thursday", "tuesday or thursday next week"."""
    for at, chunk in enumerate(chunks):
        if chunk.stretch is None or chunk.days == chunk.stretch:
            continue
        step = 1 if chunk.stretch_first else -1
        end = len(chunks) if chunk.stretch_first else -1
        for place in range(at + step, end, step):
            days, joint = chunks[place].days, chunks[max(place, place - step)].joint
            if joint not in _JOINTS or not days or not days.weekdays:
                break
            chunks[place].days = merged(days, chunk.stretch)
    return chunks


def _with_hours_at_their_days(chunks: Sequence[_Chunk]) -> list[_Chunk]:
    """ "Friday morning or afternoon", "monday or tuesday, after 3", "morning or afternoon on friday"."""
    kept: list[_Chunk] = []
    waiting: list[_Chunk] = []  # Hours whose days may follow.
    for chunk in chunks:
        before = kept[-1] if kept and not waiting else None
        if chunk.days is None and before and before.days and (before.hours or chunk.joint is not Mark.OR):
            before.hours += chunk.hours
        elif chunk.days is None:
            waiting.append(chunk)
        else:
            if waiting and (chunk.hours_first if chunk.hours else chunk.joint is not Mark.OR):
                chunk.hours = [hours for one in waiting for hours in one.hours] + chunk.hours
                chunk.hours_first = True
            else:
                kept += waiting
            kept.append(chunk)
            waiting = []
    return kept + waiting


def _share_hours(chunks: Sequence[_Chunk]) -> None:
    """ "Mornings on monday or tuesday"; then "mon, tues or fri after 3"."""
    pairs = list(zip(chunks, chunks[1:], strict=False))
    for before, chunk in pairs:
        if before.hours_first and before.hours and chunk.days and not chunk.hours and chunk.joint in _JOINTS:
            chunk.hours, chunk.hours_first = before.hours, True
    for chunk, after in reversed(pairs):
        lends = after.days and after.hours and not after.hours_first and after.joint in _JOINTS
        if lends and chunk.days and not chunk.hours and not chunk.done:
            chunk.hours = after.hours
