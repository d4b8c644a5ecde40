"""The clock: Alberta's time, which an old system may not know."""

from datetime import date, datetime, timedelta, timezone

import pytest

from storage import clock
from storage.clock import clinic_zone


@pytest.mark.parametrize("day", [datetime(2026, 12, 1), datetime(2027, 1, 15), datetime(2027, 7, 1)])
def test_since_2026_the_clocks_no_longer_change(day: datetime) -> None:
    offset = day.replace(tzinfo=clinic_zone()).utcoffset()

    assert offset == timedelta(hours=-6)


def test_winters_before_were_an_hour_behind() -> None:
    offset = datetime(2025, 12, 1, tzinfo=clinic_zone()).utcoffset()

    assert offset == timedelta(hours=-7)


def test_the_moment_is_in_utc() -> None:
    assert clock.now().tzinfo is timezone.utc


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 12, 2, 5, 59, tzinfo=timezone.utc), date(2026, 12, 1)),
        (datetime(2026, 12, 2, 6, 0, tzinfo=timezone.utc), date(2026, 12, 2)),
    ],
)
def test_the_clinics_day_begins_at_its_own_midnight(
    monkeypatch: pytest.MonkeyPatch, moment: datetime, day: date
) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)

    assert clock.today() == day
