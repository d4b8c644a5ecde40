"""What came of reading the phrases: judged one by one, counted by group, and those that failed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from benchmarks.spoken_phrases import WHOLE, Phrase, Stretch, joined
from benchmarks.tables import as_markdown, share

ALL = "all"

Range = tuple[datetime, datetime]
"""Start and end, naive. What the grammar gives is one too."""


class Judged(NamedTuple):
    phrase: Phrase
    ranges: tuple[Range, ...]
    ambiguous: bool
    day: bool
    window: bool

    @property
    def right(self) -> bool:
        return self.day and self.window

    @property
    def asked(self) -> bool:
        """It ought to be asked, and was."""
        return bool(self.phrase.ask) and self.ambiguous

    @property
    def asked_needlessly(self) -> bool:
        return self.phrase.ask is False and self.ambiguous

    @property
    def nothing_read(self) -> bool:
        """A time was said, none was found, and nobody asks about it."""
        return not (self.day or self.ranges or self.ambiguous)

    @property
    def wrong_without_asking(self) -> bool:
        return bool(self.ranges) and not (self.right or self.ambiguous)


def judged(phrase: Phrase, ranges: Iterable[Range], *, ambiguous: bool) -> Judged:
    """benchmarks/spoken_times.py says what is right."""
    ranges = tuple(ranges)
    hours = hours_by_day(ranges, now=phrase.now)
    if phrase.ask and ambiguous:
        day = window = not (ranges and phrase.wants_none)
    else:
        day = phrase.excluded.isdisjoint(hours) and any(days.fit(hours) for days in phrase.days)
        window = _windows_fit(phrase, hours) if hours and not phrase.wants_none else day
    return Judged(phrase, ranges, ambiguous, day, window)


def hours_by_day(ranges: Iterable[Range], *, now: datetime) -> dict[date, tuple[Stretch, ...]]:
    """A range of several days is a stretch on each. Of a range that began before now, only what is left counts."""
    days: dict[date, list[Stretch]] = defaultdict(list)
    for start, end in ranges:
        start = max(start, now) if end >= now else start
        for number in range(start.toordinal(), end.toordinal() + 1):
            day = date.fromordinal(number)
            begins = start.time() if day == start.date() else WHOLE[0]
            ends = end.time() if day == end.date() else WHOLE[1]
            days[day].append((_minute(begins), _minute(ends)))
    return {day: joined(stretches) for day, stretches in days.items()}


def markdown(all_judged: Sequence[Judged]) -> str:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in all_judged:
        groups[one.phrase.group].append(one)
    head = [
        "",
        "phrases",
        "day right",
        "window right",
        "both right",
        "asked when it should have",
        "asked needlessly",
        "nothing read",
        "wrong without asking",
    ]
    rows = [_row(group.replace("_", " "), ones) for group, ones in [*groups.items(), (ALL, all_judged)]]
    return as_markdown("times people say", head, rows) + "\n\n" + _summary(all_judged)


def failures(all_judged: Iterable[Judged]) -> str:
    """The phrases whose day or window is wrong, or that ought to have been asked; with what was wanted and read."""
    return "\n".join(
        f"{one.phrase.group}: {one.phrase.text!r}, said {one.phrase.now:%a %Y-%m-%d %H:%M}\n"
        f"    wanted: {one.phrase.wanted}\n"
        f"    read:   {', '.join(map(_shown, one.ranges)) or 'nothing'}{'; asks' if one.ambiguous else ''}"
        for one in all_judged
        if not one.right or (one.phrase.ask and not one.asked)
    )


def _windows_fit(phrase: Phrase, hours: dict[date, tuple[Stretch, ...]]) -> bool:
    return all(_window_fits(phrase, day, stretches) for day, stretches in hours.items())


def _window_fits(phrase: Phrase, day: date, stretches: tuple[Stretch, ...]) -> bool:
    if not phrase.windows:
        return True
    from_ = phrase.now.time() if day == phrase.now.date() else WHOLE[0]
    return any(window.fits(stretches, from_=from_) for window in phrase.windows_on(day))


def _row(name: str, ones: Sequence[Judged]) -> list[str]:
    to_ask = [one for one in ones if one.phrase.ask]
    not_to_ask = [one for one in ones if one.phrase.ask is False]
    return [
        name,
        str(len(ones)),
        str(sum(one.day for one in ones)),
        str(sum(one.window for one in ones)),
        str(sum(one.right for one in ones)),
        f"{sum(one.asked for one in to_ask)} of {len(to_ask)}" if to_ask else "",
        f"{sum(one.asked_needlessly for one in not_to_ask)} of {len(not_to_ask)}" if not_to_ask else "",
        str(sum(one.nothing_read for one in ones)),
        str(sum(one.wrong_without_asking for one in ones)),
    ]


def _summary(ones: Sequence[Judged]) -> str:
    right = share(sum(one.right for one in ones), len(ones))
    wrong = share(sum(one.wrong_without_asking for one in ones), len(ones))
    return f"Day and window right: {right} (aim: at least 96 %). Wrong without asking: {wrong} (aim: at most 1 %)."


def _shown(given: Range) -> str:
    start, end = given
    if start == end:
        return f"{start:%a %Y-%m-%d %H:%M}"
    return f"{start:%a %Y-%m-%d %H:%M} to {end:%H:%M}" + (f" on {end:%Y-%m-%d}" if end.date() != start.date() else "")


def _minute(moment: time) -> time:
    return moment.replace(second=0, microsecond=0)
