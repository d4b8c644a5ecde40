"""Replies: what stands in a bubble, and what must not."""

import pytest

from clinic.content import Content
from clinic.errors import UnknownAnswer
from clinic.red_flags import LEVELS
from clinic.replies import (
    ALERT_ANSWERS,
    alert_reply,
    answer_reply,
    asking_reply,
    clarify_reply,
    language_reply,
    safety_card,
    safety_reply,
    see_also_buttons,
)
from tests.builders import DAY, SOURCE, answer, clinic_answer, content, facts, stretch

CALL_BACK = clinic_answer(
    "call_back_request",
    asks={"name": "What name?", "done": "Thank you, {name}. We call {phone}. Our page: {booking_page}"},
)
CLARIFY = clinic_answer("clarify", answer="Which of these?", asks={"none": "None of these"})
LANGUAGE = clinic_answer(
    "language", answer="Call {phone}.", languages={"fr": "Appelez le {phone}."}, see_also=["prices"]
)
FACTS = facts(booking_page="https://booking.example.com/", email="desk@example.com")


def done(name: str, phone: str = "780-555-0100") -> str:
    """What is said once a call-back is kept."""
    whole = content(CALL_BACK, facts=FACTS)
    return asking_reply(whole, "call_back_request", "done", DAY, {"name": name, "phone": phone}).text


# ---- Answers


def test_the_facts_are_filled_in() -> None:
    whole = content(answer("sleep", question="At {phone}?", answer="Call {phone}.", more="Or {phone}."))

    reply = answer_reply(whole, "sleep", DAY)

    assert (reply.question, reply.text, reply.more) == ("At 780-555-0142?", "Call 780-555-0142.", "Or 780-555-0142.")


def test_the_sources_and_the_review_come_with_the_answer() -> None:
    reply = answer_reply(content(answer("sleep")), "sleep", DAY)

    assert reply.sources == [SOURCE]
    assert reply.evidence == "weak"
    assert reply.review is not None and "not yet reviewed" in reply.review


def test_a_fact_of_the_clinic_has_no_sources_and_no_review_line() -> None:
    reply = answer_reply(content(clinic_answer("prices")), "prices", DAY)

    assert reply.sources == []
    assert reply.review is None


def test_the_next_questions_are_buttons() -> None:
    whole = content(answer("sleep", see_also=["prices"]), clinic_answer("prices", question="What does it cost?"))

    (button,) = answer_reply(whole, "sleep", DAY).buttons

    assert (button.title, button.answer, button.payload) == ("What does it cost?", "prices", "/prices")


def test_a_stretch_is_a_card_with_its_pictures() -> None:
    whole = content(answer("sleep", stretch="knee_to_chest"), stretches={"knee_to_chest": stretch()})

    (card,) = answer_reply(whole, "sleep", DAY).cards

    assert card["kind"] == "stretch"
    assert card["steps"][1] == {
        "text": "Hold one knee.",
        "picture": "/content/pictures/knee_to_chest_2.svg",
        "alt": "One knee is held.",
        "seconds": 5,
    }
    assert card["stop_if"] == ["The pain goes further down your leg."]
    assert card["not_if"] == ["Your pain is severe."]


def test_an_answer_raises_no_alert() -> None:
    reply = answer_reply(content(answer("sleep")), "sleep", DAY)

    assert reply.alert is None
    assert reply.answer == "sleep"


def test_an_unknown_answer_is_refused() -> None:
    with pytest.raises(UnknownAnswer, match="cupping"):
        answer_reply(content(), "cupping", DAY)


# ---- Alerts


@pytest.mark.parametrize("level", LEVELS)
def test_an_alert_says_its_level_and_its_advice(level: str) -> None:
    reply = alert_reply(content(), level, DAY)

    assert reply.alert == level
    assert reply.answer == ALERT_ANSWERS[level]


def test_an_alert_has_no_buttons_and_no_cards_that_could_distract() -> None:
    advice = answer("see_doctor", see_also=["prices"], stretch="knee_to_chest")
    whole = content(advice, clinic_answer("prices"), stretches={"knee_to_chest": stretch()})

    reply = alert_reply(whole, "see_doctor", DAY)

    assert reply.buttons == []
    assert reply.cards == []
    assert reply.sources == [SOURCE]


