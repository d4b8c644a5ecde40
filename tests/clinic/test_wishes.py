"""Wishes: which treatment, length, therapist, and for how many, are read out of a message."""

import pytest

from clinic.wishes import Named, Wishes, wishes_in

SWEDISH = Named("treatment", "swedish_massage", "swedish")
DEEP_TISSUE = Named("treatment", "deep_tissue_massage", "deep tissue")
NOT_SURE = Named("treatment", "therapeutic_massage", "not sure")
MEI = Named("therapist", "mei", "mei")
SAM = Named("therapist", "sam", "sam")


def wishes(text: str, *named: Named, requested: str | None = None, asks_something: bool = False) -> Wishes:
    return wishes_in(text, named, requested, asks_something=asks_something)


# ---- What a message names


def test_everything_named_in_one_message_is_read_at_once() -> None:
    read = wishes("90 minutes swedish with mei", SWEDISH, MEI)

    assert read == Wishes(treatment="swedish_massage", minutes=90, therapist="mei")


def test_a_message_that_names_nothing_asks_for_nothing() -> None:
    assert not wishes("I would like to book a massage")


def test_what_is_no_part_of_a_booking_is_left_aside() -> None:
    assert not wishes("my left leg", Named("side", "left", "left"), Named("body_area", "leg", "leg"))


def test_the_later_of_two_treatments_counts() -> None:
    assert wishes("swedish, no, deep tissue", SWEDISH, DEEP_TISSUE).treatment == "deep_tissue_massage"


# ---- Questions are no answers


@pytest.mark.parametrize(
    "text", ["what is deep tissue?", "does deep tissue hurt", "deep tissue?", "how much is deep tissue on thursday"]
)
def test_a_question_about_a_treatment_does_not_choose_it(text: str) -> None:
    assert not wishes(text, DEEP_TISSUE, requested="treatment", asks_something=True)


@pytest.mark.parametrize(
    "text",
    ["deep tissue", "Deep tissue please", "I'd like the deep tissue one", "I’d like deep tissue", "deep tissue works"],
)
def test_a_plain_answer_counts_even_when_it_looked_like_a_question(text: str) -> None:
    read = wishes(text, DEEP_TISSUE, requested="treatment", asks_something=True)

    assert read == Wishes(treatment="deep_tissue_massage")


# ---- The treatment


@pytest.mark.parametrize("text", ["not sure", "whatever you think", "you choose", "I don't know", "anything is fine"])
def test_who_does_not_know_the_treatment_leaves_it_to_the_therapist(text: str) -> None:
    assert wishes(text, requested="treatment").treatment == "therapeutic_massage"


@pytest.mark.parametrize("requested", ["when", "time", "safety"])
def test_not_sure_about_something_else_does_not_change_the_treatment(requested: str) -> None:
    assert wishes("not sure", NOT_SURE, requested=requested).treatment is None


@pytest.mark.parametrize("text", ["what's the soonest?", "first available", "anything on friday", "any time tomorrow"])
def test_a_time_asked_for_instead_of_a_treatment_chooses_none(text: str) -> None:
    assert wishes(text, requested="treatment").treatment is None


def test_a_treatment_can_be_changed_while_something_else_is_asked() -> None:
    assert wishes("actually swedish", SWEDISH, requested="time").treatment == "swedish_massage"


# ---- The length


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("make it 90 minutes", 90),
        ("60 min please", 60),
        ("45min", 45),
        ("an hour", 60),
        ("half an hour", 30),
        ("an hour and a half", 90),
        ("1.5 hours", 90),
        ("a one hour deep tissue", 60),
        ("two hours", 120),
        ("swedish 60", 60),
        ("60 swedish please", 60),
    ],
)
def test_a_length_is_read_in_minutes_and_in_hours(text: str, minutes: int) -> None:
    assert wishes(text, SWEDISH).minutes == minutes


