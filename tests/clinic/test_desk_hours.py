"""When somebody at the desk answers: now, and when next."""

from datetime import date, datetime, timedelta

import pytest

from clinic.desk_hours import closes_at, open_between, open_on, opens_at
from tests.builders import hours, schedule

CLOSED_TUESDAY = {"day": "2026-11-24", "why": "A made-up holiday"}
# Monday to Friday 9:00 to 17:00 with an hour for lunch, and the Tuesday is a holiday.
OURS = schedule(open=[hours("13:00", "17:00"), hours("09:00", "12:00")], closed=[CLOSED_TUESDAY])


def at(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day}T{clock}")


@pytest.mark.parametrize(
    ("now", "closes"),
    [
        (at(23, "09:00"), at(23, "12:00")),
        (at(23, "11:59"), at(23, "12:00")),
        (at(23, "16:59:59"), at(23, "17:00")),
        (at(23, "08:59"), None),
        (at(23, "12:00"), None),
        (at(23, "17:00"), None),
        (at(24, "10:00"), None),
        (at(22, "10:00"), None),
    ],
)
def test_the_desk_answers_until_its_next_break(now: datetime, closes: datetime | None) -> None:
    assert closes_at(OURS, now) == closes


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(22, "10:00"), at(23, "09:00")),
        (at(23, "12:00"), at(23, "13:00")),
        (at(23, "17:00"), at(25, "09:00")),
        (at(24, "10:00"), at(25, "09:00")),
        (at(27, "20:00"), at(30, "09:00")),
        (at(23, "10:00"), at(23, "13:00")),
    ],
)
def test_it_opens_again_after_breaks_nights_weekends_and_holidays(now: datetime, opens: datetime) -> None:
    assert opens_at(OURS, now) == opens


def test_a_clinic_that_is_closed_for_months_does_not_say_when_it_opens() -> None:
    mondays = [str(date(2026, 11, 23) + timedelta(weeks=number)) for number in range(20)]
    ours = schedule(open=[hours(days=["monday"])], closed=[{"day": day, "why": "Renovation"} for day in mondays])

    assert opens_at(ours, at(23, "10:00")) is None
    assert closes_at(ours, at(23, "10:00")) is None


def test_the_hours_of_a_day_come_in_order() -> None:
    assert [(start.hour, end.hour) for start, end in open_on(OURS, at(23, "00:00").date())] == [(9, 12), (13, 17)]
    assert open_on(OURS, at(24, "00:00").date()) == []


def test_between_two_moments_the_desk_answers_only_within_them() -> None:
    spans = open_between(OURS, at(23, "11:00"), at(25, "09:30"))

    assert spans == [
        (at(23, "11:00"), at(23, "12:00")),
        (at(23, "13:00"), at(23, "17:00")),
        (at(25, "09:00"), at(25, "09:30")),
    ]


@pytest.mark.parametrize("end", ["12:00", "12:30", "13:00"])
def test_within_a_break_nobody_answers(end: str) -> None:
    assert open_between(OURS, at(23, "12:00"), at(23, end)) == []
