"""The outbox: what was promised is sent once, whoever fails on the way, and what is not wanted any more is not."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from threading import Barrier

import pytest
from sqlalchemy.engine import Engine

from storage import outbox
from storage.outbox import Due, Message, Outbox

NOON = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Clock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> datetime:
        return self.moment

    def after(self, time: timedelta) -> None:
        self.moment += time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(database: Engine, clock: Clock) -> Outbox:
    return Outbox(database, now=clock)


def add(database: Engine, message: Message = "call_back", about: str = "7", *, due_at: datetime = NOON) -> None:
    with database.begin() as connection:
        outbox.add(connection, message, about, due_at=due_at)


def drop(database: Engine, message: Message = "call_back", about: str = "7") -> bool:
    with database.begin() as connection:
        return outbox.drop(connection, message, about)


def claim(kept: Outbox) -> Due:
    due = kept.claim()
    assert due is not None
    return due


def all_due(kept: Outbox) -> list[tuple[str, str, str]]:
    """The message, the channel and the subject of each, in the order in which they come."""
    found = []
    while due := kept.claim():
        found.append((due.message, due.channel, due.about))
    return found


# ---- What is due


def test_nothing_is_due_at_first(kept: Outbox) -> None:
    assert kept.claim() is None


def test_a_message_is_due_from_its_moment_on(kept: Outbox, database: Engine, clock: Clock) -> None:
    add(database, due_at=NOON + MINUTE)

    before = kept.claim()
    clock.after(MINUTE)
    due = claim(kept)

    assert before is None
    assert (due.message, due.channel, due.about, due.due_at) == ("call_back", "desk", "7", NOON + MINUTE)


@pytest.mark.parametrize(
    ("message", "channels"),
    [
        ("confirmed", ["mail", "sms", "desk"]),
        ("moved", ["mail", "sms", "desk"]),
        ("cancelled", ["mail", "sms", "desk"]),
        ("reminder", ["mail", "sms"]),
        ("call_back", ["desk"]),
        ("calendar", ["calendar"]),
    ],
)
def test_a_message_is_due_once_for_each_of_its_channels(
    kept: Outbox, database: Engine, message: Message, channels: list[str]
) -> None:
    add(database, message, "a1")

    assert all_due(kept) == [(message, channel, "a1") for channel in channels]


def test_what_is_due_the_longest_comes_first(kept: Outbox, database: Engine) -> None:
    add(database, about="2", due_at=NOON - MINUTE)
    add(database, about="1", due_at=NOON - HOUR)

    assert [about for _, _, about in all_due(kept)] == ["1", "2"]


def test_a_message_is_lost_with_the_transaction_that_wrote_it(kept: Outbox, database: Engine) -> None:
    with pytest.raises(ZeroDivisionError), database.begin() as connection:
        outbox.add(connection, "call_back", "7", due_at=NOON)
        raise ZeroDivisionError

    assert kept.claim() is None


# ---- What is sent


def test_what_was_sent_is_not_due_again(kept: Outbox, database: Engine, clock: Clock) -> None:
    add(database)

    kept.done(claim(kept))
    clock.after(DAY)

    assert kept.claim() is None


def test_nobody_else_gets_what_is_being_sent(kept: Outbox, database: Engine) -> None:
    add(database)

    claim(kept)

    assert Outbox(database, now=lambda: NOON).claim() is None


def test_two_workers_at_once_never_get_the_same(database: Engine) -> None:
    for number in range(20):
        add(database, about=str(number))
    start = Barrier(4)

    def work(_: int) -> list[str]:
        start.wait()
        return [about for _, _, about in all_due(Outbox(database, now=lambda: NOON))]

    with ThreadPoolExecutor(4) as workers:
        got = [about for found in workers.map(work, range(4)) for about in found]

    assert sorted(got, key=int) == [str(number) for number in range(20)]


def test_what_a_killed_worker_had_is_due_again_when_its_lease_ends(
    kept: Outbox, database: Engine, clock: Clock
) -> None:
    add(database)
    claim(kept)

    clock.after(outbox.LEASE - MINUTE)
    during = kept.claim()
    clock.after(MINUTE)
    after = kept.claim()

    assert during is None
    assert after is not None and after.tries == 2


def test_who_comes_back_after_the_lease_changes_nothing_of_the_next_ones_work(
    kept: Outbox, database: Engine, clock: Clock
) -> None:
    add(database)
    slow = claim(kept)
    clock.after(outbox.LEASE)
    next_one = claim(kept)

    kept.failed(slow, permanent=True)

    assert not kept.holds(slow)
    assert kept.holds(next_one)


# ---- What fails


def test_what_fails_is_tried_again_later_each_time_up_to_an_hour(kept: Outbox, database: Engine, clock: Clock) -> None:
    add(database)
    due, waits = claim(kept), []
    for _ in range(8):
        kept.failed(due, permanent=False)
        failed_at = clock.moment
        while not (again := kept.claim()):
            clock.after(MINUTE)
        waits.append((clock.moment - failed_at) // MINUTE)
        due = again

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_what_fails_for_two_days_is_given_up_and_logged_without_saying_about_whom(
    kept: Outbox, database: Engine, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    add(database, about="somebody")
    with caplog.at_level(logging.ERROR):
        while due := kept.claim():
            kept.failed(due, permanent=False)
            clock.after(HOUR)

    assert clock.moment - NOON == 2 * DAY + HOUR
    assert kept.oldest_waiting() is None
    assert caplog.messages == ["given up: call_back by desk, number 1, try 49"]


def test_what_can_never_be_sent_is_given_up_at_once(kept: Outbox, database: Engine, clock: Clock) -> None:
    add(database)

    kept.failed(claim(kept), permanent=True)
    clock.after(DAY)

    assert kept.claim() is None


# ---- What is not wanted any more


def test_what_waits_can_be_dropped_before_anybody_has_it(kept: Outbox, database: Engine) -> None:
    add(database, "confirmed", "a1", due_at=NOON + MINUTE)
    add(database, "confirmed", "a2")

    nobody_has_it = drop(database, "confirmed", "a1")

    assert nobody_has_it
    assert {about for _, _, about in all_due(kept)} == {"a2"}


def test_of_what_is_being_sent_somebody_may_have_it_already(kept: Outbox, database: Engine, clock: Clock) -> None:
    add(database, "confirmed", "a1")
    due = claim(kept)

    nobody_has_it = drop(database, "confirmed", "a1")

    assert not nobody_has_it
    assert not kept.holds(due)


def test_of_what_was_never_due_nothing_is_dropped(database: Engine) -> None:
    assert not drop(database, "confirmed", "a1")


def test_the_same_message_again_takes_the_place_of_the_one_that_waits(kept: Outbox, database: Engine) -> None:
    add(database, "reminder", "a1", due_at=NOON)
    add(database, "reminder", "a1", due_at=NOON + DAY)
    at_noon = kept.claim()

    next_day = all_due(Outbox(database, now=lambda: NOON + DAY))

    assert at_noon is None
    assert next_day == [("reminder", "mail", "a1"), ("reminder", "sms", "a1")]


def test_a_number_does_not_come_back_while_somebody_sends_what_had_it(kept: Outbox, database: Engine) -> None:
    add(database)
    sending = claim(kept)
    drop(database)
    add(database)

    kept.done(sending)

    assert claim(kept).number != sending.number


# ---- What is late


def test_nothing_is_late_at_first(kept: Outbox) -> None:
    assert kept.oldest_waiting() is None


def test_what_is_due_waits_since_its_moment_also_while_it_is_tried_again(
    kept: Outbox, database: Engine, clock: Clock
) -> None:
    add(database, due_at=NOON - HOUR)
    add(database, about="8", due_at=NOON + DAY)

    kept.failed(claim(kept), permanent=False)

    assert kept.oldest_waiting() == NOON - HOUR


def test_what_is_not_due_yet_is_not_late(kept: Outbox, database: Engine) -> None:
    add(database, due_at=NOON + MINUTE)

    assert kept.oldest_waiting() is None
