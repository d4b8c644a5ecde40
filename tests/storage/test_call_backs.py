"""Call-backs as they are kept: until the desk has handled them, and no longer."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Float, Integer, MetaData, String, Table, insert
from sqlalchemy.engine import Engine, make_url

from clinic.call_backs import CallBack
from storage.call_backs import CallBacks
from storage.clock import clinic_zone
from storage.database import make_engine, open_database
from storage.outbox import Outbox

NOON = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)
DAWN = CallBack(name="Dawn", phone="780-555-0100", wish="", asked_at=NOON)
MORGAN = CallBack(name="Morgan", phone="780-555-0101", wish="Swedish massage", asked_at=NOON + timedelta(hours=1))

# The table of November 2026, before there were windows and summaries.
EARLIER = Table(
    "call_backs",
    MetaData(),
    Column("number", Integer, primary_key=True),
    *(Column(name, String, nullable=False) for name in ("name", "phone", "wish")),
    Column("asked_at", Float, nullable=False),
)


@pytest.fixture
def kept(database: Engine) -> CallBacks:
    return CallBacks(database)


def test_nobody_waits_at_first(kept: CallBacks) -> None:
    assert kept.open() == []


def test_requests_wait_in_the_order_they_came(kept: CallBacks) -> None:
    kept.keep(DAWN)
    kept.keep(MORGAN)

    assert [(number, one.name, one.phone, one.wish) for number, one in kept.open()] == [
        (1, "Dawn", "780-555-0100", ""),
        (2, "Morgan", "780-555-0101", "Swedish massage"),
    ]


def test_all_that_is_known_of_a_request_comes_back(kept: CallBacks) -> None:
    told = DAWN.copy(update={"window": "any day, 9:00 am to 12:00 pm", "summary": "Asked about: Prices."})
    kept.keep(told)

    ((_, one),) = kept.open()

    assert one == told


def test_requests_of_an_earlier_version_are_there_still_and_new_ones_are_kept_beside_them(
    database_address: str,
) -> None:
    before = make_engine(make_url(database_address))
    with before.begin() as connection:
        EARLIER.create(connection)
        connection.execute(insert(EARLIER).values(name="Dawn", phone="780-555-0100", wish="", asked_at=0))
    before.dispose()

    engine = open_database(database_address)
    CallBacks(engine).keep(MORGAN.copy(update={"window": "any time"}))
    found = CallBacks(engine).open()
    engine.dispose()

    assert [(one.name, one.window, one.summary) for _, one in found] == [("Dawn", "", ""), ("Morgan", "any time", "")]


def test_the_moment_comes_back_as_the_same_moment(kept: CallBacks) -> None:
    kept.keep(DAWN)

    ((_, one),) = kept.open()

    assert one.asked_at == NOON
    assert f"{one.asked_at.astimezone(clinic_zone()):%H:%M}" == "06:00"


def test_a_moment_in_another_zone_is_the_same_moment_too(kept: CallBacks) -> None:
    kept.keep(DAWN.copy(update={"asked_at": NOON.astimezone(clinic_zone())}))

    ((_, one),) = kept.open()

    assert one.asked_at == NOON


def test_who_was_called_is_deleted(kept: CallBacks) -> None:
    kept.keep(DAWN)
    kept.keep(MORGAN)

    done = kept.handled(1)

    assert done
    assert [one.name for _, one in kept.open()] == ["Morgan"]


def test_a_request_is_found_by_its_number_until_it_is_handled(kept: CallBacks) -> None:
    kept.keep(DAWN)

    before = kept.by_number(1)
    kept.handled(1)

    assert before == DAWN
    assert kept.by_number(1) is None


def test_the_desk_is_told_of_each_request(kept: CallBacks, database: Engine) -> None:
    kept.keep(DAWN)

    due = Outbox(database, now=lambda: NOON).claim()

    assert due is not None
    assert (due.message, due.channel, due.about) == ("call_back", "desk", "1")


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_number_that_nobody_has_deletes_nobody(kept: CallBacks, number: int) -> None:
    kept.keep(DAWN)

    done = kept.handled(number)

    assert not done
    assert len(kept.open()) == 1
