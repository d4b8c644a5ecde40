"""Entries of a calendar: what ours tell and hide, and when anybody's keep somebody busy."""

from datetime import datetime, timedelta, timezone

import icalendar
import pytest

from clinic.appointments import Appointment, Contact, Status
from storage.calendar_entry import appointment_in, entry_of, occurrences_in

NOW = datetime(2026, 11, 23, 16, tzinfo=timezone.utc)  # 10:00 at the clinic
MONTH = timedelta(days=30)
DAWN = Contact(name="Dawn Example", email="dawn@example.com", phone="780-555-0100")

# As programs wrote them before 2026: an hour more behind UTC in winter.
OLD_RULES = """\
BEGIN:VTIMEZONE
TZID:{name}
BEGIN:DAYLIGHT
TZOFFSETFROM:-0700
TZOFFSETTO:-0600
TZNAME:MDT
DTSTART:19700308T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:-0600
TZOFFSETTO:-0700
TZNAME:MST
DTSTART:19701101T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
END:VTIMEZONE
"""


def appointment() -> Appointment:
    return Appointment(
        id="3f2a",
        reference="K7M2Q9XW4T",
        status=Status.CONFIRMED,
        treatment="deep_tissue_massage",
        minutes=60,
        therapist="mei",
        room="room_1",
        start=NOW,
        end=NOW + timedelta(hours=1),
        expires_at=None,
        contact=DAWN,
        price="$110",
        note="pregnant",
        sequence=2,
    )


def written(contact: Contact | None = DAWN) -> str:
    given = appointment().copy(update={"contact": contact})
    return entry_of(given, treatment="Deep tissue massage", room="Room 1", now=NOW).decode()


def event(*lines: str, before: str = "", more: str = "") -> str:
    inside = "\n".join(lines)
    return (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{before}"
        f"BEGIN:VEVENT\nUID:dentist\nDTSTAMP:20261101T000000Z\n{inside}\nEND:VEVENT\n{more}END:VCALENDAR\n"
    )


def times(text: str) -> list[tuple[str, str]]:
    """When somebody is busy, in UTC."""
    found = occurrences_in(text, NOW, NOW + MONTH)
    return [(f"{one.start:%m-%d %H:%M}", f"{one.until:%m-%d %H:%M}") for one in found if one.busy]


# ---- Ours


def test_an_appointment_stands_at_its_time_whatever_zone_a_program_has() -> None:
    (event,) = icalendar.Calendar.from_ical(written()).walk("VEVENT")

    assert (event.start, event.end) == (NOW, NOW + timedelta(hours=1))
    assert event["DTSTART"].to_ical() == b"20261123T160000Z"
    assert event["SEQUENCE"] == 2


def test_the_title_tells_neither_who_comes_nor_why() -> None:
    (event,) = icalendar.Calendar.from_ical(written()).walk("VEVENT")

    assert event["SUMMARY"] == "60 minutes, K7M2Q-9XW4T"


def test_staff_who_open_it_read_the_treatment_the_name_and_the_room_and_nothing_else_of_the_visitor() -> None:
    (event,) = icalendar.Calendar.from_ical(written()).walk("VEVENT")

    assert event["DESCRIPTION"] == "Deep tissue massage\nDawn Example"
    assert event["LOCATION"] == "Room 1"
    assert not [secret for secret in ("pregnant", "dawn@example.com", "780-555-0100", "$110") if secret in written()]


def test_once_the_contact_was_removed_nobody_is_named() -> None:
    (event,) = icalendar.Calendar.from_ical(written(contact=None)).walk("VEVENT")

    assert event["DESCRIPTION"] == "Deep tissue massage"


def test_ours_are_told_from_all_others_by_their_uid() -> None:
    (found,) = occurrences_in(written(), NOW, NOW + MONTH)

    assert appointment_in(found.uid) == "3f2a"
    assert appointment_in("dentist") is None


# ---- Anybody's


def test_a_time_in_utc_is_taken_as_it_stands() -> None:
    assert times(event("DTSTART:20261124T160000Z", "DTEND:20261124T173000Z")) == [("11-24 16:00", "11-24 17:30")]


