"""Alerts are counted by day, red flag and level, and how they ended."""

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from storage.alert_counts import AlertCount, AlertCounts

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def counts(database: Engine) -> AlertCounts:
    return AlertCounts(database)


def test_nothing_is_counted_at_first(counts: AlertCounts) -> None:
    assert list(counts.all()) == []


def test_what_was_raised_acknowledged_and_taken_back_is_counted(counts: AlertCounts) -> None:
    for outcome in ("raised", "raised", "raised", "acknowledged", "taken_back"):
        counts.add(outcome, "cannot_pee", "emergency", MONDAY)  # type: ignore[arg-type]

    assert list(counts.all()) == [AlertCount("2026-11-23", "cannot_pee", "emergency", 3, 1, 1)]


def test_days_and_flags_are_counted_apart_the_latest_day_first(counts: AlertCounts) -> None:
    counts.add("raised", "swollen_calf", "same_day", MONDAY)
    counts.add("raised", "cannot_pee", "emergency", MONDAY)
    counts.add("raised", "cannot_pee", "emergency", TUESDAY)

    assert [(one.day, one.red_flag, one.raised) for one in counts.all()] == [
        ("2026-11-24", "cannot_pee", 1),
        ("2026-11-23", "cannot_pee", 1),
        ("2026-11-23", "swollen_calf", 1),
    ]
