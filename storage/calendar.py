"""The clinic's calendar, one for each therapist: how our appointments stand there, and when a therapist is busy.

It is a mirror and a source of busy times, never what decides whether a time is free: CalDAV lets events overlap.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone
from threading import Lock
from typing import NamedTuple

from sqlalchemy import and_, delete, insert, or_, select
from sqlalchemy.engine import Engine

from clinic.appointments import Appointment, Status
from clinic.content import Content
from clinic.errors import CalendarError
from storage import clock
from storage.caldav import Calendar, Resource
from storage.calendar_entry import OURS, Occurrence, appointment_in, entry_of, occurrences_in
from storage.database import for_reading
from storage.tables import APPOINTMENTS, CALENDAR_ENTRIES

logger = logging.getLogger(__name__)

MARGIN = timedelta(days=1)  # Servers understand times without a zone, and zones that changed, in their own ways.
FAR = timedelta(days=2 * 366)  # Staff may move an appointment beyond the time that is read.


class Place(NamedTuple):
    """With whom and when an appointment is."""

    therapist: str
    start: datetime  # in UTC
    until: datetime


class Entry(NamedTuple):
    """What we know of an entry of ours since we last wrote or read it."""

    appointment: str
    therapist: str  # whose calendar it is in
    name: str  # of its resource there
    etag: str  # empty if the server does not tell
    sequence: int  # of the appointment when it was written


class Written(NamedTuple):
    """An appointment to come, which was written into the calendar as it is booked now."""

    entry: Entry
    booked: Place


class Seen(NamedTuple):
    """An entry of ours as it stands in the calendar."""

    place: Place
    name: str
    etag: str


class Reading(NamedTuple):
    busy: list[Occurrence]  # without our own
    ours: dict[str, Seen]  # by appointment
    unreadable: int  # how many entries block nothing, since nobody knows when


class ClinicCalendar:
    """Every method that asks the server raises CalendarError when it does not do as it is asked."""

    def __init__(
        self, address: str, engine: Engine, content: Callable[[], Content], *, now: Callable[[], datetime] = clock.now
    ) -> None:
        """`{therapist}` in the address stands for the id of a therapist."""
        self._address = address
        self._engine = engine
        self._content = content
        self._now = now
        self._writing = Lock()  # Two who write the same entry at once would take each other for staff.

    def write(self, appointment: Appointment) -> None:
        """Makes the calendar show an appointment as it is: once if it is confirmed, otherwise not at all."""
        confirmed = appointment.status is Status.CONFIRMED
        with self._writing:
            known = self._known(appointment.id)
            place = known or _new_entry(appointment)
            if not confirmed or place.therapist != appointment.therapist:
                self._of(place.therapist).delete(place.name)
                self.forget([appointment.id])
                known, place = None, _new_entry(appointment)
            if confirmed:
                self._put(appointment, place, known=known is not None)

    def state(self, therapist: str) -> str:
        """A word that changes with each change in this calendar; empty from a server that does not tell."""
        return self._of(therapist).state()

    def read(self, therapist: str, start: datetime, until: datetime) -> Reading:
        """All that stands in a therapist's calendar in this time."""
        busy, ours, unreadable = [], {}, 0
        for resource in self._of(therapist).between(start - MARGIN, until + MARGIN):
            try:
                found = occurrences_in(resource.text, start, until)
            except ValueError:
                unreadable += 1
                continue
            appointment = appointment_in(found[0].uid) if found else None
            if appointment and self._exists(appointment):
                ours[appointment] = _seen(therapist, resource, found.pop(0))
            busy += [one for one in found if one.busy]
        return Reading(sorted(busy), ours, unreadable)

    def find(self, entry: Entry) -> Seen | None:
        """An entry of ours as it stands now, whenever that is; None when somebody deleted or cancelled it."""
        resource = self._of(entry.therapist).get(entry.name)
        if resource is None:
            return None
        try:
            found = occurrences_in(resource.text, self._now() - FAR, self._now() + FAR)
        except ValueError as error:
            raise CalendarError("an entry of ours was made unreadable") from error
        return _seen(entry.therapist, resource, found[0]) if found else None

    def written(self) -> list[Written]:
        """Those of which no change of ours still has to be written: only staff can have changed their entries."""
        booked = (APPOINTMENTS.c.therapist.label("booked_with"), APPOINTMENTS.c.starts_at, APPOINTMENTS.c.ends_at)
        wanted = (
            select(CALENDAR_ENTRIES, *booked)
            .join(APPOINTMENTS, APPOINTMENTS.c.id == CALENDAR_ENTRIES.c.appointment)
            .where(APPOINTMENTS.c.status == Status.CONFIRMED, APPOINTMENTS.c.starts_at > self._now().timestamp())
            .where(APPOINTMENTS.c.sequence == CALENDAR_ENTRIES.c.sequence)
        )
        with for_reading(self._engine).begin() as connection:
            rows = connection.execute(wanted).all()
        return [Written(Entry(*row[:5]), Place(row[5], _moment(row[6]), _moment(row[7]))) for row in rows]

    def unwritten(self) -> list[str]:
        """The ids of the appointments that the calendar does not show as they are."""
        entry = CALENDAR_ENTRIES.c
        confirmed = APPOINTMENTS.c.status == Status.CONFIRMED
        over = APPOINTMENTS.c.ends_at <= self._now().timestamp()
        changed = or_(entry.appointment.is_(None), entry.sequence < APPOINTMENTS.c.sequence)
        wanted = (
            select(APPOINTMENTS.c.id)
            .outerjoin(CALENDAR_ENTRIES, entry.appointment == APPOINTMENTS.c.id)
            .where(
                or_(
                    and_(confirmed, ~over, changed),
                    and_(confirmed, over, APPOINTMENTS.c.name.is_(None), entry.appointment.isnot(None)),
                    and_(APPOINTMENTS.c.status == Status.CANCELLED, entry.appointment.isnot(None)),
                )
            )
        )
        with for_reading(self._engine).begin() as connection:
            return list(connection.execute(wanted).scalars())

    def adopt(self, entry: Entry, seen: Seen) -> None:
        """Takes note of where and how staff left an entry of ours, so that we do not write over it unawares."""
        self._keep(entry._replace(therapist=seen.place.therapist, name=seen.name, etag=seen.etag))

    def forget(self, appointments: Iterable[str]) -> None:
        """Knows no more of their entries; those to come are then unwritten."""
        with self._engine.begin() as connection:
            connection.execute(delete(CALENDAR_ENTRIES).where(CALENDAR_ENTRIES.c.appointment.in_(list(appointments))))

    def _put(self, appointment: Appointment, entry: Entry, *, known: bool) -> None:
        calendar = self._of(entry.therapist)
        if known and appointment.contact is None and calendar.get(entry.name) is None:
            self.forget([appointment.id])  # It is over, and staff tidied up.
            return
        text = self._text(appointment)
        etag = calendar.put(entry.name, text, where=_as_known(entry, known))
        if etag is None:
            if known:
                logger.warning("what staff changed meanwhile is written over: %s", appointment.shown_reference)
            etag = calendar.put(entry.name, text, where={}) or ""
        if appointment.contact is None:
            self.forget([appointment.id])  # It is over, and who came was removed here too.
        else:
            self._keep(entry._replace(etag=etag, sequence=appointment.sequence))

    def _text(self, appointment: Appointment) -> bytes:
        content = self._content()
        treatment = next(
            (one.name for one in content.treatments if one.id == appointment.treatment), appointment.treatment
        )
        room = next((one.name for one in content.schedule.rooms if one.id == appointment.room), appointment.room)
        return entry_of(appointment, treatment=treatment, room=room, now=self._now())

    def _of(self, therapist: str) -> Calendar:
        return Calendar(self._address.replace("{therapist}", therapist))

    def _known(self, appointment: str) -> Entry | None:
        wanted = select(CALENDAR_ENTRIES).where(CALENDAR_ENTRIES.c.appointment == appointment)
        with for_reading(self._engine).begin() as connection:
            row = connection.execute(wanted).first()
        return Entry(*row) if row else None

    def _exists(self, appointment: str) -> bool:
        """False of one that was lost here, with a database from an old copy, say; its time is still taken."""
        with for_reading(self._engine).begin() as connection:
            wanted = select(APPOINTMENTS.c.id).where(APPOINTMENTS.c.id == appointment)
            return connection.execute(wanted).first() is not None

    def _keep(self, entry: Entry) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(CALENDAR_ENTRIES).where(CALENDAR_ENTRIES.c.appointment == entry.appointment))
            connection.execute(insert(CALENDAR_ENTRIES).values(**entry._asdict()))


def _new_entry(appointment: Appointment) -> Entry:
    return Entry(appointment.id, appointment.therapist, f"{OURS}{appointment.id}.ics", etag="", sequence=-1)


def _as_known(entry: Entry, known: bool) -> dict[str, str]:
    """HTTP's condition for nobody having changed an entry, or made one, since."""
    if not known:
        return {"If-None-Match": "*"}
    return {"If-Match": entry.etag} if entry.etag else {}


def _seen(therapist: str, resource: Resource, found: Occurrence) -> Seen:
    return Seen(Place(therapist, found.start, found.until), resource.name, resource.etag)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)
