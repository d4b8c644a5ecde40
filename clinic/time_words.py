"""How the assistant says a day and a time: "Thursday, November 26 at 4:00 pm"."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def said_day(day: date) -> str:
    """Thursday, November 26"""
    return f"{day:%A, %B} {day.day}"


def said_time(moment: datetime) -> str:
    """4:00 pm, of a moment in the clinic's own time"""
    return f"{moment.hour % 12 or 12}:{moment:%M} {'am' if moment.hour < 12 else 'pm'}"


def said_moment(moment: datetime) -> str:
    """Thursday, November 26 at 4:00 pm, of a moment in the clinic's own time"""
    return f"{said_day(moment)} at {said_time(moment)}"


def said_soon(moment: datetime, now: datetime) -> str:
    """tomorrow at 9:00 am; the day by its name unless it is today or the next"""
    near = {now.date(): "today", now.date() + timedelta(days=1): "tomorrow"}
    return f"{near.get(moment.date()) or f'on {said_day(moment)}'} at {said_time(moment)}"


def short_moment(moment: datetime) -> str:
    """Thu Nov 26, 4:00 pm: short enough for a button"""
    return f"{moment:%a %b} {moment.day}, {said_time(moment)}"


def said_zone(zone: ZoneInfo) -> str:
    """Edmonton time"""
    return f"{zone.key.rsplit('/', 1)[-1].replace('_', ' ')} time"
