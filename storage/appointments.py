"""Keeps appointments, and the time they take of therapists and rooms: never twice, which the database itself sees to.

Every change is one transaction, with what has to be told about it in the outbox.
"""

import hashlib
import json
import math
import secrets
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar
from uuid import uuid4

from pydantic.json import pydantic_encoder
from sqlalchemy import and_, delete, false, func, insert, or_, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from clinic.appointments import Appointment, Contact, Status, new_reference
from clinic.availability import Busy, Slot
from clinic.errors import AttemptSpent, SlotTaken, TooManyHolds, UnknownAppointment
from storage import clock, outbox
from storage.database import erase_traces, for_reading, in_transaction, take_turns
from storage.tables import APPOINTMENTS, BUSY_TIMES, CLAIMS, MANAGE_TOKENS, NEVER_TWICE

Row = Mapping[str, Any]
T = TypeVar("T")

UNDO = timedelta(minutes=3)  # So long nothing is sent, and a cancellation leaves no trace in anybody's mailbox.
EXPIRED_KEPT = timedelta(days=1)  # For a visitor who comes back, and confirms what was held.
TOKEN_OUTLIVES = timedelta(days=1)  # the appointment


class Appointments:
    """All moments given must be aware. A hold that expired counts for nothing from that moment on."""

    def __init__(self, engine: Engine, *, now: Callable[[], datetime] = clock.now, undo: timedelta = UNDO) -> None:
        self._engine = engine
        self._undo = undo
        self._reading = for_reading(engine)
        self._now = now

    def busy(self, start: datetime, until: datetime, *, besides: Set[str] = frozenset()) -> list[Busy]:
        """When therapists and rooms are taken: by appointments, live holds, and the clinic's calendars; earliest first.

        `besides` are the ids of appointments and holds whose own time does not count: another is sought for them.
        """
        live = or_(
            APPOINTMENTS.c.status == Status.CONFIRMED,
            and_(APPOINTMENTS.c.status == Status.HELD, APPOINTMENTS.c.expires_at > self._now().timestamp()),
        )
        claimed = (
            select(CLAIMS.c.resource, CLAIMS.c.blocks_from, CLAIMS.c.blocks_until)
            .join(APPOINTMENTS, APPOINTMENTS.c.id == CLAIMS.c.appointment)
            .where(live, APPOINTMENTS.c.id.notin_(besides))
            .where(CLAIMS.c.blocks_from < until.timestamp(), CLAIMS.c.blocks_until > start.timestamp())
        )
        elsewhere = select(BUSY_TIMES.c.resource, BUSY_TIMES.c.starts_at, BUSY_TIMES.c.ends_at).where(
            BUSY_TIMES.c.starts_at < until.timestamp(), BUSY_TIMES.c.ends_at > start.timestamp()
        )
        with self._reading.begin() as connection:
            rows = [*connection.execute(claimed), *connection.execute(elsewhere)]
        taken = [Busy(resource, _moment(begins), _moment(ends)) for resource, begins, ends in rows]
        return sorted(taken, key=lambda one: (one.start, one.resource))

    def hold(
        self,
        slot: Slot,
        *,
        attempt: str,
        conversation: str,
        blocked_until: datetime,
        expires_at: datetime,
        most_open_holds: int,
    ) -> Appointment:
        """Keeps a slot for one who is still choosing; what the same attempt held before is given back with it.

        Raises SlotTaken (the attempt then keeps what it held), TooManyHolds (of this conversation), AttemptSpent.
        """
        kept = {
            **_times_of(slot, blocked_until),
            "status": Status.HELD,
            "conversation": conversation,
            "expires_at": expires_at.timestamp(),
        }

        def hold(connection: Connection, now: datetime) -> Appointment:
            held = and_(APPOINTMENTS.c.conversation == conversation, APPOINTMENTS.c.status == Status.HELD)
            rows = _all(connection, or_(held, APPOINTMENTS.c.attempt == attempt))
            earlier = next((row for row in rows if row["attempt"] == attempt), None)
            if earlier and earlier["status"] not in (Status.HELD, Status.EXPIRED):
                raise AttemptSpent("this attempt was confirmed before")
            if sum(row is not earlier for row in rows) >= most_open_holds:
                raise TooManyHolds(f"{most_open_holds} times are held already")
            row = {**(earlier or _new(attempt)), **kept}
            _claim(connection, row, now)
            if earlier:
                connection.execute(update(APPOINTMENTS).where(APPOINTMENTS.c.id == row["id"]).values(**kept))
            else:
                connection.execute(insert(APPOINTMENTS).values(**row))
            return _appointment(row)

        return self._write(hold)

    def release(self, attempt: str) -> None:
        """Gives back what an attempt holds. A confirmed appointment stays."""

        self._write(lambda connection, _: _release(connection, attempt))

    def confirm(
        self, attempt: str, contact: Contact, *, price: str, note: str = "", reminder_at: datetime | None
    ) -> Appointment:
        """Makes an appointment of what an attempt holds; of an expired hold too, if the time is still free.

        The same attempt with the same contact, asked again, gives the appointment as it stands. Raises SlotTaken,
        UnknownAppointment when nothing was held, AttemptSpent with another contact or after a cancellation.
        """
        confirmed = {
            **_contact_columns(contact),
            "status": Status.CONFIRMED,
            "expires_at": None,
            "conversation": None,  # Nobody needs to know any more in which chat it was made.
            "price": price,
            "note": note,
        }

        def confirm(connection: Connection, now: datetime) -> Appointment:
            mine = APPOINTMENTS.c.attempt == attempt
            swap = update(APPOINTMENTS).values(**confirmed)
            was_held = connection.execute(swap.where(mine, APPOINTMENTS.c.status == Status.HELD)).rowcount
            row = _find(connection, mine)
            if row is None:
                raise UnknownAppointment("this attempt holds nothing")
            if not was_held and row["status"] != Status.EXPIRED:
                return _confirmed_before(row, contact)
            if was_held:
                _require_open(connection, row, now)
            else:
                _claim(connection, row, now)
                connection.execute(swap.where(mine, APPOINTMENTS.c.status == Status.EXPIRED))
            outbox.add(connection, "confirmed", row["id"], due_at=now + self._undo)
            outbox.add(connection, "calendar", row["id"], due_at=now)
            if reminder_at is not None:
                outbox.add(connection, "reminder", row["id"], due_at=reminder_at)
            return _appointment({**row, **confirmed})

        return self._write(confirm)

    def move(
        self, id: str, slot: Slot, *, blocked_until: datetime, reminder_at: datetime | None, attempt: str = ""
    ) -> Appointment:
        """The appointment at another time, of the same treatment and length; the old time is free then.

        `attempt` is the one that holds the new time, if one does, and gives it over. To where it is already, an
        appointment is not moved again. Raises SlotTaken (and nothing is changed), and UnknownAppointment when none
        with this id is confirmed.
        """
        times = _times_of(slot, blocked_until)

        def move(connection: Connection, now: datetime) -> Appointment:
            row = _confirmed(connection, id)
            if (row["treatment"], row["minutes"]) != (slot.treatment, slot.minutes):
                raise ValueError("an appointment moves in time, not to another treatment or length: its price stays")
            if (row["therapist"], row["starts_at"]) == (slot.therapist, times["starts_at"]):
                return _appointment(row)
            moved = {**times, "sequence": row["sequence"] + 1}
            _release(connection, attempt)
            _claim(connection, {**row, **moved}, now)
            connection.execute(update(APPOINTMENTS).where(APPOINTMENTS.c.id == id).values(**moved))
            valid = (slot.end + TOKEN_OUTLIVES).timestamp()
            connection.execute(update(MANAGE_TOKENS).where(MANAGE_TOKENS.c.appointment == id).values(expires_at=valid))
            if outbox.drop(connection, "confirmed", id):
                outbox.add(connection, "confirmed", id, due_at=now + self._undo)  # It will tell the new time.
            else:
                outbox.drop(connection, "moved", id)
                outbox.add(connection, "moved", id, due_at=now)
            outbox.add(connection, "calendar", id, due_at=now)
            outbox.drop(connection, "reminder", id)
            if reminder_at is not None:
                outbox.add(connection, "reminder", id, due_at=reminder_at)
            return _appointment({**row, **moved})

        return self._write(move)

    def cancel(self, id: str, *, by_staff: bool = False) -> Appointment:
        """The appointment, cancelled, and its time free; once more changes nothing. Raises UnknownAppointment.

        Visitors who cancel before anything was sent are sent nothing; when staff cancel, they are always told.
        """

        def cancel(connection: Connection, now: datetime) -> Appointment:
            row = _find(connection, APPOINTMENTS.c.id == id)
            if row and row["status"] == Status.CANCELLED:
                return _appointment(row)
            row = _confirmed(connection, id)
            _free(connection, id)
            cancelled = {"status": Status.CANCELLED, "sequence": row["sequence"] + 1}
            connection.execute(update(APPOINTMENTS).where(APPOINTMENTS.c.id == id).values(**cancelled))
            nobody_knows = outbox.drop(connection, "confirmed", id)
            outbox.drop(connection, "moved", id)
            outbox.drop(connection, "reminder", id)
            if by_staff or not nobody_knows:
                outbox.add(connection, "cancelled", id, due_at=now)
            outbox.add(connection, "calendar", id, due_at=now)
            return _appointment({**row, **cancelled})

        return self._write(cancel)

    def by_id(self, id: str) -> Appointment | None:
        return self._one(APPOINTMENTS.c.id == id)

    def by_attempt(self, attempt: str) -> Appointment | None:
        """What an attempt holds, held, or has confirmed."""
        return self._one(APPOINTMENTS.c.attempt == attempt)

    def by_reference(self, reference: str) -> Appointment | None:
        """The confirmed or cancelled one with a reference, as `reference_in` reads it."""
        told = APPOINTMENTS.c.status.in_([Status.CONFIRMED, Status.CANCELLED])
        return self._one(and_(APPOINTMENTS.c.reference == reference, told))

    def by_manage_token(self, token: str) -> Appointment | None:
        """What a link in a letter leads to; None when it is too old or was never made."""
        valid = (MANAGE_TOKENS.c.hash == _hash(token), MANAGE_TOKENS.c.expires_at > self._now().timestamp())
        return self._one(APPOINTMENTS.c.id.in_(select(MANAGE_TOKENS.c.appointment).where(*valid)))

    def new_manage_token(self, id: str) -> str:
        """For a link in a letter: who has it may move and cancel, until a day after the appointment.

        Only its hash is kept, so each letter needs its own. Raises UnknownAppointment.
        """
        token = secrets.token_urlsafe(32)

        def keep(connection: Connection, _: datetime) -> str:
            row = _confirmed(connection, id)
            valid = row["ends_at"] + TOKEN_OUTLIVES.total_seconds()
            connection.execute(insert(MANAGE_TOKENS).values(hash=_hash(token), appointment=id, expires_at=valid))
            return token

        return self._write(keep)

    def ahead_of(self, *, email: str | None, phone: str | None) -> int:
        """How many confirmed appointments to come were made with this address or this number."""
        ways = []
        if email:
            ways.append(func.lower(APPOINTMENTS.c.email) == email.lower())
        if phone:
            ways.append(APPOINTMENTS.c.phone == phone)
        ahead = (APPOINTMENTS.c.status == Status.CONFIRMED, APPOINTMENTS.c.starts_at > self._now().timestamp())
        with self._reading.begin() as connection:
            return connection.execute(
                select(func.count()).select_from(APPOINTMENTS).where(*ahead, or_(false(), *ways))
            ).scalar_one()

    def set_busy(self, calendar: str, resource: str, times: Iterable[tuple[datetime, datetime, str]]) -> None:
        """What a calendar says of a therapist or a room from now on, as start, end and uid of each event.

        It takes nothing from those who have booked already. Our own events must not be among them.
        """
        rows = [
            {"starts_at": math.floor(start.timestamp()), "ends_at": math.ceil(until.timestamp()), "uid": uid}
            for start, until, uid in times
        ]

        def replace(connection: Connection, _: datetime) -> None:
            before = (BUSY_TIMES.c.calendar == calendar, BUSY_TIMES.c.resource == resource)
            connection.execute(delete(BUSY_TIMES).where(*before))
            if rows:
                connection.execute(
                    insert(BUSY_TIMES), [{"calendar": calendar, "resource": resource, **row} for row in rows]
                )

        self._write(replace)

    def purge(self, before: datetime) -> int:
        """Removes the contacts, notes and links of appointments that ended before a moment; how many there were."""
        nobody = {**dict.fromkeys(("name", "email", "phone", "consents")), "note": ""}

        def purge(connection: Connection, _: datetime) -> int:
            over = APPOINTMENTS.c.ends_at < before.timestamp()
            gone = select(APPOINTMENTS.c.id).where(over)
            connection.execute(delete(MANAGE_TOKENS).where(MANAGE_TOKENS.c.appointment.in_(gone)))
            named = (over, APPOINTMENTS.c.name.isnot(None))
            return connection.execute(update(APPOINTMENTS).where(*named).values(**nobody)).rowcount

        purged = self._write(purge)
        erase_traces(self._engine)
        return purged

    def _write(self, work: Callable[[Connection, datetime], T]) -> T:
        """One change by one writer at a time, of a database in which nothing that has expired is left."""

        def write(connection: Connection) -> T:
            take_turns(connection, "appointments")
            now = self._now()
            _sweep(connection, now)
            return work(connection, now)

        return in_transaction(self._engine, write)

    def _one(self, where: Any) -> Appointment | None:
        with self._reading.begin() as connection:
            row = connection.execute(select(APPOINTMENTS).where(where)).mappings().first()
        return _appointment(row) if row else None


