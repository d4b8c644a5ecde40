"""What stands in a calendar: how an appointment of ours is written there, and when an entry keeps somebody busy."""

from datetime import date, datetime, time, timezone
from functools import cache
from importlib.resources import open_binary
from math import prod
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import icalendar
from icalendar.timezone import tzp
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON
from icalendar.timezone.zoneinfo import ZONEINFO
from recurring_ical_events import CalendarQuery

from clinic.appointments import Appointment
from storage.clock import clinic_zone

PROGRAM = "-//Clinic//Booking//EN"
OURS = "appointment-"
MOST_A_DAY = 24  # times of one series


class Occurrence(NamedTuple):
    """An event, or one time of a series."""

    start: datetime  # in UTC
    until: datetime
    uid: str
    busy: bool  # False when who wrote it is free meanwhile


class ClinicZones(ZONEINFO):
    """Times are read by the name of their zone. The rules that programs write beside it may be older than 2026."""

    name = "clinic"

    def timezone(self, name: str) -> ZoneInfo:
        """The clinic's own zone for a name that nobody knows."""
        if name == "Mountain Standard Time":  # So Outlook calls Alberta's time, and Denver's.
            return clinic_zone()
        parts = WINDOWS_TO_OLSON.get(name, name).split("/")  # Some programs write their own name before the zone's.
        named = (_pinned("/".join(parts[start:])) for start in range(len(parts)))
        return next((zone for zone in named if zone), clinic_zone())

    def knows_timezone_id(self, tzid: str) -> bool:
        return True  # icalendar keeps the rules in a calendar only of zones that are not known.


@cache
def _pinned(name: str) -> ZoneInfo | None:
    folder, _, file = f"tzdata/zoneinfo/{name}".rpartition("/")
    try:
        with open_binary(folder.replace("/", "."), file) as data:
            return ZoneInfo.from_file(data, name)
    except (ImportError, OSError, ValueError):
        return None


def entry_of(appointment: Appointment, *, treatment: str, room: str, now: datetime) -> bytes:
    """An appointment as iCalendar. Its title, which telephones show to anybody, tells neither who comes nor why."""
    event = icalendar.Event()
    event.add("uid", f"{OURS}{appointment.id}")
    event.add("dtstamp", now)
    event.add("dtstart", appointment.start)
    event.add("dtend", appointment.end)
    event.add("sequence", appointment.sequence)
    event.add("summary", f"{appointment.minutes} minutes, {appointment.shown_reference}")
    event.add("description", "\n".join([treatment, *([appointment.contact.name] if appointment.contact else [])]))
    event.add("location", room)
    calendar = icalendar.Calendar()
    calendar.add("prodid", PROGRAM)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()


def appointment_in(uid: str) -> str | None:
    """The id of the appointment whose entry has this UID; None of anybody else's."""
    return uid[len(OURS) :] if uid.startswith(OURS) else None


def occurrences_in(text: str, start: datetime, until: datetime) -> list[Occurrence]:
    """What the events of one entry take of this time, earliest first; nothing of those that are cancelled.

    A day, and a time without a zone, are the clinic's. Raises ValueError when the entry cannot be read.
    """
    _read_by_name()
    zone = clinic_zone()
    try:
        calendar = icalendar.Calendar.from_ical(text)
        _require_sparse(calendar)
        query = CalendarQuery(calendar)
        found = [
            _occurrence(event)
            for event in query.between(start.astimezone(zone), until.astimezone(zone))
            if event.get("STATUS") != "CANCELLED"
        ]
    except Exception as error:  # Whoever wrote it; the libraries fail in many ways.
        raise ValueError("this entry cannot be read") from error
    return sorted(found)


def _require_sparse(calendar: Any) -> None:
    """Raises ValueError when there is a series that no program offers, and that would take minutes to go through.

    Anybody may send one: some servers put an invitation into a calendar before it is answered.
    """
    for event in calendar.walk("VEVENT"):
        for rule in event.rrules:
            often = prod(len(rule.get(by, [0])) for by in ("BYHOUR", "BYMINUTE", "BYSECOND"))
            if str(rule["FREQ"][0]) in ("SECONDLY", "MINUTELY", "HOURLY") or often > MOST_A_DAY:
                raise ValueError("too many times a day")


@cache
def _read_by_name() -> None:
    tzp.use(ClinicZones())


def _occurrence(event: Any) -> Occurrence:
    start, until = _moment(event["DTSTART"].dt), _moment(event["DTEND"].dt)
    busy = event.get("TRANSP") != "TRANSPARENT" and start < until
    return Occurrence(start, until, str(event.get("UID", "")), busy)


def _moment(given: date) -> datetime:
    """In UTC; a day is meant from its beginning."""
    moment = given if isinstance(given, datetime) else datetime.combine(given, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=clinic_zone())).astimezone(timezone.utc)
