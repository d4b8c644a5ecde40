"""The content as a whole: what must fit together, and what is only a warning."""

from datetime import date

import pytest

from clinic.content import Content, Problem
from clinic.errors import UnknownAnswer
from clinic.facts import Facts
from tests.builders import DAY, REVIEW, answer, asks_of, clinic_answer, content, fact, facts, stretch

PICTURES = {"knee_to_chest_1.svg", "knee_to_chest_2.svg"}


def problems(whole: Content, pictures: set[str] | None = None) -> list[Problem]:
    return whole.problems(DAY, pictures or set())


def the_problem(whole: Content, pictures: set[str] | None = None) -> Problem:
    (found,) = problems(whole, pictures)
    return found


def test_a_content_that_fits_together_has_no_problems() -> None:
    whole = content(answer("sleep", answer="Call {phone}."))

    assert problems(whole) == []


def test_an_unknown_fact_is_a_problem_under_the_key_of_its_text() -> None:
    whole = content(answer("sleep", more="Call {fone}."))

    found = the_problem(whole)

    assert (found.record, found.keys) == (("answers", "sleep"), ("more",))
    assert "{fone}" in found.remedy


def test_a_fact_that_does_not_hold_yet_is_a_problem() -> None:
    always = {"price_60_minutes": fact({"2026-01-01": "$115"})}
    prices = Facts({**always, "price": fact({"2027-01-01": "$120"})})

    found = the_problem(content(clinic_answer("prices", answer="It costs {price}."), facts=prices))

    assert "the first starts on 2027-01-01" in found.remedy


def test_what_the_program_says_while_it_asks_must_be_there() -> None:
    asks = {ask: text for ask, text in asks_of("book_appointment").items() if ask != "when"}

    (problem,) = problems(content(clinic_answer("book_appointment", asks=asks)))

    assert problem.record == ("answers", "book_appointment")
    assert "when is missing under asks" in problem.remedy


def test_what_the_program_fills_in_is_no_fact() -> None:
    asks = {**asks_of("book_appointment"), "done": "You chose {treatment} on {when}. {booking_link}"}

    whole = content(clinic_answer("book_appointment", asks=asks))

    assert problems(whole) == []


def test_another_answer_may_not_use_what_the_program_fills_in() -> None:
    whole = content(clinic_answer("prices", answer="See {booking_link}."))

    assert "{booking_link}" in the_problem(whole).remedy


def test_an_unknown_fact_in_a_stretch_is_a_problem() -> None:
    whole = content(stretches={"knee_to_chest": stretch(dose="Ask {fone}.")})

    found = the_problem(whole, PICTURES)

    assert (found.record, found.keys) == (("stretches", "knee_to_chest"), ("dose",))


def test_a_question_offered_next_must_exist() -> None:
    whole = content(answer("sleep", see_also=["prices"]))

    found = the_problem(whole)

    assert found.keys == ("see_also", 0)
    assert "there is no answer prices" in found.remedy


def test_a_button_cannot_lead_to_what_only_the_program_says() -> None:
    whole = content(answer("sleep", see_also=["emergency"]))

    found = the_problem(whole)

    assert found.keys == ("see_also", 0)
    assert "emergency" in found.remedy


def test_the_stretch_shown_with_an_answer_must_exist() -> None:
    whole = content(answer("sleep", stretch="handstand"))

    found = the_problem(whole)

    assert found.keys == ("stretch",)


def test_a_stretch_is_never_a_mere_fact_of_the_clinic() -> None:
    whole = content(clinic_answer("stretches_overview", topic="stretches"))

    found = the_problem(whole)

    assert found.keys == ("evidence",)


@pytest.mark.parametrize("needed", ["emergency", "crisis", "not_understood", "trouble"])
def test_an_answer_that_the_program_needs_must_exist(needed: str) -> None:
    whole = content()
    del whole.answers[needed]

    found = the_problem(whole)

    assert found.record == ("answers", needed)


def test_a_missing_picture_is_a_problem_of_its_step() -> None:
    whole = content(stretches={"knee_to_chest": stretch()})

    found = the_problem(whole, {"knee_to_chest_1.svg"})

    assert (found.record, found.keys) == (("stretches", "knee_to_chest"), ("steps", 1, "picture"))


def test_a_picture_that_no_stretch_uses_is_a_problem() -> None:
    whole = content(stretches={"knee_to_chest": stretch()})

    found = the_problem(whole, {*PICTURES, "old.svg"})

    assert found.record == ("stretches/pictures", "old.svg")


def test_a_review_of_today_is_taken_and_one_of_tomorrow_is_a_problem() -> None:
    tomorrow = {**REVIEW, "on": "2026-11-23"}

    of_today = content(answer("sleep", review=REVIEW))
    of_tomorrow = content(answer("sleep", review=tomorrow))

    assert problems(of_today) == []
    assert the_problem(of_tomorrow).keys == ("review", "on")


def test_an_overdue_review_is_only_a_warning() -> None:
    whole = content(answer("sleep", review={**REVIEW, "on": "2026-01-01", "next": "2026-06-01"}))

    warned = whole.warnings(DAY)

    assert problems(whole) == []
    assert [warning.record for warning in warned] == [("answers", "sleep")]


def test_a_review_that_is_not_due_yet_gives_no_warning() -> None:
    whole = content(answer("sleep"))

    assert whole.warnings(date(2027, 5, 22)) == []


def test_a_rule_that_breaks_its_own_sentence_is_a_problem() -> None:
    whole = content()
    flag = whole.red_flags.red_flags[0].copy(update={"must_trigger": ["numb hand"]})
    whole.red_flags = whole.red_flags.copy(update={"red_flags": [flag]})

    found = the_problem(whole)

    assert "numb hand" in found.remedy


def test_an_unknown_answer_is_refused_by_name() -> None:
    with pytest.raises(UnknownAnswer, match="cupping"):
        content().answer("cupping")


def test_what_the_program_decides_to_say_is_not_asked_for() -> None:
    whole = content(answer("sleep"))

    assert whole.asked() == {"sleep"}


def test_small_change_of_a_conversation_is_asked_for_but_not_offered() -> None:
    whole = content(answer("sleep"), clinic_answer("thanks", topic="assistant"))

    assert whole.asked() == {"sleep", "thanks"}
    assert whole.offered() == {"sleep"}


def test_what_can_be_booked_is_recognised_beside_the_lexicon() -> None:
    wordings = list(content(facts=facts()).wordings())

    assert ("treatment", "swedish_massage", "swedish") in wordings
    assert ("therapist", "mei", "mei") in wordings
    assert ("side", "left", "left") in wordings
