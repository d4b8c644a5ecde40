"""Questions that follow each other without a joint, as in speech written down: "how much is it do you take visa"."""

import re
from itertools import combinations

from clinic.parts import A_HELPER, HELPERS, OPENINGS, QUESTION_WORDS

LONGEST = 20  # words
MOST_CUTS = 3

_BEGINS = re.compile(
    r"\b(?:how|what(?! (?:i|you|u|he|she|it|we|they)\b)|what'?s"
    rf"|(?:when|where|who|which|why)(?:'?s| {A_HELPER})"
    r"|(?:do|does|can|could|is|are|should|will) \w+|(?:show|tell|teach|give) me)\b",
    re.I,
)
_ASKS = re.compile(rf"{OPENINGS}(?:{A_HELPER}|(?:show|tell|teach|give) me\b)", re.I)
_LEADS_ON = re.compile(
    r"\b(?:and|or|if|(?:that|whether) it|to|of|for|in|on|at|about|after|before|from|know|sure|that|than|until|till"
    r"|i|we|they|he|she|my|the|a)$",
    re.I,
)


def cuts(text: str) -> list[list[str]]:
    """Every way to cut a text into what may be questions; which is meant, their scores tell. None of a long text."""
    if len(text.split()) > LONGEST:
        return []
    begins = [found.start() for found in _BEGINS.finditer(text)]
    places = [place for place in begins if _may_part(text[:place].strip(" ,"), text[place:])][:MOST_CUTS]
    chosen = [some for count in range(1, len(places) + 1) for some in combinations(places, count)]
    ways = [_cut(text, some) for some in chosen]
    return [way for way in ways if all(_may_part(*sides) for sides in zip(way, way[1:], strict=False))]


def _cut(text: str, places: tuple[int, ...]) -> list[str]:
    return [text[start:end].strip(" ,") for start, end in zip((0, *places), (*places, len(text)), strict=True)]


def _may_part(before: str, after: str) -> bool:
    """Whether the first is a question already, and not the beginning of one: "how often | should i"."""
    words = before.lower().split()
    if min(len(words), len(after.split())) < 2 or _LEADS_ON.search(before):
        return False
    asked = max((place for place, word in enumerate(words) if word in QUESTION_WORDS), default=None)
    is_open = asked is not None and not words[asked].endswith("s") and HELPERS.isdisjoint(words[asked:])
    goes_on = is_open and after.split()[0].lower() in HELPERS
    return not goes_on and (_ASKS.match(before) is not None or (asked is not None and not is_open))
