"""The operator's settings: every environment variable, read once, with its default."""

import os
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from clinic.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = frozenset(["localhost", "127.0.0.1", "::1"])  # Here http will do: nothing leaves the machine.


class MailServer(NamedTuple):
    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = False  # from the first byte; otherwise as soon as the server offers it


class SmsAccount(NamedTuple):
    """At Twilio."""

    account: str
    token: str
    sender: str  # The number SMS come from: +15875550100


class Settings(NamedTuple):
    host: str  # HOST: the address to listen on
    port: int  # PORT
    content: Path  # CLINIC_CONTENT: the folder of answers and facts
    data: Path  # CLINIC_DATA: the folder for what running leaves behind
    models: Path  # CLINIC_MODELS: the folder of trained models; the newest is served
    signing_key: str  # SIGNING_KEY: signs the visitors' sessions; made once when empty
    now: datetime | None  # CLINIC_NOW: where the clock stands still; the clinic's own time if it names no zone
    database: str  # DATABASE: the address of the database, as SQLAlchemy names it; a file in `data` when empty
    smtp: MailServer | None  # SMTP: where mail is handed over; none is sent when empty
    mail_from: str  # MAIL_FROM: the address mail comes from; the desk's when empty
    desk_mail: str  # DESK_MAIL: where mail to the desk goes; the one in content/letters.yml when empty
    sms: SmsAccount | None  # SMS: by whom SMS are sent; none are when empty
    calendar: str  # CALENDAR: where the therapists' calendars are, with {therapist} for the id; none when empty
    public_address: str  # PUBLIC_ADDRESS: this server's own address, as visitors reach it

    @property
    def sends_mail(self) -> bool:
        """Whether a mail may be promised."""
        return self.smtp is not None

    @property
    def sends_sms(self) -> bool:
        return self.sms is not None

    @property
    def encoder(self) -> Path:
        return self.data / "encoder"


