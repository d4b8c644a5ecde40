"""The front desk: what arranging an appointment needs of the schedule, of what is booked, and of what was said."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from enum import Enum
from typing import NamedTuple

from sqlalchemy.engine import Engine

from clinic.appointments import Appointment, Consent, Contact
from clinic.availability import Busy, Slot, Window, blocked_until, free_slots, slot_of
from clinic.call_backs import CallBack
from clinic.content import Content
from clinic.deadlines import Standing, reminder_at, standing
from clinic.draft import Draft
from clinic.errors import SlotTaken
from clinic.time_offers import MOST_NEAR, nearest, spread, wanted_therapists, windows
from clinic.wishes import ANY
from storage import clock
from storage.appointments import Appointments
from storage.booking_details import BookingDetails
from storage.call_backs import CallBacks


class Fit(Enum):
    """How what is free fits what was wished for."""

    AS_WISHED = "time"
    OTHER_THERAPIST = "other_therapist"
    NEAREST = "none_free"


class Times(NamedTuple):
    slots: list[Slot]  # a few of the free ones, earliest first
    fit: Fit


class FrontDesk:
    def __init__(
        self, engine: Engine, content: Content, *, now: Callable[[], datetime] = clock.now, zone: tzinfo | None = None
    ) -> None:
        undo = timedelta(minutes=content.schedule.rules.undo_minutes)
        self.appointments = Appointments(engine, now=now, undo=undo)
        self.details = BookingDetails(engine)
        self._call_backs = CallBacks(engine)
        self._content = content
        self._now = now
        self.zone = zone or clock.clinic_zone()

    def times(self, draft: Draft) -> Times:
        """What can be offered for a draft whose treatment and length are known; none when nothing is free at all."""
        now, horizon = self._now(), timedelta(days=self._content.schedule.rules.horizon_days)
        wanted = windows(draft, now, self.zone, horizon)
        if slots := spread(self._free(draft, wanted), self.zone, after=draft.after):
            return Times(slots, Fit.AS_WISHED)
        others = windows(draft.having(ranges=()), now, self.zone, horizon)
        near = nearest(self._free(draft, others), wanted, self.zone, after=draft.after)
        if draft.therapist in {one.id for one in self._content.therapists}:
            with_others = draft.having(therapist=ANY, avoided=(*draft.avoided, draft.therapist))
            if slots := spread(self._free(with_others, wanted), self.zone, after=draft.after, most=MOST_NEAR):
                return Times(sorted([*slots, *near], key=lambda slot: slot.start), Fit.OTHER_THERAPIST)
        return Times(near, Fit.NEAREST)

    def only_time(self, draft: Draft) -> Slot | None:
        """The time that a visitor named exactly, if it is free: nothing is left to choose."""
        if not draft.ranges or any(start != end for start, end in draft.ranges):
            return None
        found = self.times(draft)
        return found.slots[0] if found.fit is Fit.AS_WISHED and len(found.slots) == 1 else None

    def hold(self, draft: Draft, conversation: str) -> Slot | None:
        """Keeps the time that was chosen for this visitor for a while; None when it is gone. Raises TooManyHolds."""
        slot = self.chosen(draft)
        if slot is None:
            return None
        rules = self._content.schedule.rules
        try:
            self.appointments.hold(
                slot,
                attempt=draft.attempt,
                conversation=conversation,
                blocked_until=blocked_until(slot, self._content.schedule),
                expires_at=self._now() + timedelta(minutes=rules.hold_minutes),
                most_open_holds=rules.most_open_holds,
            )
        except SlotTaken:
            # The very appointment that moves may be in the way; it will not be when it does.
            return self.chosen(draft) if draft.appointment else None
        return slot

    def was_held(self, draft: Draft) -> bool:
        """Whether the time that was chosen was kept for this visitor before."""
        one = self.appointments.by_attempt(draft.attempt)
        return one is not None and Slot(one.treatment, one.minutes, one.therapist, one.room, one.start).id == draft.slot

    def chosen(self, draft: Draft) -> Slot | None:
        """The time that was chosen, unless somebody else has it."""
        busy = self._busy(self._now(), self._horizon(), draft)
        return slot_of(draft.slot or "", self._content.schedule, busy, now=self._now(), zone=self.zone)

    def has_too_many(self, draft: Draft) -> bool:
        """Whether whoever books has as many appointments to come as the clinic allows."""
        said = self.details.of(draft.attempt)
        return self.appointments.ahead_of(email=said.email, phone=said.phone) >= self._content.schedule.rules.most_ahead

    def may_change(self, appointment: Appointment) -> bool:
        """Whether an appointment is still far enough away to be moved or cancelled without a word with the desk."""
        return standing(appointment, self._content.schedule.rules, self._now()) is Standing.OPEN

    def book(self, draft: Draft, *, price: str, note: str, wording: str) -> Appointment:
        """Makes what is held an appointment; `wording` is what the visitor agreed to when giving an address.

        Raises SlotTaken when the time was lost meanwhile."""
        said = self.details.of(draft.attempt)
        consents = (Consent(channel="email", wording=wording, at=self._now()),) if said.email else ()
        contact = Contact(name=said.name or "", email=said.email, phone=said.phone, consents=consents)
        slot = self.chosen(draft)
        if slot is None:
            raise SlotTaken("somebody else has this time")
        remind = reminder_at(slot.start, self._content.schedule.rules, self._now())
        return self.appointments.confirm(draft.attempt, contact, price=price, note=note, reminder_at=remind)

    def move(self, draft: Draft) -> Appointment:
        """Raises SlotTaken, and UnknownAppointment when it was cancelled meanwhile."""
        slot = self.chosen(draft)
        if slot is None:
            raise SlotTaken("somebody else has this time")
        return self.appointments.move(
            draft.appointment or "",
            slot,
            blocked_until=blocked_until(slot, self._content.schedule),
            reminder_at=reminder_at(slot.start, self._content.schedule.rules, self._now()),
            attempt=draft.attempt,
        )

    def request(self, draft: Draft, wish: str) -> None:
        """Leaves the wish with the desk, to be called back."""
        said = self.details.of(draft.attempt)
        self._call_backs.keep(CallBack(name=said.name or "", phone=said.phone or "", wish=wish, asked_at=self._now()))

    def _free(self, draft: Draft, wanted: Sequence[Window]) -> list[Slot]:
        assert draft.treatment is not None and draft.minutes is not None
        return free_slots(
            self._content.schedule,
            self._busy(self._now(), self._horizon(), draft),
            treatment=draft.treatment,
            minutes=draft.minutes,
            therapists=wanted_therapists(draft, self._content.schedule, self._content.therapists),
            windows=wanted,
            now=self._now(),
            zone=self.zone,
        )

    def _busy(self, start: datetime, until: datetime, draft: Draft) -> list[Busy]:
        """What a visitor holds herself, or is about to move, is not in her way."""
        held = self.appointments.by_attempt(draft.attempt)
        besides = {one for one in (draft.appointment, held.id if held else None) if one}
        return self.appointments.busy(start, until, besides=besides)

    def _horizon(self) -> datetime:
        return self._now() + timedelta(days=self._content.schedule.rules.horizon_days + 2)
