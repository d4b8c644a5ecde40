"""Call-backs as they are kept: until the desk has handled them, and no longer."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from clinic.call_backs import CallBack
from storage.call_backs import CallBacks
from storage.clock import clinic_zone

NOON = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)
DAWN = CallBack(name="Dawn", phone="780-555-0100", wish="", asked_at=NOON)
MORGAN = CallBack(name="Morgan", phone="780-555-0101", wish="Swedish massage", asked_at=NOON + timedelta(hours=1))


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


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_number_that_nobody_has_deletes_nobody(kept: CallBacks, number: int) -> None:
    kept.keep(DAWN)

    done = kept.handled(number)

    assert not done
    assert len(kept.open()) == 1
