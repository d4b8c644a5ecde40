"""The call-back form, turn by turn, as Rasa runs it: what is read, what is asked next, and what the desk gets."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from actions.booking_action import DRAFT
from actions.call_back import SLOTS, AskName, AskPhone, AskSummary, AskWindow, KeepCallBack, ReadCallBack, StopCallBack
from clinic.call_backs import CallBack
from clinic.replies import FORGET
from storage.call_backs import CallBacks
from storage.clock import clinic_zone
from storage.content_files import live_content
from tests.actions.turn import Done, done_by

MONDAY = datetime(2026, 11, 23, 10, 30, tzinfo=clinic_zone())
ASKING = {"name": AskName, "phone": AskPhone, "window": AskWindow, "summary": AskSummary}
SWEDISH = {"attempt": "1", "treatment": "swedish_massage", "minutes": 60, "therapist": "mei"}


class Form:
    """Does with our actions what Rasa's form does. What a message means to the classifier is given with it."""

    def __init__(self, call_backs: CallBacks, **slots: Any) -> None:
        self.call_backs = call_backs
        self.slots: dict[str, Any] = slots
        self.declined = False  # The message was no answer; Rasa then answers it, and asks again.

    def say(self, text: str, intent: str = "nlu_fallback", **heard: Any) -> Done:
        read = self._do(ReadCallBack, text, intent, **heard)
        requested = self.slots.get("requested_slot")
        self.declined = requested is not None and not read.slots
        missing = next((slot for slot in SLOTS if self.slots.get(slot) is None), None)
        done = self._do(ASKING[missing] if missing else KeepCallBack, text, intent, **heard)
        self.slots["requested_slot"] = missing
        return done

    def press(self, payload: str) -> Done:
        intent, _, entities = payload.strip("/}").partition('{"')
        category, _, value = entities.strip('"').partition('": "')
        named = [{"entity": category, "value": value, "start": 0, "end": 0}] if category else []
        return self.say(payload, intent, entities=named)

    @property
    def kept(self) -> list[CallBack]:
        return [call_back for _, call_back in self.call_backs.open()]

    def _do(self, action: type, text: str, intent: str, **heard: Any) -> Done:
        given = {"call_backs": self.call_backs} if action is KeepCallBack else {}
        made = action(now=lambda: MONDAY, live=live_content(), **given)
        done = done_by(made, text, intent=intent, slots=self.slots, **heard)
        self.slots |= done.slots
        return done


@pytest.fixture
def form(database: Engine) -> Iterator[Form]:
    """It has begun, and asks for the name."""
    begun = Form(CallBacks(database))
    begun.say("please call me back", "call_back_request")
    yield begun


@pytest.fixture
def asks_when(form: Form) -> Form:
    """It knows the name and the number."""
    form.say("Ana")
    form.say("780-555-0101")
    return form


# ---- From the beginning to the end


def test_a_visitor_gives_a_name_a_number_and_a_window_and_the_desk_has_them(form: Form) -> None:
    assert "Which number" in form.say("Ana").text
    assert "When suits you best" in form.say("780-555-0101").text
    done = form.say("tomorrow after 3")

    (kept,) = form.kept
    assert (kept.name, kept.phone, kept.wish) == ("Ana", "780-555-0101", "")
    assert (kept.window, kept.summary) == ("Tuesday, November 24, 3:00 pm to 7:00 pm", "")
    assert kept.asked_at == MONDAY
    assert "I've asked the desk to call the number that ends in 0101." in done.text
    assert "Tuesday, November 24, 3:00 pm to 7:00 pm" in done.text


def test_name_and_number_are_taken_out_of_the_conversation_once_they_are_kept(asks_when: Form) -> None:
    done = asks_when.say("any time")

    assert done.said[-1][FORGET] == ["Ana", "780-555-0101"]
    assert done.slots == dict.fromkeys([*SLOTS, DRAFT])


