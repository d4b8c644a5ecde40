"""When the desk may call: in our own words, and never while it is closed."""

from datetime import datetime

import pytest

from clinic.call_windows import CLOSED, parts_offered, window_in
from clinic.schedule import Schedule
from clinic.spoken_times import Range, Reading, read_times
from clinic.wishes import ANY
from tests.builders import hours, schedule

WEEKDAYS = hours("09:00", "19:00")
OURS = schedule(
    open=[WEEKDAYS, hours("09:00", "16:00", ["saturday"])], closed=[{"day": "2026-11-27", "why": "A made-up holiday"}]
)
MONDAY = datetime(2026, 11, 23, 10, 30)
NOTHING = Reading()


def typed(text: str, *, now: datetime = MONDAY, ours: Schedule = OURS) -> str | None:
    return window_in(text, [], read_times(text, now), ours, now)


def pressed(part: str, *, now: datetime = MONDAY, ours: Schedule = OURS) -> str | None:
    return window_in("", [part], NOTHING, ours, now)


# ---- Buttons


def test_every_part_of_the_day_is_offered_with_its_hours() -> None:
    assert parts_offered(OURS) == {
        "morning": "9:00 am to 12:00 pm",
        "afternoon": "12:00 pm to 5:00 pm",
        "evening": "5:00 pm to 7:00 pm",
    }


def test_a_part_of_the_day_in_which_the_clinic_is_never_open_is_not_offered() -> None:
    ours = schedule(open=[hours("10:30", "16:00"), hours("12:00", "17:00", ["sunday"])])

    assert parts_offered(ours) == {"morning": "10:30 am to 12:00 pm", "afternoon": "12:00 pm to 5:00 pm"}


@pytest.mark.parametrize(
    ("part", "window"),
    [
        ("morning", "any day, 9:00 am to 12:00 pm"),
        ("afternoon", "any day, 12:00 pm to 5:00 pm"),
        ("evening", "any day, 5:00 pm to 7:00 pm"),
        (ANY, "any time"),
    ],
)
def test_a_button_says_any_day_that_part_of_it(part: str, window: str) -> None:
    assert pressed(part) == window


@pytest.mark.parametrize(
    "now", [datetime(2026, 11, 23, 11, 59), datetime(2026, 11, 28, 18), datetime(2026, 11, 27, 10)]
)
def test_a_part_of_any_day_means_the_same_at_every_hour(now: datetime) -> None:
    assert pressed("morning", now=now) == "any day, 9:00 am to 12:00 pm"


# ---- Words


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("mornings", "any day, 9:00 am to 12:00 pm"),
        ("after 4", "any day, 4:00 pm to 7:00 pm"),
        ("between 2 and 4", "any day, 2:00 pm to 4:00 pm"),
        ("tomorrow", "Tuesday, November 24"),
        ("tomorrow after 3", "Tuesday, November 24, 3:00 pm to 7:00 pm"),
        ("tuesday at 3", "Tuesday, November 24, at 3:00 pm"),
        ("saturday afternoon", "Saturday, November 28, 12:00 pm to 4:00 pm"),
        ("today", "Monday, November 23"),
        ("this morning", "Monday, November 23, 10:30 am to 12:00 pm"),
        ("tuesday or thursday", "Tuesday, November 24 or Thursday, November 26"),
    ],
)
def test_what_is_typed_is_said_back_in_our_words(text: str, window: str) -> None:
    assert typed(text) == window


@pytest.mark.parametrize("text", ["any time", "Anytime", "whenever", "no preference", "doesn’t matter", "I don't mind"])
def test_whoever_can_be_called_always_is(text: str) -> None:
    assert typed(text) == "any time"


@pytest.mark.parametrize("text", ["asap", "as soon as possible", "now", "right now please", "right away"])
def test_whoever_cannot_wait_is_called_as_soon_as_possible(text: str) -> None:
    assert typed(text) == "as soon as possible"


def test_days_that_follow_each_other_are_said_together_and_a_holiday_between_them_does_not_part_them() -> None:
    assert typed("this week in the mornings") == "any day, 9:00 am to 12:00 pm"
    assert typed("next week after 3") == (
        "Monday, November 30 to Friday, December 4, 3:00 pm to 7:00 pm or Saturday, December 5, 3:00 pm to 4:00 pm"
    )
    thursday_to_saturday = Reading((range_of(26), range_of(27), range_of(28)))
    assert window_in("", [], thursday_to_saturday, OURS, MONDAY) == "Thursday, November 26 or Saturday, November 28"
    wednesday_to_saturday = Reading(tuple(map(range_of, (25, 26, 27, 28))))
    assert window_in("", [], wednesday_to_saturday, OURS, MONDAY) == "Wednesday, November 25 to Saturday, November 28"


def range_of(day: int, opens: str = "00:00", closes: str = "23:59") -> Range:
    start, end = (datetime.fromisoformat(f"2026-11-{day:02}T{clock}") for clock in (opens, closes))
    return Range(start, end)


def test_what_only_rules_a_day_out_leaves_the_others_of_the_week() -> None:
    all_but_wednesday = Reading(excluded=(range_of(25),), ambiguous=True)

    window = window_in("not wednesday", [], all_but_wednesday, OURS, MONDAY)

    assert window == "Monday, November 23 or Tuesday, November 24 or Thursday, November 26 or Saturday, November 28"


def test_two_spans_of_a_day_are_both_said_and_those_that_touch_are_one() -> None:
    early_and_late = Reading((range_of(24, "09:00", "10:00"), range_of(24, "15:00", "17:00"), range_of(24, "17:00")))

    window = window_in("", [], early_and_late, OURS, MONDAY)

    assert window == "Tuesday, November 24, 9:00 am to 10:00 am and 3:00 pm to 7:00 pm"


def test_a_part_of_the_day_that_the_lexicon_knows_is_enough() -> None:
    assert window_in("evnings r best", ["evening"], NOTHING, OURS, MONDAY) == "any day, 5:00 pm to 7:00 pm"


@pytest.mark.parametrize("text", ["", "hello", "Will May", "what?", "not now"])
def test_what_says_nothing_of_a_time_is_none(text: str) -> None:
    assert typed(text) is None


# ---- Within opening hours


@pytest.mark.parametrize("text", ["sunday", "tomorrow at 8pm", "friday", "saturday evening", "tomorrow at 7pm"])
def test_while_the_clinic_is_closed_nobody_calls(text: str) -> None:
    assert typed(text) == CLOSED


def test_what_is_over_is_no_time_to_call() -> None:
    assert typed("today", now=datetime(2026, 11, 23, 19)) == CLOSED
    assert typed("yesterday") == CLOSED


def test_the_last_minute_of_the_day_is_one_to_call() -> None:
    assert typed("tomorrow at 6:59pm") == "Tuesday, November 24, at 6:59 pm"