def _sweep(connection: Connection, now: datetime) -> None:
    """Gives back the time of the holds that have expired. What has, stays so, even if the clock is set back."""
    expired = and_(APPOINTMENTS.c.status == Status.HELD, APPOINTMENTS.c.expires_at <= now.timestamp())
    ids = [row["id"] for row in _all(connection, expired, skip_locked=True)]
    if ids:
        connection.execute(delete(CLAIMS).where(CLAIMS.c.appointment.in_(ids)))
        connection.execute(update(APPOINTMENTS).where(APPOINTMENTS.c.id.in_(ids)).values(status=Status.EXPIRED))
        old = (now - EXPIRED_KEPT).timestamp()
        forgotten = (APPOINTMENTS.c.status == Status.EXPIRED, APPOINTMENTS.c.expires_at <= old)
        connection.execute(delete(APPOINTMENTS).where(*forgotten))


def _release(connection: Connection, attempt: str) -> None:
    row = _find(connection, APPOINTMENTS.c.attempt == attempt)
    if row and row["status"] in (Status.HELD, Status.EXPIRED):
        _free(connection, row["id"])
        connection.execute(delete(APPOINTMENTS).where(APPOINTMENTS.c.id == row["id"]))


def _claim(connection: Connection, row: Row, now: datetime) -> None:
    """Takes an appointment's therapist and room for its time, and no others. Raises SlotTaken."""
    _require_open(connection, row, now)
    _free(connection, row["id"])
    time = {"blocks_from": row["starts_at"], "blocks_until": row["blocked_until"], "appointment": row["id"]}
    try:
        connection.execute(insert(CLAIMS), [{"resource": resource, **time} for resource in _resources(row)])
    except IntegrityError as error:
        if NEVER_TWICE in str(error.orig):
            raise SlotTaken("somebody else has this time") from None
        raise


