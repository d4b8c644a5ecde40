"""The booking form: hears what a message says of an appointment, asks for what is missing, and arranges it."""

from typing import Any
from uuid import uuid4

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_action import BOOKING, DRAFT, OWN_APPOINTMENT, PURPOSES, BookingAction
from actions.clinic_action import Events, asked_for, intent_of, named_in, say, text_of
from actions.safety_check import SAFETY, chosen_in, end_for_safety
from clinic.agreement import says_yes
from clinic.appointments import Appointment, Status, reference_in
from clinic.booking import heard, says_enough_to_book
from clinic.contact_details import likely_email
from clinic.draft import MOST_TRIES, Draft, Purpose, Step, next_step
from clinic.errors import SlotTaken, TooManyHolds
from clinic.held_alerts import HELD
from clinic.message import Said
from clinic.parts import asks
from clinic.replies import answer_reply, safety_reply
from clinic.safety_check import END_THE_BOOKING, NONE, Outcome
from clinic.schedule import BookingMode
from clinic.spoken_times import read_times

SLOTS = (SAFETY, BOOKING)


class ReadBooking(BookingAction):
    """Fills the form's slots: Rasa runs it for each message while one is arranged, and for those that begin it."""

    def name(self) -> str:
        return "action_read_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        intent, requested = intent_of(tracker), asked_for(tracker, SLOTS)
        draft = self.draft(tracker) if requested else None
        if intent == "stop":
            return []
        begins = draft is None
        if begins and intent not in PURPOSES and (tracker.active_loop or {}).get("name") not in (None, "booking_form"):
            return []  # Something else is being arranged.
        if draft is None:
            draft = self._begun(tracker, PURPOSES.get(intent, Purpose.BOOK))
        elif PURPOSES.get(intent) is Purpose.MOVE and draft.purpose is not Purpose.BOOK:
            draft = draft.having(purpose=Purpose.MOVE)  # Rather than cancel it.
        message = self._message(tracker, draft)
        if begins and intent not in PURPOSES and not says_enough_to_book(message):
            return []
        events: Events = []
        if begins:
            events = [SlotSet(SAFETY, None if draft.purpose is Purpose.BOOK else NONE), SlotSet(BOOKING, None)]
        if safety := chosen_in(self.content, tracker, requested, asks_something=message.asks_something):
            events.append(SlotSet(SAFETY, safety))
            chosen = self.content.safety_check.question(safety)
            if chosen and chosen.outcome is Outcome.ASK_DOCTOR and draft.mode is BookingMode.APPOINTMENTS:
                draft = draft.having(mode=BookingMode.REQUEST)  # The doctor's word comes first.
        found = heard(draft, message, self.content.schedule, self.first_names())
        if PURPOSES.get(intent) is Purpose.CANCEL is not draft.purpose and not found:
            return []  # It means to stop.
        if found:
            after, details = found
            desk = self.desk()
            if draft.typo and not after.typo and says_yes(message.text, message.intent):
                kept = desk.details.of(draft.attempt).email
                details = details._replace(email=likely_email(kept or "") or kept)
            if any(details):
                desk.details.add(draft.attempt, details, self.now())
            draft = after
        draft = self._identified(draft, tracker)
        repeats = requested and PURPOSES.get(intent) is draft.purpose
        foreign = tracker.latest_message.get("language")
        unclear = requested == SAFETY and not message.asks_something and not foreign
        if not (begins or found or events or repeats or unclear or draft != self.draft(tracker)):
            return []
        # A form whose open slot is given nothing would decline the turn.
        again = [SlotSet(requested, None)] if requested and not any(one["name"] == requested for one in events) else []
        return [*again, *events, self.drafted(draft)]

    def _begun(self, tracker: Tracker, purpose: Purpose) -> Draft:
        mode = self.content.schedule.booking
        draft = Draft(attempt=uuid4().hex, purpose=purpose, mode=mode)
        own = tracker.get_slot(OWN_APPOINTMENT) if purpose is not Purpose.BOOK else None
        appointment = self.desk().appointments.by_id(own) if own else None
        is_booked = appointment and appointment.status is Status.CONFIRMED
        return _about(draft, appointment) if appointment and is_booked else draft

    def _message(self, tracker: Tracker, draft: Draft) -> Said:
        text, intent = text_of(tracker), intent_of(tracker)
        pressed = text.startswith("/")
        return Said(
            text="" if pressed else text,
            named=named_in(tracker),
            intent=intent,
            asks_something=not pressed and self._asks(text, intent),
            times=read_times("" if pressed else text, self.local_now()),
            now=self.local_now(),
            pressed=pressed,
        )

    def _asks(self, text: str, intent: str) -> bool:
        """Whether a message asks a question of its own; "swedish please, my back hurts" only looks like one."""
        names_a_treatment = intent in {treatment.id for treatment in self.content.treatments} and not asks(text)
        return intent in self.content.asked() - PURPOSES.keys() and not names_a_treatment

    def _identified(self, draft: Draft, tracker: Tracker) -> Draft:
        """With the appointment whose reference the visitor gives."""
        if draft.purpose is Purpose.BOOK or draft.appointment or not (reference := reference_in(text_of(tracker))):
            return draft
        appointment = self.desk().appointments.by_reference(reference) if draft.tries < MOST_TRIES else None
        if appointment is None or appointment.status is not Status.CONFIRMED:
            return draft.having(tries=draft.tries + 1, remark="wrong_reference")
        return _about(draft, appointment)


