"""The clinic in which a conversation takes place: what others have booked there, and what is kept in the end."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Engine

from clinic.appointments import Contact, Status
from clinic.availability import Slot
from storage import clock
from storage.appointments import Appointments
from storage.call_backs import CallBacks
from storage.tables import APPOINTMENTS, CALL_BACKS, CLAIMS, OUTBOX
from tests.conversations.conversation import Booked, Kept
from tests.running import Server

NOW = "2026-11-23T09:00"  # of the clinic's own clock, as CLINIC_NOW takes it
OTHERS = "somebody else"
BUFFER = timedelta(minutes=15)


class Clinic:
    def __init__(self, server: Server, engine: Engine) -> None:
        self.server = server
        self._engine = engine
        self._now = datetime.fromisoformat(NOW).replace(tzinfo=clock.clinic_zone()).astimezone(timezone.utc)

    def begin_anew(self) -> None:
        """Nobody has booked anything, nor asked to be called."""
        with self._engine.begin() as connection:
            for table in (CLAIMS, OUTBOX, APPOINTMENTS, CALL_BACKS):
                connection.execute(delete(table))

    def book(self, booked: Booked) -> None:
        """An appointment of somebody else, or one of the visitor's own, made at another time. The visitor has waited
        until nothing is held for her any longer."""
        start = booked.start.replace(tzinfo=clock.clinic_zone()).astimezone(timezone.utc)
        slot = Slot(booked.treatment, booked.minutes, booked.therapist, "room_2", start)
        appointments, attempt = Appointments(self._engine, now=lambda: self._now), f"{booked.therapist} {start}"
        expired = {"expires_at": self._now.timestamp() - 1}
        with self._engine.begin() as connection:
            connection.execute(update(APPOINTMENTS).where(APPOINTMENTS.c.status == Status.HELD).values(expired))
        appointments.hold(
            slot,
            attempt=attempt,
            conversation=attempt,
            blocked_until=slot.end + BUFFER,
            expires_at=self._now + BUFFER,
            most_open_holds=1,
        )
        contact = Contact(name=booked.name or OTHERS, email="visitor@example.com")
        made = appointments.confirm(attempt, contact, price="$115", reminder_at=None)
        with self._engine.begin() as connection:
            connection.execute(delete(OUTBOX).where(OUTBOX.c.about == made.id))
            if booked.reference:
                known = update(APPOINTMENTS).where(APPOINTMENTS.c.id == made.id)
                connection.execute(known.values(reference=booked.reference))

    def differences(self, wanted: Kept) -> Iterator[str]:
        """In which ways what is kept is not what was wanted."""
        if wanted.call_backs is not None:
            kept = [one.dict(exclude={"wish", "asked_at"}) for _, one in CallBacks(self._engine).open()]
            told = [one.dict(exclude_unset=True) for one in wanted.call_backs]
            if len(kept) != len(told) or any(a | b != a for a, b in zip(kept, told, strict=True)):
                yield f"kept for the desk: {kept}"
        if wanted.appointments is not None:
            booked = list(self._booked())
            if booked != wanted.appointments:
                yield f"appointments: {booked}"
        if wanted.letters is not None:
            letters = self._letters()
            if letters != wanted.letters:
                yield f"letters: {letters}"

    def _booked(self) -> Iterator[Booked]:
        columns = APPOINTMENTS.c
        of_visitor = columns.name.is_(None) | (columns.name != OTHERS)
        wanted = select(APPOINTMENTS).where(of_visitor).order_by(columns.starts_at)
        with self._engine.begin() as connection:
            rows = connection.execute(wanted).mappings().all()
        for row in rows:
            start = datetime.fromtimestamp(row["starts_at"], clock.clinic_zone()).replace(tzinfo=None)
            same = {key: row[key] for key in ("treatment", "minutes", "therapist", "status", "name", "note")}
            yield Booked(**same, start=start)

    def _letters(self) -> list[str]:
        by_mail = select(OUTBOX.c.message).where(OUTBOX.c.channel == "mail")
        with self._engine.begin() as connection:
            return sorted(set(connection.execute(by_mail).scalars()))
