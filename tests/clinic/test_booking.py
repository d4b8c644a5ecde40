"""Booking: which wishes are read out of a message, how they are said back, and what the link carries."""

import pytest

from clinic.booking import Named, booking_link, described, wishes_in
from tests.builders import content

SWEDISH = Named("treatment", "swedish_massage", "swedish")
DEEP_TISSUE = Named("treatment", "deep_tissue_massage", "deep tissue")
NOT_SURE = Named("treatment", "therapeutic_massage", "not sure")
MEI = Named("therapist", "mei", "mei")
THURSDAY = Named("day", "thursday", "thursday")
FRIDAY = Named("day", "friday", "friday")
MORNING = Named("part_of_day", "morning", "morning")

PAGE = "https://booking.example.com/demo"


def wishes(text: str, *named: Named, requested: str | None = None, asks_something: bool = False) -> dict[str, str]:
    return wishes_in(text, named, requested, asks_something=asks_something)


# ---- What a message names


def test_everything_named_in_one_message_is_read_at_once() -> None:
    read = wishes("swedish with mei on thursday morning", SWEDISH, MEI, THURSDAY, MORNING)

    assert read == {"treatment": "swedish_massage", "therapist": "mei", "day": "thursday morning"}


def test_a_message_that_names_nothing_fills_nothing() -> None:
    read = wishes("I would like to book a massage")

    assert read == {}


def test_what_is_no_part_of_a_booking_is_left_aside() -> None:
    read = wishes("my left leg", Named("side", "left", "left"), Named("body_area", "leg", "leg"))

    assert read == {}


def test_two_days_are_both_kept() -> None:
    read = wishes("thursday or friday", THURSDAY, FRIDAY, requested="day")

    assert read == {"day": "thursday friday"}


def test_a_day_said_twice_is_kept_once() -> None:
    read = wishes("thursday, yes thursday", THURSDAY, THURSDAY, requested="day")

    assert read == {"day": "thursday"}


@pytest.mark.parametrize("text", ["Dec 3", "the 3rd", "2026-12-03", "around 4:30"])
def test_a_day_with_a_number_is_taken_in_the_visitors_words(text: str) -> None:
    read = wishes(f" {text} ", requested="day")

    assert read == {"day": text}


@pytest.mark.parametrize(
    ("text", "requested"), [("Dec 3", "treatment"), ("Dec 3", None), ("soonish", "day"), ("3" + "x" * 60, "day")]
)
def test_other_words_are_not_taken_for_a_day(text: str, requested: str | None) -> None:
    read = wishes(text, requested=requested)

    assert read == {}


# ---- Questions are no answers


def test_a_question_about_a_treatment_does_not_choose_it() -> None:
    read = wishes("what is deep tissue?", DEEP_TISSUE, requested="treatment", asks_something=True)

    assert read == {}


@pytest.mark.parametrize("text", ["does deep tissue hurt", "deep tissue?", "how much is deep tissue on thursday"])
def test_nor_does_a_question_in_other_words(text: str) -> None:
    read = wishes(text, DEEP_TISSUE, requested="treatment", asks_something=True)

    assert read == {}


@pytest.mark.parametrize(
    "text", ["deep tissue", "Deep tissue please", "I'd like the deep tissue one", "I’d like deep tissue"]
)
def test_a_plain_answer_counts_even_when_it_looked_like_a_question(text: str) -> None:
    read = wishes(text, DEEP_TISSUE, requested="treatment", asks_something=True)

    assert read == {"treatment": "deep_tissue_massage"}


# ---- No preference


@pytest.mark.parametrize(
    "text",
    [
        "any",
        "anyone",
        "no preference",
        "doesn't matter",
        "doesn’t matter",
        "doesnt matter",
        "I don't mind",
        "you choose",
        "whoever is free",
        "not sure",
    ],
)
def test_no_preference_is_an_answer_to_what_was_asked(text: str) -> None:
    read = wishes(text, requested="therapist")

    assert read == {"therapist": "any"}


def test_no_preference_for_a_treatment_leaves_the_choice_to_the_therapist() -> None:
    read = wishes("whatever you think", requested="treatment")

    assert read == {"treatment": "therapeutic_massage"}


def test_not_sure_about_the_treatment_leaves_the_choice_to_the_therapist() -> None:
    read = wishes("not sure", NOT_SURE, requested="treatment")

    assert read == {"treatment": "therapeutic_massage"}


@pytest.mark.parametrize("requested", ["day", "therapist"])
def test_not_sure_about_something_else_does_not_change_the_treatment(requested: str) -> None:
    read = wishes("not sure", NOT_SURE, requested=requested)

    assert read == {requested: "any"}


def test_a_treatment_can_be_changed_while_something_else_is_asked() -> None:
    read = wishes("actually swedish", SWEDISH, requested="therapist")

    assert read == {"treatment": "swedish_massage"}


