"""Keeps the clinic's calendar and the appointments the same: what staff change there happens here too."""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import NamedTuple

from clinic.appointments import Appointment
from clinic.availability import Slot, blocked_until
from clinic.content import Content
from clinic.deadlines import reminder_at
from clinic.errors import CalendarError, SlotTaken, UnknownAppointment, UnknownOffer
from storage import clock
from storage.appointments import Appointments
from storage.calendar import ClinicCalendar, Entry, Place, Reading, Seen, Written
from storage.calendar_entry import Occurrence
from storage.content_files import LiveContent
from storage.database import open_database
from storage.settings import Settings

logger = logging.getLogger(__name__)

READ_AGAIN_SECONDS = 60.0
# A therapist's full day. When more of them vanish between two readings, the calendar was lost, or an old copy of it
# was put back; nobody should be told that an appointment is cancelled because of that.
MOST_CANCELLED_AT_ONCE = 6
BEYOND_HORIZON = timedelta(days=2)  # What is read once a day still reaches to the end of the last one.

Faults = dict[str, list[str]]  # the therapists whose calendar does not work, by the reason


class State(NamedTuple):
    """As long as it is the same, a calendar need not be read."""

    word: str  # by the server
    day: date  # of the clinic
    ours: frozenset[Entry]


class CalendarSync:
    def __init__(
        self,
        calendar: ClinicCalendar,
        appointments: Appointments,
        content: Callable[[], Content],
        *,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self.calendar = calendar
        self._appointments = appointments
        self._content = content
        self._now = now
        self._stopped = False
        self._readings: dict[str, Reading] = {}  # by therapist, as these:
        self._states: dict[str, State] = {}
        self._busy: dict[str, list[Occurrence]] = {}
        self._faults: Faults = {}
        self._missing: set[str] = set()  # Appointments whose entries were not there the last time.
        self._left: set[tuple[str, Place]] = set()  # To where staff moved entries, and no appointment can be.

    def once(self) -> None:
        """Takes over what has changed since, either way. It may take a while: run it in a thread.

        What does not work is logged when it begins and when it ends, and what was read last holds meanwhile.
        """
        faults: Faults = defaultdict(list)
        before = self.calendar.written()
        try:
            changed = [self._read(shift.therapist, before, faults) for shift in self._content().schedule.shifts]
            if any(changed) or self._missing:
                self._settle(before, faults)
        except BaseException:
            self._states.clear()  # Everything counts as changed the next time.
            raise
        self._write(faults)
        self._report(faults)

    def stop(self) -> None:
        """Nothing is asked of the server any more."""
        self._stopped = True

    def _read(self, therapist: str, before: Sequence[Written], faults: Faults) -> bool:
        """Whether the calendar, or the time to read, has changed since it was last read.

        What we wrote since counts, too: deleted again, a calendar is what it was before.
        """
        if self._stopped:
            return False
        now = self._now()
        ours = frozenset(one.entry for one in before if one.entry.therapist == therapist)
        until = now + timedelta(days=self._content().schedule.rules.horizon_days) + BEYOND_HORIZON
        try:
            state = State(self.calendar.state(therapist), now.astimezone(clock.clinic_zone()).date(), ours)
            if state.word and state == self._states.get(therapist):
                return False
            reading = self.calendar.read(therapist, now, until)
        except CalendarError as error:
            faults[str(error)].append(therapist)
            self._states.pop(therapist, None)
            return False
        last = self._readings.get(therapist)
        if reading.unreadable != (last.unreadable if last else 0):
            logger.warning("entries of %s's calendar that nobody can read: %d", therapist, reading.unreadable)
        self._readings[therapist], self._states[therapist] = reading, state
        return True

    def _settle(self, before: Sequence[Written], faults: Faults) -> None:
        """Does here what staff did in the calendar, and keeps the busy times."""
        for therapist, reading in self._readings.items():
            self._keep_busy(therapist, reading.busy)
        self._follow_staff(before, faults)
        booked = {one.entry.appointment: one.booked for one in self.calendar.written()}
        for therapist, reading in self._readings.items():
            astray = [
                Occurrence(seen.place.start, seen.place.until, appointment, busy=True)
                for appointment, seen in reading.ours.items()
                if booked.get(appointment, seen.place) != seen.place
            ]
            self._keep_busy(therapist, reading.busy + astray)

    def _follow_staff(self, before: Sequence[Written], faults: Faults) -> None:
        down = {therapist for therapists in faults.values() for therapist in therapists}
        missing, moved = [], []
        for one in before:
            therapist = one.entry.therapist
            if therapist in down or therapist not in self._readings or self._stopped:
                continue
            try:
                seen = self._seen(one)
            except CalendarError as error:
                faults[str(error)].append(therapist)
                self._states.pop(therapist, None)
                continue
            if seen is None:
                missing.append(one)
            elif seen.place != one.booked:
                moved.append((one, seen))
        self._cancel([one for one in missing if one.entry.appointment in self._missing])
        self._missing = {one.entry.appointment for one in missing}
        self._left = {(one.entry.appointment, seen.place) for one, seen in moved if not self._move(one, seen)}

    def _seen(self, one: Written) -> Seen | None:
        """An entry as it stands, in whichever calendar; None when it is in none. Raises CalendarError."""
        appointment, therapist = one.entry.appointment, one.entry.therapist
        ours = self._readings[therapist].ours
        if appointment in ours and ours[appointment].place == one.booked:
            return ours[appointment]
        found = self.calendar.find(one.entry)  # We may have written it since the calendar was read.
        if found:
            ours[appointment] = found
            return found
        ours.pop(appointment, None)
        return next((other.ours[appointment] for other in self._readings.values() if appointment in other.ours), None)

    def _cancel(self, gone: Sequence[Written]) -> None:
        """What was not there twice: programs take an entry out for a moment when they move it."""
        for therapist, count in Counter(one.entry.therapist for one in gone).items():
            ids = [one.entry.appointment for one in gone if one.entry.therapist == therapist]
            if count > MOST_CANCELLED_AT_ONCE:
                logger.error(
                    "%d appointments vanished from %s's calendar at once: they are put back and none is cancelled."
                    " Delete at most %d at once",
                    *(count, therapist, MOST_CANCELLED_AT_ONCE),
                )
                self.calendar.forget(ids)
                continue
            for id in ids:
                with suppress(UnknownAppointment):  # Somebody was faster.
                    cancelled = self._appointments.cancel(id, by_staff=True)
                    logger.info("cancelled, since staff deleted it in the calendar: %s", cancelled.shown_reference)

    def _move(self, one: Written, seen: Seen) -> bool:
        """Whether the appointment is where staff moved its entry now, or need not be."""
        appointment = self._appointments.by_id(one.entry.appointment)
        if appointment is None or appointment.sequence != one.entry.sequence:  # The visitor was faster.
            return True
        self.calendar.adopt(one.entry, seen)
        try:
            self._book(appointment, seen.place)
        except UnknownAppointment:
            return True
        except (SlotTaken, UnknownOffer) as error:
            if (appointment.id, seen.place) not in self._left:
                logger.warning(
                    "staff changed %s in the calendar, and it stays as it was booked: %s",
                    *(appointment.shown_reference, error),
                )
            return False
        logger.info("moved, since staff moved it in the calendar: %s", appointment.shown_reference)
        return True

    def _book(self, appointment: Appointment, place: Place) -> None:
        """Moves an appointment, to another room if need be. Raises SlotTaken, UnknownOffer, UnknownAppointment."""
        schedule, now = self._content().schedule, self._now()
        slot = Slot(appointment.treatment, appointment.minutes, place.therapist, appointment.room, place.start)
        if slot.end != place.until:
            raise SlotTaken("its length, and so its price, would change")
        taken = SlotTaken("there is no room")
        for room in sorted((room.id for room in schedule.rooms), key=lambda id: id != appointment.room):
            try:
                self._appointments.move(
                    appointment.id,
                    slot._replace(room=room),
                    blocked_until=blocked_until(slot, schedule),
                    reminder_at=reminder_at(place.start, schedule.rules, now),
                )
                return
            except SlotTaken as error:
                taken = error
        raise taken

    def _keep_busy(self, therapist: str, busy: list[Occurrence]) -> None:
        if busy != self._busy.get(therapist):
            self._appointments.set_busy(therapist, f"therapist:{therapist}", [one[:3] for one in busy])
            self._busy[therapist] = busy

    def _write(self, faults: Faults) -> None:
        """What the calendar does not show yet: from before there was one, or given up meanwhile, or put back."""
        for id in self.calendar.unwritten():
            appointment = self._appointments.by_id(id)
            if self._stopped or appointment is None or any(appointment.therapist in each for each in faults.values()):
                continue
            try:
                self.calendar.write(appointment)
            except CalendarError as error:
                faults[str(error)].append(appointment.therapist)

    def _report(self, faults: Faults) -> None:
        if faults == self._faults:
            return
        for reason, therapists in faults.items():
            logger.error("the calendar of %s does not work: %s", " and ".join(therapists), reason)
        if not faults:
            logger.info("the calendar works again")
        self._faults = faults


async def follow(sync: CalendarSync) -> None:
    """Keeps them the same from now on."""
    while True:
        try:
            await asyncio.get_running_loop().run_in_executor(None, sync.once)
        except Exception as error:  # The database, probably. Tried again.
            logger.error("the calendar was not followed: %s", type(error).__name__)
        await asyncio.sleep(READ_AGAIN_SECONDS)


def open_calendar(own: Settings, content: LiveContent) -> CalendarSync | None:
    """The calendar of the setting CALENDAR. None without it; what one blocked before is free then."""
    engine = open_database(own.database)
    appointments = Appointments(engine)
    if not own.calendar:
        for shift in content.current().schedule.shifts:
            appointments.set_busy(shift.therapist, f"therapist:{shift.therapist}", [])
        return None
    return CalendarSync(ClinicCalendar(own.calendar, engine, content.current), appointments, content.current)
