"""Call-backs: whom the desk should ring, and how a name and a number are read from a message."""

import re
from datetime import datetime

from clinic.record import Record

LONGEST_NAME = 60  # characters
MOST_WORDS_OF_A_NAME = 6  # "Maria del Carmen de la Cruz"
LONGEST_REPLY = 200  # characters; who writes more to "what name?" does not just give a name

_NUMBER = re.compile(r"\+?\(?\d[\d\s().\-]{5,}\d")
_INTRODUCTION = re.compile(
    r"^\s*((hi|hello|hey)\b)?[\s,]*"
    r"((my name is|my name's|name is|i am|i'm|im|it is|it's|its|this is|call me|ask for)\b)?[\s,:]*",
    re.I,
)
_NAMING = re.compile(r"\s*((hi|hello|hey)\b)?[\s,]*(my name is|my name's|name is|ask for)\b", re.I)
# "No thanks", "how much", "book a massage"; but not "May", "Will" or "Ty", who are people.
_NO_NAME = re.compile(
    r"(yes|yeah|yep|yup|ok|okay|sure|no|nope|nah|not|maybe|thanks|thank you|thx|please|bye|goodbye|later|back)"
    r"\b[\s,.!]*(now|really|yet|today|thanks|thank you|please|back|later|problem|idea)?"
    r"|(how|what|what's|whats|why|when|where|who|which|book)( .*)?"
    r"|(do|does|are|is|can|could) (i|it|that|there|they|this|we|you) .*",
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


def tells_a_name(text: str) -> bool:
    """Whether a text says itself that a name follows."""
    return bool(_NAMING.match(text.replace("’", "'")))


def name_in(text: str) -> str | None:
    """The name in a reply to "what name?", or None when there is none."""
    if len(text) > LONGEST_REPLY:
        return None
    without_number = _BEFORE_A_NUMBER.sub("", _NUMBER.sub("", text.replace("’", "'")))
    name = " ".join(_INTRODUCTION.sub("", without_number).split()).strip(" .!,;:-")
    has_letters = any(letter.isalpha() for letter in name)
    is_short = len(name) <= LONGEST_NAME and len(name.split()) <= MOST_WORDS_OF_A_NAME
    return name if has_letters and is_short and "?" not in name and not _NO_NAME.fullmatch(name) else None