@pytest.mark.parametrize("text", ["no", "Nope.", "not really", "no one in particular", "no thanks"])
def test_no_favourite_therapist_is_no_preference(text: str) -> None:
    read = wishes(text, requested="therapist")

    assert read == {"therapist": "any"}


@pytest.mark.parametrize("requested", ["treatment", "day"])
def test_a_no_to_something_else_is_no_answer(requested: str) -> None:
    read = wishes("no", requested=requested)

    assert read == {}


@pytest.mark.parametrize("text", ["any", "not sure", "no", "i don't know", "3"])
def test_a_safety_check_is_not_answered_by_having_no_preference(text: str) -> None:
    read = wishes(text, NOT_SURE, requested="safety")

    assert read == {}


def test_a_wish_is_heard_while_the_safety_check_is_asked() -> None:
    read = wishes("thursday with mei", THURSDAY, MEI, requested="safety")

    assert read == {"day": "thursday", "therapist": "mei"}


def test_no_preference_is_no_answer_when_nothing_was_asked() -> None:
    read = wishes("any massage would do")

    assert read == {}


# ---- A woman or a man


@pytest.mark.parametrize("text", ["a woman please", "female", "Female therapist", "a lady", "woman, not a man"])
def test_a_woman_is_wished_for(text: str) -> None:
    read = wishes(text, requested="therapist")

    assert read == {"therapist": "any_woman"}


@pytest.mark.parametrize(
    "text", ["a man please", "male", "a guy", "not a woman please", "no, a man", "not sure, maybe a man"]
)
def test_a_man_is_wished_for(text: str) -> None:
    read = wishes(text, requested="therapist")

    assert read == {"therapist": "any_man"}


@pytest.mark.parametrize(
    "text",
    [
        "not a man please",
        "no men",
        "anyone but a man",
        "I don't want a male therapist",
        "I don’t want a man",
        "I'd rather not have a man",
        "I'm not comfortable with men",
    ],
)
def test_who_refuses_a_man_is_not_given_one(text: str) -> None:
    read = wishes(text, requested="therapist")

    assert read == {"therapist": "any_woman"}


@pytest.mark.parametrize("text", ["man or woman, doesn't matter", "a woman or a man", "no preference, man or woman"])
def test_a_man_or_a_woman_is_no_preference(text: str) -> None:
    read = wishes(text, requested="therapist")

    assert read == {"therapist": "any"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("a man please", "any_man"), ("I'd prefer a woman", "any_woman"), ("I’d rather not see a man", "any_woman")],
)
def test_a_woman_or_a_man_is_an_answer_even_when_it_looked_like_a_question(text: str, wanted: str) -> None:
    read = wishes(text, requested="therapist", asks_something=True)

    assert read == {"therapist": wanted}


@pytest.mark.parametrize("text", ["is there a woman?", "can I talk to a man", "do you have men and women"])
def test_a_question_about_women_and_men_is_none(text: str) -> None:
    read = wishes(text, requested="therapist", asks_something=True)

    assert read == {}


def test_a_wish_for_a_woman_is_heard_before_the_question() -> None:
    read = wishes("book me a female therapist on thursday", THURSDAY)

    assert read == {"therapist": "any_woman", "day": "thursday"}


def test_a_woman_who_is_no_therapist_is_no_wish() -> None:
    read = wishes("it is for a woman of 70", requested="treatment")

    assert read == {}


def test_a_named_therapist_outweighs_a_gender() -> None:
    read = wishes("the woman called mei", MEI, requested="therapist")

    assert read == {"therapist": "mei"}


# ---- Said back, and handed over


@pytest.mark.parametrize(
    ("slot", "value", "said"),
    [
        ("treatment", "swedish_massage", "Swedish massage"),
        ("therapist", "mei", "Mei"),
        ("therapist", "any", "no preference"),
        ("therapist", "any_woman", "a woman"),
        ("therapist", "any_man", "a man"),
        ("day", "thursday morning", "thursday morning"),
    ],
)
def test_a_wish_is_said_back_as_one_reads_it(slot: str, value: str, said: str) -> None:
    assert described(slot, value, content()) == said


def test_the_link_leads_to_the_treatment_and_the_therapist() -> None:
    link = booking_link(PAGE, content(), treatment="swedish_massage", therapist="mei")

    assert link == f"{PAGE}?treatment=swedish_massage&therapist=mei"


def test_the_link_carries_no_word_of_the_visitor() -> None:
    link = booking_link(PAGE, content(), treatment="my numb leg", therapist="any_woman")

    assert link == PAGE


def test_a_booking_page_with_a_query_of_its_own_keeps_it() -> None:
    link = booking_link(f"{PAGE}?clinic=7", content(), treatment="swedish_massage", therapist="any")

    assert link == f"{PAGE}?clinic=7&treatment=swedish_massage"
