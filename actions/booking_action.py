"""What the actions around an appointment share: the draft in its slot, the front desk, and the texts."""

import json
from abc import ABC
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.clinic_action import ClinicAction
from clinic.appointments import Appointment
from clinic.availability import Slot
from clinic.contact_details import likely_email
from clinic.draft import ALWAYS, LATER, OTHER, Draft, OfferedTime, Purpose, Step
from clinic.replies import Button, Reply, appointment_fields, asking_reply, question_button, slot_fields
from clinic.safety_check import SafetyQuestion
from clinic.schedule import BookingMode
from clinic.time_words import said_day, said_moment, short_moment
from storage import clock
from storage.database import open_database
from storage.front_desk import Fit, FrontDesk
from storage.settings import settings

DRAFT = "draft"  # the slot of a Draft, as plain values
BOOKING = "booking"  # the form's slot that is filled when all is arranged: the appointment's id, or how else it ended
OWN_APPOINTMENT = "own_appointment"  # the id of what this conversation arranged last

# The answer that each is about, and whose texts it uses.
ANSWERS = {
    Purpose.BOOK: "book_appointment",
    Purpose.MOVE: "reschedule_appointment",
    Purpose.CANCEL: "cancel_appointment",
    Purpose.CHECK: "check_appointment",
}
PURPOSES = {answer: purpose for purpose, answer in ANSWERS.items()}
DAYS_OFFERED = 3


