"""Spoken times: which days and hours a visitor's own words wish for, which they rule out, and when one must ask."""

import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from clinic.spoken_times import Range, read_times

MONDAY = datetime(2026, 11, 23, 9, 0)
WEDNESDAY = datetime(2026, 11, 25, 10, 0)
FRIDAY_EVENING = datetime(2026, 11, 27, 19, 0)
SATURDAY = datetime(2026, 11, 28, 10, 0)
SUNDAY = datetime(2026, 11, 29, 10, 0)
NEW_YEARS_EVE = datetime(2026, 12, 31, 18, 0)
END_OF_JANUARY = datetime(2027, 1, 31, 8, 0)

WEEK = ["Mon 23 Nov 09:00-", "Tue 24 Nov", "Wed 25 Nov", "Thu 26 Nov", "Fri 27 Nov", "Sat 28 Nov", "Sun 29 Nov"]
NEXT_WEEK = ["Mon 30 Nov", "Tue 1 Dec", "Wed 2 Dec", "Thu 3 Dec", "Fri 4 Dec", "Sat 5 Dec", "Sun 6 Dec"]


def wished(text: str, now: datetime = MONDAY) -> list[str]:
    """As "Tue 24 Nov" (the whole day), "Tue 24 Nov 15:00" (a point), "Tue 24 Nov 16:00-" (to the day's end)."""
    return _written(read_times(text, now).ranges)


def ruled_out(text: str, now: datetime = MONDAY) -> list[str]:
    return _written(read_times(text, now).excluded)


def is_ambiguous(text: str, now: datetime = MONDAY) -> bool:
    return read_times(text, now).ambiguous


def each_day_at(hours: str, days: Iterable[str] = WEEK) -> list[str]:
    return [f"{' '.join(day.split()[:3])} {hours}" for day in days]


def _written(ranges: Iterable[Range]) -> list[str]:
    written = []
    for start, end in ranges:
        day, begins, ends = f"{start:%a} {start.day} {start:%b}", f"{start:%H:%M}", f"{end:%H:%M}"
        if start.date() != end.date():
            ends = f"{end:%a} {end.day} {end:%b} {ends}"
        hours = begins if start == end else f"{begins}-{'' if ends == '23:59' else ends}"
        written.append(day if hours == "00:00-" else f"{day} {hours}")
    return written


