"""Invitations, as the visitor's calendar reads them."""

from datetime import datetime, timedelta, timezone

from icalendar import Calendar, Event

from clinic.appointments import Appointment
from clinic.letters import Entry
from storage.invitation import Invitation, Method, invitation
from tests.builders import appointment

ENTRY = Entry("Appointment at Made-up Clinic", "1 Made-up Street, Edmonton", "Your reference is K7M2Q-9XW4T.\nCall us.")
NOW = datetime(2026, 11, 23, 16, tzinfo=timezone.utc)


def invited(about: Appointment, method: Method = "REQUEST", entry: Entry = ENTRY) -> Invitation:
    people = {} if method == "PUBLISH" else {"organizer": "desk@example.com", "attendee": "dawn@example.com"}
    return invitation(about, entry, method=method, at=NOW, **people)


def event_in(given: Invitation) -> Event:
    (event,) = Calendar.from_ical(given.ics).walk("VEVENT")
    return event


def test_it_says_when_and_where_and_how_to_change_it() -> None:
    event = event_in(invited(appointment()))

    assert event.decoded("dtstart") == datetime(2026, 12, 1, 18, tzinfo=timezone.utc)
    assert event.decoded("dtend") == datetime(2026, 12, 1, 19, tzinfo=timezone.utc)
    assert event["dtstart"].to_ical() == b"20261201T180000Z"
    assert (event["summary"], event["location"], event["description"]) == ENTRY
    assert (event["organizer"], event["attendee"]) == ("mailto:desk@example.com", "mailto:dawn@example.com")
    assert event["status"] == "CONFIRMED"


def test_it_says_nothing_of_the_treatment_the_therapist_the_person_and_the_reason() -> None:
    text = invited(appointment(note="pregnant")).ics.decode().lower()

    assert [
        word for word in ("swedish", "mei", "dawn example", "pregnan", "780-555-0100", "$115") if word in text
    ] == []


def test_it_reminds_two_hours_before() -> None:
    (alarm,) = event_in(invited(appointment())).walk("VALARM")

    assert alarm.decoded("trigger") == timedelta(hours=-2)


def test_after_a_move_it_replaces_what_the_calendar_holds() -> None:
    before = event_in(invited(appointment()))
    after = event_in(invited(appointment(sequence=1)))

    assert before["uid"] == after["uid"] == "a1b2c3@clinic"
    assert (before["sequence"], after["sequence"]) == (0, 1)


def test_a_cancellation_takes_it_out_of_the_calendar() -> None:
    given = invited(appointment(status="cancelled", sequence=2), "CANCEL")

    event = event_in(given)

    assert given.method == Calendar.from_ical(given.ics)["method"] == "CANCEL"
    assert (event["uid"], event["sequence"], event["status"]) == ("a1b2c3@clinic", 2, "CANCELLED")
    assert event.walk("VALARM") == []


def test_what_anybody_may_take_invites_nobody() -> None:
    event = event_in(invited(appointment(), "PUBLISH"))

    assert (event["uid"], event["status"]) == ("a1b2c3@clinic", "CONFIRMED")
    assert not {"organizer", "attendee"} & set(event)


def test_no_text_can_add_a_property() -> None:
    hostile = Entry("Hello\r\nATTACH:https://example.com/x", "a;b,c", "x\nEND:VEVENT\nBEGIN:VEVENT")

    event = event_in(invited(appointment(), entry=hostile))

    assert "attach" not in event
    assert event["location"] == "a;b,c"
