"""Call-backs: whom the desk should ring, and how a name and a number are read from a message."""

import re
import unicodedata
from collections.abc import Sequence
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
_FIGURE = re.compile(r"\d|\b(zero|oh|one|two|three|four|five|six|seven|eight|nine|double)\b", re.I)
FIGURES_OF_A_NUMBER = 7  # at least, when some are written in words
_BEFORE_A_NUMBER = re.compile(r"(\b(and|at|on|my number is|number is|phone is|cell is)[\s,;:.\-]*)+$", re.I)
_TURNING = frozenset(["LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"])


class CallBack(Record):
    name: str
    phone: str
    wish: str  # What the visitor wanted to book, in the clinic's words; may be empty.
    window: str = ""  # When the call suits the visitor, in the clinic's words; empty when it was not asked.
    summary: str = ""  # Of the conversation; empty unless the visitor wants it to go along.
    asked_at: datetime


def summary(questions: Sequence[str], wish: str) -> str:
    """What the desk may be told of a conversation: the titles of the questions that were answered, and what was wished
    for of a booking. Both are the clinic's own words, so nothing that the visitor wrote is in it. Empty when there was
    neither."""
    asked = f"Asked about: {'; '.join(question.rstrip('?') for question in questions)}." if questions else ""
    wished = f"Wanted to book: {wish}." if wish else ""
    return " ".join(filter(None, [asked, wished]))


def phone_in(text: str) -> str | None:
    """The North American number in a text as 780-555-0100, or None."""
    for found in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if len(digits) == 11 and digits[0] == "1":
            digits = digits[1:]
        if len(digits) == 10 and digits[0] in "23456789":
            return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return None


def without_phone(text: str) -> str:
    """A text without what looks like a telephone number, in which a time could be found."""
    return _NUMBER.sub(" ", text)


def tries_a_number(text: str) -> bool:
    """Whether a text looks as if a telephone number was meant."""
    return sum(letter.isdigit() for letter in text) >= 4 or _has_figures_in_words(text)


def has_letters_in_number(text: str) -> bool:
    """Whether letters stand where a number should have figures: 78O-555-01o0, 780-55five, seven eight zero ..."""
    mixed = (any(map(str.isdigit, word)) and any(map(str.isalpha, word)) for word in text.split())
    return any(mixed) or _has_figures_in_words(text)


def _has_figures_in_words(text: str) -> bool:
    figures = _FIGURE.findall(text)
    return any(figures) and len(figures) >= FIGURES_OF_A_NUMBER


def tells_a_name(text: str) -> bool:
    """Whether a text says itself that a name follows."""
    return bool(_NAMING.match(text.replace("’", "'")))


def name_in(text: str) -> str | None:
    """The name in a reply to "what name?", or None when there is none."""
    if len(text) > LONGEST_REPLY:
        return None
    without_number = _BEFORE_A_NUMBER.sub("", _NUMBER.sub("", text.replace("’", "'")))
    words = _INTRODUCTION.sub("", _visible(without_number)).split()
    # What is left of a number with letters in it is no part of a name.
    name = " ".join(word for word in words if not any(map(str.isdigit, word))).strip(" .!,;:-")
    has_letters = any(letter.isalpha() for letter in name)
    is_short = len(name) <= LONGEST_NAME and len(name.split()) <= MOST_WORDS_OF_A_NAME
    return name if has_letters and is_short and "?" not in name and not _NO_NAME.fullmatch(name) else None


def is_too_long_a_name(text: str) -> bool:
    """Whether a reply to "what name?" is a name that nobody could keep: not a story, and not a question."""
    words = text.split()
    is_name = len(words) <= MOST_WORDS_OF_A_NAME or tells_a_name(text) or not any(word[0].islower() for word in words)
    return len(text) > LONGEST_NAME and is_name and "?" not in text


def beside_others(name: str) -> str:
    """A name for a line with other things in it: one that is written from right to left leaves them in their order."""
    is_turned = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name)
    return f"\u2068{name}\u2069" if is_turned else name


def _visible(text: str) -> str:
    """Without marks that turn the direction of what stands beside them, which a name can do without."""
    return "".join(letter for letter in text if unicodedata.bidirectional(letter) not in _TURNING)
