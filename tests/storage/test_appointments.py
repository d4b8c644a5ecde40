"""Appointments: a time is taken once, whoever asks, whenever, and however often."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from clinic.appointments import Appointment, Consent, Contact, Status
from clinic.availability import Busy, Slot
from clinic.errors import AttemptSpent, ClinicError, SlotTaken, TooManyHolds, UnknownAppointment
from storage.appointments import Appointments
from storage.database import open_database
from storage.tables import CLAIMS, MANAGE_TOKENS, METADATA, OUTBOX

NOW = datetime(2026, 11, 23, 16, tzinfo=timezone.utc)
NOON = datetime(2026, 11, 24, 19, tzinfo=timezone.utc)  # the next day, at the clinic
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
BUFFER = 15 * MINUTE
HOLD = 10 * MINUTE

DAWN = Contact(
    name="Dawn Example",
    email="Dawn@example.com",
    phone="780-555-0100",
    consents=(Consent(channel="email", wording="Write to me.", at=NOW),),
)
MORGAN = Contact(name="Morgan Example", phone="780-555-0101")


class Clock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment

    def after(self, time: timedelta) -> None:
        self.moment += time


class Desk:
    """Appointments, asked for in few words."""

    def __init__(self, kept: Appointments, clock: Clock) -> None:
        self.kept = kept
        self.clock = clock

    def hold(self, attempt: str, slot: Slot, *, conversation: str = "", most: int = 2) -> Appointment:
        return self.kept.hold(
            slot,
            attempt=attempt,
            conversation=conversation or f"chat of {attempt}",
            blocked_until=slot.end + BUFFER,
            expires_at=self.clock.moment + HOLD,
            most_open_holds=most,
        )

    def confirm(
        self, attempt: str, contact: Contact = DAWN, *, reminder_at: datetime | None = NOON - DAY
    ) -> Appointment:
        return self.kept.confirm(attempt, contact, price="$110", note="wound", reminder_at=reminder_at)

    def book(self, attempt: str, slot: Slot, contact: Contact = DAWN) -> Appointment:
        self.hold(attempt, slot)
        return self.confirm(attempt, contact)

    def move(self, id: str, slot: Slot, **given: Any) -> Appointment:
        return self.kept.move(id, slot, blocked_until=slot.end + BUFFER, reminder_at=slot.start - DAY, **given)

    def busy(self, **given: Any) -> list[Busy]:
        return self.kept.busy(NOON - DAY, NOON + DAY, **given)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(database: Engine, clock: Clock) -> Desk:
    return Desk(Appointments(database, now=clock), clock)


def slot(start: datetime = NOON, *, therapist: str = "sam", room: str = "room_1", minutes: int = 60) -> Slot:
    return Slot("swedish_massage", minutes, therapist, room, start)


def taken(start: datetime, until: datetime, *resources: str) -> list[Busy]:
    return [Busy(resource, start, until) for resource in resources or ("room:room_1", "therapist:sam")]


def refused(kind: type[ClinicError], ask: Callable[[], object]) -> bool:
    with pytest.raises(kind):
        ask()
    return True


def letters(database: Engine) -> list[tuple[str, datetime]]:
    """What the outbox will say, and when; each message once, through whichever channels."""
    with database.begin() as connection:
        rows = set(connection.execute(select(OUTBOX.c.due_at, OUTBOX.c.message)))
    return [(message, datetime.fromtimestamp(due, timezone.utc)) for due, message in sorted(rows)]


def everything_in(database: Engine) -> str:
    with database.begin() as connection:
        rows = [tuple(row) for table in METADATA.sorted_tables for row in connection.execute(select(table))]
    return json.dumps(rows, default=str)


def all_sent(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(OUTBOX.delete())


# ---- Holding


def test_a_held_slot_takes_the_therapist_and_the_room_until_the_buffer_ends(desk: Desk) -> None:
    held = desk.hold("a", slot())

    assert (held.status, held.start, held.end, held.expires_at) == (Status.HELD, NOON, NOON + HOUR, NOW + HOLD)
    assert desk.busy() == taken(NOON, NOON + HOUR + BUFFER)


@pytest.mark.parametrize(
    "other",
    [
        slot(),
        slot(room="room_2"),
        slot(therapist="mei"),
        slot(NOON + HOUR),
        slot(NOON - HOUR, minutes=60),
        slot(NOON - HOUR, minutes=180),
        slot(NOON + 30 * MINUTE, minutes=30),
    ],
    ids=["same", "therapist", "room", "in the buffer", "its own buffer", "around", "inside"],
)
def test_a_slot_that_was_taken_is_refused(desk: Desk, other: Slot) -> None:
    desk.hold("a", slot())

    assert refused(SlotTaken, lambda: desk.hold("b", other))
    assert desk.busy() == taken(NOON, NOON + HOUR + BUFFER)


@pytest.mark.parametrize(
    "other",
    [slot(therapist="mei", room="room_2"), slot(NOON + HOUR + BUFFER), slot(NOON - HOUR - BUFFER)],
    ids=["both others", "after the buffer", "before"],
)
def test_a_slot_beside_it_is_free(desk: Desk, other: Slot) -> None:
    desk.hold("a", slot())

    held = desk.hold("b", other)

    assert held.status is Status.HELD


def test_another_slot_for_the_same_attempt_takes_the_place_of_the_first(desk: Desk) -> None:
    first = desk.hold("a", slot())

    second = desk.hold("a", slot(NOON + 30 * MINUTE))

    assert (second.id, second.reference) == (first.id, first.reference)
    assert desk.busy() == taken(NOON + 30 * MINUTE, NOON + 90 * MINUTE + BUFFER)


def test_an_attempt_that_is_refused_another_slot_keeps_what_it_held(desk: Desk) -> None:
    desk.hold("a", slot())
    desk.hold("b", slot(NOON + 2 * HOUR))

    assert refused(SlotTaken, lambda: desk.hold("a", slot(NOON + 2 * HOUR)))
    assert desk.busy()[:2] == taken(NOON, NOON + HOUR + BUFFER)
    assert desk.confirm("a").start == NOON


def test_a_hold_that_expired_is_free_for_others_from_that_moment_on(desk: Desk, clock: Clock) -> None:
    desk.hold("a", slot())

    clock.after(HOLD - MINUTE)
    assert refused(SlotTaken, lambda: desk.hold("b", slot()))
    clock.after(MINUTE)

    assert desk.busy() == []
    assert desk.hold("b", slot()).status is Status.HELD


def test_what_is_released_is_free(desk: Desk) -> None:
    held = desk.hold("a", slot())

    desk.kept.release("a")
    desk.kept.release("a")

    assert desk.busy() == []
    assert desk.kept.by_id(held.id) is None


def test_a_confirmed_appointment_cannot_be_released_or_held_again(desk: Desk) -> None:
    appointment = desk.book("a", slot())

    desk.kept.release("a")

    assert refused(AttemptSpent, lambda: desk.hold("a", slot(NOON + 5 * HOUR)))
    assert desk.kept.by_id(appointment.id) == appointment
    assert desk.busy() == taken(NOON, NOON + HOUR + BUFFER)


def test_one_visitor_holds_only_so_many_times(desk: Desk, clock: Clock) -> None:
    for number in range(2):
        desk.hold(f"{number}", slot(NOON + 3 * number * HOUR), conversation="one", most=2)

    assert refused(TooManyHolds, lambda: desk.hold("2", slot(NOON + 9 * HOUR), conversation="one", most=2))
    assert desk.hold("1", slot(NOON + 9 * HOUR), conversation="one", most=2)
    assert desk.hold("3", slot(NOON + 12 * HOUR), conversation="another", most=2)


def test_what_expired_or_was_confirmed_is_held_no_more(desk: Desk, clock: Clock) -> None:
    desk.hold("1", slot(), conversation="one", most=1)
    desk.confirm("1")
    desk.hold("2", slot(NOON + 3 * HOUR), conversation="one", most=1)

    clock.after(HOLD)

    assert desk.hold("3", slot(NOON + 6 * HOUR), conversation="one", most=1)


def test_what_has_begun_cannot_be_held(desk: Desk) -> None:
    assert refused(SlotTaken, lambda: desk.hold("a", slot(NOW)))
    assert desk.hold("a", slot(NOW + MINUTE))


# ---- Confirming


def test_a_confirmed_appointment_is_kept_with_all_it_needs(desk: Desk, database: Engine) -> None:
    held = desk.hold("a", slot())

    appointment = desk.confirm("a")

    assert appointment == held.copy(
        update={"status": Status.CONFIRMED, "expires_at": None, "contact": DAWN, "price": "$110", "note": "wound"}
    )
    assert desk.kept.by_id(appointment.id) == appointment
    assert desk.kept.by_reference(appointment.reference) == appointment
    assert "chat of" not in everything_in(database)


def test_a_confirmed_appointment_does_not_expire(desk: Desk, clock: Clock) -> None:
    desk.book("a", slot())

    clock.after(HOLD + MINUTE)

    assert refused(SlotTaken, lambda: desk.hold("b", slot()))
    assert desk.busy() == taken(NOON, NOON + HOUR + BUFFER)


def test_a_confirmation_is_told_after_a_while_to_the_calendar_at_once_and_reminded_of(
    desk: Desk, database: Engine
) -> None:
    desk.book("a", slot())

    assert letters(database) == [("calendar", NOW), ("confirmed", NOW + 3 * MINUTE), ("reminder", NOON - DAY)]


def test_without_a_time_for_it_there_is_no_reminder(desk: Desk, database: Engine) -> None:
    desk.hold("a", slot())

    desk.confirm("a", reminder_at=None)

    assert [message for message, _ in letters(database)] == ["calendar", "confirmed"]


def test_the_same_confirmation_again_is_the_same_appointment_told_once(
    desk: Desk, database: Engine, clock: Clock
) -> None:
    first = desk.book("a", slot())
    sent = letters(database)

    clock.after(MINUTE)
    renewed = DAWN.copy(update={"consents": (DAWN.consents[0].copy(update={"at": clock.moment}),)})
    again = desk.confirm("a", renewed)

    assert again == first
    assert letters(database) == sent


def test_the_same_attempt_with_another_contact_is_refused(desk: Desk) -> None:
    first = desk.book("a", slot(), DAWN)

    assert refused(AttemptSpent, lambda: desk.confirm("a", MORGAN))
    assert desk.kept.by_id(first.id) == first


def test_a_late_confirmation_does_not_undo_a_cancellation(desk: Desk) -> None:
    first = desk.book("a", slot())
    desk.kept.cancel(first.id)

    assert refused(AttemptSpent, lambda: desk.confirm("a"))
    assert desk.busy() == []


def test_an_expired_hold_is_confirmed_when_its_time_is_still_free(desk: Desk, clock: Clock) -> None:
    held = desk.hold("a", slot())
    clock.after(HOUR)
    desk.hold("b", slot(NOON + 5 * HOUR))

    appointment = desk.confirm("a")

    assert (appointment.id, appointment.status) == (held.id, Status.CONFIRMED)
    assert desk.busy()[:2] == taken(NOON, NOON + HOUR + BUFFER)


def test_an_expired_hold_is_refused_when_somebody_else_was_faster(desk: Desk, clock: Clock, database: Engine) -> None:
    desk.hold("a", slot())
    clock.after(HOLD)
    desk.book("b", slot(NOON + 30 * MINUTE), MORGAN)

    assert refused(SlotTaken, lambda: desk.confirm("a"))
    assert desk.busy() == taken(NOON + 30 * MINUTE, NOON + 90 * MINUTE + BUFFER)
    assert "Dawn" not in everything_in(database)


def test_nobody_books_a_time_that_has_begun_meanwhile(desk: Desk, clock: Clock) -> None:
    desk.hold("a", slot(NOW + 5 * MINUTE))

    clock.after(5 * MINUTE)

    assert refused(SlotTaken, lambda: desk.confirm("a"))


@pytest.mark.parametrize("done", ["nothing", "release", "a day"])
def test_an_attempt_that_holds_nothing_cannot_be_confirmed(desk: Desk, clock: Clock, done: str) -> None:
    if done != "nothing":
        desk.hold("a", slot())
    if done == "release":
        desk.kept.release("a")
    if done == "a day":
        clock.after(HOLD + DAY)

    assert refused(UnknownAppointment, lambda: desk.confirm("a"))


def test_a_clock_that_is_set_back_revives_no_hold(desk: Desk, clock: Clock) -> None:
    desk.hold("a", slot())
    clock.after(HOLD)
    desk.book("b", slot(), MORGAN)

    clock.after(-HOLD)

    assert refused(SlotTaken, lambda: desk.confirm("a"))
    assert refused(SlotTaken, lambda: desk.hold("a", slot()))
    assert desk.busy() == taken(NOON, NOON + HOUR + BUFFER)


def test_a_clock_that_is_set_back_does_not_double_what_was_confirmed(
    desk: Desk, clock: Clock, database: Engine
) -> None:
    first = desk.book("a", slot())
    sent = letters(database)

    clock.after(-2 * DAY)

    assert desk.confirm("a") == first
    assert letters(database) == sent
    assert refused(SlotTaken, lambda: desk.hold("b", slot()))


# ---- Moving and cancelling


def test_a_moved_appointment_takes_the_new_time_and_frees_the_old(desk: Desk) -> None:
    first = desk.book("a", slot())

    moved = desk.move(first.id, slot(NOON + 3 * HOUR, therapist="mei", room="room_2"))

    assert (moved.id, moved.reference, moved.sequence) == (first.id, first.reference, 1)
    assert (moved.start, moved.therapist, moved.room) == (NOON + 3 * HOUR, "mei", "room_2")
    assert (moved.contact, moved.price) == (DAWN, "$110")
    until = NOON + 4 * HOUR + BUFFER
    assert desk.busy() == taken(NOON + 3 * HOUR, until, "room:room_2", "therapist:mei")


def test_an_appointment_moves_by_less_than_its_own_length(desk: Desk) -> None:
    first = desk.book("a", slot())

    free = desk.busy(besides={first.id})
    moved = desk.move(first.id, slot(NOON + 15 * MINUTE))

    assert free == []
    assert moved.start == NOON + 15 * MINUTE
    assert desk.busy() == taken(NOON + 15 * MINUTE, NOON + 75 * MINUTE + BUFFER)


def test_an_appointment_moves_to_what_was_held_for_it(desk: Desk) -> None:
    first = desk.book("a", slot())
    held = desk.hold("b", slot(NOON + 3 * HOUR))

    free = desk.busy(besides={first.id, held.id})
    moved = desk.move(first.id, slot(NOON + 3 * HOUR), attempt="b")

    assert free == []
    assert (moved.id, moved.start) == (first.id, NOON + 3 * HOUR)
    assert desk.busy() == taken(NOON + 3 * HOUR, NOON + 4 * HOUR + BUFFER)
    assert desk.kept.by_attempt("b") is None


def test_a_move_that_is_refused_gives_back_nothing_that_was_held(desk: Desk) -> None:
    first = desk.book("a", slot())
    held = desk.hold("b", slot(NOON + 3 * HOUR))
    desk.book("c", slot(NOON + 6 * HOUR), MORGAN)

    assert refused(SlotTaken, lambda: desk.move(first.id, slot(NOON + 6 * HOUR), attempt="b"))
    assert desk.kept.by_attempt("b") == held
    assert desk.kept.by_attempt("a") == first


def test_a_move_that_is_refused_changes_nothing(desk: Desk, database: Engine) -> None:
    first = desk.book("a", slot())
    desk.book("b", slot(NOON + 3 * HOUR), MORGAN)
    before = everything_in(database)

    assert refused(SlotTaken, lambda: desk.move(first.id, slot(NOON + 3 * HOUR, therapist="mei")))
    assert refused(SlotTaken, lambda: desk.move(first.id, slot(NOW)))
    assert everything_in(database) == before


def test_a_move_to_where_it_is_changes_nothing(desk: Desk, database: Engine) -> None:
    first = desk.book("a", slot())
    moved = desk.move(first.id, slot(NOON + 3 * HOUR))
    before = everything_in(database)

    assert desk.move(first.id, slot(NOON + 3 * HOUR, room="room_2")) == moved
    assert everything_in(database) == before


def test_a_move_changes_no_treatment_and_no_length(desk: Desk) -> None:
    first = desk.book("a", slot())

    with pytest.raises(ValueError, match="its price stays"):
        desk.move(first.id, slot(NOON + 3 * HOUR, minutes=90))


def test_a_move_is_told_and_reminded_of_anew(desk: Desk, database: Engine, clock: Clock) -> None:
    first = desk.book("a", slot())
    all_sent(database)
    clock.after(HOUR)

    desk.move(first.id, slot(NOON + DAY))
    desk.move(first.id, slot(NOON + 2 * DAY))

    told = letters(database)
    assert told == [("calendar", NOW + HOUR), ("moved", NOW + HOUR), ("reminder", NOON + DAY)]


def test_before_the_confirmation_has_gone_out_a_move_only_puts_it_off(
    desk: Desk, database: Engine, clock: Clock
) -> None:
    first = desk.book("a", slot())
    clock.after(MINUTE)

    desk.move(first.id, slot(NOON + DAY))

    told = [one for one in letters(database) if one[0] != "calendar"]
    assert told == [("confirmed", NOW + 4 * MINUTE), ("reminder", NOON)]


def test_a_cancelled_appointment_frees_its_time(desk: Desk) -> None:
    first = desk.book("a", slot())

    cancelled = desk.kept.cancel(first.id)

    assert cancelled == first.copy(update={"status": Status.CANCELLED, "sequence": 1})
    assert desk.kept.by_reference(first.reference) == cancelled
    assert desk.busy() == []
    assert desk.book("b", slot(), MORGAN).start == NOON


def test_a_cancellation_is_told_once_and_nothing_is_reminded_of(desk: Desk, database: Engine, clock: Clock) -> None:
    first = desk.book("a", slot())
    all_sent(database)
    clock.after(HOUR)

    cancelled = desk.kept.cancel(first.id)
    clock.after(HOUR)
    again = desk.kept.cancel(first.id)

    assert again == cancelled
    assert letters(database) == [("calendar", NOW + HOUR), ("cancelled", NOW + HOUR)]


def test_what_is_cancelled_before_anybody_was_told_is_told_to_the_calendar_only(
    desk: Desk, database: Engine, clock: Clock
) -> None:
    first = desk.book("a", slot())
    clock.after(MINUTE)

    desk.kept.cancel(first.id)

    assert {message for message, _ in letters(database)} == {"calendar"}


@pytest.mark.parametrize("state", ["none", "held", "expired", "cancelled"])
def test_only_a_confirmed_appointment_is_moved(desk: Desk, clock: Clock, state: str) -> None:
    id = "nobody's" if state == "none" else desk.hold("a", slot()).id
    if state == "expired":
        clock.after(HOLD)
    if state == "cancelled":
        desk.kept.cancel(desk.confirm("a").id)

    assert refused(UnknownAppointment, lambda: desk.move(id, slot(NOON + 3 * HOUR)))
    if state != "cancelled":
        assert refused(UnknownAppointment, lambda: desk.kept.cancel(id))


# ---- Finding


def test_a_hold_has_no_reference_that_anybody_was_told(desk: Desk) -> None:
    held = desk.hold("a", slot())

    assert desk.kept.by_reference(held.reference) is None
    assert desk.kept.by_reference("") is None
    assert desk.kept.by_id("nobody's") is None


def test_each_letter_has_a_link_of_its_own_and_the_database_knows_none_of_them(desk: Desk, database: Engine) -> None:
    first = desk.book("a", slot())

    tokens = [desk.kept.new_manage_token(first.id) for _ in range(2)]

    assert len(set(tokens)) == 2
    assert [desk.kept.by_manage_token(token) for token in tokens] == [first, first]
    assert desk.kept.by_manage_token(tokens[0] + "x") is None
    assert desk.kept.by_manage_token("") is None
    assert not any(token in everything_in(database) for token in tokens)


def test_a_link_leads_somewhere_until_a_day_after_the_appointment_wherever_it_was_moved(
    desk: Desk, clock: Clock
) -> None:
    first = desk.book("a", slot())
    token = desk.kept.new_manage_token(first.id)
    desk.move(first.id, slot(NOON + DAY))

    clock.moment = NOON + HOUR + 2 * DAY - MINUTE
    last = desk.kept.by_manage_token(token)
    clock.after(MINUTE)

    assert last is not None
    assert desk.kept.by_manage_token(token) is None


def test_there_is_no_link_to_what_is_not_confirmed(desk: Desk) -> None:
    held = desk.hold("a", slot())

    assert refused(UnknownAppointment, lambda: desk.kept.new_manage_token(held.id))
    assert refused(UnknownAppointment, lambda: desk.kept.new_manage_token("nobody's"))


def test_what_is_ahead_of_somebody_is_counted_by_address_or_number(desk: Desk, clock: Clock) -> None:
    desk.book("a", slot(), DAWN)
    desk.book("b", slot(NOON + 3 * HOUR), DAWN)
    desk.kept.cancel(desk.book("c", slot(NOON + 6 * HOUR), DAWN).id)
    desk.hold("d", slot(NOON + 9 * HOUR))

    clock.moment = NOON

    assert desk.kept.ahead_of(email="dawn@example.com", phone=None) == 1
    assert desk.kept.ahead_of(email=None, phone="780-555-0100") == 1
    assert desk.kept.ahead_of(email="morgan@example.com", phone="780-555-0100") == 1
    assert desk.kept.ahead_of(email="morgan@example.com", phone=None) == 0
    assert desk.kept.ahead_of(email=None, phone=None) == 0


# ---- The clinic's calendars


def test_what_a_calendar_says_is_busy_too(desk: Desk) -> None:
    desk.hold("a", slot())

    desk.kept.set_busy("of sam", "therapist:sam", [(NOON + 5 * HOUR, NOON + 6 * HOUR, "dentist")])

    elsewhere = Busy("therapist:sam", NOON + 5 * HOUR, NOON + 6 * HOUR)
    assert desk.busy() == [*taken(NOON, NOON + HOUR + BUFFER), elsewhere]


def test_what_a_calendar_says_now_takes_the_place_of_what_it_said(desk: Desk) -> None:
    desk.kept.set_busy("of sam", "therapist:sam", [(NOON, NOON + HOUR, "dentist")])
    desk.kept.set_busy("of sam", "room:room_1", [(NOON, NOON + HOUR, "painter")])
    desk.kept.set_busy("of the house", "therapist:sam", [(NOON, NOON + HOUR, "meeting")])

    desk.kept.set_busy("of sam", "therapist:sam", [(NOON + 2 * HOUR, NOON + 3 * HOUR, "dentist")])
    desk.kept.set_busy("of the house", "therapist:sam", [])

    assert desk.busy() == [
        Busy("room:room_1", NOON, NOON + HOUR),
        Busy("therapist:sam", NOON + 2 * HOUR, NOON + 3 * HOUR),
    ]


@pytest.mark.parametrize("resource", ["therapist:sam", "room:room_1"])
def test_nobody_books_over_a_calendar(desk: Desk, resource: str) -> None:
    first = desk.book("a", slot(NOON + 5 * HOUR))

    desk.kept.set_busy("of the clinic", resource, [(NOON + 30 * MINUTE, NOON + HOUR, "painter")])

    assert refused(SlotTaken, lambda: desk.hold("b", slot()))
    assert refused(SlotTaken, lambda: desk.move(first.id, slot()))
    assert desk.hold("b", slot(NOON + HOUR)).status is Status.HELD
    assert desk.hold("c", slot(therapist="mei", room="room_2")).status is Status.HELD


def test_what_a_calendar_says_while_a_slot_is_held_counts(desk: Desk) -> None:
    desk.hold("a", slot())

    desk.kept.set_busy("of sam", "therapist:sam", [(NOON, NOON + HOUR, "dentist")])

    assert refused(SlotTaken, lambda: desk.confirm("a"))


# ---- Forgetting


def test_after_the_visit_nothing_tells_who_it_was(desk: Desk, database: Engine) -> None:
    first = desk.book("a", slot())
    token = desk.kept.new_manage_token(first.id)
    later = desk.book("b", slot(NOON + DAY), MORGAN)

    purged = desk.kept.purge(NOON + HOUR + MINUTE)

    assert purged == 1
    assert desk.kept.by_id(first.id) == first.copy(update={"contact": None, "note": ""})
    assert desk.kept.by_id(later.id) == later
    assert desk.kept.by_manage_token(token) is None
    assert not any(word in everything_in(database) for word in ("Dawn", "780-555-0100", "Write to me"))
    assert desk.kept.purge(NOON + HOUR + MINUTE) == 0


def test_what_was_removed_is_not_in_the_files_either(tmp_path: Path, clock: Clock) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'clinic.db'}")
    desk = Desk(Appointments(engine, now=clock), clock)
    desk.book("a", slot())

    def files() -> bytes:
        return b"".join(file.read_bytes() for file in tmp_path.glob("clinic.db*"))

    before = files()
    desk.kept.purge(NOON + DAY)
    after = files()
    engine.dispose()

    assert b"Dawn" in before
    assert b"780-555-0100" in before
    assert not any(word in after for word in (b"Dawn", b"780-555-0100", b"Write to me"))


# ---- The database itself


def test_the_database_itself_refuses_a_claim_that_overlaps(database: Engine) -> None:
    claim = {"resource": "room:room_1", "blocks_from": 100, "blocks_until": 200, "appointment": "a"}
    with database.begin() as connection:
        connection.execute(insert(CLAIMS), [claim, {**claim, "blocks_from": 200, "blocks_until": 300}])

    for begins, ends in ((100, 200), (150, 160), (0, 500), (199, 201), (99, 101)):
        with pytest.raises(IntegrityError, match="claims_never_overlap"), database.begin() as connection:
            connection.execute(insert(CLAIMS), [{**claim, "blocks_from": begins, "blocks_until": ends}])


def test_the_database_itself_refuses_to_let_a_claim_grow_into_another(database: Engine) -> None:
    claim = {"resource": "room:room_1", "blocks_from": 100, "blocks_until": 200, "appointment": "a"}
    other = {"resource": "room:room_2", "blocks_from": 150, "blocks_until": 300, "appointment": "b"}
    with database.begin() as connection:
        connection.execute(insert(CLAIMS), [claim, other])
        connection.execute(update(CLAIMS).where(CLAIMS.c.appointment == "a").values(blocks_until=190))

    for change in ({"resource": "room:room_1"}, {"resource": "room:room_1", "blocks_from": 189}):
        with pytest.raises(IntegrityError, match="claims_never_overlap"), database.begin() as connection:
            connection.execute(update(CLAIMS).where(CLAIMS.c.appointment == "b").values(**change))


def test_of_many_who_ask_for_the_same_time_at_once_one_gets_it(desk: Desk) -> None:
    together = Barrier(8)

    def try_to_book(number: int) -> int:
        together.wait()
        try:
            desk.book(f"attempt {number}", slot(NOON + number * 5 * MINUTE), DAWN)
        except SlotTaken:
            return 0
        return 1

    with ThreadPoolExecutor(8) as threads:
        booked = sum(threads.map(try_to_book, range(8)))

    assert booked == 1
    assert len(desk.busy()) == 2


def test_of_one_attempt_that_is_confirmed_many_times_at_once_there_is_one_appointment(
    desk: Desk, database: Engine
) -> None:
    together = Barrier(8)
    desk.hold("a", slot())

    def confirm(_: int) -> Appointment:
        together.wait()
        return desk.confirm("a")

    with ThreadPoolExecutor(8) as threads:
        confirmed = list(threads.map(confirm, range(8)))

    assert {one.id for one in confirmed} == {confirmed[0].id}
    assert len(letters(database)) == 3
    assert len(desk.busy()) == 2


def test_a_hold_is_one_however_often_it_is_asked_for_at_once(desk: Desk) -> None:
    together = Barrier(8)

    def hold(number: int) -> str:
        together.wait()
        return desk.hold("a", slot(NOON + number * 5 * MINUTE)).id

    with ThreadPoolExecutor(8) as threads:
        held = set(threads.map(hold, range(8)))

    assert len(held) == 1
    assert len(desk.busy()) == 2


def test_a_link_is_kept_as_a_hash(desk: Desk, database: Engine) -> None:
    desk.kept.new_manage_token(desk.book("a", slot()).id)

    with database.begin() as connection:
        kept = connection.execute(select(MANAGE_TOKENS.c.hash)).scalar_one()

    assert len(kept) == 64
