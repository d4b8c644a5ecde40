"""Wished times: days and hours said one after another, and which of the offered times a message picks."""

from datetime import datetime, timedelta

import pytest

from clinic.draft import ALWAYS, Draft, OfferedTime
from clinic.message import Said
from clinic.spoken_times import Reading
from clinic.wished_times import picked, timed
from clinic.wishes import Named, Wishes, wishes_in
from tests.builders import said

THURSDAY = datetime(2026, 11, 26)
FRIDAY = datetime(2026, 11, 27)
END_OF_DAY = timedelta(hours=23, minutes=59)


def whole(day: datetime) -> tuple[datetime, datetime]:
    return day, day + END_OF_DAY


def after_four(day: datetime) -> tuple[datetime, datetime]:
    return day + timedelta(hours=16), day + END_OF_DAY


def offer(start: datetime, therapist: str = "priya") -> OfferedTime:
    return OfferedTime(id=f"{therapist}-60-swedish_massage-{start:%Y%m%dT%H%M%SZ}", start=start, therapist=therapist)


OFFERED = (
    offer(THURSDAY.replace(hour=16), "sam"),
    offer(THURSDAY.replace(hour=16, minute=30)),
    offer(THURSDAY.replace(hour=17)),
    offer(FRIDAY.replace(hour=17)),
)
OFFERING = Draft(attempt="one", ranges=(after_four(THURSDAY), after_four(FRIDAY)), offered=OFFERED)


def wished(text: str | Said, draft: Draft | None = None, requested: str | None = "when") -> Draft:
    message = said(text) if isinstance(text, str) else text
    return timed(draft or Draft(attempt="one"), message, message.named, requested)


def chosen(text: str, draft: Draft = OFFERING, requested: str = "time") -> OfferedTime | None:
    message = said(text)
    wishes = wishes_in(text, message.named, requested, asks_something=False)
    return picked(draft, message, wishes, requested)


# ---- Days and hours


def test_an_hour_is_one_of_the_day_that_was_said_before() -> None:
    draft = wished("after 4", wished("thursday"))

    assert draft.ranges == (after_four(THURSDAY),)


def test_another_day_keeps_the_hours() -> None:
    draft = wished("no, friday", wished("thursday after 4"))

    assert draft.ranges == (after_four(FRIDAY),)


@pytest.mark.parametrize("text", ["any time on friday", "friday, all day"])
def test_another_day_at_any_time_is_the_whole_day(text: str) -> None:
    assert wished(text, wished("thursday after 4")).ranges == (whole(FRIDAY),)


def test_another_day_with_an_hour_of_its_own_forgets_the_old_one() -> None:
    draft = wished("friday at 10", wished("thursday after 4"))

    assert draft.ranges == ((FRIDAY.replace(hour=10), FRIDAY.replace(hour=10)),)


def test_what_is_left_of_today_is_no_hour_of_another_day() -> None:
    noon = datetime(2026, 11, 23, 12)
    today = wished(said("today", now=noon))

    assert wished(said("no, friday", now=noon), today).ranges == (whole(FRIDAY),)


def test_an_hour_without_a_day_is_one_of_each_of_the_next_days() -> None:
    draft = wished("at 5pm")

    assert len(draft.ranges) == 7
    assert {start.hour for start, _ in draft.ranges} == {17}


@pytest.mark.parametrize("text", ["10", "how about 10?", "do you have 10?"])
def test_a_bare_figure_is_an_hour_when_the_time_was_asked_for(text: str) -> None:
    draft = wished(said(text, asks_something=True), wished("thursday"), "time")

    assert draft.ranges == ((THURSDAY.replace(hour=10), THURSDAY.replace(hour=10)),)


def test_a_time_can_be_asked_for_as_a_favour() -> None:
    draft = wished(said("could I come at 7 in the evening", asks_something=True), wished("thursday"))

    assert draft.ranges == ((THURSDAY.replace(hour=19), THURSDAY.replace(hour=19)),)


def test_whenever_is_any_time_at_all() -> None:
    assert wished("whenever").ranges == (ALWAYS,)


def test_what_was_ruled_out_stays_so() -> None:
    draft = wished("next week", wished("not monday"))

    assert len(draft.excluded) == 2
    assert len(draft.ranges) == 7


def test_what_was_ruled_out_can_be_wished_for_after_all() -> None:
    draft = wished("ok, next week monday then", wished("not monday"))

    assert (draft.ranges, draft.excluded) == ((whole(datetime(2026, 11, 30)),), ())


def test_a_day_that_is_over_is_asked_for_again() -> None:
    assert wished("yesterday").remark == "no_such_time"


# ---- Which day is meant


