"""SMS: what Twilio's client asks of Twilio's server, for which a small one on this machine stands in."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import pytest
from twilio.http.http_client import TwilioHttpClient

from clinic.errors import NotDelivered, Undeliverable
from storage.settings import ROOT, SmsAccount
from storage.sms import send
from tests.running import free_port

ACCOUNT = SmsAccount("AC0123", "secret", sender="+15875550100")
NUMBER_THAT_ANSWERED_STOP, NO_SUCH_NUMBER, WRONG_PASSWORD, TOO_MANY = 21610, 21211, 20003, 20429


class Twilio:
    """What was asked for, and what is answered."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, dict[str, list[str]]]] = []  # path, authorization, fields
        self.answer: tuple[int, dict[str, Any]] = (201, {"sid": "SM1", "status": "queued"})


class ToThisMachine(TwilioHttpClient):
    def __init__(self, port: int) -> None:
        super().__init__(timeout=5, pool_connections=False)
        self._base = f"http://127.0.0.1:{port}"

    def request(self, method: str, url: str, *given: Any, **more: Any) -> Any:
        return super().request(method, url.replace("https://api.twilio.com", self._base), *given, **more)


@pytest.fixture
def twilio() -> Twilio:
    return Twilio()


@pytest.fixture
def http(twilio: Twilio) -> Iterator[TwilioHttpClient]:
    class Requests(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            twilio.requests.append((self.path, self.headers["Authorization"], fields))
            status, answer = twilio.answer
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Requests) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield ToThisMachine(server.server_port)
        server.shutdown()


def test_an_sms_goes_to_the_number_from_the_clinics_own(twilio: Twilio, http: TwilioHttpClient) -> None:
    send("Your appointment is at 4:00 pm.", "780-555-0100", ACCOUNT, http=http)

    ((path, authorization, fields),) = twilio.requests
    assert path == "/2010-04-01/Accounts/AC0123/Messages.json"
    assert authorization == f"Basic {b64encode(b'AC0123:secret').decode()}"
    assert fields == {"To": ["+17805550100"], "From": ["+15875550100"], "Body": ["Your appointment is at 4:00 pm."]}


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (400, NUMBER_THAT_ANSWERED_STOP, Undeliverable),
        (400, NO_SUCH_NUMBER, Undeliverable),
        (401, WRONG_PASSWORD, NotDelivered),
        (429, TOO_MANY, NotDelivered),
        (503, 0, NotDelivered),
    ],
)
def test_a_refusal_is_for_now_or_for_good_and_its_words_are_not_repeated(
    twilio: Twilio, http: TwilioHttpClient, status: int, code: int, expected: type[Exception]
) -> None:
    twilio.answer = (status, {"code": code, "message": "about +17805550100", "status": status})

    with pytest.raises(expected) as refused:
        send("Hello", "780-555-0100", ACCOUNT, http=http)

    assert str(status) in str(refused.value)
    assert "555" not in str(refused.value)


def test_a_server_that_does_not_answer_may_come_back() -> None:
    with pytest.raises(NotDelivered, match="ConnectionError"):
        send("Hello", "780-555-0100", ACCOUNT, http=ToThisMachine(free_port()))


def test_who_sends_no_sms_does_not_import_twilio() -> None:
    code = "import sys, server.deliveries, storage.settings; sys.exit('twilio' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