def _about(draft: Draft, appointment: Appointment) -> Draft:
    """The draft of a change to an appointment: another time, with the same therapist unless another is named."""
    return draft.having(
        appointment=appointment.id,
        treatment=appointment.treatment,
        minutes=appointment.minutes,
        therapist=draft.therapist or appointment.therapist,
    )


class CheckBooking(BookingAction):
    """Rasa's name for what looks at the slots a turn has filled: holds the time that was chosen, and once all is
    agreed arranges the appointment. When the time is gone the form stays open."""

    def name(self) -> str:
        return "validate_booking_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        filled = tracker.slots_to_validate()
        if not filled:
            return []  # The message adds nothing, and may ask something instead.
        question = self.content.safety_check.question(filled.get(SAFETY))
        if question and question.outcome in END_THE_BOOKING:
            return [SlotSet("requested_slot", None)]  # FinishBooking comes next.
        if question:
            self.begin(dispatcher, tracker)
            say(dispatcher, safety_reply(self.content, question.says or "", self.today))
        draft = self.draft(tracker)
        if draft is None or tracker.get_slot(SAFETY) is None:
            return []
        if ended := self._ended(draft):
            return [SlotSet(BOOKING, ended)]
        if next_step(draft) is Step.TIME and (only := self.desk().only_time(draft)):
            draft = draft.having(slot=only.id)
        if next_step(draft) is None:
            return self._arranged(draft, tracker)
        return [self.drafted(self._held(draft, tracker.sender_id) if draft.slot else draft)]

    def _ended(self, draft: Draft) -> str | None:
        """How an arrangement ends early."""
        if draft.tries >= MOST_TRIES:
            return "unknown"
        if draft.purpose in (Purpose.MOVE, Purpose.CANCEL) and draft.appointment:
            appointment = self.desk().appointments.by_id(draft.appointment)
            if appointment is None or appointment.status is not Status.CONFIRMED:
                return "unknown"
            if not self.desk().may_change(appointment):
                return "late"
            return "kept" if draft.changing else None
        return None

    def _held(self, draft: Draft, conversation: str) -> Draft:
        try:
            slot = self.desk().hold(draft, conversation)
        except TooManyHolds:
            return draft.having(slot=None, offered=(), remark="too_many_holds")
        if slot:
            return draft
        # One that was neither was only tried, for another treatment, length or therapist.
        was_free = draft.slot in {one.id for one in draft.offered} or self.desk().was_held(draft)
        return draft.having(slot=None, offered=(), remark="gone" if was_free else None)

    def _arranged(self, draft: Draft, tracker: Tracker) -> Events:
        """The form is complete: the appointment's id, or in a word how else it ended."""
        try:
            return [SlotSet(BOOKING, self._arrange(draft, tracker)), self.drafted(draft)]
        except SlotTaken:
            again = draft.having(slot=None, offered=(), confirmed=False, remark="gone")
            return [SlotSet(BOOKING, None), self.drafted(again)]

    def _arrange(self, draft: Draft, tracker: Tracker) -> str:
        """Raises SlotTaken."""
        desk, question = self.desk(), self.content.safety_check.question(tracker.get_slot(SAFETY))
        if draft.mode is BookingMode.LINK:
            return "link"
        if draft.mode is BookingMode.REQUEST:
            wish = [self.treatment_name(draft.treatment), self.wished_times(draft), question.text if question else ""]
            desk.request(draft, ", ".join(filter(None, wish)))
            return "request"
        if draft.purpose is Purpose.CHECK:
            return draft.appointment or ""
        if draft.purpose is Purpose.CANCEL:
            return desk.appointments.cancel(draft.appointment or "").id
        if draft.purpose is Purpose.MOVE:
            return desk.move(draft).id
        if desk.has_too_many(draft):
            return "too_many_ahead"
        return desk.book(
            draft,
            price=self.price(draft.minutes or 0),
            note=question.id if question else "",
            wording=self.text(draft.purpose, "email").text,
        ).id


