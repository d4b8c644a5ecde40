"""Weeks, from Monday to Sunday, between the first day that can be booked and the last."""

from datetime import date, datetime, timezone

import pytest

from storage.clock import clinic_zone
from tests.web.appointments.site import slot
from web.appointments.week import by_day, read_day, week_of

TODAY = date(2026, 11, 25)  # a Wednesday
LAST = date(2026, 12, 9)


@pytest.mark.parametrize(
    ("day", "monday", "earlier", "later"),
    [
        (date(2026, 11, 25), date(2026, 11, 23), None, date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 23), None, date(2026, 11, 30)),
        (date(2026, 11, 30), date(2026, 11, 30), date(2026, 11, 23), date(2026, 12, 7)),
        (date(2026, 12, 9), date(2026, 12, 7), date(2026, 11, 30), None),
        (date(2026, 1, 1), date(2026, 11, 23), None, date(2026, 11, 30)),
        (date(2027, 6, 1), date(2026, 12, 7), date(2026, 11, 30), None),
    ],
)
def test_a_day_leads_to_its_week_or_the_nearest_that_can_be_booked(
    day: date, monday: date, earlier: date | None, later: date | None
) -> None:
    week = week_of(day, first=TODAY, last=LAST)

    assert (week.monday, week.earlier, week.later) == (monday, earlier, later)


def test_a_week_ends_as_the_next_begins_by_the_clinics_clock() -> None:
    window = week_of(TODAY, first=TODAY, last=LAST).window(clinic_zone())

    assert window.start == datetime(2026, 11, 23, 6, tzinfo=timezone.utc)
    assert window.until == datetime(2026, 11, 30, 6, tzinfo=timezone.utc)


@pytest.mark.parametrize("text", [None, "", "tomorrow", "2026-13-01", "0001-01-01", "9999-12-31", "2026-11-26T10", "²"])
def test_what_is_no_day_is_none(text: str | None) -> None:
    assert read_day(text) is None


def test_slots_stand_under_the_clinics_own_day() -> None:
    evening, morning = slot("2026-11-26 18:30"), slot("2026-11-27 09:00")  # The evening is the next day in UTC.

    assert by_day([evening, morning], clinic_zone()) == [
        (date(2026, 11, 26), [evening]),
        (date(2026, 11, 27), [morning]),
    ]