def _free(connection: Connection, id: str) -> None:
    connection.execute(delete(CLAIMS).where(CLAIMS.c.appointment == id))


def _require_open(connection: Connection, row: Row, now: datetime) -> None:
    """Raises SlotTaken when the time has begun, or a calendar of the clinic has something else in it."""
    if row["starts_at"] <= now.timestamp():
        raise SlotTaken("this time has begun")
    meanwhile = (BUSY_TIMES.c.starts_at < row["blocked_until"], BUSY_TIMES.c.ends_at > row["starts_at"])
    blocked = select(BUSY_TIMES.c.number).where(BUSY_TIMES.c.resource.in_(_resources(row)), *meanwhile)
    if connection.execute(blocked.limit(1)).first():
        raise SlotTaken("a calendar of the clinic has something else at this time")


def _resources(row: Row) -> list[str]:
    """Sorted: two who claim the same ones never wait for each other."""
    return sorted([f"therapist:{row['therapist']}", f"room:{row['room']}"])


def _all(connection: Connection, where: Any, *, skip_locked: bool = False) -> list[Row]:
    """In a transaction that writes: nobody else changes them until it ends."""
    rows = select(APPOINTMENTS).where(where).order_by(APPOINTMENTS.c.id).with_for_update(skip_locked=skip_locked)
    return connection.execute(rows).mappings().all()


