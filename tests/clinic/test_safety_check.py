"""The safety check before booking: what an answer to it means, and what staff may write."""

import pytest
from pydantic import ValidationError

from clinic.content import Content
from clinic.safety_check import NONE, Outcome, SafetyQuestion
from tests.builders import content, safety_check


def heard(text: str, whole: Content | None = None) -> str | None:
    """The id of the question that a typed answer is taken for, or "none"; None when it is not understood."""
    answer = (whole or content()).safety_answer(text)
    return answer.id if isinstance(answer, SafetyQuestion) else answer


def question(**different: object) -> dict:
    usual = {"id": "flu", "text": "The flu.", "button": "The flu", "wordings": ["flu"], "outcome": "tell_therapist"}
    return {**usual, "says": "Please wait.", **different}


# ---- What is so


@pytest.mark.parametrize("text", ["pregnant", "I'm pregnant!", "yes, expecting", "20 weeks pregnant", "i am pregnent"])
def test_a_typed_wording_is_its_question(text: str) -> None:
    assert heard(text) == "pregnant"


def test_the_words_of_a_button_can_be_typed_too() -> None:
    assert heard("the wound") == "wound"


@pytest.mark.parametrize("text", ["pregnant and the flu", "the flu, and i am pregnant"])
def test_of_several_that_are_so_the_most_urgent_counts(text: str) -> None:
    assert heard(text) == "flu"


def test_what_is_denied_is_not_so() -> None:
    assert heard("no flu, but a wound") == "wound"


@pytest.mark.parametrize(
    "text", ["no flu", "no, no flu", "the wound is fine", "yes", "yes please", "not sure", "friday"]
)
def test_what_names_nothing_that_is_so_is_not_understood(text: str) -> None:
    assert heard(text) is None


# ---- None of them


@pytest.mark.parametrize(
    "text",
    [
        *("no", "Nope.", "none", "None of these", "nothing of that", "no, none of those apply to me", "nothing at all"),
        *("i don't have any of these", "none that i know of", "not that I'm aware of", "no, I'm fine", "none, thanks"),
        *("all good", "everything is fine", "nope to everything"),
    ],
)
def test_a_denial_of_all_means_none(text: str) -> None:
    assert heard(text) == NONE


@pytest.mark.parametrize(
    "text",
    [
        "no idea",
        "no good",
        "not fine",
        "not all good",
        "no, i'm not fine",
        "no but my leg feels odd",
        "no thanks",
        "i don't know",
    ],
)
def test_a_no_that_says_more_does_not(text: str) -> None:
    assert heard(text) is None


# ---- What staff may write


def test_the_most_urgent_question_comes_first() -> None:
    questions = [question(), question(id="calf", outcome="same_day", says=None)]

    with pytest.raises(ValidationError, match="move calf above flu"):
        safety_check(questions=questions)


@pytest.mark.parametrize("id", ["flu", "none"])
def test_an_id_stands_for_one_answer_only(id: str) -> None:
    with pytest.raises(ValidationError, match=f"the id '{id}' is taken"):
        safety_check(questions=[question(), question(id=id)])


def test_what_is_no_alert_says_something() -> None:
    with pytest.raises(ValidationError, match="says is missing"):
        safety_check(questions=[question(says=None)])


def test_an_alert_has_its_own_answer() -> None:
    with pytest.raises(ValidationError, match="remove says"):
        safety_check(questions=[question(outcome="emergency")])


def test_a_wording_that_leads_to_another_question_is_a_problem() -> None:
    questions = [question(), question(id="infection", wordings=["infection", "flu with a cough"])]
    whole = content(safety_check=safety_check(questions=questions))

    (problem,) = whole.problems(safety_check().review.on, set())

    assert (problem.record, problem.keys) == (("safety_check", ""), ("questions", 1, "wordings", 1))
    assert "'flu with a cough' is taken for flu, not infection" in problem.remedy


def test_a_wording_that_says_nothing_is_a_problem() -> None:
    whole = content(safety_check=safety_check(questions=[question(wordings=["made up"])]))

    (problem,) = whole.problems(safety_check().review.on, set())

    assert "'made up' says nothing" in problem.remedy


def test_every_text_of_it_is_checked_for_facts() -> None:
    whole = content(safety_check=safety_check(questions=[question(says="Call {fone}.")]))

    (problem,) = whole.problems(safety_check().review.on, set())

    assert (problem.record, problem.keys) == (("safety_check", ""), ("questions", 0, "says"))


# ---- Our own


OURS = {
    "numbness_bladder_bowel": ["numb between my legs", "trouble with my bladder", "my bum is numb", "i cant pee"],
    "both_legs_weak_leg": ["it is in both legs", "my leg gives way", "one leg is getting weaker", "foot drop"],
    "fever_ill_calf": ["i have a fever", "my calf is swollen", "i feel really ill"],
    "cancer_weight_fall": ["i had cancer in 2015", "i am losing weight", "i fell last week", "the pain never eases"],
    "illness_or_clot": ["i've got the flu", "being treated for a blood clot", "a skin infection", "dvt"],
    "doctor_first": [
        "i take blood thinners",
        "warfarin",
        "im 12 weeks pregnant",
        "had surgery in may",
        "kidney disease",
    ],
    "tell_therapist": ["varicose veins", "allergic to nut oil", "i have an implant", "surgery years ago, it healed"],
}


@pytest.mark.parametrize(("id", "text"), [(id, text) for id, texts in OURS.items() for text in texts])
def test_our_check_understands_what_people_type(our_content: Content, id: str, text: str) -> None:
    assert heard(text, our_content) == id


@pytest.mark.parametrize("text", ["no blood thinners", "my bladder is fine", "no numbness", "not pregnant"])
def test_our_check_does_not_take_a_denial_for_a_yes(our_content: Content, text: str) -> None:
    assert heard(text, our_content) is None


def test_our_check_knows_every_outcome(our_content: Content) -> None:
    assert {question.outcome for question in our_content.safety_check.questions} == set(Outcome)


@pytest.mark.parametrize("text", ["no, all of them apply", "nope all apply", "no i have all of these", "no i do"])
def test_a_no_before_a_yes_is_no_denial(our_content: Content, text: str) -> None:
    assert our_content.safety_answer(text) != NONE
