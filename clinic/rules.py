"""Rules: lines of signs in the form in which a message is held against them."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from clinic.hearing import SENTENCE_END, Language, Listener, Standing
from clinic.misspelling import misspellings
from clinic.phrases import Phrases
from clinic.record import Id, Text

CLOSE_WORDS = 9
"""How far apart the parts of a sign may stand, in words that carry meaning. Dictation has no full stops, so only
this keeps a numb hand and a pulled groin apart. On the sentences of content/red_flags.yml and 500 more that were
made up to break it, anything from 6 to 14 does equally well and less misses dangers; November 2026."""


class Part(NamedTuple):
    """A phrase, and how doubtfully it may stand and still count."""

    phrase: str
    accepts: Standing


Sign = list[Part]
Places = Mapping[Part, list[int]]


class Rule(NamedTuple):
    """Holds when every sign of one of its lines is said, no look-alike close to it."""

    lines: list[list[Sign]]
    lookalikes: list[Part]

    def parts(self) -> Iterator[Part]:
        yield from self.lookalikes
        yield from self.signs()

    def signs(self) -> Iterator[Part]:
        return (part for line in self.lines for sign in line for part in sign)

    def holds(self, places: Places) -> bool:
        return any(all(self._is_said(sign, places) for sign in line) for line in self.lines)

    def _is_said(self, sign: Sign, places: Places) -> bool:
        if not all(part in places for part in sign):
            return False
        lookalikes = [part for part in self.lookalikes if part in places]
        return any(
            all(_is_near(place, places[part]) for part in sign)
            and not any(_is_near(place, places[part]) for part in lookalikes)
            for place in places[sign[0]]
        )


def rule(when: Sequence[str], unless: Sequence[str]) -> Rule:
    """The rule that staff wrote as lines "a + b ... ever c" and look-alikes."""
    lines = [[[_part(part) for part in sign.split(" + ")] for sign in line.split(" ... ")] for line in when]
    return Rule(lines, [Part(phrase, Standing.DENIED) for phrase in unless])


def _part(text: str) -> Part:
    if text.startswith("ever "):
        return Part(text[len("ever ") :], Standing.PAST)
    return Part(text, Standing.SAID)


def _is_near(place: int, others: Sequence[int]) -> bool:
    first = bisect_left(others, place - CLOSE_WORDS)
    return first < len(others) and others[first] <= place + CLOSE_WORDS


class Rules:
    """Made once, used for every message. Raises ValueError when a phrase cannot be understood."""

    def __init__(self, rules: Sequence[Rule], words: Mapping[Id, Sequence[Text]], language: Language) -> None:
        self._rules = rules
        self._listener = Listener(language)
        self._names = {f"<{name}>" for name in words}
        self._beginning_with: dict[Part, set[int]] = defaultdict(set)
        for number, rule in enumerate(rules):
            for line in rule.lines:
                self._beginning_with[line[0][0]].add(number)
        parts = {part for rule in rules for part in rule.parts()}
        phrases = [(wording, part) for part in parts for wording in self._wordings(part.phrase)]
        lists = [(wording, f"<{name}>") for name in words for text in words[name] for wording in self._wordings(text)]
        _refuse_circles(lists)
        self._phrases = Phrases(phrases, lists)
        signs = {part for rule in rules for part in rule.signs()}
        heeded = [wording for wording, part in phrases if part in signs] + [wording for wording, _ in lists]
        self._meant = misspellings({word for wording in heeded for word in wording}, real_words=language.real_words)

    def first_that_holds(self, text: str, *, however_meant: bool = False) -> int | None:
        """The number of the first rule that a message fulfils, from 0, or None. `however_meant` counts also what is
        denied, told of the past, or asked in general."""
        places = self._places(text, however_meant)
        possible = {number for part in places for number in self._beginning_with.get(part, ())}
        return next((number for number in sorted(possible) if self._rules[number].holds(places)), None)

    def _places(self, text: str, however_meant: bool) -> Places:
        """Where each part is said, in order. A sentence end leaves a gap that no sign reaches across."""
        heard = self._listener.hear(text)
        words = [self._meant.get(word.text, word.text) for word in heard]
        gaps = 0
        places_of_words = []
        for number, word in enumerate(words):
            gaps += CLOSE_WORDS if word == SENTENCE_END else 0
            places_of_words.append(number + gaps)
        places: dict[Part, list[int]] = defaultdict(list)
        for start, _, part in reversed(list(self._phrases.found_in(words))):
            if however_meant or heard[start].standing <= part.accepts:
                places[part].append(places_of_words[start])
        return places

    def _wordings(self, phrase: str) -> list[list[str]]:
        """The words of a phrase, among them names of lists; several where it has numbers such as 65-99."""
        pieces = [piece.strip() for piece in re.split(r"(<[^>]*>|\d+-\d+)", phrase)]
        choices = [self._choices(piece) for piece in pieces if piece]
        wordings = [[word for words in chosen for word in words] for chosen in product(*choices)]
        if not all(wordings):
            raise ValueError(f"'{phrase}' says nothing: all its words are among the ignored ones")
        return wordings

    def _choices(self, piece: str) -> list[list[str]]:
        if re.fullmatch(r"\d+-\d+", piece):
            lowest, highest = piece.split("-")
            return [[str(number)] for number in range(int(lowest), int(highest) + 1)]
        if not piece.startswith("<"):
            return [self._listener.meaningful(piece)]
        if piece not in self._names:
            raise ValueError(f"there is no list {piece} under words; add the list, or correct its name")
        return [[piece]]


def _refuse_circles(lists: Sequence[tuple[Sequence[str], str]]) -> None:
    named: dict[str, set[str]] = defaultdict(set)
    for wording, name in lists:
        named[name].update(word for word in wording if word.startswith("<"))
    for name in list(named):
        reached = set(named[name])
        while more := {further for known in reached for further in named[known]} - reached:
            reached |= more
        if name in reached:
            raise ValueError(f"the wordings of {name} lead back to {name}; take one of the names out")
