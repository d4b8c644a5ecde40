"""Follow-ups: messages that only make sense after what was talked about before."""

import re
from collections.abc import Iterable
from enum import IntEnum

from clinic.answers import Topic
from clinic.parts import asks

_NOUNS = {
    "stretch": Topic.STRETCHES,
    "stretches": Topic.STRETCHES,
    "exercise": Topic.STRETCHES,
    "exercises": Topic.STRETCHES,
    "move": Topic.STRETCHES,
    "massage": Topic.MASSAGE,
    "style": Topic.MASSAGE,
    "technique": Topic.MASSAGE,
    "type": Topic.MASSAGE,
    "kind": Topic.MASSAGE,
    "pressure": Topic.MASSAGE,
    "condition": Topic.SCIATICA,
    "pain": Topic.SCIATICA,
}
_NAMED = rf"(?:one|ones|thing|stuff|{'|'.join(_NOUNS)})"
# "that i", "this week" and the like point to nothing that was said.
_POINTS_ELSEWHERE = "|".join(
    "i you we he she it its they my your the hurts? has was week weekend month morning afternoon evening time".split()
)
_STRONG = re.compile(
    rf"\b(?:that|this|those|these|the same|the (?:first|second|third|last|other)) {_NAMED}\b"
    rf"|\b(?:that|this|those|these|them)\b(?! (?:{_POINTS_ELSEWHERE})\b)",
    re.I,
)
_WEAK = re.compile(r"\b(?:it|its|it's|they|one)\b", re.I)
_OPENING = re.compile(
    r"^(?:(?:ok|okay|so|and|but|also|hm+|oh|well|thanks|thank you|cool|great|alright)\b[\s,.!]*)+", re.I
)
# Nothing but the measure of something: "how often?", "and for how long".
_MEASURE = re.compile(
    r"(?:for )?how (?:often|long|many|much)(?: times| reps| seconds| minutes)?(?: (?:a|per|each|every) \w+)?\W*", re.I
)
SHORT = 5  # words
# A message with more words says itself what it is about, even if it holds an "it" or a "that one".
LONGEST_WITH_IT, LONGEST_WITH_THAT = 8, 12

_PLACES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}
_NUMBERS = {"one": 0, "1": 0, "two": 1, "2": 1, "three": 2, "3": 2, "four": 3, "4": 3}
_PLACE = re.compile(
    rf"\b({'|'.join(_PLACES)}) (?:one|stretch|exercise|move)\b"
    rf"|(?:^|\b(?:the|and|show me|then) )({'|'.join(_PLACES)})\W*$"
    rf"|(?:\bnumber |\bno\.? ?|#)({'|'.join(_NUMBERS)})\b",
    re.I,
)
SHORT_ENOUGH_TO_CHOOSE = 10  # words
FEWEST_LETTERS = 4  # of a word that names something


class Pointing(IntEnum):
    """How plainly a message points back."""

    NOT = 0
    PERHAPS = 1  # "does it hurt?", or a few words: "how often?"
    PLAINLY = 2  # "that one"


def pointing(text: str) -> Pointing:
    core = _OPENING.sub("", text)
    if _STRONG.search(core):
        return Pointing.PLAINLY
    goes_on = len(core.split()) <= SHORT and (core != text or asks(text))
    return Pointing.PERHAPS if goes_on or _WEAK.search(core) else Pointing.NOT


def stands_alone(text: str, named: frozenset[str]) -> bool:
    """Whether it can be asked without a topic before; `named` are the words that name topics."""
    core = _OPENING.sub("", text)
    plainly = pointing(text) is Pointing.PLAINLY
    beside = re.findall(r"\w+", _STRONG.sub("", core).lower())  # what it says but "that one"
    if len(beside) > (LONGEST_WITH_THAT if plainly else LONGEST_WITH_IT) or not named.isdisjoint(beside):
        return True
    return not (plainly or _WEAK.search(core) or _MEASURE.fullmatch(core))


def topic_words(names: Iterable[str]) -> frozenset[str]:
    """The words that name topics, such as those of "the pelvic tilt"."""
    return frozenset(word for name in names for word in re.findall(r"\w+", name.lower()) if len(word) >= FEWEST_LETTERS)


def about(text: str, name: str) -> str:
    """The message with the topic's name in place of the words that point to it: "how often should I do X?"."""
    core = _OPENING.sub("", text)
    for pattern in (_STRONG, _WEAK):
        if pattern.search(core):
            return pattern.sub(name, core, count=1)
    return f"{core.rstrip(' ?.!')} {name}"


def named_topic(text: str) -> Topic | None:
    """The kind of thing it points to: "that stretch"."""
    found = _STRONG.search(text)
    nouns = [_NOUNS[word] for word in found.group().lower().split() if word in _NOUNS] if found else []
    return nouns[0] if nouns else None


def place_in(text: str) -> int | None:
    """Which of several it points to, from 0: "and the second?"; -1 for the last."""
    found = _PLACE.search(text) if len(text.split()) <= SHORT_ENOUGH_TO_CHOOSE else None
    if found is None:
        return None
    place = (found[1] or found[2] or found[3]).lower()
    return _PLACES[place] if place in _PLACES else _NUMBERS[place]