def _find(connection: Connection, where: Any) -> Row | None:
    return next(iter(_all(connection, where)), None)


def _confirmed(connection: Connection, id: str) -> Row:
    row = _find(connection, and_(APPOINTMENTS.c.id == id, APPOINTMENTS.c.status == Status.CONFIRMED))
    if row is None:
        raise UnknownAppointment("no confirmed appointment has this id")
    return row


def _confirmed_before(row: Row, contact: Contact) -> Appointment:
    """What a repeated confirmation gets."""
    appointment = _appointment(row)
    if appointment.status is not Status.CONFIRMED:
        raise AttemptSpent("this attempt's appointment was cancelled")
    if appointment.contact is None or _who(appointment.contact) != _who(contact):
        raise AttemptSpent("this attempt was confirmed with another contact")
    return appointment


def _who(contact: Contact) -> Contact:
    """Without the consents, which are given anew with each try."""
    return contact.copy(update={"consents": ()})


def _new(attempt: str) -> dict[str, Any]:
    """The columns of an appointment that nobody has made anything of."""
    told = {"name": None, "email": None, "phone": None, "consents": None, "price": "", "note": ""}
    return {"id": uuid4().hex, "reference": new_reference(), "attempt": attempt, "sequence": 0, **told}


def _times_of(slot: Slot, blocked_until: datetime) -> dict[str, Any]:
    """A slot in the columns of its appointment."""
    return {
        "treatment": slot.treatment,
        "minutes": slot.minutes,
        "therapist": slot.therapist,
        "room": slot.room,
        "starts_at": int(slot.start.timestamp()),
        "ends_at": int(slot.end.timestamp()),
        "blocked_until": math.ceil(blocked_until.timestamp()),
    }


def _contact_columns(contact: Contact) -> dict[str, Any]:
    consents = json.dumps(contact.consents, default=pydantic_encoder)
    return {"name": contact.name, "email": contact.email, "phone": contact.phone, "consents": consents}


def _appointment(row: Row) -> Appointment:
    columns = ("id", "reference", "treatment", "minutes", "therapist", "room", "price", "note", "sequence")
    return Appointment(
        **{name: row[name] for name in columns},
        status=Status(row["status"]),
        start=_moment(row["starts_at"]),
        end=_moment(row["ends_at"]),
        expires_at=None if row["expires_at"] is None else _moment(row["expires_at"]),
        contact=_contact(row),
    )


def _contact(row: Row) -> Contact | None:
    if row["name"] is None:
        return None
    return Contact(name=row["name"], email=row["email"], phone=row["phone"], consents=json.loads(row["consents"]))


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
