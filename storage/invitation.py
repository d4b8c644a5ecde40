"""The invitation beside a letter: what calendars need to take an appointment over, move it, or take it out again."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from icalendar import Alarm, Calendar, Event, vCalAddress

from clinic.appointments import Appointment
from clinic.letters import Entry

ALARM_BEFORE = timedelta(hours=2)

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]


class Invitation(NamedTuple):
    method: Method
    ics: bytes


def invitation(
    appointment: Appointment,
    entry: Entry,
    *,
    method: Method,
    organizer: str = "",
    attendee: str = "",
    at: datetime,
) -> Invitation:
    """An appointment for the visitor's own calendar; sent again with a higher sequence, it replaces what is there.

    `organizer` and `attendee` are mail addresses; what is only published, for anybody to take, has none. `at` is when
    it is written. It says nothing of the treatment, the therapist or the reason: calendars are shared with families
    and employers.
    """
    event = Event()
    event.add("uid", f"{appointment.id}@clinic")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", appointment.start)
    event.add("dtend", appointment.end)
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("description", entry.description)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    if method != "PUBLISH":
        event.add("organizer", vCalAddress(f"mailto:{organizer}"))
        event.add("attendee", vCalAddress(f"mailto:{attendee}"), parameters={"partstat": "ACCEPTED", "rsvp": "FALSE"})
    if method != "CANCEL":
        event.add_component(_alarm(entry))
    calendar = Calendar()
    calendar.add("prodid", "-//Clinic//Booking//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return Invitation(method, calendar.to_ical())


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -ALARM_BEFORE)
    alarm.add("description", entry.title)
    return alarm
