"""What has still to be told to somebody: kept with the change it tells of, in one transaction, until it is sent.

A message says only what it is about; what it says of that is read when it is sent.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Engine

from storage import clock
from storage.database import for_reading
from storage.tables import OUTBOX

logger = logging.getLogger(__name__)

Message = Literal["confirmed", "moved", "cancelled", "reminder", "call_back", "calendar"]
Channel = Literal["mail", "sms", "desk", "calendar"]  # "desk": mail to the clinic's own desk

LEASE = timedelta(minutes=10)  # Longer than the slowest mail server may take for one message.
LONGEST_WAIT = timedelta(hours=1)  # between two tries
GIVEN_UP_AFTER = timedelta(days=2)  # Mail servers give up after two to five days.

# Each channel is tried for itself: a mail that arrived is not sent again because the SMS failed.
CHANNELS: Mapping[Message, tuple[Channel, ...]] = MappingProxyType(
    {
        "confirmed": ("mail", "sms", "desk"),
        "moved": ("mail", "sms", "desk"),
        "cancelled": ("mail", "sms", "desk"),
        "reminder": ("mail", "sms"),
        "call_back": ("desk",),
        "calendar": ("calendar",),
    }
)


class Due(NamedTuple):
    number: int
    message: str
    channel: str
    about: str  # the appointment's id, or the call-back's number
    tries: int  # with this one
    due_at: datetime


def add(connection: Connection, message: Message, about: str, *, due_at: datetime) -> None:
    """Has a message sent from a moment on, through each of its channels, once the caller's transaction is through.

    It takes the place of one that still waits: that would say the same.
    """
    drop(connection, message, about)
    row = {"message": message, "about": about, "due_at": due_at.timestamp(), "next_try_at": due_at.timestamp()}
    connection.execute(insert(OUTBOX), [{**row, "channel": channel, "tries": 0} for channel in CHANNELS[message]])


def drop(connection: Connection, message: Message, about: str) -> bool:
    """Has a message not sent any more. True when it waited, and no sending had begun: nobody can have received it."""
    where = (OUTBOX.c.message == message, OUTBOX.c.about == about)
    tries = connection.execute(select(OUTBOX.c.tries).where(*where).with_for_update()).scalars().all()
    connection.execute(delete(OUTBOX).where(*where))
    return len(tries) == len(CHANNELS[message]) and not any(tries)


class Outbox:
    def __init__(self, engine: Engine, *, now: Callable[[], datetime] = clock.now) -> None:
        self._engine = engine
        self._now = now

    def claim(self) -> Due | None:
        """What has been due the longest, for the caller alone until the lease ends; None when nothing is due.

        Who claims it must say how it ended: with `done` or `failed`. Who dies meanwhile leaves it to the next.
        """
        now = self._now()
        due = (
            select(OUTBOX)
            .where(OUTBOX.c.next_try_at <= now.timestamp())
            .order_by(OUTBOX.c.next_try_at, OUTBOX.c.number)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._engine.begin() as connection:
            row = connection.execute(due).mappings().first()
            if row is None:
                return None
            leased = {"tries": row["tries"] + 1, "next_try_at": (now + LEASE).timestamp()}
            connection.execute(update(OUTBOX).where(OUTBOX.c.number == row["number"]).values(**leased))
        return Due(
            number=row["number"],
            message=row["message"],
            channel=row["channel"],
            about=row["about"],
            tries=row["tries"] + 1,
            due_at=_moment(row["due_at"]),
        )

    def holds(self, due: Due) -> bool:
        """Whether the message is still to be sent, and by who claimed it: what it is about has not changed since."""
        mine = select(OUTBOX.c.number).where(*_claim(due))
        with for_reading(self._engine).begin() as connection:
            return connection.execute(mine).first() is not None

    def done(self, due: Due) -> None:
        """It was sent, or nobody wants it any more."""
        with self._engine.begin() as connection:
            connection.execute(delete(OUTBOX).where(OUTBOX.c.number == due.number))

    def failed(self, due: Due, *, permanent: bool) -> None:
        """It was not sent: tried again after 1, 2, 4 ... minutes, or given up at once or after some two days.

        Nothing happens when its lease had ended and another has claimed it since.
        """
        now = self._now()
        given_up = permanent or now - due.due_at >= GIVEN_UP_AFTER
        with self._engine.begin() as connection:
            if given_up:
                changed = connection.execute(delete(OUTBOX).where(*_claim(due))).rowcount
            else:
                later = {"next_try_at": (now + _wait_after(due.tries)).timestamp()}
                changed = connection.execute(update(OUTBOX).where(*_claim(due)).values(**later)).rowcount
        if given_up and changed:
            logger.error("given up: %s by %s, number %d, try %d", due.message, due.channel, due.number, due.tries)

    def oldest_waiting(self) -> datetime | None:
        """Since when the oldest has been due that is not sent yet; None when nothing is late."""
        oldest = select(func.min(OUTBOX.c.due_at)).where(OUTBOX.c.due_at <= self._now().timestamp())
        with for_reading(self._engine).begin() as connection:
            found = connection.execute(oldest).scalar()
        return None if found is None else _moment(found)


def _claim(due: Due) -> tuple[Any, Any]:
    return OUTBOX.c.number == due.number, OUTBOX.c.tries == due.tries


def _wait_after(tries: int) -> timedelta:
    return min(timedelta(minutes=2 ** min(tries - 1, 10)), LONGEST_WAIT)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)
