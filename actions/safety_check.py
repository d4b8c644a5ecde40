"""The safety check with which every booking begins: asks it, hears the answer, and says what follows."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clinic_action import ClinicAction, Events, asked_for, has_spoken, named_in, say, text_of
from actions.hold_alert import alert_in_language, with_ways_on
from clinic.content import Content
from clinic.held_alerts import HELD, LEVELS_THAT_HOLD, HeldAlert
from clinic.parts import asks
from clinic.replies import (
    ALERT_ANSWERS,
    SAFETY_CHECK,
    Button,
    asking_reply,
    question_button,
    safety_card,
    safety_reply,
)
from clinic.safety_check import ALERTS, NONE, SafetyQuestion

SAFETY = "safety"  # The slot with the question that was answered with yes, or NONE.


def chosen_in(content: Content, tracker: Tracker, requested: str | None, *, asks_something: bool) -> str | None:
    """The question of the safety check that a button or the words say is so, or NONE; None when they do not say."""
    for one in named_in(tracker):
        if one.category == SAFETY and (one.value == NONE or content.safety_check.question(one.value)):
            return one.value
    text, flag = text_of(tracker), tracker.latest_message.get("red_flag")
    if requested != SAFETY or (asks_something and asks(text)):
        return None
    answer = content.safety_answer(text)
    for question in content.safety_check.questions:  # The most urgent first.
        if question == answer or (flag and question.outcome.value == flag["level"]):
            return question.id
    return NONE if answer == NONE else None


class AskSafety(ClinicAction):
    """The card with all questions of the safety check."""

    def name(self) -> str:
        return f"action_ask_booking_form_{SAFETY}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        not_understood = asked_for(tracker, [SAFETY]) == SAFETY and not has_spoken(tracker)
        self.begin(dispatcher, tracker)
        check = self.content.safety_check
        reply = safety_reply(self.content, check.again if not_understood else check.intro, self.today)
        choices = [
            *(
                self._choice(one.button, one.id, ALERT_ANSWERS.get(one.outcome, SAFETY_CHECK))
                for one in check.questions
            ),
            self._choice(check.none, NONE, "book_appointment"),
        ]
        # It is the answer to a wish to book; the card says what it asks.
        asked = {"answer": "book_appointment", "cards": [safety_card(check)], "buttons": choices}
        say(dispatcher, reply.copy(update=asked))
        return []

    def _choice(self, title: str, value: str, answer: str) -> Button:
        return Button(title=title, answer=answer, payload=f'/inform{{"{SAFETY}": "{value}"}}')


def end_for_safety(
    action: ClinicAction, dispatcher: CollectingDispatcher, tracker: Tracker, question: SafetyQuestion
) -> Events:
    """Says why there is no massage now, and what to do instead; an alert as for a red flag of that level."""
    content, day, level = action.content, action.today, question.outcome.value
    if question.outcome not in ALERTS:
        say(dispatcher, safety_reply(content, question.says or "", day))
        ended = asking_reply(content, "book_appointment", level, day)
        say(dispatcher, ended.copy(update={"buttons": [question_button(content, "call_back_request")]}))
        return []
    holds = level in LEVELS_THAT_HOLD
    say(dispatcher, alert_in_language(content, level, day, tracker))
    held = asking_reply(content, "book_appointment", "held", day).copy(update={"alert": level})
    say(dispatcher, with_ways_on(content, held) if holds else held)
    action.count_alert("raised", question.id, level)
    if not holds:
        return []
    # Listens at once: an alert that is held would be said again.
    return [SlotSet(HELD, HeldAlert(question.id, level)._asdict()), FollowupAction("action_listen")]