# ---- Days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("today", ["Mon 23 Nov 09:00-"]),
        ("tomorrow", ["Tue 24 Nov"]),
        ("tmrw pls", ["Tue 24 Nov"]),
        ("2moro", ["Tue 24 Nov"]),
        ("the day after tomorrow", ["Wed 25 Nov"]),
        ("friday", ["Fri 27 Nov"]),
        ("on Fri.", ["Fri 27 Nov"]),
        ("this friday", ["Fri 27 Nov"]),
        ("this monday", ["Mon 23 Nov 09:00-"]),
        ("next monday", ["Mon 30 Nov"]),
        ("the coming tuesday", ["Tue 24 Nov"]),
        ("tuesday next week", ["Tue 1 Dec"]),
        ("a week from friday", ["Fri 4 Dec"]),
        ("friday week", ["Fri 4 Dec"]),
        ("a week tomorrow", ["Tue 1 Dec"]),
        ("tuesday in two weeks", ["Tue 8 Dec"]),
        ("two saturdays from now", ["Sat 5 Dec"]),
        ("in 3 days", ["Thu 26 Nov"]),
        ("in a couple of days", ["Wed 25 Nov"]),
        ("in two weeks", ["Mon 7 Dec"]),
        ("in a fortnight", ["Mon 7 Dec"]),
        ("a month from now", ["Wed 23 Dec"]),
        ("monday to wednesday next week", ["Mon 30 Nov", "Tue 1 Dec", "Wed 2 Dec"]),
        ("tues-thurs", ["Tue 24 Nov", "Wed 25 Nov", "Thu 26 Nov"]),
        ("mon wed fri", ["Wed 25 Nov", "Fri 27 Nov", "Mon 30 Nov"]),
        ("wed/fri", ["Wed 25 Nov", "Fri 27 Nov"]),
        ("next week tuesday or thursday", ["Tue 1 Dec", "Thu 3 Dec"]),
        ("tuesday or thursday of next week", ["Tue 1 Dec", "Thu 3 Dec"]),
        ("this week", WEEK),
        ("later this week", WEEK[1:]),
        ("next week", NEXT_WEEK),
        ("this week or next", [*WEEK, *NEXT_WEEK]),
        ("early next week", NEXT_WEEK[:2]),
        ("the end of the week", ["Thu 26 Nov", "Fri 27 Nov"]),
        ("weekdays", WEEK[:5]),
        ("the weekend", WEEK[5:]),
        ("any day", WEEK),
        ("i'm flexible", WEEK),
        ("the next few days", WEEK[:4]),
        ("before the weekend", WEEK[:5]),
        ("by wednesday", WEEK[:3]),
        ("on or after friday", [*WEEK[4:], *NEXT_WEEK[:4]]),
        ("before month end", [*WEEK, "Mon 30 Nov"]),
        ("between now and wednesday", WEEK[:3]),
        ("after thursday", ["Fri 27 Nov", *WEEK[5:], *NEXT_WEEK[:4]]),
        ("friday onwards", [*WEEK[4:], *NEXT_WEEK[:4]]),
        ("not until friday", [*WEEK[4:], *NEXT_WEEK[:4]]),
    ],
)
def test_days_are_counted_from_today(text: str, days: list[str]) -> None:
    assert wished(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("the 14th", ["Mon 14 Dec"]),
        ("the 24th or 25th", ["Tue 24 Nov", "Wed 25 Nov"]),
        ("nov 30", ["Mon 30 Nov"]),
        ("30 november", ["Mon 30 Nov"]),
        ("november the 30th", ["Mon 30 Nov"]),
        ("Dec. 3rd", ["Thu 3 Dec"]),
        ("the first of december", ["Tue 1 Dec"]),
        ("the twenty-fifth of december", ["Fri 25 Dec"]),
        ("dec 1, 2 or 3", ["Tue 1 Dec", "Wed 2 Dec", "Thu 3 Dec"]),
        ("dec 1-3", ["Tue 1 Dec", "Wed 2 Dec", "Thu 3 Dec"]),
        ("from the 1st to the 3rd of december", ["Tue 1 Dec", "Wed 2 Dec", "Thu 3 Dec"]),
        ("between the 24th and 26th", ["Tue 24 Nov", "Wed 25 Nov", "Thu 26 Nov"]),
        ("2026-12-03", ["Thu 3 Dec"]),
        ("3/12/2026", ["Thu 3 Dec"]),  # The 12th of March is past.
        ("12/25", ["Fri 25 Dec"]),
        ("friday the 27th", ["Fri 27 Nov"]),
        ("friday, december 4th", ["Fri 4 Dec"]),
        ("saturday 28", ["Sat 28 Nov"]),
        ("next month on the 5th", ["Sat 5 Dec"]),
        ("first monday of december", ["Mon 7 Dec"]),
        ("the last friday of the month", ["Fri 27 Nov"]),
        ("christmas eve", ["Thu 24 Dec"]),
        ("boxing day", ["Sat 26 Dec"]),
        ("new year's day", ["Fri 1 Jan"]),
        ("first week of december", ["Tue 1 Dec", *NEXT_WEEK[2:]]),
        ("the week of dec 3", NEXT_WEEK),
        ("may 5", ["Wed 5 May"]),
    ],
)
def test_a_date_is_the_next_such_day(text: str, days: list[str]) -> None:
    assert wished(text) == days
    assert not is_ambiguous(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("second week of december", "Mon 7 Dec", "Sun 13 Dec"),
        ("the week after next", "Mon 7 Dec", "Sun 13 Dec"),
        ("mid december", "Fri 11 Dec", "Sun 20 Dec"),
        ("end of the month", "Tue 24 Nov", "Mon 30 Nov"),
        ("beginning of next month", "Tue 1 Dec", "Mon 7 Dec"),
        ("in december", "Tue 1 Dec", "Thu 31 Dec"),
    ],
)
def test_a_stretch_of_days_is_all_of_them(text: str, first: str, last: str) -> None:
    days = wished(text)

    assert (days[0], days[-1]) == (first, last)
    assert len(set(days)) == int(last.split()[1]) - int(first.split()[1]) + (1 if first[-3:] == last[-3:] else 31)


