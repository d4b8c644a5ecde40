"""The clock: Alberta's time, which an old system may not know, and a moment at which it can be held."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone, tzinfo

import pytest

from clinic.errors import WrongTimeZones
from storage import clock
from storage.clock import clinic_zone, pinned_zone, require_right_zones
from storage.settings import read_settings


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets CLINIC_NOW."""

    def set_clinic_now(text: str) -> None:
        monkeypatch.setattr(clock, "settings", lambda: read_settings({"CLINIC_NOW": text}))
        clock.stands_at.cache_clear()

    yield set_clinic_now
    clock.stands_at.cache_clear()


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


# ---- Held at a moment


def test_the_clock_goes_unless_it_is_held(hold: Callable[[str], None]) -> None:
    hold("")

    assert clock.stands_at() is None
    assert abs(clock.now() - datetime.now(timezone.utc)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "text", ["2030-05-06T09:00", "2030-05-06 09:00:00", "2030-05-06T15:00Z", "2030-05-06T11:00-04:00"]
)
def test_a_held_clock_shows_one_moment_by_the_clinics_own_time_or_the_zone_named(
    hold: Callable[[str], None], text: str
) -> None:
    hold(text)

    assert clock.now() == clock.now() == datetime(2030, 5, 6, 15, tzinfo=timezone.utc)
    assert clock.now().tzinfo is timezone.utc
    assert clock.today() == date(2030, 5, 6)


def test_how_long_something_is_kept_is_measured_while_the_clock_is_held(hold: Callable[[str], None]) -> None:
    hold("2030-05-06T09:00")

    assert abs(clock.real_now() - datetime.now(timezone.utc)) < timedelta(minutes=1)


# ---- The installed time zones


def test_the_installed_time_zones_know_the_laws_of_2026() -> None:
    require_right_zones()


@pytest.mark.parametrize(("city", "hours"), [("Edmonton", -7), ("Vancouver", -8)])
def test_time_zones_from_before_these_laws_are_refused_with_the_remedy(city: str, hours: int) -> None:
    def as_before(asked: str) -> tzinfo:
        return timezone(timedelta(hours=hours)) if asked == city else pinned_zone(asked)

    with pytest.raises(WrongTimeZones, match=f"2026-12-01 {city} is . hours behind UTC.*make setup"):
        require_right_zones(as_before)
