"""Appointments: what one is, in which state, for whom, and the reference by which people name it."""

import re
import secrets
from datetime import datetime
from enum import Enum
from typing import Literal

from clinic.record import Record

# Crockford's base32: no I, L, O, which look like digits, and no U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 10  # characters, of 5 bits each
_LOOKS_LIKE = str.maketrans("ILO", "110")
_ONE = "[0-9A-TV-Z]"
_PAIR = re.compile(rf"(?<![A-Z0-9])(?=({_ONE}{{5}}[\s.\-_‐-―]{{0,3}}{_ONE}{{5}})(?![A-Z0-9]))")
_SPELLED = re.compile(rf"[^A-Z0-9]*((?:{_ONE}[^A-Z0-9]{{0,3}}){{9}}{_ONE})[^A-Z0-9]*")
_UNMISTAKABLE = re.compile(r"(?=.*[2-9])(?=.*[A-HJKMNP-TV-Z])")  # for a word, a number, or a slip between 0 and O


class Status(str, Enum):
    HELD = "held"  # for one who is still choosing, until it expires
    EXPIRED = "expired"  # was held, and its time is anybody's again
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class Consent(Record):
    """That somebody agreed to be written to, and to which words."""

    channel: Literal["email", "sms"]
    wording: str
    at: datetime


class Contact(Record):
    name: str
    email: str | None = None
    phone: str | None = None
    consents: tuple[Consent, ...] = ()


class Appointment(Record):
    id: str
    reference: str  # ten characters, as `new_reference` makes them
    status: Status
    treatment: str
    minutes: int
    therapist: str
    room: str
    start: datetime  # in UTC, as all moments here
    end: datetime
    expires_at: datetime | None  # of a hold
    contact: Contact | None  # None of a hold, and once it was removed after the visit
    price: str
    note: str  # the question of the safety check that the therapist should know of, or empty
    sequence: int  # 0, and one more for each move or cancellation, as calendars count

    @property
    def shown_reference(self) -> str:
        """K7M2Q-9XW4T"""
        return f"{self.reference[:5]}-{self.reference[5:]}"


def new_reference() -> str:
    """Ten characters that nobody can guess, and that are neither a word nor a telephone number."""
    while True:
        reference = "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH))
        if _UNMISTAKABLE.match(reference):
            return reference


def reference_in(text: str) -> str | None:
    """The reference in a text, as `new_reference` made it, or None.

    Read forgivingly: in small letters, with spaces or another dash, spelled out, O for 0, I or L for 1.
    """
    upper = text.upper()
    spelled = _SPELLED.fullmatch(upper)
    found = [spelled[1]] if spelled else _PAIR.findall(upper)
    plain = [re.sub("[^A-Z0-9]", "", one) for one in found]
    likely = [one for one in plain if _UNMISTAKABLE.match(one)]
    # "Check K7M2Q 9XW4T": a word of five letters beside it has fewer digits.
    best = max(likely, key=lambda one: sum(letter.isdigit() for letter in one), default=None)
    return best.translate(_LOOKS_LIKE) if best else None
