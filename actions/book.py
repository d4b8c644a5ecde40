"""The booking form: reads what a message names, asks for the rest, and hands over to the booking page."""

from abc import abstractmethod
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clinic_action import ClinicAction, Events, asked_for, intent_of, named_in, say, text_of
from clinic.booking import ANY, booking_link, described, wishes_in
from clinic.parts import asks
from clinic.replies import Button, Reply, asking_reply, question_button

SLOTS = ("treatment", "day", "therapist")


class ReadBooking(ClinicAction):
    def name(self) -> str:
        return "action_read_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        intent = intent_of(tracker)
        if intent == "stop":
            return []
        requested = asked_for(tracker, SLOTS)
        wishes = wishes_in(
            text_of(tracker),
            named_in(tracker),
            requested,
            asks_something=self._asks(text_of(tracker), intent),
        )
        if requested and not wishes and intent == "book_appointment":
            return [SlotSet(requested, None)]  # Asks again; a form that is given nothing would decline the turn.
        return [SlotSet(slot, value) for slot, value in wishes.items()]

    def _asks(self, text: str, intent: str) -> bool:
        """Whether a message asks a question of its own; "swedish please, my back hurts" only looks like one."""
        names_a_treatment = intent in {treatment.id for treatment in self.content.treatments} and not asks(text)
        return intent in self.content.asked() - {"book_appointment"} and not names_a_treatment


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
    def name(self) -> str:
        return "action_hand_off_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.begin(dispatcher, tracker)
        say(dispatcher, self.handed_over({slot: tracker.get_slot(slot) or ANY for slot in SLOTS}))
        return [SlotSet(slot, None) for slot in SLOTS]

    def handed_over(self, wishes: dict[str, str]) -> Reply:
        page = self.content.facts.on("booking_page", self.today)
        link = booking_link(page, self.content, treatment=wishes["treatment"], therapist=wishes["therapist"])
        said = {slot: described(slot, value, self.content) for slot, value in wishes.items()}
        said["booking_link"] = f"[booking page]({link})"
        reply = asking_reply(self.content, "book_appointment", "done", self.today, said)
        return reply.copy(update={"buttons": [question_button(self.content, "call_back_request")]})


class StopBooking(ClinicAction):
    def name(self) -> str:
        return "action_stop_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.begin(dispatcher, tracker)
        say(dispatcher, asking_reply(self.content, "book_appointment", "stopped", self.today))
        return [SlotSet(slot, None) for slot in SLOTS]