def test_a_time_without_a_zone_is_the_clinics() -> None:
    assert times(event("DTSTART:20261124T100000", "DURATION:PT1H")) == [("11-24 16:00", "11-24 17:00")]


def test_a_day_begins_and_ends_at_the_clinics_midnight() -> None:
    assert times(event("DTSTART;VALUE=DATE:20261124")) == [("11-24 06:00", "11-25 06:00")]
    assert times(event("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261127")) == [("11-24 06:00", "11-27 06:00")]


@pytest.mark.parametrize(
    ("zone", "busy"),
    [
        ("America/Edmonton", "16:00"),
        ("Canada/Mountain", "16:00"),
        ("/freeassociation.sourceforge.net/America/Edmonton", "16:00"),
        ("Mountain Standard Time", "16:00"),
        ("Our office", "16:00"),
        ("America/Denver", "17:00"),
        ("W. Europe Standard Time", "09:00"),
    ],
)
def test_the_name_of_a_zone_decides_and_not_the_old_rules_beside_it(zone: str, busy: str) -> None:
    text = event(
        f"DTSTART;TZID={zone}:20261124T100000",
        f"DTEND;TZID={zone}:20261124T103000",
        before=OLD_RULES.format(name=zone),
    )

    ((start, _),) = times(text)

    assert start == f"11-24 {busy}"


def test_a_series_keeps_its_local_time_where_clocks_used_to_change() -> None:
    text = event(
        "DTSTART;TZID=America/Edmonton:20261005T120000",
        "DTEND;TZID=America/Edmonton:20261005T130000",
        "RRULE:FREQ=WEEKLY;UNTIL=20261207T190000Z",
        before=OLD_RULES.format(name="America/Edmonton"),
    )

    assert times(text) == [
        ("11-23 18:00", "11-23 19:00"),
        ("11-30 18:00", "11-30 19:00"),
        ("12-07 18:00", "12-07 19:00"),
    ]


def test_of_a_series_what_is_left_out_is_free_and_what_was_moved_is_taken_where_it_went() -> None:
    text = event(
        "DTSTART;TZID=America/Edmonton:20261124T120000",
        "DTEND;TZID=America/Edmonton:20261124T130000",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE;TZID=America/Edmonton:20261201T120000",
        more=(
            "BEGIN:VEVENT\nUID:dentist\nDTSTAMP:20261101T000000Z\n"
            "RECURRENCE-ID;TZID=America/Edmonton:20261208T120000\n"
            "DTSTART;TZID=America/Edmonton:20261209T150000\nDTEND;TZID=America/Edmonton:20261209T160000\nEND:VEVENT\n"
        ),
    )

    assert times(text) == [
        ("11-24 18:00", "11-24 19:00"),
        ("12-09 21:00", "12-09 22:00"),
        ("12-15 18:00", "12-15 19:00"),
    ]


@pytest.mark.parametrize("line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED"])
def test_what_is_free_or_cancelled_keeps_nobody_busy(line: str) -> None:
    lines = ["DTSTART:20261124T160000Z", "DTEND:20261124T170000Z"]

    assert times(event(*lines)) == [("11-24 16:00", "11-24 17:00")]
    assert times(event(*lines, line)) == []


def test_a_moment_without_length_keeps_nobody_busy() -> None:
    assert times(event("DTSTART:20261124T160000Z")) == []


def test_what_is_over_or_far_ahead_is_left_out() -> None:
    assert times(event("DTSTART:20261122T160000Z", "DTEND:20261122T170000Z")) == []
    assert times(event("DTSTART:20270124T160000Z", "DTEND:20270124T170000Z")) == []


EACH_MINUTE = f"BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))}"


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", f"FREQ=DAILY;{EACH_MINUTE}"])
def test_a_series_that_would_take_minutes_to_go_through_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        occurrences_in(event("DTSTART:19700101T160000Z", "DURATION:PT1S", f"RRULE:{rule}"), NOW, NOW + MONTH)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what is this",
        event("SUMMARY:no time"),
        event("DTSTART:tomorrow"),
        event("DTSTART:20261124T160000Z", "RRULE:FREQ=NEVER"),
        event("DTSTART:20261124T160000Z", "DTSTART:20261125T160000Z"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_way(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        occurrences_in(text, NOW, NOW + MONTH)