@pytest.mark.parametrize(
    ("text", "now", "days"),
    [
        ("tomorrow", NEW_YEARS_EVE, ["Fri 1 Jan"]),
        ("the 1st", NEW_YEARS_EVE, ["Fri 1 Jan"]),
        ("jan 5", NEW_YEARS_EVE, ["Tue 5 Jan"]),
        ("this month", NEW_YEARS_EVE, ["Thu 31 Dec 18:00-"]),
        ("new year's eve", NEW_YEARS_EVE, ["Thu 31 Dec 18:00-"]),
        ("the 31st", END_OF_JANUARY, ["Sun 31 Jan 08:00-"]),
        ("the 30th", END_OF_JANUARY, ["Tue 30 Mar"]),
        ("in a month", END_OF_JANUARY, ["Sun 28 Feb"]),
        ("feb 29", END_OF_JANUARY, ["Tue 29 Feb"]),  # of 2028
        ("this week", SUNDAY, ["Sun 29 Nov 10:00-"]),
        ("next week", SUNDAY, NEXT_WEEK),
        ("this weekend", SATURDAY, ["Sat 28 Nov 10:00-", "Sun 29 Nov"]),
        ("next weekend", SATURDAY, NEXT_WEEK[5:]),
        ("mon-fri", WEDNESDAY, ["Wed 25 Nov 10:00-", "Thu 26 Nov", "Fri 27 Nov", "Mon 30 Nov", "Tue 1 Dec"]),
    ],
)
def test_years_months_and_weeks_turn_where_they_should(text: str, now: datetime, days: list[str]) -> None:
    assert wished(text, now) == days


# ---- Times of day


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("after 4", "16:00-"),
        ("past 4", "16:00-"),
        ("from 4", "16:00-"),
        ("4 or later", "16:00-"),
        ("4pm onwards", "16:00-"),
        ("no earlier than 4", "16:00-"),
        ("once i get off work at 4:30", "16:30-"),
        ("before 11", "00:00-11:00"),
        ("by noon", "00:00-12:00"),
        ("until 3", "00:00-15:00"),
        ("no later than 2pm", "00:00-14:00"),
        ("5 at the latest", "00:00-17:00"),
        ("from 2 to 4", "14:00-16:00"),
        ("between 2 & 4", "14:00-16:00"),
        ("2-4", "14:00-16:00"),
        ("2 to 4 pm", "14:00-16:00"),
        ("10-2pm", "10:00-14:00"),
        ("11-1", "11:00-13:00"),
        ("9 to 5", "09:00-17:00"),
        ("10am-noon", "10:00-12:00"),
        ("13-15", "13:00-15:00"),
        ("10.30-11.30", "10:30-11:30"),
        ("around 9-10", "09:00-10:00"),
        ("must be done by 4", "00:00-16:00"),
        ("afternoon, say 1", "13:00"),
        ("after 2 and before 5:30", "14:00-17:30"),
        ("around 3", "14:30-15:30"),
        ("3ish", "14:30-15:30"),
        ("noon-ish", "11:30-12:30"),
        ("at 3", "15:00"),
        ("@ 3", "15:00"),
        ("3", "15:00"),
        ("at three", "15:00"),
        ("3 o'clock", "15:00"),
        ("3:15", "15:15"),
        ("3.15 p.m.", "15:15"),
        ("at 8", "08:00"),
        ("at 8pm", "20:00"),
        ("7:30", "19:30"),
        ("7:30am", "07:30"),
        ("12", "12:00"),
        ("16:30", "16:30"),
        ("at 1630", "16:30"),
        ("14h30", "14:30"),
        ("half two", "14:30"),
        ("half past 2", "14:30"),
        ("quarter past 3", "15:15"),
        ("quarter to 4", "15:45"),
        ("ten past three", "15:10"),
        ("twenty to five", "16:40"),
        ("five thirty", "17:30"),
        ("noon", "12:00"),
        ("midday", "12:00"),
        ("morning", "09:00-12:00"),
        ("am", "09:00-12:00"),
        ("arvo", "12:00-17:00"),
        ("pm", "12:00-17:00"),
        ("evening", "17:00-21:00"),
        ("late morning", "10:30-12:00"),
        ("late afternoon", "15:00-17:00"),
        ("early evening", "17:00-19:00"),
        ("lunchtime", "12:00-14:00"),
        ("first thing", "09:00-10:00"),
        ("end of day", "16:00-18:00"),
        ("after work", "17:00-21:00"),
        ("after lunch", "13:00-17:00"),
        ("any time", "00:00-"),
        ("all day", "00:00-"),
        ("at 8 in the evening", "20:00"),
        ("evening at 8", "20:00"),
        ("evening after 8", "20:00-21:00"),
        ("at 9 in the morning", "09:00"),
        ("at 7 in the morning", "07:00"),
        ("afternoon, around 3", "14:30-15:30"),
        ("afternoon, before 3", "12:00-15:00"),
    ],
)
def test_an_hour_is_meant_within_the_clinics_day(text: str, hours: str) -> None:
    expected = ["Wed 25 Nov"] if hours == "00:00-" else [f"Wed 25 Nov {hours}"]

    assert wished(f"wednesday {text}") == expected
    assert not is_ambiguous(f"wednesday {text}")


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("wed at 3 or 4", ["Wed 25 Nov 15:00", "Wed 25 Nov 16:00"]),
        ("2 or 3pm tomorrow", ["Tue 24 Nov 14:00", "Tue 24 Nov 15:00"]),
        ("wed morning or afternoon", ["Wed 25 Nov 09:00-12:00", "Wed 25 Nov 12:00-17:00"]),
        ("before 10 or after 4 on wed", ["Wed 25 Nov 00:00-10:00", "Wed 25 Nov 16:00-"]),
        ("9-11 or 2-4 on wed", ["Wed 25 Nov 09:00-11:00", "Wed 25 Nov 14:00-16:00"]),
        ("wed, thurs or fri after 3", ["Wed 25 Nov 15:00-", "Thu 26 Nov 15:00-", "Fri 27 Nov 15:00-"]),
        ("wed or thurs, mornings", ["Wed 25 Nov 09:00-12:00", "Thu 26 Nov 09:00-12:00"]),
        ("mornings on wed or thurs", ["Wed 25 Nov 09:00-12:00", "Thu 26 Nov 09:00-12:00"]),
        ("wed morning or thurs afternoon", ["Wed 25 Nov 09:00-12:00", "Thu 26 Nov 12:00-17:00"]),
        ("wed morning thurs afternoon", ["Wed 25 Nov 09:00-12:00", "Thu 26 Nov 12:00-17:00"]),
        ("wed after 4 or thurs", ["Wed 25 Nov 16:00-", "Thu 26 Nov"]),
        ("wednesday works, thursday after 4", ["Wed 25 Nov", "Thu 26 Nov 16:00-"]),
        ("today if possible, otherwise tomorrow morning", ["Mon 23 Nov 09:00-", "Tue 24 Nov 09:00-12:00"]),
        ("wed at 3, dec 2", ["Wed 2 Dec 15:00"]),
        ("wed 2pm if you have it, otherwise 4", ["Wed 25 Nov 14:00", "Wed 25 Nov 16:00"]),
        ("late tomorrow", ["Tue 24 Nov 16:00-18:00"]),
        ("tonight at 8", ["Mon 23 Nov 20:00"]),
        ("this morning", ["Mon 23 Nov 09:00-12:00"]),
        ("in 2 hours", ["Mon 23 Nov 11:00"]),
        ("dec 1, 2-4", ["Tue 1 Dec 14:00-16:00"]),
        ("after 3 on weekdays and any time on weekends", [*each_day_at("15:00-", WEEK[:5]), *WEEK[5:]]),
        ("weeknights", each_day_at("17:00-21:00", WEEK[:5])),
    ],
)
def test_a_time_of_day_belongs_to_the_days_beside_it(text: str, times: list[str]) -> None:
    assert wished(text) == times