def test_what_the_first_message_says_is_not_asked_again(database: Engine) -> None:
    form = Form(CallBacks(database))
    form.say("please call me back tomorrow morning at 780-555-0102", "call_back_request")

    form.say("Bea")

    (kept,) = form.kept
    assert (kept.name, kept.phone) == ("Bea", "780-555-0102")
    assert kept.window == "Tuesday, November 24, 9:00 am to 12:00 pm"


def test_the_day_of_an_appointment_is_none_for_the_call(database: Engine) -> None:
    form = Form(CallBacks(database))
    form.say("can someone phone me about my appointment on friday", "call_back_request")

    asked = form.say("Bea 780-555-0102")

    assert "When suits you best" in asked.text


def test_a_number_and_a_window_may_come_together(form: Form) -> None:
    form.say("Ana")

    form.say("780-555-0101, mornings are best")

    assert form.kept[0].window == "any day, 9:00 am to 12:00 pm"


@pytest.mark.parametrize("name", ["Dawn", "April May", "Sunday Adeyemi"])
def test_a_name_that_is_a_time_too_is_a_name(form: Form, name: str) -> None:
    asked = form.say(f"{name} 780-555-0101")

    assert form.slots["name"] == name
    assert "When suits you best" in asked.text


# ---- The window


def test_each_button_of_the_window_is_understood(asks_when: Form) -> None:
    asked = asks_when.say("hmm")
    buttons = asked.said[-1]["buttons"]

    done = asks_when.press(buttons[1]["payload"])

    assert asked.titles == [
        "Morning, 9:00 am to 12:00 pm",
        "Afternoon, 12:00 pm to 5:00 pm",
        "Evening, 5:00 pm to 7:00 pm",
        "Any time",
    ]
    assert "any day, 12:00 pm to 5:00 pm" in done.text
    assert asks_when.kept[0].window == "any day, 12:00 pm to 5:00 pm"


def test_any_time_is_a_window(asks_when: Form) -> None:
    asks_when.press('/inform{"part_of_day": "any"}')

    assert asks_when.kept[0].window == "any time"


@pytest.mark.parametrize("intent", ["inform", "opening_hours", "greeting", "nlu_fallback"])
def test_a_window_is_one_whatever_it_looks_like_to_the_classifier(asks_when: Form, intent: str) -> None:
    asks_when.say("mornings?", intent)

    assert asks_when.kept[0].window == "any day, 9:00 am to 12:00 pm"


def test_a_time_at_which_the_desk_is_closed_is_asked_for_again(asks_when: Form) -> None:
    asked = asks_when.say("sunday")

    assert asked.text.startswith("The desk can't call you then")
    assert "When suits you best" in asked.text
    assert asks_when.kept == []
    assert not asks_when.declined


@pytest.mark.parametrize(("text", "intent"), [("are you open on sundays?", "opening_hours"), ("dunno", "nlu_fallback")])
def test_a_question_of_its_own_or_nothing_at_all_is_left_to_others(asks_when: Form, text: str, intent: str) -> None:
    asks_when.say(text, intent)

    assert asks_when.declined
    assert asks_when.kept == []


def test_what_shows_a_danger_is_no_window(asks_when: Form) -> None:
    asks_when.say("since this morning my leg is weak", red_flag={"id": "weak_leg", "level": "see_doctor"})

    assert asks_when.declined
    assert asks_when.kept == []


# ---- The summary


def test_the_summary_is_shown_word_for_word_and_goes_along_when_it_may(asks_when: Form) -> None:
    asks_when.slots |= {"topics": ["prices", "what_is_sciatica"], "draft": SWEDISH}
    titles = live_content().current().answers
    told = (
        f"Asked about: {titles['what_is_sciatica'].question.rstrip('?')}; {titles['prices'].question.rstrip('?')}. "
        "Wanted to book: Swedish massage, 60 minutes, with Mei (demo)."
    )

    asked = asks_when.say("any time")
    asks_when.press(asked.said[-1]["buttons"][0]["payload"])

    assert told in asked.text
    assert asks_when.kept[0].summary == told


