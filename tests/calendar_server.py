"""A real CalDAV server in a process of its own, and what staff do there with their calendar programs."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import requests

from storage.caldav import Calendar
from tests.running import free_port

DEADLINE_SECONDS = 20.0
USER, PASSWORD = "clinic", "made up @ home"


class CalendarServer:
    """Radicale with one user and a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n")

    def start(self) -> None:
        options = {
            "server-hosts": f"127.0.0.1:{self.port}",
            "auth-type": "htpasswd",
            "auth-htpasswd-filename": self.folder / "users",
            "auth-htpasswd-encryption": "plain",
            "auth-delay": 0,
            "server-delay-on-error": 0,
            "storage-filesystem-folder": self.folder / "collections",
            "web-type": "none",
        }
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "radicale", *(f"--{name}={value}" for name, value in options.items())],
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + DEADLINE_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                requests.get(f"http://127.0.0.1:{self.port}/", timeout=5)
                return
            except requests.ConnectionError:
                time.sleep(0.02)  # Between two looks; the deadline decides.
        raise AssertionError(f"the calendar server never answered:\n{self.log.read_text()[-3000:]}")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(DEADLINE_SECONDS)
            self._process = None

    def address(self, clinic: str, password: str = PASSWORD) -> str:
        """As the setting CALENDAR; each clinic has calendars of its own here."""
        secret = quote(password, safe="")
        return f"http://{USER}:{secret}@127.0.0.1:{self.port}/{USER}/{clinic}-{{therapist}}/"

    def requests(self) -> list[str]:
        """The methods of all requests that it was sent so far."""
        return re.findall(r"\] ([A-Z]+) request for ", self.log.read_text())


@contextmanager
def running_calendars(folder: Path) -> Iterator[CalendarServer]:
    server = CalendarServer(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()


class StaffCalendar(Calendar):
    """A therapist's calendar, in the hands of staff."""

    def __init__(self, address: str, therapist: str) -> None:
        super().__init__(address.replace("{therapist}", therapist))
        self.make()

    def make(self) -> None:
        self._request("MKCALENDAR", good=(201,))

    def remove(self) -> None:
        self._request("DELETE", good=(200,))