def test_a_window_without_a_day_is_that_of_the_next_seven_days() -> None:
    assert wished("after 4") == each_day_at("16:00-")
    assert wished("mornings please") == each_day_at("09:00-12:00")
    assert not is_ambiguous("after 4")


def test_a_point_without_a_day_is_the_next_to_come_and_one_must_ask() -> None:
    assert wished("at 3", MONDAY) == ["Mon 23 Nov 15:00"]
    assert wished("at 3", FRIDAY_EVENING) == ["Sat 28 Nov 15:00"]
    assert is_ambiguous("at 3")


@pytest.mark.parametrize("text", ["soonest", "asap please", "first available", "whats your earliest", "how soon"])
def test_the_soonest_is_any_time_within_a_week(text: str) -> None:
    assert wished(text) == ["Mon 23 Nov 09:00-Mon 30 Nov 09:00"]
    assert not is_ambiguous(text)


def test_the_soonest_on_a_day_is_that_day() -> None:
    assert wished("the earliest you have on wednesday") == ["Wed 25 Nov"]


# ---- What is ambiguous


@pytest.mark.parametrize(
    ("text", "now", "times"),
    [
        ("next tuesday", MONDAY, ["Tue 24 Nov", "Tue 1 Dec"]),
        ("next tues after 4", MONDAY, ["Tue 24 Nov 16:00-", "Tue 1 Dec 16:00-"]),
        ("next tuesday or wednesday", MONDAY, ["Tue 24 Nov", "Wed 25 Nov", "Tue 1 Dec", "Wed 2 Dec"]),
        ("this or next friday", MONDAY, ["Fri 27 Nov", "Fri 4 Dec"]),
        ("the friday after next", MONDAY, ["Fri 4 Dec", "Fri 11 Dec"]),
        ("next weekend", MONDAY, ["Sat 28 Nov", "Sun 29 Nov", "Sat 5 Dec", "Sun 6 Dec"]),
        ("12/3", MONDAY, ["Thu 3 Dec", "Fri 12 Mar"]),
        ("thursday the 27th", MONDAY, ["Thu 26 Nov", "Fri 27 Nov"]),
        ("monday", MONDAY, ["Mon 30 Nov"]),
        ("monday at 3", MONDAY, ["Mon 23 Nov 15:00"]),
        ("monday at 8", MONDAY, ["Mon 30 Nov 08:00"]),
        ("friday evening", FRIDAY_EVENING, ["Fri 27 Nov 19:00-21:00"]),
        ("friday morning", FRIDAY_EVENING, ["Fri 4 Dec 09:00-12:00"]),
    ],
)
def test_of_what_can_be_read_in_two_ways_one_must_ask(text: str, now: datetime, times: list[str]) -> None:
    assert wished(text, now) == times
    assert is_ambiguous(text, now)


