"""The parts of a message, each of which may ask something of its own."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MOST_PARTS = 8
SHORT = 12  # words; so few may just list what is wanted: "hours and address"

_QUESTION_WORDS = "how what whats what's when where wheres where's which who why".split()
_HELPERS = "do does did can could is are was should shall will would may must have has any am".split()
_WISHES = r"i(?:'d| would| want| wanna| need)|tell me|let me know|wondering|curious"
_ASKS = (
    rf"(?:(?:(?:at|until|till|for|from|by|since|to) )?(?:{'|'.join(_QUESTION_WORDS)})\b"
    rf"|(?:{'|'.join(_HELPERS)})\b|(?:{_WISHES})\b)"
)

_BEGINS_TO_ASK = re.compile(
    rf"(?:(?:and|also|so|ok|okay|um|uh|hi|hello|hey|but|oh)\b[\s,]*)*{_ASKS}",
    re.I,
)

_SENTENCE_END = re.compile(r"(?<=[.!?;\n])\s+|\n+|\.{2,}|\s+-+\s+|(?<=[a-z])[!?]+(?=[a-z])")
_JOINT = re.compile(
    rf"\s*(?:,|\b(?:and|also|plus|but|oh|then)\b|&)[\s,]*(?=(?:(?:and|also|then|um|uh|oh)\s+){{0,3}}{_ASKS})", re.I
)
_NUMBER = re.compile(r"(?:^|\s)(?:\d[.)]|(?:first|second|third)(?:ly| of all| off)?,|p\.?s\.?:?)\s", re.I)
_LIST = re.compile(r"\s*(?:,|&|\band\b)\s*", re.I)
# In speech that was written down there is no joint: "how much is it do you take visa".
_RUN_ON = re.compile(
    r"\s+(?=(?:do|does|can|could|is|are|should|will) (?:you|u|i|we|it|there|they|the|my|your)\b"
    r"|how (?:much|many|long|often)\b"
    r"|(?:what|where|when|who|why)(?:'s| is| are| do| can| should)\b)",
    re.I,
)


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
    return "?" in part or _BEGINS_TO_ASK.match(part.strip()) is not None


def _without_runs(text: str) -> str:
    """Runs of commas, spaces or one word say nothing, and would take long to search."""
    text = re.sub(r"[^\S\n]*,[,\s]*", ", ", re.sub(r"[^\S\n]+", " ", re.sub(r"\n\s*", "\n", text)))
    return re.sub(r"\b(\w+)(?: \1\b)+", r"\1", text, flags=re.I)


def _pieces(sentence: str) -> list[str]:
    return _worded(piece for joined in _JOINT.split(sentence) for piece in _spoken(joined))


def _worded(pieces: Iterable[str]) -> list[str]:
    return [piece.strip(" ,") for piece in pieces if re.search(r"\w", piece)]


def _spoken(joined: str) -> Iterator[str]:
    """Cut where a question begins, unless the words before lead to it ("how much clothes | do i take off")."""
    begun = ""
    for piece in _RUN_ON.split(joined):
        if begun and _is_whole(begun):
            yield begun
            begun = piece
        else:
            begun = f"{begun} {piece}".strip()
    yield begun


def _is_whole(words: str) -> bool:
    spoken = words.lower().split()
    asked = next((place for place, word in enumerate(spoken) if word in _QUESTION_WORDS), None)
    if asked is None:
        return len(spoken) > 1
    return any(word in _HELPERS for word in spoken[asked:]) and len(spoken) > asked + 3
