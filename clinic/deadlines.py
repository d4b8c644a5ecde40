"""What follows from when an appointment begins: until when it may be changed, and when to remind of it."""

from datetime import datetime, timedelta
from enum import Enum

from clinic.appointments import Appointment, Status
from clinic.schedule import BookingRules


class Standing(str, Enum):
    OPEN = "open"  # The visitor may move and cancel it.
    LATE = "late"  # Only the desk may.
    PAST = "past"  # It has begun.
    CANCELLED = "cancelled"


def standing(appointment: Appointment, rules: BookingRules, now: datetime) -> Standing:
    """Of an appointment that was confirmed."""
    if appointment.status is Status.CANCELLED:
        return Standing.CANCELLED
    if now >= appointment.start:
        return Standing.PAST
    return Standing.OPEN if now <= changeable_until(appointment.start, rules) else Standing.LATE


def changeable_until(start: datetime, rules: BookingRules) -> datetime:
    """The last moment at which a visitor may move or cancel what begins at `start`."""
    return start - timedelta(hours=rules.cancellation_hours)


def reminder_at(start: datetime, rules: BookingRules, now: datetime) -> datetime | None:
    """When to remind of what begins at `start`; None when that is over, and the confirmation is reminder enough."""
    due = start - timedelta(hours=rules.reminder_hours)
    return due if due > now else None