@pytest.mark.parametrize("text", ["swedish 30 november", "swedish 30th", "swedish at 9:30"])
def test_a_date_beside_a_treatment_is_no_length(text: str) -> None:
    assert wishes(text, SWEDISH).minutes is None


def test_a_length_can_be_asked_for_as_a_favour() -> None:
    assert wishes("hmm actually can we do 45 minutes", asks_something=True).minutes == 45
    assert wishes("can you tell me how much 45 minutes is", asks_something=True).minutes is None


def test_a_bare_number_is_a_length_when_that_was_asked_for() -> None:
    assert wishes("90 pls", requested="minutes").minutes == 90
    assert wishes("90 pls", requested="treatment").minutes is None


def test_a_bare_number_is_a_length_even_when_it_looked_like_a_question_about_prices() -> None:
    assert wishes("90", requested="minutes", asks_something=True).minutes == 90
    assert wishes("ok an hour and a half", requested="minutes", asks_something=True).minutes == 90
    assert wishes("how much is 90", requested="minutes", asks_something=True).minutes is None


@pytest.mark.parametrize("text", ["in an hour or so", "within two hours", "10 minutes late", "at 6:30", "I'm 45"])
def test_other_numbers_are_no_length(text: str) -> None:
    assert wishes(text).minutes is None


# ---- The therapist


@pytest.mark.parametrize(
    "text",
    [
        *("a woman please", "female", "Female therapist", "a lady", "woman, not a man"),
        *("not a man please", "no men", "I don't want a male therapist", "I don’t want a man"),
        *("someone female thursday after 4", "I'm not comfortable with men"),
        *("book thursday 3pm deep tissue 60 minutes no men", "a 60 minute massage on friday, females only please"),
    ],
)
def test_a_woman_is_wished_for(text: str) -> None:
    assert wishes(text).therapist == "any_woman"


@pytest.mark.parametrize("text", ["a man please", "male", "a guy", "not a woman please", "no, a man"])
def test_a_man_is_wished_for(text: str) -> None:
    assert wishes(text).therapist == "any_man"


@pytest.mark.parametrize("text", ["a woman or a man", "no preference, man or woman"])
def test_a_man_or_a_woman_is_no_preference(text: str) -> None:
    assert wishes(text).therapist == "any"


@pytest.mark.parametrize("text", ["is there a woman?", "can I talk to a man", "do you have men and women"])
def test_a_question_about_women_and_men_is_none(text: str) -> None:
    assert not wishes(text, asks_something=True)


def test_a_woman_who_is_no_therapist_is_no_wish() -> None:
    assert not wishes("it is for a woman of 70", requested="treatment")


def test_a_named_therapist_outweighs_a_gender() -> None:
    assert wishes("the woman called mei", MEI).therapist == "mei"


@pytest.mark.parametrize("text", ["not with sam", "anyone but sam", "not sam please", "I don't want sam"])
def test_a_therapist_who_is_refused_is_not_wished_for(text: str) -> None:
    read = wishes(text, SAM)

    assert read.avoided == ("sam",)
    assert read.therapist != "sam"


def test_a_refusal_counts_even_when_it_looked_like_a_question() -> None:
    assert wishes("anyone but sam", SAM, requested="time", asks_something=True).avoided == ("sam",)
    assert wishes("someone female", requested="time", asks_something=True).therapist == "any_woman"


def test_one_may_be_refused_and_another_wished_for() -> None:
    read = wishes("not sam, mei if she can", SAM, MEI)

    assert (read.therapist, read.avoided) == ("mei", ("sam",))


# ---- For how many


@pytest.mark.parametrize("text", ["for two", "me and my husband", "a couples massage", "for both of us", "two people"])
def test_two_people_are_noticed(text: str) -> None:
    assert wishes(text).people == 2


@pytest.mark.parametrize("text", ["for two weeks now", "at two", "two sessions", "for 2 days"])
def test_two_of_something_else_are_one_person(text: str) -> None:
    assert wishes(text).people is None