# ---- While something is collected


def test_what_the_visitor_gave_is_said_back() -> None:
    said = done("Dawn")

    assert said == "Thank you, Dawn. We call 780-555-0100. Our page: https://booking.example.com/"


def test_a_given_name_goes_before_a_fact_of_the_same_name() -> None:
    said = done("Dawn", phone="780-555-0100")

    assert "780-555-0142" not in said


@pytest.mark.parametrize("name", ["{email}", "{phone}", "{booking_page}", "{name}"])
def test_braces_in_a_visitors_name_are_not_filled_in(name: str) -> None:
    said = done(name)

    assert said.startswith(f"Thank you, {name}. We call 780-555-0100.")


def test_a_question_asked_has_the_id_of_what_it_belongs_to() -> None:
    reply = asking_reply(content(CALL_BACK, facts=FACTS), "call_back_request", "name", DAY)

    assert (reply.answer, reply.text, reply.buttons) == ("call_back_request", "What name?", [])


# ---- The safety check


def test_the_safety_check_is_a_card_with_a_line_for_each_question() -> None:
    card = safety_card(content().safety_check)

    assert (card["kind"], card["title"]) == ("safety_check", "A safety check")
    assert card["steps"][:2] == [{"text": "About swollen_calf."}, {"text": "About flu."}]


def test_what_the_safety_check_says_names_its_sources_and_its_review() -> None:
    reply = safety_reply(content(), "Call {phone}.", DAY)

    assert (reply.answer, reply.text, reply.alert) == ("safety_check", "Call 780-555-0142.", None)
    assert (reply.evidence, reply.sources) == ("mixed", [SOURCE])
    assert reply.review is not None and "not yet reviewed" in reply.review


# ---- Did you mean


def test_the_questions_that_may_be_meant_are_buttons_in_their_order() -> None:
    whole = content(CLARIFY, answer("sleep"), clinic_answer("prices", question="What does it cost?"))

    reply = clarify_reply(whole, ["prices", "sleep"], DAY)

    assert (reply.answer, reply.text) == ("clarify", "Which of these?")
    assert [button.answer for button in reply.buttons][:2] == ["prices", "sleep"]
    assert (reply.buttons[0].title, reply.buttons[0].payload) == ("What does it cost?", "/prices")


def test_the_last_button_says_that_none_was_meant() -> None:
    reply = clarify_reply(content(CLARIFY, answer("sleep")), ["sleep"], DAY)

    none = reply.buttons[-1]
    assert (none.title, none.answer, none.payload) == ("None of these", "not_understood", "/deny")
    assert len(reply.buttons) == 2


def test_a_question_that_has_no_answer_is_not_offered() -> None:
    with pytest.raises(UnknownAnswer, match="cupping"):
        clarify_reply(content(CLARIFY), ["cupping"], DAY)


# ---- Another language


def test_a_visitor_is_told_in_their_language_with_the_facts_filled_in() -> None:
    reply = language_reply(content(LANGUAGE, clinic_answer("prices")), "fr", DAY)

    assert (reply.answer, reply.text) == ("language", "Appelez le 780-555-0142.")
    assert [button.answer for button in reply.buttons] == ["prices"]


@pytest.mark.parametrize("language", ["eo", ""])
def test_a_language_whose_sentence_is_not_known_is_told_in_english(language: str) -> None:
    reply = language_reply(content(LANGUAGE, clinic_answer("prices")), language, DAY)

    assert reply.text == "Call 780-555-0142."
    assert [button.answer for button in reply.buttons] == ["prices"]


# ---- Where to go on


def test_the_buttons_below_an_answer_are_in_its_order() -> None:
    whole = content(answer("sleep", see_also=["prices", "minors"]), clinic_answer("minors"), clinic_answer("prices"))

    assert [button.payload for button in see_also_buttons(whole, "sleep")] == ["/prices", "/minors"]


def test_an_answer_that_leads_nowhere_has_no_buttons() -> None:
    assert see_also_buttons(content(answer("sleep")), "sleep") == []


# ---- Our own


def test_our_clarification_can_say_that_none_was_meant(our_content: Content) -> None:
    assert clarify_reply(our_content, ["sleep"], DAY).buttons[-1].answer == "not_understood"
