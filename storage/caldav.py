"""One calendar on a CalDAV server: the few requests of the protocol that we need.

The library of that name is not used: from 2.1 on it replaces urllib3, which Rasa needs, by another one.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import requests
from requests.auth import HTTPBasicAuth

from clinic.errors import CalendarError

TIMEOUT_SECONDS = (5, 20)  # until it is connected, and between two parts of an answer

STATE = """\
<propfind xmlns="DAV:" xmlns:s="http://calendarserver.org/ns/"><prop><s:getctag/><sync-token/></prop></propfind>"""
ENTRIES = """\
<c:calendar-query xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
<prop><getetag/><c:calendar-data/></prop>
<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">
<c:time-range start="{start:%Y%m%dT%H%M%SZ}" end="{until:%Y%m%dT%H%M%SZ}"/>
</c:comp-filter></c:comp-filter></c:filter>
</c:calendar-query>"""
XML = {"Content-Type": "application/xml; charset=utf-8"}
ICALENDAR = {"Content-Type": "text/calendar; charset=utf-8"}

REMEDIES = {
    401: "it refuses the account; correct the user or the password in CALENDAR",
    403: "it refuses the account this right; grant it, or name another user in CALENDAR",
    404: "it has no such calendar; make it there, or correct the path in CALENDAR",
    409: "it has no such calendar, or has the entry under another name",
}


class Resource(NamedTuple):
    name: str  # the last part of its address: "3f2a.ics"
    etag: str  # changes with each change; empty from a server that does not tell
    text: str  # iCalendar


class Calendar:
    """Raises CalendarError, which says what an operator can do, when the server does not do what it is asked for."""

    def __init__(self, address: str) -> None:
        """The address holds the account: https://user:password@host/path/"""
        parts = urlsplit(address)
        self._address = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl().rstrip("/") + "/"
        # As bytes: requests would write text as Latin 1.
        self._account = HTTPBasicAuth(*(unquote(word or "").encode() for word in (parts.username, parts.password)))

    def state(self) -> str:
        """A word that changes with each change in the calendar; empty from a server that does not tell."""
        answer = _parsed(self._request("PROPFIND", STATE, {**XML, "Depth": "0"}, good=(207,)))
        told = [answer.findtext(f".//{tag}") for tag in ("{http://calendarserver.org/ns/}getctag", "{DAV:}sync-token")]
        return next((word for word in told if word), "")

    def between(self, start: datetime, until: datetime) -> list[Resource]:
        """The resources with an event in this time (in UTC), as the server understands its time zone."""
        query = ENTRIES.format(start=start, until=until)
        answer = _parsed(self._request("REPORT", query, {**XML, "Depth": "1"}, good=(207,)))
        return [
            Resource(
                name=unquote(one.findtext("{DAV:}href", "").rsplit("/", 1)[-1]),
                etag=one.findtext(".//{DAV:}getetag") or "",
                text=text,
            )
            for one in answer.iter("{DAV:}response")
            if (text := one.findtext(".//{urn:ietf:params:xml:ns:caldav}calendar-data"))
        ]

    def get(self, name: str) -> Resource | None:
        """The resource of this name; None when there is none."""
        answer = self._request("GET", name=name, good=(200, 404, 410))
        if answer.status_code != 200:
            return None
        return Resource(name, answer.headers.get("ETag", ""), answer.content.decode("utf-8", "replace"))

    def put(self, name: str, text: bytes, *, where: Mapping[str, str]) -> str | None:
        """Writes a resource where HTTP's condition holds: its new etag, or None where it does not hold."""
        answer = self._request("PUT", text, {**ICALENDAR, **where}, name=name, good=(200, 201, 204, 412))
        return None if answer.status_code == 412 else answer.headers.get("ETag", "")

    def delete(self, name: str) -> None:
        """Nothing happens when there is none of this name."""
        self._request("DELETE", name=name, good=(200, 202, 204, 404, 410))

    def _request(
        self,
        method: str,
        body: str | bytes = b"",
        headers: Mapping[str, str] = {},  # noqa: B006 - nobody changes it
        *,
        good: tuple[int, ...],
        name: str = "",
    ) -> requests.Response:
        try:
            answer = requests.request(
                method,
                self._address + quote(name),
                data=body.encode() if isinstance(body, str) else body,
                headers=dict(headers),
                auth=self._account,
                timeout=TIMEOUT_SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise CalendarError(f"it does not answer ({type(error).__name__})") from error
        if answer.status_code in good:
            return answer
        if answer.is_redirect:
            raise CalendarError("it has moved; put its new address into CALENDAR")
        usual = "it refuses this" if answer.status_code < 500 else "it cannot answer now"
        remedy = REMEDIES.get(answer.status_code, usual)
        raise CalendarError(f"{remedy} ({method}: {answer.status_code})")


def _parsed(answer: requests.Response) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(answer.content)
    except ElementTree.ParseError as error:
        raise CalendarError("its answer is not XML; is this the address of a CalDAV server?") from error
