"""Letters: what visitors and the desk are told by mail and SMS. Clinic staff write them in content/letters.yml.

What anybody may see, such as a subject on a locked phone, an SMS or a shared calendar, never says what an appointment
is for or with whom.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.evidence import Texts
from clinic.facts import Facts, names_in
from clinic.record import Record, Text
from clinic.time_words import said_moment, said_zone

LONGEST_LINE = 80  # characters, before the names are filled in
LONGEST_SMS = 160


class Line(Text):
    max_length = LONGEST_LINE


class SmsText(Text):
    max_length = LONGEST_SMS


class Letter(Record):
    """Texts may name facts in braces, and what the program fills in. A line of which every name stands for nothing is
    left out."""

    subject: Line
    body: Text


class VisitorLetter(Letter):
    sms: SmsText


class EntryTexts(Record):
    """For the visitor's own calendar."""

    title: Line
    place: Line
    description: Text


class Letters(Record):
    sender: Line  # The name beside the address that mail comes from.
    desk: Line  # The desk's address, unless DESK_MAIL names another.
    confirmed: VisitorLetter
    moved: VisitorLetter
    cancelled: VisitorLetter
    reminder: VisitorLetter
    calendar: EntryTexts
    desk_confirmed: Letter
    desk_moved: Letter
    desk_cancelled: Letter
    desk_call_back: Letter

    def texts(self) -> Texts:
        """Each text by the keys under which it stands."""
        texts: Texts = {}
        for name, value in self:
            if isinstance(value, Record):
                texts.update({(name, key): text for key, text in value})
            else:
                texts[(name,)] = value
        return texts


# What the program fills in; every other name in braces is a fact.
_OF_AN_APPOINTMENT = frozenset(["name", "when", "treatment", "minutes", "therapist", "price", "reference"])
_FOR_THE_DESK = _OF_AN_APPOINTMENT | {"visitor_phone", "visitor_email", "safety"}
FILLED_IN_LETTERS: Mapping[object, frozenset[str]] = {
    "confirmed": _OF_AN_APPOINTMENT | {"manage_link"},
    "moved": _OF_AN_APPOINTMENT | {"manage_link"},
    "cancelled": _OF_AN_APPOINTMENT,
    "reminder": _OF_AN_APPOINTMENT | {"manage_link"},
    "calendar": frozenset(["when", "reference"]),
    "desk_confirmed": _FOR_THE_DESK,
    "desk_moved": _FOR_THE_DESK,
    "desk_cancelled": _FOR_THE_DESK,
    "desk_call_back": frozenset(["number", "name", "visitor_phone", "wish", "window", "summary", "asked_at"]),
}
# The texts that anybody may see, by their key, and what of this they may name.
FILLED_IN_OPEN: Mapping[object, frozenset[str]] = {
    "subject": frozenset(["when", "number"]),
    "sms": frozenset(["when", "manage_link"]),
    "title": frozenset(),
    "place": frozenset(),
    "description": frozenset(["when", "reference"]),
}


class Values(NamedTuple):
    """What the names in a letter stand for: facts of a day, and what is given."""

    facts: Facts
    day: date
    given: Mapping[str, str]

    def line(self, text: str) -> str:
        """The text on one line. Raises UnknownFact."""
        return " ".join(self._filled(text).split())

    def lines(self, text: str) -> str:
        """The text without the lines that say nothing now. Raises UnknownFact."""
        kept = [line for line in text.splitlines() if not self._says_nothing(line)]
        return re.sub(r"\n{3,}", "\n\n", self._filled("\n".join(kept))).strip()

    def _filled(self, text: str) -> str:
        return self.facts.fill(text, self.day, self.given)

    def _says_nothing(self, line: str) -> bool:
        names = names_in(line)
        return bool(names) and not any(self.given.get(name, "a fact") for name in names)


class Written(NamedTuple):
    """A letter, ready to be sent."""

    subject: str
    text: str
    html: str


class Entry(NamedTuple):
    """What the visitor's own calendar shows."""

    title: str
    place: str
    description: str


def written(letter: Letter, values: Values) -> Written:
    """Raises UnknownFact."""
    subject, body = values.line(letter.subject), values.lines(letter.body)
    return Written(subject, _as_text(body), _as_page(subject, body))


def entry(texts: EntryTexts, values: Values) -> Entry:
    """Raises UnknownFact."""
    return Entry(values.line(texts.title), values.line(texts.place), _as_text(values.lines(texts.description)))


def said_name(name: str) -> str:
    """A name as a letter repeats it: in letters only, since anybody could write a link into it and have it mailed."""
    kept = (one if unicodedata.category(one)[0] in "LM" or one in "'’- " else " " * one.isspace() for one in name)
    return " ".join("".join(kept).split())


def said_when(moment: datetime, zone: ZoneInfo) -> str:
    """Thursday, November 26 at 4:00 pm, Edmonton time"""
    return f"{said_moment(moment.astimezone(zone))}, {said_zone(zone)}"


_LINK = re.compile(
    r"\[([^\]]+)\]\(((?:https?://|tel:|mailto:)[^)\s]+)\)"
)  # [780-555-0142](tel:+1-780-555-0142), as in content/answers
_ADDRESS = re.compile(r"https?://[^\s<>\"()]*[^\s<>\"().,;:!?]")


def _as_text(body: str) -> str:
    return _LINK.sub(lambda link: link[1] if link[2].startswith(("tel:", "mailto:")) else f"{link[1]}: {link[2]}", body)


def _as_page(title: str, body: str) -> str:
    paragraphs = "\n".join(f"<p>{_as_html(paragraph)}</p>" for paragraph in re.split(r"\n{2,}", body))
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{escape(title)}</title></head>\n'
        f'<body style="font-family: sans-serif; line-height: 1.5">\n{paragraphs}\n</body>\n</html>\n'
    )


def _as_html(paragraph: str) -> str:
    """Escaped, with its links to be clicked."""
    parts, end = [], 0
    for link in re.finditer(f"{_LINK.pattern}|{_ADDRESS.pattern}", paragraph):
        shown, target = (link[1], link[2]) if link[1] else (link[0], link[0])
        parts += [escape(paragraph[end : link.start()]), f'<a href="{escape(target)}">{escape(shown)}</a>']
        end = link.end()
    return "".join([*parts, escape(paragraph[end:])]).replace("\n", "<br>\n")