class AskBooking(BookingAction):
    """Asks for one thing, with buttons where there is a choice."""

    def name(self) -> str:
        return f"action_ask_booking_form_{BOOKING}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.begin(dispatcher, tracker)
        draft = self.draft(tracker)
        assert draft is not None
        step = next_step(draft)
        assert step is not None
        reply, draft = self.question(draft, step)
        say(dispatcher, reply)
        return [self.drafted(draft.having(asked=step, remark=None))]


class FinishBooking(BookingAction):
    """The end of every booking that was not stopped: what the safety check forbids is not arranged."""

    def name(self) -> str:
        return "action_finish_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        question = self.content.safety_check.question(tracker.get_slot(SAFETY))
        cleared = [SlotSet(slot, None) for slot in (*SLOTS, DRAFT)]
        draft, booked = self.draft(tracker), tracker.get_slot(BOOKING)
        if question and question.outcome in END_THE_BOOKING:
            self.let_go(draft)
            return [*cleared, *end_for_safety(self, dispatcher, tracker, question)]
        self.begin(dispatcher, tracker)
        assert draft is not None
        desk = self.desk()
        therapists = self.first_names()  # In a sentence such a name is theirs, and whose else nobody can tell.
        said = {one for one in desk.details.of(draft.attempt) if one and one.lower() not in therapists}
        say(dispatcher, self.result(draft, booked, question), forget=sorted(said))
        self.let_go(draft)
        arranged = desk.appointments.by_id(booked or "")
        own = arranged.id if arranged else draft.appointment or tracker.get_slot(OWN_APPOINTMENT)
        return [*cleared, SlotSet(OWN_APPOINTMENT, own)]


class StopBooking(BookingAction):
    def name(self) -> str:
        return "action_stop_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        draft = self.draft(tracker)
        self.let_go(draft)
        self.begin(dispatcher, tracker)
        say(dispatcher, self.text(draft.purpose if draft else Purpose.BOOK, "stopped"))
        return [SlotSet(slot, None) for slot in (*SLOTS, DRAFT)]


class ChangeAppointment(BookingAction):
    """Moves, cancels or looks up an appointment, where the assistant keeps them; elsewhere says where to turn."""

    def name(self) -> str:
        return "action_change_appointment"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        if self.content.schedule.booking is BookingMode.APPOINTMENTS and not tracker.get_slot(HELD):
            return [FollowupAction("booking_form")]
        self.begin(dispatcher, tracker)
        say(dispatcher, answer_reply(self.content, intent_of(tracker), self.today))
        return []
