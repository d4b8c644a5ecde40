"""A calendar on a CalDAV server, asked for what we need, and what an operator reads when it refuses."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from importlib.metadata import version

import pytest
import urllib3

from clinic.errors import CalendarError
from storage.caldav import Calendar
from tests.calendar_server import PASSWORD, CalendarServer, StaffCalendar, running_calendars
from tests.running import free_port

NOON = datetime(2026, 11, 24, 19, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalendarServer]:
    with running_calendars(tmp_path_factory.mktemp("calendars")) as started:
        yield started


@pytest.fixture
def calendar(server: CalendarServer, request: pytest.FixtureRequest) -> Calendar:
    """An empty one."""
    return StaffCalendar(server.address(request.node.name.replace("_", "-")), "mei")


def event(start: datetime = NOON, uid: str = "dentist") -> bytes:
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T000000Z\r\n"
        f"DTSTART:{start:%Y%m%dT%H%M%SZ}\r\nDURATION:PT1H\r\nSUMMARY:Zahnärztin\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def test_what_is_put_can_be_found_by_name_and_by_time_until_it_is_deleted(calendar: Calendar) -> None:
    etag = calendar.put("with space.ics", event(), where={})
    by_name = calendar.get("with space.ics")
    (by_time,) = calendar.between(NOON, NOON + HOUR)
    earlier = calendar.between(NOON - 2 * HOUR, NOON - HOUR)

    calendar.delete("with space.ics")

    assert by_name is not None and "Zahnärztin" in by_name.text and "Zahnärztin" in by_time.text
    assert (by_name.name, by_name.etag) == (by_time.name, by_time.etag) == ("with space.ics", etag)
    assert earlier == []
    assert calendar.get("with space.ics") is None


def test_what_is_not_there_need_not_be_deleted(calendar: Calendar) -> None:
    calendar.delete("nothing.ics")


def test_nothing_is_written_over_unawares(calendar: Calendar) -> None:
    first = calendar.put("dentist.ics", event(), where={"If-None-Match": "*"})
    second = calendar.put("dentist.ics", event(NOON + HOUR), where={"If-Match": first or ""})

    assert first and second
    assert calendar.put("dentist.ics", event(), where={"If-None-Match": "*"}) is None
    assert calendar.put("dentist.ics", event(), where={"If-Match": first}) is None


def test_the_state_changes_with_the_calendar_and_only_then(calendar: Calendar) -> None:
    empty = calendar.state()
    calendar.put("dentist.ics", event(), where={})
    filled = calendar.state()

    assert empty and filled != empty
    assert calendar.state() == filled


@pytest.mark.parametrize(
    ("password", "clinic", "remedy"),
    [
        ("forgotten", "clinic", "correct the user or the password in CALENDAR (PROPFIND: 401)"),
        (PASSWORD, "nowhere", "make it there, or correct the path in CALENDAR (PROPFIND: 404)"),
    ],
)
def test_a_refusal_tells_the_operator_what_to_do(
    server: CalendarServer, password: str, clinic: str, remedy: str
) -> None:
    calendar = Calendar(server.address(clinic, password))

    with pytest.raises(CalendarError) as refused:
        calendar.state()

    assert str(refused.value).endswith(remedy)


def test_a_server_that_is_not_there_does_not_answer() -> None:
    calendar = Calendar(f"http://clinic:forgotten@127.0.0.1:{free_port()}/mei/")

    with pytest.raises(CalendarError, match=r"^it does not answer \(ConnectionError\)$"):
        calendar.state()


def test_no_library_for_calendars_has_replaced_urllib3() -> None:
    """caldav would, from 2.1 on, at each start of Python; Rasa and its companions were made for the real one."""
    assert urllib3.__version__ == version("urllib3")