UNCLEAR = wished("next tuesday after 4")


def test_an_unclear_day_is_asked_about() -> None:
    assert (UNCLEAR.ranges, len(UNCLEAR.unclear)) == ((), 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("the first one", 24), ("tomorrow", 24), ("the 24th", 24), ("this tuesday", 24), ("the earlier one", 24)),
        *(("the second one", 1), ("december 1", 1), ("the later one", 1), ("next week", 1), ("not the 24th", 1)),
    ],
)
def test_the_day_that_is_meant_keeps_its_hours(text: str, day: int) -> None:
    draft = wished(text, UNCLEAR)

    assert [(start.day, start.hour) for start, _ in draft.ranges] == [(day, 16)]


def test_whoever_does_not_mind_is_offered_both_days() -> None:
    draft = wished(said("either", intent="therapists", asks_something=True), UNCLEAR)

    assert len(draft.ranges) == 2


# ---- Questions


@pytest.mark.parametrize(
    "text", ["are you open on friday?", "what time do you close on friday", "does it hurt on friday"]
)
def test_a_question_about_the_clinic_is_no_wish(text: str) -> None:
    assert wished(said(text, asks_something=True)).ranges == ()


@pytest.mark.parametrize("text", ["anything on friday?", "when is the next free time on friday", "not on mondays"])
def test_a_question_for_a_time_is_a_wish(text: str) -> None:
    draft = wished(said(text, asks_something=True))

    assert draft.ranges or draft.excluded


# ---- Later and earlier


@pytest.mark.parametrize(
    "text", ["later", "anything later?", "none of these", "no", "later in the day", "something else"]
)
def test_later_times_can_be_asked_for(text: str) -> None:
    intent = "deny" if text == "no" else "goodbye"

    draft = wished(said(text, intent=intent, asks_something=True), OFFERING, "time")

    assert draft.after == FRIDAY.replace(hour=17)


def test_a_later_hour_is_no_later_page() -> None:
    draft = wished("later than 5 on thursday", OFFERING, "time")

    assert draft.after is None
    assert draft.ranges[0][0] >= THURSDAY.replace(hour=17)


def test_earlier_times_are_those_of_the_same_day() -> None:
    draft = wished("anything earlier?", OFFERING, "time")

    assert draft.ranges == (whole(THURSDAY),)
    assert draft.excluded == ((THURSDAY.replace(hour=16), THURSDAY + END_OF_DAY),)


def test_earlier_after_later_leads_back() -> None:
    later = wished("later", OFFERING, "time").having(offered=OFFERED)

    assert wished("earlier", later, "time").after is None


# ---- Picking one


@pytest.mark.parametrize(
    ("text", "place"),
    [
        *(("the first", 0), ("the second one", 1), ("3rd one please", 2), ("I'd like the last one", 3), ("2nd one", 1)),
        *(("option 2", 1), ("number 3", 2), ("the earliest", 0), ("any of them", 0), ("you choose", 0)),
        *(("no, the second one", 1), ("can I take the third one?", 2), ("4:30", 1), ("the 4:30 one", 1)),
        *(("with sam", 0), ("the one with sam", 0), ("the one on friday", 3), ("thursday at 5", 2)),
    ],
)
def test_an_offered_time_is_picked(text: str, place: int) -> None:
    assert chosen(text) == OFFERED[place]


@pytest.mark.parametrize(
    "text",
    ["5pm", "with priya", "friday", "after 4:45 on thursday", "not the second one", "the tenth", "is it the first?"],
)
def test_what_fits_none_or_several_picks_nothing(text: str) -> None:
    assert chosen(text) is None


def test_a_bare_figure_is_an_hour_and_no_place() -> None:
    offered = (offer(THURSDAY.replace(hour=9)), offer(THURSDAY.replace(hour=11)), offer(THURSDAY.replace(hour=14)))

    assert chosen("2", OFFERING.having(offered=offered)) == offered[2]
    assert chosen("3", OFFERING.having(offered=offered)) is None


def test_a_yes_picks_the_only_one() -> None:
    assert chosen("yes please", OFFERING.having(offered=OFFERED[:1])) == OFFERED[0]
    assert chosen("yes please") is None


def test_a_therapist_who_is_named_instead_picks_no_other_day() -> None:
    assert chosen("with sam instead", OFFERING.having(slot=OFFERED[3].id), "confirm") is None


def test_a_button_picks_what_it_shows() -> None:
    named = [Named("time", OFFERED[1].id, "")]
    press = Said("", named, "inform", False, Reading(), THURSDAY, pressed=True)

    assert timed(OFFERING, press, named, "time").slot == OFFERED[1].id
    assert picked(OFFERING, press, Wishes(), "time") is None
