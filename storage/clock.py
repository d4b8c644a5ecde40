"""The clock: the moment in UTC, and the clinic's day in Edmonton."""

from datetime import date, datetime, timezone
from functools import cache
from importlib.resources import open_binary
from zoneinfo import ZoneInfo


def now() -> datetime:
    return datetime.now(timezone.utc)


def today() -> date:
    """The day it is at the clinic."""
    return now().astimezone(clinic_zone()).date()


@cache
def clinic_zone() -> ZoneInfo:
    """Alberta's time, from the pinned package: the clocks stopped changing in 2026, and a system may not know."""
    with open_binary("tzdata.zoneinfo.America", "Edmonton") as file:
        return ZoneInfo.from_file(file, "America/Edmonton")
