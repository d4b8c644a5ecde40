"""The parts of a message, each of which may ask something of its own."""

import re
from collections.abc import Iterable
from typing import NamedTuple

MOST_PARTS = 8
SHORT = 12  # words; so few may just list what is wanted: "hours and address"

QUESTION_WORDS = frozenset("how what whats what's when where wheres where's which who why".split())
HELPERS = frozenset("do does did can could is are was should shall will would may must have has any am".split())
A_HELPER = rf"(?:{'|'.join(sorted(HELPERS))})\b"
OPENINGS = r"(?:(?:and|also|so|ok|okay|um|uh|hi|hello|hey|but|oh)\b[\s,]*)*"
_WISHES = r"i(?:'d| would| want| wanna| need)|(?:please )?(?:tell|show|teach) me|explain|let me know|wondering|curious"
_ASKS = (
    rf"(?:(?:(?:at|until|till|for|from|by|since|to) )?(?:{'|'.join(sorted(QUESTION_WORDS - {'when'}))})\b"
    rf"|(?:(?:until|till|from|by|since) )?when {A_HELPER}"  # not "when i sit, it hurts"
    rf"|{A_HELPER}|(?:{_WISHES})\b)"
)

_BEGINS_TO_ASK = re.compile(f"{OPENINGS}{_ASKS}", re.I)
_WONDERS = re.compile(
    r"\b(?:(?:need|want|like|love|good|nice|help|glad|curious) to (?:know|hear|learn|understand)"
    r"|wonder(?:ing)?|no idea|dunno|(?:not|n.t) (?:sure|know|understand))\b",
    re.I,
)

_SENTENCE_END = re.compile(r"(?<=[.!?;\n])\s+|\n+|\.{2,}|\s+-+\s+|(?<=[a-z])[!?]+(?=[a-z])")
_JOINT = re.compile(
    rf"\s*(?:,|\b(?:and|also|plus|but|oh|then)\b|&)[\s,]*(?=(?:(?:and|also|then|um|uh|oh)\s+){{0,3}}{_ASKS})"
    r"|,?\s*\b(?:and|also|plus)\s+(?=(?:also\s+)?(?:i'?m not|whether|if|it'?d be|it would be|nobody|no idea)\b)",
    re.I,
)
_NUMBER = re.compile(r"(?:^|\s)(?:\d[.)]|(?:first|second|third)(?:ly| of all| off)?,|p\.?s\.?:?)\s", re.I)
_LIST = re.compile(r"\s*(?:,|&|\band\b)\s*", re.I)


class Part(NamedTuple):
    text: str
    asks: bool  # It looks like a question or a wish; many real ones do not.
    beside_a_question: bool  # Another part of its sentence asks, or the message only lists things.


def parts_of(text: str) -> list[Part]:
    """At most eight parts, in order; none when the message is one piece."""
    numbered = _worded(_NUMBER.split(text))
    if len(_NUMBER.findall(text)) > 1:
        return [Part(piece, True, True) for piece in numbered][:MOST_PARTS]
    sentences = [_pieces(sentence) for sentence in _SENTENCE_END.split(_without_runs(text))]
    parts = [
        Part(piece, asks(piece), any(asks(other) for other in pieces if other is not piece))
        for pieces in sentences
        for piece in pieces
    ]
    if len(parts) == 1 and len(text.split()) <= SHORT:
        parts = [Part(piece, asks(piece), True) for piece in _worded(_LIST.split(text))]
    return parts[-MOST_PARTS:] if len(parts) > 1 else []


def asks(part: str) -> bool:
    return "?" in part or _BEGINS_TO_ASK.match(part.strip()) is not None or _WONDERS.search(part) is not None


def _without_runs(text: str) -> str:
    """Runs of commas, spaces or one word say nothing, and would take long to search."""
    text = re.sub(r"[^\S\n]*,[,\s]*", ", ", re.sub(r"[^\S\n]+", " ", re.sub(r"\n\s*", "\n", text)))
    return re.sub(r"\b(\w+)(?: \1\b)+", r"\1", text, flags=re.I)


def _pieces(sentence: str) -> list[str]:
    return _worded(_JOINT.split(sentence))


def _worded(pieces: Iterable[str]) -> list[str]:
    return [piece.strip(" ,") for piece in pieces if re.search(r"\w", piece)]