@pytest.mark.parametrize(("said", "goes_along"), [("yes please", True), ("sure", True), ("no", False), ("nah", False)])
def test_the_visitor_says_whether_the_summary_goes_along(asks_when: Form, said: str, goes_along: bool) -> None:
    asks_when.slots["topics"] = ["prices"]
    asks_when.say("any time")

    asks_when.say(said)

    (kept,) = asks_when.kept
    assert bool(kept.summary) is goes_along


@pytest.mark.parametrize(("text", "intent"), [("right leg hurts more", "sciatica_symptoms"), ("hm", "nlu_fallback")])
def test_what_is_no_yes_and_no_no_leaves_the_question_open(asks_when: Form, text: str, intent: str) -> None:
    asks_when.slots["topics"] = ["prices"]
    asks_when.say("any time")

    asked = asks_when.say(text, intent)

    assert asks_when.declined
    assert asks_when.kept == []
    assert asked.titles == ["Yes, add it", "No, leave it out"]


def test_without_anything_to_tell_there_is_no_question_about_it(asks_when: Form) -> None:
    done = asks_when.say("any time")

    assert "I've asked the desk" in done.text


def test_the_window_can_still_be_changed_beside_the_summary(asks_when: Form) -> None:
    asks_when.slots["topics"] = ["prices"]
    asks_when.say("any time")

    asks_when.say("yes, but after 4 please")

    (kept,) = asks_when.kept
    assert (kept.window, bool(kept.summary)) == ("any day, 4:00 pm to 7:00 pm", True)


def test_of_what_the_visitor_wrote_nothing_is_in_the_summary(asks_when: Form) -> None:
    wishing = {"attempt": "1", "ranges": [["2026-11-26T16:00", "2026-11-26T23:59"]], "therapist": "any_woman"}
    asks_when.slots |= {"topics": ["prices", "a topic of an older content"], "draft": wishing}

    asked = asks_when.say("any time")

    assert "Thursday, November 26" in asked.text
    assert "any_woman" not in asked.text
    assert "older content" not in asked.text


# ---- What is refused, with a reason


def test_a_name_of_three_hundred_characters_is_refused_with_a_sentence(form: Form) -> None:
    asked = form.say("Anastasia" * 34)

    assert asked.text.startswith("That's longer than I can keep.")
    assert not form.declined
    assert "Which number" in form.say("Ana").text


@pytest.mark.parametrize("name", ["محمد", "נועה לוי"])
def test_a_name_from_right_to_left_is_kept_as_it_is(form: Form, name: str) -> None:
    form.say(name, language="ar")
    form.say("780-555-0101")
    form.say("any time")

    assert form.kept[0].name == name


@pytest.mark.parametrize("number", ["78O-555-01o0", "780-55five"])
def test_a_number_with_letters_is_refused_with_a_sentence(form: Form, number: str) -> None:
    form.say("Ana")

    asked = form.say(number)

    assert "There are letters in that number" in asked.text
    assert not form.declined
    assert form.kept == []


def test_a_name_beside_a_number_with_letters_is_kept_and_the_number_refused(form: Form) -> None:
    asked = form.say("Ana 780-555-01o0")

    assert form.slots["name"] == "Ana"
    assert "There are letters in that number" in asked.text


def test_a_number_that_is_too_short_is_refused_with_another_sentence(form: Form) -> None:
    form.say("Ana")

    assert "ten digits" in form.say("555-0101").text


def test_asking_for_the_call_again_asks_the_open_question_again(asks_when: Form) -> None:
    asked = asks_when.say("please call me back", "call_back_request")

    assert "When suits you best" in asked.text
    assert not asks_when.declined


# ---- Giving up


def test_who_stops_leaves_nothing_behind(asks_when: Form) -> None:
    read = done_by(ReadCallBack(live=live_content()), "stop", intent="stop", slots=asks_when.slots)
    stopped = done_by(StopCallBack(live=live_content()), "stop", intent="stop", slots=asks_when.slots)

    assert read.slots == {}
    assert "the desk won't call" in stopped.text
    assert stopped.slots == dict.fromkeys([*SLOTS, DRAFT])