class BookingAction(ClinicAction, ABC):
    def __init__(self, now: Callable[[], datetime] = clock.now, **given: Any) -> None:
        super().__init__(**given)
        self.now = now

    def local_now(self) -> datetime:
        """The clinic's own clock, without a zone."""
        return self.local(self.now())

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(clock.clinic_zone()).replace(tzinfo=None)

    def desk(self) -> FrontDesk:
        return FrontDesk(open_database(settings().database), self.content, now=self.now)

    def first_names(self) -> set[str]:
        """Of the therapists, in small letters."""
        return {therapist.name.split()[0].lower() for therapist in self.content.therapists}

    def draft(self, tracker: Tracker) -> Draft | None:
        kept = tracker.get_slot(DRAFT)
        return Draft.parse_obj(kept) if kept else None

    def drafted(self, draft: Draft) -> dict[str, Any]:
        return SlotSet(DRAFT, json.loads(draft.json(exclude_defaults=True)))

    def let_go(self, draft: Draft | None) -> None:
        """Whoever gives up keeps no time from others, and leaves nothing behind."""
        if draft:
            desk = self.desk()
            desk.appointments.release(draft.attempt)
            desk.details.forget(draft.attempt)

    def text(self, purpose: Purpose, ask: str, **filled: str) -> Reply:
        """A text of the answer for a purpose; of booking, where that answer has none of its own."""
        answer = ANSWERS[purpose]
        if ask in self.content.answer(answer).asks:
            return asking_reply(self.content, answer, ask, self.today, filled)
        reply = asking_reply(self.content, ANSWERS[Purpose.BOOK], ask, self.today, filled)
        return reply.copy(update={"answer": answer})

    # ---- Questions

    def question(self, draft: Draft, step: Step) -> tuple[Reply, Draft]:
        """What is asked, and the draft with what was offered."""
        asked = getattr(self, f"_ask_{step.value}", None)
        reply, draft = asked(draft) if asked else (self.text(draft.purpose, step.value), draft)
        if draft.remark:
            lengths = self._lengths(draft)
            remark = self.text(draft.purpose, draft.remark, lengths=lengths).text
            reply = reply.copy(update={"text": f"{remark.strip()}\n\n{reply.text}"})
        return reply, draft

    def _ask_treatment(self, draft: Draft) -> tuple[Reply, Draft]:
        offered = [service.treatment for service in self.content.schedule.services]
        buttons = [
            self._choice(draft, one.name, "treatment", one.id) for one in self.content.treatments if one.id in offered
        ]
        return self.text(draft.purpose, "treatment").copy(update={"buttons": buttons}), draft

    def _ask_minutes(self, draft: Draft) -> tuple[Reply, Draft]:
        lengths = self.content.schedule.service(draft.treatment or "").minutes
        buttons = [self._choice(draft, f"{one} minutes, {self.price(one)}", "minutes", str(one)) for one in lengths]
        return self.text(draft.purpose, "minutes").copy(update={"buttons": buttons}), draft

    def _ask_when(self, draft: Draft) -> tuple[Reply, Draft]:
        if draft.unclear:
            buttons = [self._day(draft, start, end) for start, end in draft.unclear]
            return self.text(draft.purpose, "which_day").copy(update={"buttons": buttons}), draft
        always = "/".join(moment.isoformat() for moment in ALWAYS)
        buttons = [self._choice(draft, "As soon as possible", "range", always)]
        if draft.mode is BookingMode.APPOINTMENTS:
            soon = self.desk().times(draft.having(ranges=(ALWAYS,), after=None)).slots
            days = dict.fromkeys(self.local(slot.start).date() for slot in soon)
            for day in list(days)[:DAYS_OFFERED]:
                start = datetime.combine(day, datetime.min.time())
                buttons.append(self._day(draft, start, start + timedelta(hours=23, minutes=59)))
        return self.text(draft.purpose, "when").copy(update={"buttons": buttons}), draft

    def _ask_time(self, draft: Draft) -> tuple[Reply, Draft]:
        found = self.desk().times(draft)
        if not found.slots:
            reply = self.text(draft.purpose, "nothing_free")
            call = question_button(self.content, "call_back_request")
            return reply.copy(update={"buttons": [call]}), draft.having(offered=())
        offered = [OfferedTime(id=one.id, start=self.local(one.start), therapist=one.therapist) for one in found.slots]
        buttons = [self._choice(draft, self._titled(slot), "time", slot.id) for slot in found.slots]
        if found.fit is not Fit.NEAREST:
            buttons.append(self._choice(draft, "Later times", "time", LATER))
        reply = self.text(draft.purpose, found.fit.value, therapist=self._name(draft.therapist or ""))
        slots = [self._slot_fields(slot, button.payload) for slot, button in zip(found.slots, buttons, strict=False)]
        return reply.copy(update={"buttons": buttons, "slots": slots}), draft.having(offered=tuple(offered))

    def _slot_fields(self, slot: Slot, payload: str) -> dict[str, Any]:
        return slot_fields(
            slot,
            payload,
            therapist=self._name(slot.therapist),
            treatment=self.treatment_name(slot.treatment),
            price=self.price(slot.minutes),
            zone=clock.clinic_zone(),
        )

    def _ask_email_typo(self, draft: Draft) -> tuple[Reply, Draft]:
        email = self.desk().details.of(draft.attempt).email or ""
        reply = self.text(draft.purpose, "email_typo", email=email, suggestion=likely_email(email) or email)
        return reply.copy(update={"buttons": self._yes_or_no(draft, "Yes, that one", "No, as I wrote it")}), draft

    def _ask_confirm(self, draft: Draft) -> tuple[Reply, Draft]:
        yes, no = {
            Purpose.BOOK: ("Yes, book it", "No, change it"),
            Purpose.MOVE: ("Yes, move it", "No, keep it"),
            Purpose.CANCEL: ("Yes, cancel it", "No, keep it"),
        }[draft.purpose]
        ask = "confirm_request" if draft.mode is BookingMode.REQUEST else "confirm"
        reply = self.text(draft.purpose, ask, **self._summary(draft))
        return reply.copy(update={"buttons": self._yes_or_no(draft, yes, no)}), draft

    def _ask_change(self, draft: Draft) -> tuple[Reply, Draft]:
        buttons = [self._choice(draft, "Another time", "time", OTHER)]
        return self.text(draft.purpose, "change").copy(update={"buttons": buttons}), draft

    # ---- Words

    def _summary(self, draft: Draft) -> dict[str, str]:
        said = self.desk().details.of(draft.attempt)
        named = {"name": said.name or "", "email": said.email or said.phone or "", "phone": said.phone or ""}
        if draft.mode is BookingMode.REQUEST:
            return {**named, "treatment": self.treatment_name(draft.treatment), "when": self.wished_times(draft)}
        if draft.purpose is Purpose.CANCEL:
            appointment = self.desk().appointments.by_id(draft.appointment or "")
            assert appointment is not None
            return {**named, **self.appointment_words(appointment)}
        slot = self.desk().chosen(draft)
        assert slot is not None  # It is held.
        return {**named, **self._words(slot.treatment, slot.minutes, slot.therapist, slot.start)}

    def appointment_words(self, one: Appointment) -> dict[str, str]:
        words = self._words(one.treatment, one.minutes, one.therapist, one.start)
        return {**words, "price": one.price, "reference": one.shown_reference}

    def _words(self, treatment: str, minutes: int, therapist: str, start: datetime) -> dict[str, str]:
        return {
            "treatment": self.treatment_name(treatment),
            "minutes": str(minutes),
            "therapist": self._name(therapist),
            "when": said_moment(self.local(start)),
            "price": self.price(minutes),
        }

    def wished_times(self, draft: Draft) -> str:
        """When a visitor can come, in our words."""
        if not draft.ranges or ALWAYS in draft.ranges:
            return "any day"
        return ", ".join(dict.fromkeys(self._said_range(start, end) for start, end in draft.ranges))

    def _said_range(self, start: datetime, end: datetime) -> str:
        if start == end:
            return said_moment(start)
        if end - start > timedelta(hours=20):
            return said_day(start)
        return f"{said_day(start)}, {start:%H:%M} to {end:%H:%M}"

    def _titled(self, slot: Slot) -> str:
        return f"{short_moment(self.local(slot.start))} with {self._name(slot.therapist)}"

    def _name(self, therapist: str) -> str:
        return next((one.name for one in self.content.therapists if one.id == therapist), therapist)

    def treatment_name(self, treatment: str | None) -> str:
        return next((one.name for one in self.content.treatments if one.id == treatment), "")

    def price(self, minutes: int) -> str:
        return self.content.facts.on(f"price_{minutes}_minutes", self.today)

    def _lengths(self, draft: Draft) -> str:
        lengths = self.content.schedule.service(draft.treatment).minutes if draft.treatment else []
        return ", ".join(map(str, lengths))

    def _day(self, draft: Draft, start: datetime, end: datetime) -> Button:
        return self._choice(draft, f"{start:%a %b} {start.day}", "range", f"{start.isoformat()}/{end.isoformat()}")

    def _choice(self, draft: Draft, title: str, entity: str, value: str) -> Button:
        return Button(title=title, answer=ANSWERS[draft.purpose], payload=f'/inform{{"{entity}": "{value}"}}')

    def _yes_or_no(self, draft: Draft, yes: str, no: str) -> list[Button]:
        answer = ANSWERS[draft.purpose]
        return [Button(title=yes, answer=answer, payload="/affirm"), Button(title=no, answer=answer, payload="/deny")]

    # ---- The end

    def result(self, draft: Draft, ended: str, question: SafetyQuestion | None) -> Reply:
        """What is said when the form is complete."""
        call_back = [question_button(self.content, "call_back_request")]
        if ended in ("late", "unknown", "too_many_ahead", "kept"):
            return self.text(draft.purpose, ended).copy(update={"buttons": call_back})
        if draft.mode is BookingMode.LINK:
            return self._handed_over(draft, question)
        if draft.mode is BookingMode.REQUEST:
            reply = self.text(draft.purpose, "done_request")
            return reply.copy(update={"text": f"{self._note(question)}{reply.text}"})
        appointment = self.desk().appointments.by_id(ended)
        assert appointment is not None
        reply = self.text(draft.purpose, "done", **self.appointment_words(appointment))
        parts = [self._note(question) + reply.text]
        if (
            draft.purpose is not Purpose.CHECK
            and settings().sends_mail
            and appointment.contact
            and appointment.contact.email
        ):
            parts.append(self.text(draft.purpose, "mailed").text)
        words = self.appointment_words(appointment)
        names = {"therapist": words["therapist"], "treatment": words["treatment"]}
        fields = appointment_fields(appointment, **names, zone=clock.clinic_zone())
        ways_on = {
            Purpose.CANCEL: ["book_appointment"],
            Purpose.CHECK: ["reschedule_appointment", "cancel_appointment"],
        }.get(draft.purpose, ["preparation", "location_and_parking"])
        buttons = [question_button(self.content, answer) for answer in ways_on]
        if draft.people > 1:
            start = self.local(appointment.start).isoformat()
            payload = f'/book_appointment{{"range": "{start}/{start}", "treatment": "{appointment.treatment}"}}'
            buttons.insert(0, Button(title="Book the second person", answer="book_appointment", payload=payload))
        return reply.copy(update={"text": "\n\n".join(parts), "appointment": fields, "buttons": buttons})

    def _handed_over(self, draft: Draft, question: SafetyQuestion | None) -> Reply:
        named = next((one.id for one in self.content.therapists if one.id == draft.therapist), None)
        days = {day for start, end in draft.ranges for day in (start.date(), end.date())}
        link = self.content.schedule.link_to(
            treatment=draft.treatment or "",
            therapist=named,
            minutes=draft.minutes,
            day=days.pop() if len(days) == 1 else None,
        )
        said = {"treatment": self.treatment_name(draft.treatment), "booking_link": f"[booking page]({link})"}
        reply = self.text(draft.purpose, "done_link", **said)
        buttons = [question_button(self.content, "call_back_request")]
        return reply.copy(update={"text": f"{self._note(question)}{reply.text}", "buttons": buttons})

    def _note(self, question: SafetyQuestion | None) -> str:
        """What the therapist or the desk should know of."""
        if question is None:
            return ""
        return self.text(Purpose.BOOK, question.outcome.value, safety=question.text).text.strip() + "\n\n"