@pytest.mark.parametrize(
    ("text", "now", "days"),
    [
        ("next tuesday", WEDNESDAY, ["Tue 1 Dec"]),
        ("next friday", FRIDAY_EVENING, ["Fri 4 Dec"]),
        ("this friday", FRIDAY_EVENING, ["Fri 27 Nov 19:00-"]),
        ("monday", WEDNESDAY, ["Mon 30 Nov"]),
        ("monday to wednesday", MONDAY, WEEK[:3]),
        ("11/30", MONDAY, ["Mon 30 Nov"]),
    ],
)
def test_of_what_has_one_reading_one_need_not_ask(text: str, now: datetime, days: list[str]) -> None:
    assert wished(text, now) == days
    assert not is_ambiguous(text, now)


@pytest.mark.parametrize("text", ["feb 30", "nov 31 at 10", "the 32nd", "31/11", "25:00", "10:75", "friday at 25:00"])
def test_a_time_that_does_not_exist_is_asked_about(text: str) -> None:
    assert wished(text) == []
    assert is_ambiguous(text)


@pytest.mark.parametrize(
    "text", ["yesterday", "last tuesday", "nov 20 2026", "today at 8", "2 weeks ago", "this morning"]
)
def test_what_is_past_is_asked_about(text: str) -> None:
    assert wished(text, FRIDAY_EVENING) == []
    assert is_ambiguous(text, FRIDAY_EVENING)


# ---- What is ruled out


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("not wednesday", ["Wed 25 Nov"]),
        ("no wednesdays", ["Wed 25 Nov"]),
        ("except wednesday", ["Wed 25 Nov"]),
        ("can't do wednesday", ["Wed 25 Nov"]),
        ("i cannot come on wednesday", ["Wed 25 Nov"]),
        ("wednesday doesn't work", ["Wed 25 Nov"]),
        ("wednesday's no good for me", ["Wed 25 Nov"]),
        ("wednesdays are bad", ["Wed 25 Nov"]),
        ("wednesday i can't", ["Wed 25 Nov"]),
        ("wednesday actually doesn't work", ["Wed 25 Nov"]),
        ("i'm busy wednesday", ["Wed 25 Nov"]),
        ("i work wednesdays", ["Wed 25 Nov"]),
        ("don't want a wednesday", ["Wed 25 Nov"]),
        ("never on wednesdays", ["Wed 25 Nov"]),
        ("wednesday? no", ["Wed 25 Nov"]),
        ("not today", ["Mon 23 Nov 09:00-"]),
        ("not monday", ["Mon 23 Nov 09:00-", "Mon 30 Nov"]),
        ("neither wednesday nor thursday", ["Wed 25 Nov", "Thu 26 Nov"]),
        ("can't do wed, thurs or fri", ["Wed 25 Nov", "Thu 26 Nov", "Fri 27 Nov"]),
        ("no wednesdays, no fridays", ["Wed 25 Nov", "Fri 27 Nov"]),
        ("not on the weekend", ["Sat 28 Nov", "Sun 29 Nov"]),
        ("i can't do wednesday morning", ["Wed 25 Nov 09:00-12:00"]),
        ("no mornings", each_day_at("09:00-12:00")),
    ],
)
def test_what_only_rules_out_wishes_nothing(text: str, days: list[str]) -> None:
    assert wished(text) == []
    assert ruled_out(text) == days
    assert is_ambiguous(text)


