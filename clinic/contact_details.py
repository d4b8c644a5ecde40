"""How to reach a visitor: the name, the e-mail address and the telephone number in a message."""

import re
from collections.abc import Collection
from difflib import SequenceMatcher
from typing import NamedTuple

from clinic.call_backs import LONGEST_NAME

LONGEST_EMAIL = 254  # characters (RFC 5321)
_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]"
_EMAIL = re.compile(rf"(?<!{_LOCAL}){_LOCAL}{{1,64}}@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{{2,24}}\b", re.I | re.A)
_SPOKEN_AT = re.compile(r"\s+(?:at|\(at\)|\[at\])\s+", re.I)
_SPOKEN_DOT = re.compile(r"\s+(?:dot|\(dot\))\s+", re.I)
COMMON_DOMAINS = (
    *("gmail.com", "hotmail.com", "hotmail.ca", "outlook.com", "live.com", "live.ca", "icloud.com", "me.com"),
    *("yahoo.com", "yahoo.ca", "msn.com", "proton.me", "protonmail.com", "shaw.ca", "telus.net", "ualberta.ca"),
)
ALIKE = 0.8  # of 1: gmial.com and gmail.com are 0.89; mail.com and gmail.com, both real, 0.94.
REAL_DOMAINS = frozenset(
    ["mail.com", "ymail.com", "gmx.com", "email.com", "hey.com", "fastmail.com", "aol.com", "yahoo.co.uk"]
)
_WORD = r"[^\W\d_][\w'-]*"
_NO_NAME = r"(?:and|at|but|for|from|here|i|i'm|in|my|on|please|the|want|with|would)\b"
_NAMED = re.compile(
    rf"\bname(?: is\s|'s\s|:)\s*(?!(?:not|wrong|incorrect|misspelled)\b)({_WORD}(?:\s+(?!{_NO_NAME}){_WORD}){{0,2}})",
    re.I,
)
_INTRODUCED = re.compile(rf"\b(?:this is|i am|i'm|im)\s+({_WORD}(?:\s+(?!{_NO_NAME})(?-i:[A-Z])[\w'-]*){{0,2}})", re.I)


class Details(NamedTuple):
    """What a message says of the visitor; kept beside the draft. None where it says nothing."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None


def email_in(text: str) -> str | None:
    """The address in a text, also one that is spoken: "ana at example dot com"; None when there is none."""
    found = _EMAIL.search(text) or _EMAIL.search(_SPOKEN_DOT.sub(".", _SPOKEN_AT.sub("@", text)))
    if not found or len(found[0]) > LONGEST_EMAIL or ".." in found[0] or found[0].startswith("."):
        return None
    local, domain = found[0].rsplit("@", 1)
    return f"{local.strip('.')}@{domain.lower()}"


def tries_an_email(text: str) -> bool:
    """Whether a text looks as if an address was meant."""
    return "@" in text or bool(re.search(r"\b(gmail|hotmail|outlook|yahoo|icloud)\b", text, re.I))


def likely_email(email: str) -> str | None:
    """What was probably meant by an address whose domain looks misspelt (gmial.com); None when it looks right."""
    local, domain = email.rsplit("@", 1)
    if domain in COMMON_DOMAINS or domain in REAL_DOMAINS:
        return None
    alike = max(COMMON_DOMAINS, key=lambda known: SequenceMatcher(None, domain, known).ratio())
    is_alike = SequenceMatcher(None, domain, alike).ratio() >= ALIKE and abs(len(domain) - len(alike)) <= 2
    return f"{local}@{alike}" if is_alike else None


def introduced_name(text: str, therapists: Collection[str]) -> str | None:
    """The name in "..., I'm Priya": who says it herself, not the therapist of that name. `therapists` are their names
    in small letters; of other words only those with a capital letter are names after "I'm", as in "I'm free"."""
    plain = text.replace("’", "'")
    if named := _NAMED.search(plain):
        return named[1][:LONGEST_NAME]
    for introduced in _INTRODUCED.finditer(plain):
        first = introduced[1].split()[0]
        if first[0].isupper() or first.lower() in therapists:
            return introduced[1][:LONGEST_NAME]
    return None
