"""Spoken times: when a visitor would like to come, out of their own words, as ranges of the clinic's local time.

A day is 00:00 to 23:59, today begins now; a point in time has the same start and end. A window without a day is that
of each of the seven days that begin today; a point without a day is the next to come, and ambiguous. Of an ambiguous
day all readings are given. What only rules out wishes nothing, but "not before 10" wishes for what it leaves.

    python -m clinic.spoken_times "next tues after 4" --now 2026-11-23T09:00
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from clinic.spoken_chunks import Wish
from clinic.spoken_days import DAY, DAYS_AHEAD, WEEK, Days, ahead
from clinic.spoken_hours import ANY_TIME
from clinic.spoken_wishes import wishes_in

LONGEST = 2000  # characters; what goes beyond is not read
MINUTE = timedelta(minutes=1)


class Range(NamedTuple):
    start: datetime  # naive, the clinic's local time
    end: datetime

    @property
    def is_point(self) -> bool:
        return self.start == self.end


class Reading(NamedTuple):
    ranges: tuple[Range, ...] = ()  # in order, none of them past, none within what is excluded
    excluded: tuple[Range, ...] = ()
    ambiguous: bool = False
    names_day: bool = False  # Else the ranges are of whichever day is being talked of.


def read_times(text: str, now: datetime) -> Reading:
    """What a message says about when; nothing when it says nothing. `now` is naive local time.

    Ambiguous, too, is a message that only rules times out, only tells of the past, or names a day that does not exist.
    """
    now = now.replace(second=0, microsecond=0) + (MINUTE if now.second or now.microsecond else 0 * MINUTE)
    wishes = wishes_in(text[:LONGEST], now)
    wanted = wishes.wanted
    if not wanted and not wishes.soonest:
        wanted = [rest for wish in wishes.unwanted for rest in _rest(wish)]
        if not wanted and wishes.anything and wishes.unwanted:
            wanted = [Wish(None, (ANY_TIME,))]
    ranges = {one for wish in wanted for one in _ranges(wish, now)}
    if wishes.soonest and not wanted:
        ranges = {Range(now, now + WEEK)}
    excluded: set[Range] = set()
    closed: set[Range] = set()
    for wish in wishes.unwanted:
        for day in _days_ruled_out(wish, wanted, ranges, now):
            for hours in wish.hours or (ANY_TIME,):
                excluded.add(_range(day, hours.bounds))
                closed.add(_range(day, hours.generous or hours.bounds))
    left = _without(_merged(_ahead(ranges, now)), sorted(closed))
    ambiguous = any(wish.days and not wish.days.possible for wish in wishes.unwanted)
    ambiguous = (
        ambiguous or wishes.unclear or (wishes.vague and not wanted) or any(_is_unclear(wish) for wish in wanted)
    )
    nothing_left = not left and bool(wishes.wanted or wishes.unwanted or wishes.past or wishes.soonest)
    names_day = wishes.soonest or any(wish.days is not None for wish in wanted)
    return Reading(tuple(left), tuple(_merged(_ahead(excluded, now))), ambiguous or nothing_left, names_day)


def _rest(wish: Wish) -> Iterator[Wish]:
    """What "not before 10 on mondays" and "away until friday" leave. After "not mondays before 10" one must ask."""
    if (wish.days is None or wish.hours_first) and wish.hours and all(hours.is_open for hours in wish.hours):
        yield from (wish._replace(hours=(hours.rest(),)) for hours in wish.hours)
    elif wish.days and wish.days.rest and not wish.hours:
        yield wish._replace(days=Days(wish.days.rest))


def _is_unclear(wish: Wish) -> bool:
    if wish.days is None:
        return any(hours.is_point or not hours.possible for hours in wish.hours)
    is_bound = wish.days.rest and any(hours.is_point for hours in wish.hours)  # "Before friday at 3".
    return bool(
        wish.days.ambiguous or not wish.days.possible or is_bound or not all(one.possible for one in wish.hours)
    )


def _ranges(wish: Wish, now: datetime) -> Iterator[Range]:
    for hours in wish.hours or (ANY_TIME,):
        if not hours.possible:
            continue
        if wish.days is None:
            days: Sequence[date] = ahead(now.date())
            if hours.is_point:
                days = days[:1] if _range(days[0], hours.bounds).end >= now else days[1:2]
        else:
            days = wish.days.days
            if wish.days.same_day and (not wish.hours or _range(days[0], hours.bounds).end < now):
                days = [day + WEEK for day in days]
        yield from (_range(day, hours.bounds) for day in days)


def _range(day: date, bounds: tuple[int, int]) -> Range:
    midnight = datetime.combine(day, time())
    return Range(midnight + bounds[0] * MINUTE, midnight + bounds[1] * MINUTE)


def _days_ruled_out(wish: Wish, wanted: Sequence[Wish], ranges: Iterable[Range], now: datetime) -> set[date]:
    """A weekday is one of the days wished for; an hour is one of the days said before it."""
    today = now.date()
    if wish.days is None:
        before = [one for one in wanted if one.days and one.place < wish.place]
        if before:
            ranges = [range for one in before for range in _ranges(one, now)]
    wished = {day for one in ranges for day in _dates(one)}
    if wish.days is None:
        return wished or set(ahead(today))
    if wish.days.day_number:
        return {day for day in wished if day.day == wish.days.day_number} or set(wish.days.days)
    if not wish.days.weekdays:
        days = set(wish.days.days)
        named = {day for one in wanted if one.days and len(one.days.days) == 1 for day in one.days.days}
        return days - named if wish.days.ambiguous and days - named else days  # "This friday, not next friday."
    near = (today + number * DAY for number in range(DAYS_AHEAD + 1))
    named = {day for day in wished if day.weekday() in wish.days.weekdays}
    return named or {day for day in near if day.weekday() in wish.days.weekdays}


def _dates(one: Range) -> Iterator[date]:
    yield from (one.start.date() + number * DAY for number in range((one.end.date() - one.start.date()).days + 1))


def _ahead(ranges: Iterable[Range], now: datetime) -> Iterator[Range]:
    for one in ranges:
        if one.end > now or (one.is_point and one.start == now):
            yield Range(max(one.start, now), one.end)


def _merged(ranges: Iterable[Range]) -> list[Range]:
    """In order; those that overlap, or are within another, made one."""
    merged: list[Range] = []
    for one in sorted(ranges):
        if merged and (
            one.start < merged[-1].end
            or one.start == merged[-1].start
            or (one.is_point and one.start == merged[-1].end)
        ):
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, one.end))
        else:
            merged.append(one)
    return merged


def _without(ranges: Sequence[Range], closed: Sequence[Range]) -> list[Range]:
    left = list(ranges)
    for start, last in closed:
        end = last + MINUTE if start == last or last.time() == time(23, 59) else last
        left = [piece for one in left for piece in _beside(one, start, end)]
    return left


def _beside(one: Range, start: datetime, end: datetime) -> Iterator[Range]:
    if one.is_point:
        if not start <= one.start < end:
            yield one
        return
    if one.start < min(one.end, start):
        yield Range(one.start, min(one.end, start - MINUTE if start.time() == time() else start))
    if max(one.start, end) < one.end:
        yield Range(max(one.start, end), one.end)


def main() -> None:
    parser = argparse.ArgumentParser(description="Reads when a visitor would like to come, and prints it as JSON.")
    parser.add_argument("text")
    parser.add_argument("--now", required=True, type=_moment, help="the clinic's local time, such as 2026-11-23T09:00")
    given = parser.parse_args()
    reading = read_times(given.text, given.now)
    print(
        json.dumps(
            {
                "ranges": [_written(one) for one in reading.ranges],
                "excluded": [_written(one) for one in reading.excluded],
                "ambiguous": reading.ambiguous,
            }
        )
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no time: write it like 2026-11-23T09:00") from None
    if moment.tzinfo:
        raise argparse.ArgumentTypeError(
            f"'{text}' has a time zone: write the clinic's local time like 2026-11-23T09:00"
        )
    return moment


def _written(one: Range) -> dict[str, str]:
    return {"start": one.start.isoformat(timespec="minutes"), "end": one.end.isoformat(timespec="minutes")}


if __name__ == "__main__":
    main()
