"""Call-backs: whom the desk should ring, and how a name and a number are read from a message."""

import re
from datetime import datetime

from clinic.record import Record

LONGEST_NAME = 60  # characters
LONGEST_REPLY = 200  # characters; who writes more to "what name?" does not just give a name

_NUMBER = re.compile(r"\+?\(?\d[\d\s().\-]{5,}\d")
_INTRODUCTION = re.compile(
    r"^\s*((hi|hello|hey)\b)?[\s,]*"
    r"((my name is|my name's|name is|i am|i'm|im|it is|it's|its|this is|call me|ask for)\b)?[\s,:]*",
    re.I,
)
_BEFORE_A_NUMBER = re.compile(r"(\b(and|at|on|my number is|number is|phone is|cell is)[\s,;:.\-]*)+$", re.I)


class CallBack(Record):
    name: str
    phone: str
    wish: str  # What the visitor wanted to book, in the clinic's words; may be empty.
    asked_at: datetime


def phone_in(text: str) -> str | None:
    """The North American number in a text as 780-555-0100, or None."""
    for found in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if len(digits) == 11 and digits[0] == "1":
            digits = digits[1:]
        if len(digits) == 10 and digits[0] in "23456789":
            return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return None


def tries_a_number(text: str) -> bool:
    """Whether a text looks as if a telephone number was meant."""
    return sum(letter.isdigit() for letter in text) >= 4


def name_in(text: str) -> str | None:
    """The name in a reply to "what name?", or None when there is none."""
    if len(text) > LONGEST_REPLY:
        return None
    without_number = _BEFORE_A_NUMBER.sub("", _NUMBER.sub("", text.replace("’", "'")))
    name = " ".join(_INTRODUCTION.sub("", without_number).split()).strip(" .!,;:-")
    has_letters = any(letter.isalpha() for letter in name)
    return name if has_letters and len(name) <= LONGEST_NAME and "?" not in name else None