@cache
def settings() -> Settings:
    """The settings of this process. Raises SettingError."""
    return read_settings(os.environ)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Raises SettingError, which names the variable, what it was, and what it must be."""
    data = Path(environment.get("CLINIC_DATA", str(ROOT / "var"))).resolve()
    return Settings(
        host=environment.get("HOST", "127.0.0.1"),
        port=_port(environment.get("PORT", "5005")),
        content=_folder(environment.get("CLINIC_CONTENT", str(ROOT / "content"))),
        data=data,
        models=Path(environment.get("CLINIC_MODELS", str(ROOT / "models"))).resolve(),
        signing_key=_signing_key(environment.get("SIGNING_KEY", "")),
        now=_moment(environment.get("CLINIC_NOW", "")),
        database=_database(environment.get("DATABASE", ""), data),
        smtp=_mail_server(environment.get("SMTP", "")),
        mail_from=_mail_address("MAIL_FROM", environment),
        desk_mail=_mail_address("DESK_MAIL", environment),
        sms=_sms_account(environment.get("SMS", "")),
        calendar=_calendar(environment.get("CALENDAR", "")),
        public_address=_public_address(environment),
    )


def _port(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 5 and 0 < int(text) < 65536):
        raise SettingError(f"PORT is {text!r}; it must be a whole number from 1 to 65535, such as 5005.")
    return int(text)


def _folder(text: str) -> Path:
    folder = Path(text).resolve()
    if not folder.is_dir():
        raise SettingError(f"CLINIC_CONTENT is {text!r}, and there is no such folder. Leave it unset for ./content.")
    return folder


def _signing_key(text: str) -> str:
    if text and len(text) < 32:
        raise SettingError("SIGNING_KEY is shorter than 32 characters; make one with: openssl rand -hex 32")
    return text


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        moment = None
    if moment is None or moment.year not in range(2000, 2100):
        raise SettingError(
            f"CLINIC_NOW is {text!r}; it must be a moment such as 2026-11-26T09:00, by the clinic's clock, or "
            "2026-11-26T15:00Z. Leave it unset but for tests and demonstrations."
        )
    return moment


def _database(text: str, data: Path) -> str:
    """Never shown as it was given: there may be a password in it."""
    if not text:
        return f"sqlite:///{data / 'clinic.db'}"
    remedy = "Write postgresql://user:password@host:5432/name, or leave it unset for a file in var/."
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise SettingError(f"DATABASE is not the address of a database. {remedy}") from None
    if url.drivername == "sqlite":
        if url.database in (None, "", ":memory:"):
            raise SettingError(f"DATABASE is {text!r}, which keeps nothing. {remedy}")
    elif url.drivername not in ("postgresql", "postgresql+psycopg2"):
        raise SettingError(f"DATABASE begins with {url.drivername!r}, which is neither PostgreSQL nor SQLite. {remedy}")
    return text


def _mail_server(text: str) -> MailServer | None:
    """Never shown as it was given: there may be a password in it."""
    if not text:
        return None
    remedy = "Write smtp://user:password@host:587 or smtps://user:password@host:465, with %40 for an @ in the password."
    parts = _parts(text, {"smtp": 587, "smtps": 465})
    if parts is None or bool(parts.user) != bool(parts.password):
        raise SettingError(f"SMTP is not the address of a mail server. {remedy}")
    return MailServer(parts.host, parts.port, parts.user, parts.password, tls=parts.scheme == "smtps")


def _sms_account(text: str) -> SmsAccount | None:
    if not text:
        return None
    parts = _parts(text, {"twilio": 443})
    if parts is None or not (parts.user and parts.password and re.fullmatch(r"\+[1-9]\d{6,14}", parts.host)):
        raise SettingError(
            "SMS is not an account. Write twilio://account:token@+15875550100, with the number they send from."
        )
    return SmsAccount(parts.user, parts.password, sender=parts.host)


def _calendar(text: str) -> str:
    """Never shown as it was given: there is a password in it."""
    if not text:
        return ""
    problem = _wrong_in_calendar(text)
    if problem:
        raise SettingError(
            f"CALENDAR {problem}. Write https://user:password@host/user/{{therapist}}/, where {{therapist}} stands for "
            "the id of each therapist in content/facts/schedule.yml, and %40 for an @ in the password."
        )
    return text


def _wrong_in_calendar(text: str) -> str:
    try:
        parts = urlsplit(text)
        known = parts.hostname and (parts.port or True)
    except ValueError:
        known = None
    if not known or parts.scheme not in ("https", "http") or parts.query or parts.fragment:
        return "is not the address of a CalDAV server"
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        return "begins with http, which would send the password in the open"
    if not (parts.username and parts.password):
        return "names no user, or no password"
    if "{therapist}" not in parts.path or re.search(r"[{}\s]", text.replace("{therapist}", "")):
        return "does not say where the therapists' calendars are"
    return ""


class _Parts(NamedTuple):
    scheme: str
    user: str
    password: str
    host: str
    port: int


def _parts(address: str, ports: Mapping[str, int]) -> _Parts | None:
    """What an address is made of, with the usual port of its scheme; None when it is none of these."""
    try:
        found = urlsplit(address)
        port = found.port
    except ValueError:
        return None
    if found.scheme not in ports or not found.hostname or found.path.strip("/") or found.query or found.fragment:
        return None
    user, password = unquote(found.username or ""), unquote(found.password or "")
    return _Parts(found.scheme, user, password, found.hostname, port or ports[found.scheme])


def _mail_address(name: str, environment: Mapping[str, str]) -> str:
    text = environment.get(name, "")
    if text and not re.fullmatch(r"[^\s@<>,;:\"]+@[A-Za-z0-9.-]+", text):
        raise SettingError(f"{name} is {text!r}; it must be one mail address, such as desk@example.com.")
    return text


def _public_address(environment: Mapping[str, str]) -> str:
    text = environment.get("PUBLIC_ADDRESS", "").rstrip("/")
    remedy = "Write this server's address as visitors reach it, such as https://assistant.example.com."
    if not text:
        for name in ("SMTP", "SMS"):
            if environment.get(name):
                raise SettingError(f"{name} is set, so letters go out with a link, and PUBLIC_ADDRESS is not. {remedy}")
        return ""
    parts = _parts(text, {"https": 443, "http": 80})
    if parts is None or parts.user or (parts.scheme == "http" and parts.host not in LOOPBACK):
        raise SettingError(f"PUBLIC_ADDRESS is {text!r}. {remedy}")
    return text
