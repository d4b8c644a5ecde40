"""Deadlines: until when an appointment may be changed, and when to remind of it."""

from datetime import timedelta

import pytest

from clinic.deadlines import Standing, changeable_until, reminder_at, standing
from tests.builders import appointment, schedule

RULES = schedule(rules={"cancellation_hours": 24, "reminder_hours": 48}).rules
BOOKED = appointment()
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (timedelta(days=20), Standing.OPEN),
        (timedelta(hours=24), Standing.OPEN),
        (timedelta(hours=24) - SECOND, Standing.LATE),
        (SECOND, Standing.LATE),
        (timedelta(0), Standing.PAST),
        (timedelta(hours=-1), Standing.PAST),
    ],
)
def test_it_may_be_changed_until_a_day_before_it_begins(before: timedelta, expected: Standing) -> None:
    assert standing(BOOKED, RULES, BOOKED.start - before) is expected


@pytest.mark.parametrize("before", [timedelta(days=20), SECOND, timedelta(hours=-1)])
def test_what_was_cancelled_stays_cancelled_whenever_one_looks(before: timedelta) -> None:
    assert standing(appointment(status="cancelled"), RULES, BOOKED.start - before) is Standing.CANCELLED


def test_the_last_moment_is_told_by_the_clinics_rule() -> None:
    assert changeable_until(BOOKED.start, RULES) == BOOKED.start - timedelta(hours=24)


def test_the_reminder_is_due_as_long_before_as_the_clinic_says() -> None:
    booked_at = BOOKED.start - timedelta(days=20)

    assert reminder_at(BOOKED.start, RULES, booked_at) == BOOKED.start - timedelta(hours=48)


def test_what_is_booked_after_its_reminder_was_due_gets_none() -> None:
    booked_at = BOOKED.start - timedelta(hours=48)

    assert reminder_at(BOOKED.start, RULES, booked_at) is None
