"""The phrases in which people say when they would like to come, each with the readings that are right for it: read from
tests/clinic/spoken_times_evaluation.yml, whose head tells how a row is written."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from storage.settings import ROOT
from storage.yaml_file import read_yaml

FILE = ROOT / "tests" / "clinic" / "spoken_times_evaluation.yml"
NONE, ANY, ALL_DAY, EITHER = "none", "any", "whole", "either"
WITHIN = "within"
DAYS_APART = {"daily": 1, "weekly": 7}
EVERY_DAY = None  # in place of a day, when the acceptable windows do not differ by day

Stretch = tuple[time, time]
"""From and until, within a day; a point in time starts where it ends."""

WHOLE = (time(0, 0), time(23, 59))


class Days(NamedTuple):
    """One acceptable set of days: exactly those named, or what `more` makes of them."""

    named: frozenset[date]
    more: str = ""  # within: at least one of them. daily, weekly: more of the like may follow.

    def fit(self, days: Collection[date]) -> bool:
        if self.more == WITHIN:
            return bool(days) and self.named.issuperset(days)
        apart = DAYS_APART.get(self.more)
        further = set(days) - self.named
        return self.named.issubset(days) and all(apart and day - timedelta(apart) in days for day in further)


class Window(NamedTuple):
    """Acceptable hours of a day: these stretches, or any within them."""

    stretches: tuple[Stretch, ...]
    within: bool = False

    def fits(self, stretches: Sequence[Stretch], *, from_: time) -> bool:
        """Both as `joined` gives them. What is over before `from_` does not count."""
        if self.within:
            return all(any(a <= start and end <= b for a, b in self.stretches) for start, end in stretches)
        return joined(begun(one, at=from_) for one in self.stretches) == tuple(stretches)


class Phrase(NamedTuple):
    group: str
    text: str
    now: datetime  # naive: the clinic's local time
    days: tuple[Days, ...]
    windows: Mapping[date | None, tuple[Window, ...]]  # by day, or under EVERY_DAY; empty: not judged
    ask: bool | None  # whether the assistant ought to ask; None: it may
    excluded: frozenset[date]
    wanted: str  # days, window and ambiguous as the row has them, in one line

    @property
    def wants_none(self) -> bool:
        """Only no day at all is right."""
        return not any(days.named for days in self.days)

    def windows_on(self, day: date) -> tuple[Window, ...]:
        return self.windows.get(day, self.windows.get(EVERY_DAY, ()))


def phrases(file: Path = FILE) -> list[Phrase]:
    """In the order of the file. Raises ContentError when it is not YAML, ValueError when a row is not well formed."""
    groups = read_yaml(file, file.name)
    return [_phrase(group, row) for group, rows in groups.items() for row in rows]


def begun(stretch: Stretch, *, at: time) -> Stretch:
    """What is left of a stretch at a time of its day. One that is over stays as it is."""
    start, end = stretch
    return (max(start, at), end) if end >= at else stretch


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """In order, those that touch or overlap made one."""
    whole: list[Stretch] = []
    for start, end in sorted(stretches):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return tuple(whole)


def _phrase(group: str, row: Mapping[str, Any]) -> Phrase:
    return Phrase(
        group=group,
        text=row["text"],
        now=datetime.fromisoformat(row["now"]),
        days=(Days(frozenset()),) if row["days"] == NONE else tuple(map(_days, row["days"])),
        windows=_by_day(row["window"]),
        ask=None if row["ambiguous"] == EITHER else bool(row["ambiguous"]),
        excluded=_days(row.get("excluded_days", [])).named,
        wanted=", ".join(f"{key} {json.dumps(row[key], default=str)}" for key in ("days", "window", "ambiguous")),
    )


def _days(named: Sequence[Any]) -> Days:
    more = named[-1] if named and named[-1] in (WITHIN, *DAYS_APART) else ""
    spans = named[:-1] if more else named
    return Days(frozenset(day for span in spans for day in _span(str(span))), more)


def _span(text: str) -> Iterator[date]:
    """The days of `2026-11-30..2026-12-04`, or the one of `2026-11-30`."""
    first, _, last = text.partition("..")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    if end < start:
        raise ValueError(f"{text} ends before it starts")
    yield from (start + timedelta(number) for number in range((end - start).days + 1))


def _by_day(given: Any) -> dict[date | None, tuple[Window, ...]]:
    if given == ANY:
        return {}
    if isinstance(given, Mapping):
        return {date.fromisoformat(day): _windows(windows) for day, windows in given.items()}
    return {EVERY_DAY: _windows(given)}


def _windows(given: Any) -> tuple[Window, ...]:
    return tuple(map(_window, [given] if given == ALL_DAY else given))


def _window(given: Any) -> Window:
    if given == ALL_DAY:
        return Window((WHOLE,))
    within = given[-1] == WITHIN
    times = [time.fromisoformat(one) for one in (given[:-1] if within else given)]
    stretches = tuple(zip(times[::2], times[1::2], strict=True))
    if not stretches or any(end < start for start, end in stretches):
        raise ValueError(f"{given} is no window: start and end are wanted, in this order")
    return Window(joined(stretches), within)