@pytest.mark.parametrize(
    ("text", "times", "excluded"),
    [
        ("any day but wednesday", [*WEEK[:2], *WEEK[3:]], ["Wed 25 Nov"]),
        ("weekdays except friday", WEEK[:4], ["Fri 27 Nov"]),
        ("next week, but not monday", NEXT_WEEK[1:], ["Mon 30 Nov"]),
        ("mornings, not tuesday", each_day_at("09:00-12:00", [WEEK[0], *WEEK[2:]]), ["Tue 24 Nov"]),
        (
            "anything except fridays after 3",
            [*WEEK[:4], "Fri 27 Nov 00:00-15:00", *WEEK[5:]],
            ["Fri 27 Nov 15:00-"],
        ),
        ("anything but mornings", each_day_at("12:00-"), each_day_at("09:00-12:00")),
        ("friday not before 10", ["Fri 27 Nov 10:00-"], ["Fri 27 Nov 00:00-10:00"]),
        ("friday, but not in the morning", ["Fri 27 Nov 12:00-"], ["Fri 27 Nov 09:00-12:00"]),
        ("fridays i can't do mornings", ["Fri 27 Nov 12:00-"], ["Fri 27 Nov 09:00-12:00"]),
        (
            "friday except between 12 and 2",
            ["Fri 27 Nov 00:00-12:00", "Fri 27 Nov 14:00-"],
            ["Fri 27 Nov 12:00-14:00"],
        ),
        ("friday, any time but 3", ["Fri 27 Nov 00:00-15:00", "Fri 27 Nov 15:01-"], ["Fri 27 Nov 15:00"]),
        ("friday, not at 3", ["Fri 27 Nov 00:00-15:00", "Fri 27 Nov 15:01-"], ["Fri 27 Nov 15:00"]),
        ("tuesday i'm busy until 3", ["Tue 24 Nov 15:00-"], ["Tue 24 Nov 00:00-15:00"]),
        ("not monday, tuesday is fine", ["Tue 24 Nov"], ["Mon 23 Nov 09:00-", "Mon 30 Nov"]),
        ("not wednesday tuesday is fine", ["Tue 24 Nov"], ["Wed 25 Nov"]),
        ("friday doesn't work, what about thursday", ["Thu 26 Nov"], ["Fri 27 Nov"]),
        ("friday doesn't work thursday does", ["Thu 26 Nov"], ["Fri 27 Nov"]),
        ("tuesday i can't, wednesday i can", ["Wed 25 Nov"], ["Tue 24 Nov"]),
        ("tuesday works but wednesday doesn't", ["Tue 24 Nov"], ["Wed 25 Nov"]),
        ("friday instead of thursday", ["Fri 27 Nov"], ["Thu 26 Nov"]),
        ("not thursday but friday", ["Fri 27 Nov"], ["Thu 26 Nov"]),
        ("i'd rather friday than thursday", ["Fri 27 Nov"], ["Thu 26 Nov"]),
        ("this friday, not next friday", ["Fri 27 Nov"], ["Fri 4 Dec"]),
        ("i work 9 to 5 so evenings", each_day_at("17:00-21:00"), each_day_at("09:00-17:00")),
        ("this week except the 25th", [*WEEK[:2], *WEEK[3:]], ["Wed 25 Nov"]),
        ("next week except the 5th", [*NEXT_WEEK[:5], NEXT_WEEK[6]], ["Sat 5 Dec"]),
    ],
)
def test_what_is_ruled_out_is_taken_from_what_is_wished(text: str, times: list[str], excluded: list[str]) -> None:
    assert wished(text) == times
    assert ruled_out(text) == excluded
    assert not is_ambiguous(text)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("not before 10", each_day_at("10:00-")),
        ("nothing after 3", [WEEK[0] + "15:00", *each_day_at("00:00-15:00", WEEK[1:])]),
        ("i work until 5", each_day_at("17:00-")),
        ("i can't make it before 6 on friday", ["Fri 27 Nov 18:00-"]),
        ("i'm away until friday", [*WEEK[4:], *NEXT_WEEK[:4]]),
    ],
)
def test_what_rules_out_one_end_wishes_the_other(text: str, times: list[str]) -> None:
    assert wished(text) == times


