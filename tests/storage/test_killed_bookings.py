"""A process that is killed in the middle of a booking leaves no half of one, and nothing that is blocked for ever.

Each test kills a process at its first step, another at its second, and so on until one gets through.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from itertools import count
from typing import Any, NamedTuple

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine, make_url

from clinic.appointments import Appointment, Contact
from clinic.availability import Slot
from storage.appointments import Appointments
from storage.database import make_engine
from storage.tables import APPOINTMENTS, CLAIMS, OUTBOX

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 23, 16, tzinfo=timezone.utc)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CONTACT = Contact(name="Dawn Example", email="dawn@example.com")
STEPS = ("begin", "before_cursor_execute", "after_cursor_execute", "commit")

Work = Callable[[Appointments, int], object]


class State(NamedTuple):
    """What the database knows of one appointment."""

    status: str | None
    start: datetime | None
    claims: list[tuple[str, datetime]]
    messages: list[str]


# ---- What the killed processes do; the number tells one attempt and its day from the others


def day_of(number: int) -> Slot:
    return Slot("swedish_massage", 60, "sam", "room_1", NOW + (number + 1) * DAY)


def later_on(slot: Slot) -> Slot:
    return slot._replace(start=slot.start + 3 * HOUR, therapist="mei")


def hold(kept: Appointments, number: int) -> Appointment:
    slot = day_of(number)
    given = {"blocked_until": slot.end, "expires_at": NOW + HOUR, "most_open_holds": 1}
    return kept.hold(slot, attempt=f"attempt {number}", conversation=f"chat {number}", **given)


def confirm(kept: Appointments, number: int) -> Appointment:
    return kept.confirm(f"attempt {number}", CONTACT, price="$110", reminder_at=day_of(number).start - HOUR)


def book(kept: Appointments, number: int) -> Appointment:
    hold(kept, number)
    return confirm(kept, number)


def move(kept: Appointments, number: int) -> Appointment:
    appointment = kept.by_attempt(f"attempt {number}")
    assert appointment is not None
    slot = later_on(day_of(number))
    return kept.move(appointment.id, slot, blocked_until=slot.end, reminder_at=slot.start - HOUR)


def cancel(kept: Appointments, number: int) -> Appointment:
    appointment = kept.by_attempt(f"attempt {number}")
    assert appointment is not None
    return kept.cancel(appointment.id)


# ---- Killing


def work_until_killed(address: str, work: Work, number: int) -> None:
    """Kills itself at the step with this number; returns when there are fewer."""
    engine = make_engine(make_url(address))
    steps = count()

    def step(*_: Any) -> None:
        if next(steps) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in STEPS:
        event.listen(engine, name, step)
    work(Appointments(engine, now=lambda: NOW), number)
    step()  # All is done, and nobody was told.
    engine.dispose()


def killed_at_each_step(database: Engine, work: Work, *, before: Work | None = None) -> Iterator[int]:
    """The number of each attempt that was killed."""
    address = database.url.render_as_string(hide_password=False)
    kept = Appointments(database, now=lambda: NOW)
    for number in count():
        if before:
            before(kept, number)
        database.dispose()  # No open file or connection goes into the other process.
        process = multiprocessing.get_context("fork").Process(target=work_until_killed, args=(address, work, number))
        process.start()
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL)
        if process.exitcode == 0:
            assert number > 10
            return
        kept.release("nobody's")  # It waits until a server has noticed that its client is gone.
        yield number


def state(database: Engine, number: int) -> State:
    with database.begin() as connection:
        row = connection.execute(select(APPOINTMENTS).where(APPOINTMENTS.c.attempt == f"attempt {number}")).first()
        owners = connection.execute(select(APPOINTMENTS.c.id, APPOINTMENTS.c.status)).all()
        claims = connection.execute(select(CLAIMS).order_by(CLAIMS.c.resource)).all()
        letters = connection.execute(select(OUTBOX.c.about, OUTBOX.c.message, OUTBOX.c.channel)).all()
    assert {one.appointment for one in claims} == {id for id, status in owners if status in ("held", "confirmed")}
    assert len(set(letters)) == len(letters)
    if row is None:
        return NOTHING
    return State(
        row.status,
        moment(row.starts_at),
        [(one.resource, moment(one.blocks_from)) for one in claims if one.appointment == row.id],
        sorted({message for about, message, _ in letters if about == row.id}),
    )


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)


NOTHING = State(None, None, [], [])
TOLD = ["calendar", "confirmed", "reminder"]


def held(slot: Slot) -> State:
    return State("held", slot.start, claimed(slot), [])


def confirmed(slot: Slot) -> State:
    return State("confirmed", slot.start, claimed(slot), TOLD)


def claimed(slot: Slot) -> list[tuple[str, datetime]]:
    return [(f"room:{slot.room}", slot.start), (f"therapist:{slot.therapist}", slot.start)]


# ---- The tests


def test_a_killed_booking_is_nothing_or_a_hold_or_all_of_an_appointment(database: Engine) -> None:
    seen = []
    for number in killed_at_each_step(database, book):
        slot = day_of(number)
        found = state(database, number)
        assert found in (NOTHING, held(slot), confirmed(slot))
        seen.append(found.status)

    assert sorted(seen, key=[None, "held", "confirmed"].index) == seen
    assert set(seen) == {None, "held", "confirmed"}


def test_a_killed_booking_that_is_tried_again_becomes_one_appointment(database: Engine) -> None:
    kept = Appointments(database, now=lambda: NOW)
    for number in killed_at_each_step(database, book):
        if state(database, number).status != "confirmed":
            hold(kept, number)
        confirm(kept, number)

        assert state(database, number) == confirmed(day_of(number))


def test_what_a_killed_booking_held_is_free_once_it_has_expired(database: Engine) -> None:
    later = Appointments(database, now=lambda: NOW + HOUR)
    for number in killed_at_each_step(database, hold):
        slot = day_of(number)
        given = {"blocked_until": slot.end, "expires_at": NOW + 2 * HOUR, "most_open_holds": 1}

        other = later.hold(slot, attempt=f"other {number}", conversation=f"other {number}", **given)

        assert other.start == slot.start
        assert later.busy(slot.start, slot.end, besides={other.id}) == []


def test_a_killed_move_has_moved_or_not(database: Engine) -> None:
    seen = []
    for number in killed_at_each_step(database, move, before=book):
        slot = day_of(number)
        found = state(database, number)
        assert found in (confirmed(slot), confirmed(later_on(slot)))
        seen.append(found.start == slot.start)

    assert set(seen) == {True, False}


def test_a_killed_cancellation_has_cancelled_or_not(database: Engine) -> None:
    seen = []
    for number in killed_at_each_step(database, cancel, before=book):
        slot = day_of(number)
        found = state(database, number)
        assert found in (confirmed(slot), State("cancelled", slot.start, [], ["calendar"]))
        seen.append(found.status)

    assert set(seen) == {"confirmed", "cancelled"}
