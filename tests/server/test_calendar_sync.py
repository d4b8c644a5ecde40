"""The clinic's calendar on a real server: our appointments appear there, and what staff do there happens here."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from threading import Event

import icalendar
import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from clinic.appointments import Appointment, Contact, Status
from clinic.availability import Busy, Slot
from clinic.errors import CalendarError, SlotTaken
from server.calendar_sync import MOST_CANCELLED_AT_ONCE, CalendarSync, follow, open_calendar
from server.deliveries import Deliveries, calendar_handler
from storage.appointments import Appointments
from storage.calendar import ClinicCalendar, Reading
from storage.content_files import LiveContent
from storage.database import open_database
from storage.outbox import Outbox
from storage.settings import read_settings
from storage.tables import OUTBOX
from tests import builders
from tests.calendar_server import CalendarServer, StaffCalendar, running_calendars

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 23, 16, tzinfo=timezone.utc)  # 10:00 at the clinic
NOON = datetime(2026, 11, 24, 19, tzinfo=timezone.utc)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

DAWN = Contact(name="Dawn Example", email="dawn@example.com")
CONTENT = builders.content(
    schedule=builders.schedule(
        services=[builders.service(buffer_minutes=15)],
        shifts=[builders.shift(), builders.shift(therapist="alex")],
        rooms=[{"id": "room_1", "name": "Room 1"}, {"id": "room_2", "name": "Room 2"}],
    )
)
numbers = count()


class Clinic:
    """Two therapists, their calendars as staff see them, and the sync, which runs only when it is told."""

    def __init__(self, database: Engine, server: CalendarServer) -> None:
        self.moment = NOW
        self.server = server
        self.database = database
        self.address = server.address(f"clinic{next(numbers)}")
        self.mei, self.alex = (StaffCalendar(self.address, therapist) for therapist in ("mei", "alex"))
        self.appointments = Appointments(database, now=self.now)
        self.sync = self.started_anew()

    def now(self) -> datetime:
        return self.moment

    def started_anew(self, address: str = "") -> CalendarSync:
        calendar = ClinicCalendar(address or self.address, self.database, lambda: CONTENT, now=self.now)
        return CalendarSync(calendar, self.appointments, lambda: CONTENT, now=self.now)

    def book(self, start: datetime = NOON, therapist: str = "mei", room: str = "room_1") -> Appointment:
        slot = Slot("swedish_massage", 60, therapist, room, start)
        attempt = f"attempt {next(numbers)}"
        self.appointments.hold(
            slot,
            attempt=attempt,
            conversation=attempt,
            blocked_until=slot.end + 15 * MINUTE,
            expires_at=self.moment + 10 * MINUTE,
            most_open_holds=1,
        )
        return self.appointments.confirm(attempt, DAWN, price="$110", reminder_at=None)

    def move(self, booked: Appointment, start: datetime, therapist: str = "mei") -> Appointment:
        slot = Slot(booked.treatment, booked.minutes, therapist, booked.room, start)
        return self.appointments.move(booked.id, slot, blocked_until=slot.end + 15 * MINUTE, reminder_at=None)

    def again(self, booked: Appointment) -> Appointment:
        """The appointment as it stands now."""
        found = self.appointments.by_id(booked.id)
        assert found is not None
        return found

    def busy(self, therapist: str = "mei") -> list[tuple[datetime, datetime]]:
        """When a therapist is taken from now on."""
        all_busy: list[Busy] = self.appointments.busy(NOW, NOW + 40 * DAY)
        return [(one.start, one.until) for one in all_busy if one.resource == f"therapist:{therapist}"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalendarServer]:
    with running_calendars(tmp_path_factory.mktemp("calendars")) as started:
        yield started


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[CalendarServer]:
    """One that the test may stop."""
    with running_calendars(tmp_path) as started:
        yield started


@pytest.fixture
def clinic(database: Engine, server: CalendarServer) -> Clinic:
    return Clinic(database, server)


@pytest.fixture(autouse=True)
def _logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def events(staff: StaffCalendar) -> list[tuple[datetime, str]]:
    """When and under which title the events of a calendar begin, as its staff see them."""
    resources = staff.between(NOW - 30 * DAY, NOW + 90 * DAY)
    found = [event for one in resources for event in icalendar.Calendar.from_ical(one.text).walk("VEVENT")]
    return sorted((event.start, str(event["SUMMARY"])) for event in found)


def put_event(
    staff: StaffCalendar, start: datetime, *more: str, uid: str = "dentist", length: timedelta = HOUR
) -> None:
    lines = "\r\n".join([f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{start + length:%Y%m%dT%H%M%SZ}", *more])
    text = (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:staff\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:Private\r\n"
        f"DTSTAMP:20261101T000000Z\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    staff.put(f"{uid}.ics", text.encode(), where={})


def entry(booked: Appointment) -> str:
    return f"appointment-{booked.id}.ics"


def drag(staff: StaffCalendar, booked: Appointment, start: datetime, *, length: timedelta = HOUR) -> None:
    """As programs write it: at the clinic's local time, with the number of the change."""
    resource = staff.get(entry(booked))
    assert resource is not None
    calendar = icalendar.Calendar.from_ical(resource.text)
    (event,) = calendar.walk("VEVENT")
    event.start, event.end, event["SEQUENCE"] = start, start + length, event["SEQUENCE"] + 1
    assert staff.put(resource.name, calendar.to_ical(), where={"If-Match": resource.etag})


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged since it was last asked."""
    lines = [record.getMessage() for record in caplog.records if record.name.startswith(("server", "storage"))]
    caplog.clear()
    return lines


def waiting(clinic: Clinic) -> set[str]:
    """What the outbox still has to send."""
    with clinic.database.begin() as connection:
        return set(connection.execute(select(OUTBOX.c.message)).scalars())


# ---- Outward


def test_an_appointment_appears_moves_and_disappears(clinic: Clinic) -> None:
    booked = clinic.book()
    title = f"60 minutes, {booked.shown_reference}"

    clinic.sync.calendar.write(booked)
    appeared = events(clinic.mei)
    clinic.sync.calendar.write(clinic.move(booked, NOON + DAY))
    moved = events(clinic.mei)
    clinic.sync.calendar.write(clinic.appointments.cancel(booked.id))
    gone = events(clinic.mei)

    assert appeared == [(NOON, title)]
    assert moved == [(NOON + DAY, title)]
    assert gone == []


def test_moved_to_a_colleague_it_stands_in_her_calendar_only(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.sync.calendar.write(booked)

    clinic.sync.calendar.write(clinic.move(booked, NOON, therapist="alex"))

    assert events(clinic.mei) == []
    assert [start for start, _ in events(clinic.alex)] == [NOON]


def test_written_twice_even_after_a_crash_it_stands_there_once(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.sync.calendar.write(booked)
    clinic.sync.calendar.write(booked)
    clinic.sync.calendar.forget([booked.id])  # As if we had died before we could note that it was written.

    clinic.sync.calendar.write(booked)

    assert [start for start, _ in events(clinic.mei)] == [NOON]


def test_cancelled_after_a_crash_it_disappears_too(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.sync.calendar.write(booked)
    clinic.sync.calendar.forget([booked.id])

    clinic.sync.calendar.write(clinic.appointments.cancel(booked.id))

    assert events(clinic.mei) == []


def test_what_was_booked_before_there_was_a_calendar_appears_with_the_first_sync(clinic: Clinic) -> None:
    clinic.book()

    clinic.sync.once()

    assert [start for start, _ in events(clinic.mei)] == [NOON]


def test_when_the_contact_is_removed_after_the_visit_the_calendar_forgets_the_name_too(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.sync.once()
    with_name = clinic.mei.get(entry(booked))

    clinic.moment = NOON + 30 * DAY
    clinic.appointments.purge(clinic.moment - DAY)
    clinic.sync.once()
    without = clinic.mei.get(entry(booked))

    assert with_name and "Dawn" in with_name.text
    assert without and "Dawn" not in without.text
    assert clinic.sync.calendar.unwritten() == []


def test_what_staff_tidied_up_is_not_put_back_for_that(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.sync.once()
    clinic.moment = NOON + 30 * DAY
    clinic.mei.delete(entry(booked))

    clinic.appointments.purge(clinic.moment - DAY)
    clinic.sync.once()

    assert clinic.mei.get(entry(booked)) is None


# ---- Busy times


def test_what_staff_do_otherwise_blocks_its_time(clinic: Clinic) -> None:
    put_event(clinic.mei, NOON)

    clinic.sync.once()

    assert clinic.busy() == [(NOON, NOON + HOUR)]
    assert clinic.busy("alex") == []
    with pytest.raises(SlotTaken):
        clinic.book(NOON + 30 * MINUTE)
    assert clinic.book(NOON + 30 * MINUTE, therapist="alex")


def test_a_series_blocks_each_of_its_times_but_those_left_out(clinic: Clinic) -> None:
    put_event(clinic.mei, NOON, "RRULE:FREQ=WEEKLY", f"EXDATE:{NOON + 14 * DAY:%Y%m%dT%H%M%SZ}")

    clinic.sync.once()

    assert [start for start, _ in clinic.busy()] == [NOON + 7 * week * DAY for week in (0, 1, 3, 4)]


def test_ours_are_not_counted_twice(clinic: Clinic) -> None:
    clinic.book()

    clinic.sync.once()
    clinic.sync.once()

    assert clinic.busy() == [(NOON, NOON + HOUR + 15 * MINUTE)]


def test_what_is_deleted_is_free_again(clinic: Clinic) -> None:
    put_event(clinic.mei, NOON)
    clinic.sync.once()

    clinic.mei.delete("dentist.ics")
    clinic.sync.once()

    assert clinic.busy() == []


def test_an_entry_that_nobody_can_read_keeps_no_other_from_being_read(
    clinic: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    put_event(clinic.mei, NOON, uid="dentist")
    put_event(clinic.mei, NOON + DAY, "SEQUENCE:many", uid="riddle")

    clinic.sync.once()

    assert (NOON, NOON + HOUR) in clinic.busy()
    assert told(caplog) == ["entries of mei's calendar that nobody can read: 1"]


def test_the_time_of_an_appointment_that_we_lost_is_still_taken(clinic: Clinic) -> None:
    put_event(clinic.mei, NOON, uid="appointment-of-a-database-that-was-lost")

    clinic.sync.once()

    assert clinic.busy() == [(NOON, NOON + HOUR)]


def test_an_unchanged_calendar_costs_one_request(clinic: Clinic) -> None:
    clinic.book()
    put_event(clinic.mei, NOON + DAY)
    clinic.sync.once()
    clinic.sync.once()  # It takes note of what was just written.
    before = len(clinic.server.requests())

    clinic.sync.once()

    assert clinic.server.requests()[before:] == ["PROPFIND", "PROPFIND"]  # Of two therapists.


def test_each_day_the_calendar_is_read_on_to_the_new_horizon(clinic: Clinic) -> None:
    put_event(clinic.mei, NOON + 35 * DAY)
    clinic.sync.once()
    far = clinic.busy()

    clinic.moment += 6 * DAY
    clinic.sync.once()

    assert far == []
    assert clinic.busy() == [(NOON + 35 * DAY, NOON + 35 * DAY + HOUR)]


# ---- Staff's changes


def test_what_staff_delete_is_cancelled_when_it_stays_away(clinic: Clinic, caplog: pytest.LogCaptureFixture) -> None:
    booked = clinic.book()
    clinic.sync.once()
    clinic.mei.delete(entry(booked))

    clinic.sync.once()
    once = clinic.again(booked).status
    clinic.sync.once()

    assert once is Status.CONFIRMED
    assert clinic.again(booked).status is Status.CANCELLED
    assert clinic.busy() == []
    assert told(caplog) == [f"cancelled, since staff deleted it in the calendar: {booked.shown_reference}"]


def test_who_was_not_even_sent_the_confirmation_is_sent_the_cancellation(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.sync.once()
    clinic.mei.delete(entry(booked))

    clinic.sync.once()
    clinic.sync.once()

    assert waiting(clinic) == {"cancelled", "calendar"}


def test_what_staff_mark_as_cancelled_is_cancelled(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.sync.once()
    resource = clinic.mei.get(entry(booked))
    assert resource is not None
    cancelled = resource.text.replace("BEGIN:VEVENT", "BEGIN:VEVENT\r\nSTATUS:CANCELLED")
    clinic.mei.put(resource.name, cancelled.encode(), where={})

    clinic.sync.once()
    clinic.sync.once()

    assert clinic.again(booked).status is Status.CANCELLED
    assert events(clinic.mei) == []


def test_what_was_away_for_a_moment_only_stays(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.sync.once()
    resource = clinic.mei.get(entry(booked))
    assert resource is not None

    clinic.mei.delete(resource.name)
    clinic.sync.once()
    clinic.mei.put(resource.name, resource.text.encode(), where={})
    clinic.sync.once()
    clinic.sync.once()

    assert clinic.again(booked) == booked


def test_when_a_whole_calendar_is_lost_nobody_is_cancelled_and_all_are_put_back(
    clinic: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    booked = [clinic.book(NOON + day * DAY) for day in range(MOST_CANCELLED_AT_ONCE + 1)]
    clinic.sync.once()
    clinic.mei.remove()
    clinic.mei.make()

    clinic.sync.once()
    clinic.sync.once()

    assert [start for start, _ in events(clinic.mei)] == [one.start for one in booked]
    assert [clinic.again(one) for one in booked] == booked
    assert told(caplog)[-1].startswith("7 appointments vanished from mei's calendar at once: they are put back")


def test_what_staff_move_to_a_free_time_is_moved(clinic: Clinic, caplog: pytest.LogCaptureFixture) -> None:
    booked = clinic.book()
    clinic.sync.once()

    drag(clinic.mei, booked, NOON + DAY)
    clinic.sync.once()

    assert clinic.again(booked).start == NOON + DAY
    assert clinic.busy() == [(NOON + DAY, NOON + DAY + HOUR + 15 * MINUTE)]
    assert told(caplog) == [f"moved, since staff moved it in the calendar: {booked.shown_reference}"]


def test_a_program_with_old_rules_moves_it_to_the_time_by_the_clinics_clock(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.sync.once()
    resource = clinic.mei.get(entry(booked))
    assert resource is not None

    local = resource.text.replace(f"DTSTART:{NOON:%Y%m%dT%H%M%SZ}", "DTSTART;TZID=America/Edmonton:20261125T100000")
    local = local.replace(f"DTEND:{NOON + HOUR:%Y%m%dT%H%M%SZ}", "DTEND;TZID=America/Edmonton:20261125T110000")
    old_rules = (
        "BEGIN:VTIMEZONE\r\nTZID:America/Edmonton\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:-0600\r\nTZOFFSETTO:-0700\r\n"
        "DTSTART:19701101T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    clinic.mei.put(resource.name, local.replace("BEGIN:VEVENT", f"{old_rules}BEGIN:VEVENT").encode(), where={})
    clinic.sync.once()

    assert clinic.again(booked).start == datetime(2026, 11, 25, 16, tzinfo=timezone.utc)


def test_what_staff_did_once_is_done_once(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.sync.once()
    drag(clinic.mei, booked, NOON + DAY)

    for _ in range(4):
        clinic.sync.once()
    clinic.started_anew().once()

    assert clinic.again(booked).sequence == booked.sequence + 1
    assert [start for start, _ in events(clinic.mei)] == [NOON + DAY]


def test_our_own_changes_are_not_taken_for_staffs(clinic: Clinic, caplog: pytest.LogCaptureFixture) -> None:
    booked = clinic.book()
    clinic.sync.once()
    moved = clinic.move(booked, NOON + DAY)

    for _ in range(3):
        clinic.sync.once()

    assert clinic.again(booked) == moved
    assert [start for start, _ in events(clinic.mei)] == [NOON + DAY]
    assert told(caplog) == []


def test_what_we_write_while_the_calendar_is_read_is_not_taken_for_staffs(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    moving, cancelling = clinic.book(), clinic.book(NOON + 2 * HOUR)
    clinic.sync.once()
    put_event(clinic.mei, NOON + 5 * HOUR)  # So that it is read.
    read = clinic.sync.calendar.read

    def read_and_be_overtaken(therapist: str, start: datetime, until: datetime) -> Reading:
        reading = read(therapist, start, until)
        if therapist == "mei":
            clinic.sync.calendar.write(clinic.move(moving, NOON + DAY))
            clinic.sync.calendar.write(clinic.appointments.cancel(cancelling.id))
            clinic.sync.calendar.write(clinic.book(NOON + 2 * DAY))
        return reading

    monkeypatch.setattr(clinic.sync.calendar, "read", read_and_be_overtaken)
    clinic.sync.once()
    monkeypatch.undo()
    for _ in range(3):
        clinic.sync.once()

    assert [start for start, _ in clinic.busy()] == [NOON + 5 * HOUR, NOON + DAY, NOON + 2 * DAY]
    assert [start for start, _ in events(clinic.mei)] == [NOON + 5 * HOUR, NOON + DAY, NOON + 2 * DAY]


@pytest.mark.parametrize("visitor_moves", ["before", "after", "while it is read"])
def test_when_visitor_and_staff_both_move_it_the_visitor_is_right_and_the_desk_is_told(
    clinic: Clinic, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, visitor_moves: str
) -> None:
    booked = clinic.book()
    clinic.sync.once()
    read = clinic.sync.calendar.read

    def read_and_be_overtaken(therapist: str, start: datetime, until: datetime) -> Reading:
        if therapist == "mei":
            clinic.move(booked, NOON + DAY)
        return read(therapist, start, until)

    if visitor_moves == "before":
        clinic.move(booked, NOON + DAY)
    drag(clinic.mei, booked, NOON + 2 * DAY)
    if visitor_moves == "after":
        clinic.move(booked, NOON + DAY)
    if visitor_moves == "while it is read":
        monkeypatch.setattr(clinic.sync.calendar, "read", read_and_be_overtaken)
    clinic.sync.once()

    assert clinic.again(booked).start == NOON + DAY
    assert [start for start, _ in events(clinic.mei)] == [NOON + DAY]
    assert told(caplog) == [f"what staff changed meanwhile is written over: {booked.shown_reference}"]


def test_what_staff_move_to_a_taken_time_is_left_and_the_desk_is_told_once(
    clinic: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = clinic.book(NOON), clinic.book(NOON + 2 * HOUR)
    clinic.sync.once()

    drag(clinic.mei, first, second.start)
    for _ in range(3):
        clinic.sync.once()
        put_event(clinic.alex, NOON)  # Something changes.

    assert clinic.again(first) == first
    assert events(clinic.mei) == sorted((second.start, f"60 minutes, {one.shown_reference}") for one in (first, second))
    assert told(caplog) == [
        f"staff changed {first.shown_reference} in the calendar, and it stays as it was booked: "
        "somebody else has this time"
    ]


def test_it_is_moved_after_all_once_the_time_is_free(clinic: Clinic) -> None:
    first, second = clinic.book(NOON), clinic.book(NOON + 2 * HOUR)
    clinic.sync.once()
    drag(clinic.mei, first, second.start)
    clinic.sync.once()

    clinic.appointments.cancel(second.id)
    clinic.sync.once()
    clinic.sync.once()

    assert clinic.again(first).start == second.start


def test_with_the_room_taken_it_moves_to_another(clinic: Clinic) -> None:
    booked = clinic.book(NOON)
    clinic.book(NOON + DAY, therapist="alex", room="room_1")
    clinic.sync.once()

    drag(clinic.mei, booked, NOON + DAY)
    clinic.sync.once()

    assert (clinic.again(booked).start, clinic.again(booked).room) == (NOON + DAY, "room_2")


@pytest.mark.parametrize(
    ("start", "length", "why"),
    [
        (NOON, 2 * HOUR, "its length, and so its price, would change"),
        (NOW - DAY, HOUR, "this time has begun"),
    ],
)
def test_what_cannot_be_is_left_and_blocks_the_time_where_staff_put_it(
    clinic: Clinic, caplog: pytest.LogCaptureFixture, start: datetime, length: timedelta, why: str
) -> None:
    booked = clinic.book()
    clinic.sync.once()

    drag(clinic.mei, booked, start, length=length)
    clinic.sync.once()

    assert clinic.again(booked) == booked
    assert told(caplog)[0].endswith(why)
    assert ((start, start + length) in clinic.busy()) == (start > NOW)


def test_dragged_into_a_colleagues_calendar_it_is_hers(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.sync.once()
    resource = clinic.mei.get(entry(booked))
    assert resource is not None

    clinic.alex.put("moved-by-a-program.ics", resource.text.encode(), where={})
    clinic.mei.delete(resource.name)
    for _ in range(3):
        clinic.sync.once()

    assert clinic.again(booked).therapist == "alex"
    assert (events(clinic.mei), [start for start, _ in events(clinic.alex)]) == ([], [NOON])
    assert clinic.busy() == []


def test_a_copy_in_a_colleagues_calendar_blocks_her_time(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.sync.once()
    resource = clinic.mei.get(entry(booked))
    assert resource is not None

    clinic.alex.put("copy.ics", resource.text.encode(), where={})
    clinic.sync.once()

    assert clinic.again(booked) == booked
    assert clinic.busy("alex") == [(NOON, NOON + HOUR)]


def test_moved_beyond_the_time_that_is_read_it_is_not_taken_for_deleted(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.sync.once()

    drag(clinic.mei, booked, NOON + 60 * DAY)
    for _ in range(3):
        clinic.sync.once()

    assert clinic.again(booked).start == NOON + 60 * DAY
    assert clinic.again(booked).status is Status.CONFIRMED


# ---- When the server is down


def test_while_the_server_is_down_booking_goes_on_and_the_outbox_brings_it_up_to_date(
    database: Engine, own_server: CalendarServer
) -> None:
    clinic = Clinic(database, own_server)
    write = calendar_handler(clinic.appointments, clinic.sync.calendar.write)
    deliveries = Deliveries(Outbox(database, now=clinic.now), {"calendar": write}, now=clinic.now)
    own_server.stop()

    booked = clinic.book()
    deliveries.deliver_due()
    own_server.start()
    clinic.moment += 2 * MINUTE
    deliveries.deliver_due()

    assert booked.status is Status.CONFIRMED
    assert [start for start, _ in events(clinic.mei)] == [NOON]


def test_down_and_back_are_told_once_each_and_the_busy_times_hold_meanwhile(
    database: Engine, own_server: CalendarServer, caplog: pytest.LogCaptureFixture
) -> None:
    clinic = Clinic(database, own_server)
    put_event(clinic.mei, NOON)
    booked = clinic.book(NOON + DAY)
    clinic.sync.once()
    own_server.stop()

    for _ in range(3):
        clinic.sync.once()
    down = told(caplog)
    held = clinic.busy()
    own_server.start()
    for _ in range(3):
        clinic.sync.once()

    assert down == ["the calendar of mei and alex does not work: it does not answer (ConnectionError)"]
    assert held == [(NOON, NOON + HOUR), (NOON + DAY, NOON + DAY + HOUR + 15 * MINUTE)]
    assert told(caplog) == ["the calendar works again"]
    assert clinic.again(booked) == booked


def test_what_was_missing_once_before_the_server_went_down_must_be_missing_twice_when_it_is_back(
    database: Engine, own_server: CalendarServer, caplog: pytest.LogCaptureFixture
) -> None:
    clinic = Clinic(database, own_server)
    booked = clinic.book()
    clinic.sync.once()
    clinic.mei.delete(entry(booked))
    clinic.sync.once()
    own_server.stop()

    for _ in range(3):
        clinic.sync.once()
    own_server.start()
    clinic.sync.once()
    back = clinic.again(booked).status
    clinic.sync.once()

    assert told(caplog)[0] == "the calendar of mei and alex does not work: it does not answer (ConnectionError)"
    assert back is Status.CONFIRMED
    assert clinic.again(booked).status is Status.CANCELLED


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        (
            lambda clinic: clinic.server.address("x", password="forgotten"),
            "correct the user or the password in CALENDAR",
        ),
        (lambda clinic: clinic.server.address("nowhere"), "make it there, or correct the path in CALENDAR"),
    ],
)
def test_a_wrong_setting_is_told_to_the_operator_with_its_remedy_and_without_the_password(
    clinic: Clinic, caplog: pytest.LogCaptureFixture, wrong: Callable[[Clinic], str], remedy: str
) -> None:
    sync = clinic.started_anew(wrong(clinic))

    sync.once()
    sync.once()

    (line,) = told(caplog)
    assert line.startswith("the calendar of mei and alex does not work: ")
    assert remedy in line
    assert "forgotten" not in line


def test_a_calendar_that_refuses_raises_our_own_error(clinic: Clinic) -> None:
    booked = clinic.book()
    clinic.mei.remove()

    with pytest.raises(CalendarError, match="make it there"):
        clinic.sync.calendar.state("mei")
    with pytest.raises(CalendarError):
        clinic.sync.calendar.write(booked)


def test_after_an_error_of_the_database_nothing_is_missed(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    put_event(clinic.mei, NOON)
    monkeypatch.setattr(clinic.appointments, "set_busy", raise_os_error)

    with pytest.raises(OSError):
        clinic.sync.once()
    monkeypatch.undo()
    clinic.sync.once()

    assert clinic.busy() == [(NOON, NOON + HOUR)]


def raise_os_error(*_: object, **__: object) -> None:
    raise OSError


def test_stopped_it_asks_nothing_any_more(clinic: Clinic) -> None:
    clinic.book()
    clinic.sync.stop()
    before = len(clinic.server.requests())

    clinic.sync.once()

    assert clinic.server.requests()[before:] == []


def test_the_setting_is_enough_and_without_it_nothing_is_blocked_any_more(
    server: CalendarServer, folder: Path, tmp_path: Path
) -> None:
    address = server.address(f"clinic{next(numbers)}")
    environment = {"CLINIC_CONTENT": str(folder), "CLINIC_DATA": str(tmp_path)}
    own = read_settings({**environment, "CALENDAR": address})
    kept = Appointments(open_database(own.database))
    tomorrow = datetime.now(timezone.utc).replace(microsecond=0) + DAY
    put_event(StaffCalendar(address, "mei"), tomorrow)

    calendar = open_calendar(own, LiveContent(folder))
    assert calendar is not None
    calendar.once()
    with_it = kept.busy(tomorrow, tomorrow + HOUR)
    nothing = open_calendar(read_settings(environment), LiveContent(folder))

    assert with_it == [Busy("therapist:mei", tomorrow, tomorrow + HOUR)]
    assert nothing is None
    assert kept.busy(tomorrow, tomorrow + HOUR) == []


def test_it_goes_on_after_an_error(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("server.calendar_sync.READ_AGAIN_SECONDS", 0)
    done, times = Event(), count()

    class Failing(CalendarSync):
        def __init__(self) -> None:
            pass

        def once(self) -> None:
            if next(times) == 0:
                raise OSError("Dawn Example")
            done.set()

    async def run() -> bool:
        following = asyncio.create_task(follow(Failing()))
        went_on = await asyncio.get_running_loop().run_in_executor(None, done.wait, 10)
        following.cancel()
        return went_on

    assert asyncio.run(run())
    assert told(caplog) == ["the calendar was not followed: OSError"]