def test_after_a_mere_comma_one_must_ask_whether_the_denial_goes_on() -> None:
    assert wished("not thursday, friday") == ["Fri 27 Nov"]
    assert is_ambiguous("not thursday, friday")


@pytest.mark.parametrize(
    "text",
    ["if friday doesn't work, saturday", "friday, if not then saturday", "i don't mind friday or saturday"],
)
def test_a_condition_rules_nothing_out(text: str) -> None:
    assert wished(text) == ["Fri 27 Nov", "Sat 28 Nov"]


# ---- Corrections


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("no, friday", ["Fri 27 Nov"]),
        ("no friday is better", ["Fri 27 Nov"]),
        ("actually make it friday", ["Fri 27 Nov"]),
        ("thursday, sorry, friday", ["Fri 27 Nov"]),
        ("thursday. no wait, friday", ["Fri 27 Nov"]),
        ("tuesday! no, thursday! no, friday", ["Fri 27 Nov"]),
        ("thursday, i mean friday", ["Fri 27 Nov"]),
        ("thursday at 3, sorry, friday", ["Fri 27 Nov 15:00"]),
        ("friday at 3, actually 4", ["Fri 27 Nov 16:00"]),
        ("move it from thursday 2pm to friday at 4", ["Fri 27 Nov 16:00"]),
        ("change my thursday appointment to friday", ["Fri 27 Nov"]),
    ],
)
def test_the_last_word_holds(text: str, times: list[str]) -> None:
    assert wished(text) == times


def test_a_sorry_corrects_nothing_by_itself() -> None:
    assert wished("friday works, sorry for the bother") == ["Fri 27 Nov"]


# ---- What is no wish


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "60 minutes",
        "90 min",
        "a 60 or 90 minute massage",
        "an hour massage",
        "1 hour",
        "1.5 hours",
        "2 people",
        "for 2",
        "both of us",
        "me and 2 of my friends",
        "$115",
        "115 dollars",
        "call me at 780-555-0100",
        "(780) 555 0100",
        "unit 12",
        "10180 101 street",
        "I'm 45",
        "i am 67 and my mom is 80",
        "pain for 3 weeks",
        "the pain is 8/10",
        "7/10 pain in my L4 L5",
        "it hurts in the morning",
        "worse at night",
        "i can't sleep at night",
        "every day my back hurts",
        "i sat in the sun",
        "we'd like it",
        "may i march in",
        "give me a second",
        "my second massage",
        "first visit",
        "option 2",
        "24/7",
        "good morning",
        "have a nice weekend",
        "thanks, see you friday",
        "write to fri@example.com",
    ],
)
def test_what_is_no_time_is_not_read_as_one(text: str) -> None:
    reading = read_times(text, MONDAY)

    assert (reading.ranges, reading.excluded, reading.ambiguous) == ((), (), False)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("pain for 3 weeks, tuesday please", ["Tue 24 Nov"]),
        ("it started last friday, can i come tuesday", ["Tue 24 Nov"]),
        ("been hurting since monday, tomorrow after 5 if possible", ["Tue 24 Nov 17:00-"]),
        ("i fell on the 14th and need to come in on the 30th", ["Mon 30 Nov"]),
        ("had a massage yesterday, want another on tuesday", ["Tue 24 Nov"]),
        ("last time i came on a wednesday, now i need a tuesday", ["Tue 24 Nov"]),
        ("i work nights, can i come tuesday", ["Tue 24 Nov 00:00-17:00"]),
        ("worse at night, can i come on tuesday", ["Tue 24 Nov"]),
        ("60 minutes on tuesday", ["Tue 24 Nov"]),
        ("tuesday 1 or 1.5 hours", ["Tue 24 Nov"]),
        ("a 90 min massage tuesday at 2", ["Tue 24 Nov 14:00"]),
        ("for 2 people on tuesday at 11", ["Tue 24 Nov 11:00"]),
        ("book me for 3 on tuesday", ["Tue 24 Nov 15:00"]),
        ("I'm 45 and free on tuesdays", ["Tue 24 Nov"]),
        ("good morning, tuesday?", ["Tue 24 Nov"]),
        ("morning! can i come on tuesday", ["Tue 24 Nov"]),
        ("wed like to come on tuesday", ["Tue 24 Nov"]),
        ("why not tuesday", ["Tue 24 Nov"]),
        ("any chance you could squeeze me in tues?", ["Tue 24 Nov"]),
    ],
)
def test_a_wish_is_read_beside_what_is_none(text: str, times: list[str]) -> None:
    assert wished(text) == times


