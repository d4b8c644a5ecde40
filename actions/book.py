"""The booking form: checks first that a massage is safe, reads what a message names, asks for the rest, and hands
over to the booking page."""

from abc import abstractmethod
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clinic_action import ClinicAction, Events, asked_for, has_spoken, intent_of, named_in, say, text_of
from actions.hold_alert import alert_in_language, with_ways_on
from clinic.booking import ANY, booking_link, described, wishes_in
from clinic.held_alerts import HELD, LEVELS_THAT_HOLD, HeldAlert
from clinic.parts import asks
from clinic.replies import (
    ALERT_ANSWERS,
    SAFETY_CHECK,
    Button,
    Reply,
    asking_reply,
    question_button,
    safety_card,
    safety_reply,
)
from clinic.safety_check import ALERTS, END_THE_BOOKING, NONE, SafetyQuestion

SAFETY = "safety"  # The slot with the question that was answered with yes, or NONE.
WISHES = ("treatment", "day", "therapist")
SLOTS = (SAFETY, *WISHES)


class ReadBooking(ClinicAction):
    def name(self) -> str:
        return "action_read_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        text, intent = text_of(tracker), intent_of(tracker)
        if intent == "stop":
            return []
        requested = asked_for(tracker, SLOTS)
        asks_something = self._asks(text, intent)
        wishes: dict[str, str | None] = {} if _is_booking(tracker) else {SAFETY: None}  # Each booking asks anew.
        wishes |= wishes_in(text, named_in(tracker), requested, asks_something=asks_something)
        if safety := self._safety(tracker, requested, asks_something=asks_something):
            wishes[SAFETY] = safety
        foreign = tracker.latest_message.get("language")
        unclear = requested == SAFETY and not asks_something and not foreign
        if requested and not wishes and (unclear or intent == "book_appointment"):
            return [SlotSet(requested, None)]  # Asks again; a form that is given nothing would decline the turn.
        return [SlotSet(slot, value) for slot, value in wishes.items()]

    def _safety(self, tracker: Tracker, requested: str | None, *, asks_something: bool) -> str | None:
        """The question of the safety check that a button or the words say is so, or NONE; None when they do not say."""
        for one in named_in(tracker):
            if one.category == SAFETY and (one.value == NONE or self.content.safety_check.question(one.value)):
                return one.value
        text, flag = text_of(tracker), tracker.latest_message.get("red_flag")
        if requested != SAFETY or (asks_something and asks(text)):
            return None
        answer = self.content.safety_answer(text)
        for question in self.content.safety_check.questions:  # The most urgent first.
            if question == answer or (flag and question.outcome.value == flag["level"]):
                return question.id
        return NONE if answer == NONE else None

    def _asks(self, text: str, intent: str) -> bool:
        """Whether a message asks a question of its own; "swedish please, my back hurts" only looks like one."""
        names_a_treatment = intent in {treatment.id for treatment in self.content.treatments} and not asks(text)
        return intent in self.content.asked() - {"book_appointment"} and not names_a_treatment


class CheckSafety(ClinicAction):
    """Rasa's name for what looks at the slots a turn has filled: says what the answer means, or ends the booking."""

    def name(self) -> str:
        return "validate_booking_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        question = self.content.safety_check.question(tracker.slots_to_validate().get(SAFETY))
        if question is None:
            return []
        if question.outcome in END_THE_BOOKING:
            return [SlotSet("requested_slot", None)]  # HandOffBooking comes next.
        self.begin(dispatcher, tracker)
        say(dispatcher, safety_reply(self.content, question.says or "", self.today))
        return []


class AskSafety(ClinicAction):
    """The card with all questions of the safety check."""

    def name(self) -> str:
        return f"action_ask_booking_form_{SAFETY}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        not_understood = asked_for(tracker, SLOTS) == SAFETY and not has_spoken(tracker)
        self.begin(dispatcher, tracker)
        check = self.content.safety_check
        reply = safety_reply(self.content, check.again if not_understood else check.intro, self.today)
        choices = [
            *(self.choice(one.button, one.id, ALERT_ANSWERS.get(one.outcome, SAFETY_CHECK)) for one in check.questions),
            self.choice(check.none, NONE, "book_appointment"),
        ]
        # It is the answer to a wish to book; the card says what it asks.
        asked = {"answer": "book_appointment", "cards": [safety_card(check)], "buttons": choices}
        say(dispatcher, reply.copy(update=asked))
        return []

    def choice(self, title: str, value: str, answer: str) -> Button:
        return Button(title=title, answer=answer, payload=f'/inform{{"{SAFETY}": "{value}"}}')


