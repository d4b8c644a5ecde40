"""A small clinic on the web: its appointments' pages, served in this process, with its own database and clock."""

import asyncio
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from html import unescape
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import requests
from sanic import Sanic
from sqlalchemy.engine import Engine

from clinic.appointments import Appointment, Contact
from clinic.availability import Slot, blocked_until
from clinic.content import Content
from clinic.offers import Therapist
from storage.appointments import Appointments
from storage.settings import ROOT
from storage.tables import METADATA
from tests import builders
from web.appointments.pages import appointments_blueprint
from web.widget.pages import pages_blueprint

MONDAY_MORNING = datetime(2026, 11, 23, 15, tzinfo=timezone.utc)  # 9:00 at the clinic
DEADLINE = "2026-11-25 16:00"  # of the appointment that `book` makes unless told otherwise
# Mei is there on two days, and away in the third week; Sam on all days.
SCHEDULE = builders.schedule(
    open=[builders.hours("09:00", "19:00")],
    services=[builders.service(buffer_minutes=15)],
    shifts=[
        builders.shift(
            "mei",
            hours=[builders.hours("12:00", "17:00", days=["tuesday", "thursday"])],
            away=[{"from": date(2026, 12, 7), "until": date(2026, 12, 13)}],
        ),
        builders.shift("sam", hours=[builders.hours("09:00", "19:00")]),
    ],
    rooms=[{"id": "room_1", "name": "Room 1"}, {"id": "room_2", "name": "Room 2"}],
    rules={"notice_minutes": 120},
)
CONTENT = builders.content(
    facts=builders.facts(
        clinic_name="Made-up Massage Clinic",
        address="1 Made-up Street, Edmonton",
        phone_link="[{phone}](tel:+1-{phone})",
        cancellation_fee="half the price",
    ),
    schedule=SCHEDULE,
    therapists=[
        Therapist(id="mei", name="Mei (demo)", also_called=["mei"], gender="woman"),
        Therapist(id="sam", name="Sam (demo)", also_called=["sam"], gender="man"),
    ],
)


_SLOT = re.compile(r'name="slot" value="([^"]+)"')


def local(text: str) -> datetime:
    """2026-11-26 16:00 at the clinic, six hours behind UTC."""
    return datetime.fromisoformat(f"{text}-06:00").astimezone(timezone.utc)


def slot(start: str, *, therapist: str = "mei", room: str = "room_1") -> Slot:
    return Slot("swedish_massage", 60, therapist, room, local(start))


class Site:
    """What its pages work with; a test may put something else in its place."""

    def __init__(self, database: Engine, content: Content = CONTENT) -> None:
        self.database = database
        self.port = 0
        self.start_over(content)

    def start_over(self, content: Content = CONTENT) -> None:
        """Without any appointment."""
        with self.database.begin() as connection:
            for table in METADATA.sorted_tables:
                connection.execute(table.delete())
        self.content = content
        self.now = MONDAY_MORNING
        self.appointments = Appointments(self.database, now=lambda: self.now)

    def current(self) -> Content:
        return self.content

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def book(self, start: str = "2026-11-26 16:00", *, name: str = "Dawn Example", **where: str) -> str:
        """The token of the link to a new appointment."""
        chosen, attempt = slot(start, **where), uuid4().hex
        self.appointments.hold(
            chosen,
            attempt=attempt,
            conversation=attempt,
            blocked_until=blocked_until(chosen, self.content.schedule),
            expires_at=self.now + timedelta(minutes=10),
            most_open_holds=1,
        )
        contact = Contact(name=name, email="dawn@example.com")
        booked = self.appointments.confirm(attempt, contact, price="$115", reminder_at=None)
        return self.appointments.new_manage_token(booked.id)

    def booked(self, token: str) -> Appointment:
        found = self.appointments.by_manage_token(token)
        assert found is not None
        return found

    def get(self, path: str, **options: object) -> requests.Response:
        return requests.get(self.address + path, timeout=10, **options)

    def post(self, path: str, data: dict[str, str] | None = None, **headers: str) -> requests.Response:
        return requests.post(self.address + path, data=data, headers=headers, timeout=10)


class Present:
    """Stands for what is there when it is used."""

    def __init__(self, find: Callable[[], Any]) -> None:
        self._find = find

    def __getattr__(self, name: str) -> Any:
        return getattr(self._find(), name)


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    Sanic.test_mode = True  # Else it could start only once in a process.
    app = Sanic(f"site-{uuid4().hex}", configure_logging=False)
    app.blueprint(appointments_blueprint(Present(lambda: site.appointments), site, lambda: site.now))
    app.blueprint(pages_blueprint(ROOT / "content" / "stretches" / "pictures", list))
    listening = socket.create_server(("127.0.0.1", 0))
    site.port = listening.getsockname()[1]
    started, stopped = Event(), asyncio.Event()

    async def serve() -> None:
        server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        await server.startup()
        await server.start_serving()
        app.ctx.loop = asyncio.get_running_loop()
        started.set()
        await stopped.wait()
        server.close()
        await server.wait_closed()

    thread = Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert started.wait(10)
    try:
        yield site
    finally:
        app.ctx.loop.call_soon_threadsafe(stopped.set)
        thread.join(10)


def times_in(page: requests.Response) -> list[str]:
    """The ids of the slots that a page offers."""
    return _SLOT.findall(page.text)


def words_in(page: requests.Response) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page.text.partition("<body>")[2])).split())
