"""The clock: the moment in UTC, and the clinic's day in Edmonton."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import open_binary
from zoneinfo import ZoneInfo

from clinic.errors import WrongTimeZones
from storage.settings import settings

WINTER = datetime(2026, 12, 1, 12)
# The laws of 2026: Alberta stays 6 hours behind UTC, British Columbia 7.
HOURS_IN_WINTER = {"Edmonton": -6, "Vancouver": -7}


def now() -> datetime:
    """The moment for all that the clinic decides; while CLINIC_NOW is set, it stands still there."""
    return stands_at() or real_now()


def real_now() -> datetime:
    """The moment for how long something is kept, which CLINIC_NOW leaves alone."""
    return datetime.now(timezone.utc)


def today() -> date:
    """The day it is at the clinic."""
    return now().astimezone(clinic_zone()).date()


@cache
def stands_at() -> datetime | None:
    """Where CLINIC_NOW holds the clock; None when it goes. Raises SettingError."""
    given = settings().now
    if given is None:
        return None
    return (given if given.tzinfo else given.replace(tzinfo=clinic_zone())).astimezone(timezone.utc)


@cache
def clinic_zone() -> ZoneInfo:
    return pinned_zone("Edmonton")


def pinned_zone(city: str) -> ZoneInfo:
    """Its time, from the pinned package: the clocks stopped changing in 2026, and a system may not know."""
    with open_binary("tzdata.zoneinfo.America", city) as file:
        return ZoneInfo.from_file(file, f"America/{city}")


def require_right_zones(zone: Callable[[str], tzinfo] = pinned_zone) -> None:
    """Raises WrongTimeZones when the installed time zones do not know the laws of 2026."""
    for city, hours in HOURS_IN_WINTER.items():
        if WINTER.replace(tzinfo=zone(city)).utcoffset() != timedelta(hours=hours):
            raise WrongTimeZones(
                f"The installed time zones are out of date: on {WINTER:%Y-%m-%d} {city} is {-hours} hours behind UTC, "
                "and they say otherwise. Appointments would be an hour off. Install the tzdata package of "
                "requirements.txt with: make setup"
            )