class _Ask(ClinicAction):
    """Asks for one detail, with buttons for the choices there are."""

    slot: str

    def name(self) -> str:
        return f"action_ask_booking_form_{self.slot}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.begin(dispatcher, tracker)
        reply = asking_reply(self.content, "book_appointment", self.slot, self.today)
        say(dispatcher, reply.copy(update={"buttons": self.choices()}))
        return []

    @abstractmethod
    def choices(self) -> list[Button]:
        """What can be tapped instead of typed."""

    def choice(self, title: str, value: str) -> Button:
        return Button(title=title, answer="book_appointment", payload=f'/inform{{"{self.slot}": "{value}"}}')


class AskTreatment(_Ask):
    slot = "treatment"

    def choices(self) -> list[Button]:
        return [self.choice(treatment.name, treatment.id) for treatment in self.content.treatments]


class AskDay(_Ask):
    slot = "day"

    def choices(self) -> list[Button]:
        return []


class AskTherapist(_Ask):
    slot = "therapist"

    def choices(self) -> list[Button]:
        named = [self.choice(therapist.name, therapist.id) for therapist in self.content.therapists]
        return [*named, self.choice("No preference", ANY)]


class HandOffBooking(ClinicAction):
    """The end of every booking that was not stopped: what the safety check forbids is not handed over."""

    def name(self) -> str:
        return "action_hand_off_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        question = self.content.safety_check.question(tracker.get_slot(SAFETY))
        cleared = [SlotSet(slot, None) for slot in SLOTS]
        if question and question.outcome in ALERTS:
            return [*cleared, *self._alert(dispatcher, tracker, question)]
        if question and question.outcome in END_THE_BOOKING:
            say(dispatcher, safety_reply(self.content, question.says or "", self.today))
            ended = asking_reply(self.content, "book_appointment", question.outcome.value, self.today)
            say(dispatcher, ended.copy(update={"buttons": [question_button(self.content, "call_back_request")]}))
            return cleared
        self.begin(dispatcher, tracker)
        say(dispatcher, self.handed_over({slot: tracker.get_slot(slot) or ANY for slot in WISHES}, question))
        return cleared

    def _alert(self, dispatcher: CollectingDispatcher, tracker: Tracker, question: SafetyQuestion) -> Events:
        """The same as for a red flag of that level."""
        level = question.outcome.value
        holds = level in LEVELS_THAT_HOLD
        say(dispatcher, alert_in_language(self.content, level, self.today, tracker))
        held = asking_reply(self.content, "book_appointment", "held", self.today).copy(update={"alert": level})
        say(dispatcher, with_ways_on(self.content, held) if holds else held)
        self.count_alert("raised", question.id, level)
        if not holds:
            return []
        # Listens at once: an alert that is held would be said again.
        return [SlotSet(HELD, HeldAlert(question.id, level)._asdict()), FollowupAction("action_listen")]

    def handed_over(self, wishes: dict[str, str], question: SafetyQuestion | None) -> Reply:
        page = self.content.facts.on("booking_page", self.today)
        link = booking_link(page, self.content, treatment=wishes["treatment"], therapist=wishes["therapist"])
        said = {slot: described(slot, value, self.content) for slot, value in wishes.items()}
        said["booking_link"] = f"[booking page]({link})"
        reply = asking_reply(self.content, "book_appointment", "done", self.today, said)
        text = reply.text
        if question:
            said[SAFETY] = question.text
            note = asking_reply(self.content, "book_appointment", question.outcome.value, self.today, said)
            text = f"{note.text}\n\n{text}"
        return reply.copy(update={"text": text, "buttons": [question_button(self.content, "call_back_request")]})


class StopBooking(ClinicAction):
    def name(self) -> str:
        return "action_stop_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.begin(dispatcher, tracker)
        say(dispatcher, asking_reply(self.content, "book_appointment", "stopped", self.today))
        return [SlotSet(slot, None) for slot in SLOTS]


def _is_booking(tracker: Tracker) -> bool:
    return (tracker.active_loop or {}).get("name") == "booking_form"