@pytest.mark.parametrize(
    "text", ["since monday", "it started on monday", "had it yesterday", "i hurt my back on saturday", "2 weeks ago"]
)
def test_what_has_been_is_no_wish(text: str) -> None:
    assert wished(text) == []


# ---- Slips


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("thrusday", "thursday"),
        ("thursdy", "thursday"),
        ("wensday", "wednesday"),
        ("wednsday", "wednesday"),
        ("tommorow", "tomorrow"),
        ("tomorow", "tomorrow"),
        ("satuday", "saturday"),
        ("tuseday", "tuesday"),
        ("firday", "friday"),
        ("friady aftenoon", "friday afternoon"),
        ("decemeber 3", "december 3"),
        ("tuesdays evning", "tuesday evening"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(slip: str, meant: str) -> None:
    assert wished(slip) == wished(meant)
    assert wished(slip)


@pytest.mark.parametrize("text", ["a sundae", "the mourning", "much", "in sundry ways", "it is mondane"])
def test_another_word_is_no_slip(text: str) -> None:
    assert wished(text) == []


# ---- Whatever is said


LONG = [
    "friday or ",
    "not friday, ",
    "in december mornings or ",
    "in december, not mornings or ",
    "1, 2, 3, ",
    "1:",
    "mon-",
    "(780) ",
    "next ",
    "from 2 to 4 or ",
    "move from ",
    "pain is ",
    "can't make it ",
    "a@",
    "\n",
    "-",
]


@pytest.mark.parametrize("piece", LONG)
def test_a_long_message_takes_no_longer_than_its_length(piece: str) -> None:
    long = piece * (2000 // len(piece))

    begins = time.process_time()
    read_times(long, MONDAY)

    assert time.process_time() - begins < 2


def test_any_text_is_read_without_a_fault() -> None:
    ours = re.findall(r'^ +\(?"([^"]+)"', Path(__file__).read_text(encoding="utf-8"), re.M)
    words = " ".join(ours).split()
    chance = random.Random(2026)
    texts = [" ".join(chance.choices(words, k=chance.randint(1, 12))) for _ in range(250)]
    texts += ["".join(chance.choices("0123456789:/-., apmtohe'$#@()", k=40)) for _ in range(50)]
    texts += ["".join(chr(chance.randrange(1, 0x3000)) for _ in range(30)) for _ in range(50)]

    for text in texts:
        now = chance.choice([MONDAY, FRIDAY_EVENING, NEW_YEARS_EVE, datetime(2028, 2, 29, 23, 59, 30)])
        reading = read_times(text, now)

        assert all(now <= one.start <= one.end for one in reading.ranges), text
        assert all(before.end <= after.start for before, after in pairwise(reading.ranges)), text
        assert not any(_overlap(one, other) for one in reading.ranges for other in reading.excluded), text


def _overlap(one: Range, other: Range) -> bool:
    return (one.start < other.end and other.start < one.end) or other.start <= one.start == one.end < other.end


def test_a_seconds_hand_does_not_bring_back_the_past() -> None:
    now = datetime(2026, 11, 23, 9, 0, 30)

    assert wished("today", now) == ["Mon 23 Nov 09:01-"]


def test_a_day_named_is_told_from_one_that_is_not() -> None:
    assert read_times("friday after 4", MONDAY).names_day
    assert not read_times("after 4", MONDAY).names_day


# ---- The command


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "clinic.spoken_times", *arguments], capture_output=True, text=True)


def test_the_command_prints_the_reading_as_json() -> None:
    ran = run("next tues after 4, not wednesday", "--now", "2026-11-23T09:00")

    assert json.loads(ran.stdout) == {
        "ranges": [
            {"start": "2026-11-24T16:00", "end": "2026-11-24T23:59"},
            {"start": "2026-12-01T16:00", "end": "2026-12-01T23:59"},
        ],
        "excluded": [{"start": "2026-11-25T00:00", "end": "2026-11-25T23:59"}],
        "ambiguous": True,
    }


@pytest.mark.parametrize("now", ["monday", "2026-11-23T09:00-07:00"])
def test_the_command_refuses_a_now_it_cannot_use(now: str) -> None:
    ran = run("friday", f"--now={now}")

    assert ran.returncode == 2
    assert "write" in ran.stderr
    assert "2026-11-23T09:00" in ran.stderr
