"""Hearing: the words of a message, each with whether it is said to be so, tells of the past, or is denied."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from pydantic import Field

from clinic.phrases import Phrases
from clinic.record import Record, Text

SENTENCE_END = "."
PAUSE = ","

DENIAL_REACH_WORDS = 7
"""How far a "no" or "don't have" reaches: "no numbness, tingling or any weakness in my legs". In a list it starts
afresh. The smallest that raised no false alarm on 260 harmless sentences made up for it; November 2026."""

OPENING_WORDS = 4
"""A comma after so few words does not end a clause: "A few years ago, I had". Chosen likewise; November 2026."""

LIST_WORDS = ("or", "nor", "ou", "ni")
ENDS_DENIAL = {"turns", "people", "statements", "denials"}

_DROPPED = dict.fromkeys(map(ord, "'’‘‛`´ʼ′＇\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_REPLACED = str.maketrans(
    {"œ": "oe", "Œ": "oe", **dict.fromkeys("–—;:()\n\r", PAUSE), **dict.fromkeys("!?", SENTENCE_END)}
)
_SIMPLER = (
    (re.compile("[\u0300-\u036f]+"), ""),  # accents
    (re.compile(r"([a-z])\1{2,}"), r"\1\1"),  # sooo
    (re.compile(r"\b(?:19|20)\d\d\b"), "year"),
    (re.compile(r"(\d)[.,]\d+"), r"\1"),  # 38.5
    (re.compile(r"\.{2,}|\s-\s"), PAUSE),  # "well ... it is numb"
)
_WORD_OR_MARK = re.compile(r"[a-z]+|\d+|[.,]")


class Language(Record):
    """The little words that decide whether the rest is meant."""

    ignored: list[Text] = Field(..., min_items=1)
    real_words: list[Text] = Field(..., min_items=1)
    denials: list[Text] = Field(..., min_items=1)
    not_denials: list[Text] = Field(..., min_items=1)
    turns: list[Text] = Field(..., min_items=1)
    people: list[Text] = Field(..., min_items=1)
    belongings: list[Text] = Field(..., min_items=1)
    statements: list[Text] = Field(..., min_items=1)
    past: list[Text] = Field(..., min_items=1)
    present: list[Text] = Field(..., min_items=1)
    general_questions: list[Text] = Field(..., min_items=1)


class Standing(IntEnum):
    """How a word is meant, from the plainest to the least."""

    SAID = 0
    PAST = 1
    DENIED = 2


class Word(NamedTuple):
    text: str
    standing: Standing


def words_in(text: str) -> list[str]:
    """Plain small words, with "." where a sentence ends and "," where the speaker pauses.

    Apostrophes vanish (can't, cant), a year becomes "year", 38.5 becomes 38, and three dots are a pause."""
    text = unicodedata.normalize("NFKD", text.translate(_DROPPED).translate(_REPLACED)).lower()
    for pattern, replacement in _SIMPLER:
        text = pattern.sub(replacement, text)
    return _WORD_OR_MARK.findall(text)


class Listener:
    """Hears a text the way its language says; made once, used for every message."""

    def __init__(self, language: Language) -> None:
        self._ignored = {word for wording in language.ignored for word in words_in(wording)} | {PAUSE}
        kinds = language.dict(exclude={"ignored", "real_words"}).items()
        self._cues = Phrases((words_in(wording), kind) for kind, wordings in kinds for wording in wordings)

    def meaningful(self, wording: str) -> list[str]:
        """The words of a wording that carry meaning."""
        return [word for word in words_in(wording) if word not in self._ignored]

    def hear(self, text: str) -> list[Word]:
        """The words that carry meaning, and the sentence ends between them."""
        words = words_in(text)
        return [
            Word(word, standing)
            for word, standing in zip(words, self._standings(words), strict=True)
            if word not in self._ignored
        ]

    def _standings(self, words: list[str]) -> list[Standing]:
        cues = self._cues_at_each(words)
        standings = [Standing.SAID] * len(words)
        for clause in _clauses(words, cues):
            said = set().union(*cues[clause.start : clause.stop])
            if "past" in said and "present" not in said:
                _mark(standings, clause, Standing.PAST)
        for sentence in _sentences(words):
            said = set().union(*cues[sentence.start : sentence.stop])
            if "general_questions" in said and said.isdisjoint({"people", "belongings"}):
                _mark(standings, sentence, Standing.DENIED)
        for place, cue in enumerate(cues):
            if "denials" in cue:
                _mark(standings, _denied_from(place, words, cues), Standing.DENIED)
        return standings

    def _cues_at_each(self, words: list[str]) -> "Cues":
        """What the longest cue that starts at each word is; nothing inside a cue, and where there is none."""
        longest: dict[int, tuple[int, set[str]]] = {}
        for start, end, kind in self._cues.found_in(words):
            if start not in longest or end > longest[start][0]:
                longest[start] = (end, {kind})
            elif end == longest[start][0]:
                longest[start][1].add(kind)
        cues: Cues = [NO_CUE] * len(words)
        taken = 0
        for start, (end, kinds) in sorted(longest.items()):
            if start >= taken:
                cues[start], taken = kinds, end
        return cues


NO_CUE: set[str] = set()
Cues = list[set[str]]


def _mark(standings: list[Standing], places: Iterable[int], standing: Standing) -> None:
    for place in places:
        standings[place] = standing


def _sentences(words: list[str]) -> Iterator[range]:
    start = 0
    for place, word in enumerate([*words, SENTENCE_END]):
        if word == SENTENCE_END:
            yield range(start, place)
            start = place + 1


def _clauses(words: list[str], cues: Cues) -> Iterator[range]:
    for sentence in _sentences(words):
        start = sentence.start
        for place in sentence:
            if "turns" in cues[place] or (words[place] == PAUSE and place - start > OPENING_WORDS):
                yield range(start, place)
                start = place
        yield range(start, sentence.stop)


def _denied_from(denial: int, words: list[str], cues: Cues) -> Iterator[int]:
    """The places a denial reaches: not past "but", nor past "no fever, my back ...", nor past a comma unless a
    list goes on ("no fever, chills or ...")."""
    left = DENIAL_REACH_WORDS
    for place in range(denial + 1, len(words)):
        if not left or _ends_denial(words[place], cues[place]):
            return
        if words[place] != PAUSE:
            yield place
            left = DENIAL_REACH_WORDS if words[place] in LIST_WORDS else left - 1
        elif _list_goes_on(place, words, cues):
            left = DENIAL_REACH_WORDS
        else:
            return


def _list_goes_on(comma: int, words: list[str], cues: Cues) -> bool:
    for place in range(comma + 1, min(comma + 2 * DENIAL_REACH_WORDS, len(words))):
        if _ends_denial(words[place], cues[place]):
            return False
        if words[place] in LIST_WORDS:
            return True
    return False


def _ends_denial(word: str, cue: set[str]) -> bool:
    return word == SENTENCE_END or not cue.isdisjoint(ENDS_DENIAL)
