"""Suggestions while typing: the questions that visitors ask in the words typed so far.

What counts is how much likelier a word is in the sentences of one question than in those of an average one, as in
a naive Bayes classifier: "how" tells little, "visa" nearly everything, and a word that nobody used tells nothing.
"""

import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import log
from string import ascii_lowercase

from clinic.answers import Answer
from clinic.content import Content

MOST = 5

# Chosen on data/nlu.yml and tests/nlu/development.yml with scripts/suggestions, November 2026.
LEAST_SCORE = log(3)  # What is typed must be three times as likely for a question as for an average one.
UNSEEN_SHARE = 0.001  # of the sentences, added to every share: a word may be new to a question
TITLE_USES = 5  # sentences that a question's title and its id are worth
PAIR_USES = 2  # sentences of an intent that must hold a pair of words; the other pairs are many, and tell little
SHORTEST_MISSPELT = 4  # letters; one letter less or other makes too many words of a shorter one

Sentence = tuple[str, str]  # an intent and a text


class Suggestions:
    """Without sentences it goes by the titles and ids of the questions alone."""

    def __init__(self, sentences: Iterable[Sentence] = ()) -> None:
        self._sentences = _Index(sentences, pair_uses=PAIR_USES)
        self._titles: tuple[Content | None, _Index] = (None, _Index())

    def best(self, typed: str, content: Content) -> list[Answer]:
        """At most five answers, best first; empty when nothing fits well."""
        offered = content.offered()
        scores = self._scores(typed, self._titles_of(content))
        fitting = sorted((-score, intent) for intent, score in scores.items() if score > LEAST_SCORE)
        return [content.answers[intent] for _, intent in fitting if intent in offered][:MOST]

    def _titles_of(self, content: Content) -> "_Index":
        if self._titles[0] is not content:
            asked = [content.answers[answer_id] for answer_id in sorted(content.asked())]
            titles = [(answer.id, f"{answer.question} {answer.id.replace('_', ' ')}") for answer in asked]
            self._titles = content, _Index(titles)
        return self._titles[1]

    def _scores(self, typed: str, titles: "_Index") -> dict[str, float]:
        """How much likelier what is typed is for an intent than for an average one, as a logarithm; only of those that
        know a part of it."""
        total = Counter(self._sentences.total)
        total.update(dict.fromkeys(titles.total, TITLE_USES))
        scores: defaultdict[str, float] = defaultdict(float)
        unseen = 0.0
        for part, goes_on in self._parts_of(typed, titles):
            uses = self._sentences.uses(part, goes_on=goes_on)
            for intent, count in titles.uses(part, goes_on=goes_on).items():
                uses[intent] += TITLE_USES * count
            shares = {intent: count / total[intent] for intent, count in uses.items()}
            average = sum(shares.values()) / max(len(total), 1) + UNSEEN_SHARE
            without = log(UNSEEN_SHARE / average)
            unseen += without
            for intent, share in shares.items():
                scores[intent] += log((share + UNSEEN_SHARE) / average) - without
        return {intent: score + unseen for intent, score in scores.items()}

    def _parts_of(self, typed: str, titles: "_Index") -> Iterator[tuple[str, bool]]:
        """Each with whether it may go on, as the last word and its pair may until something else is typed."""
        words = _words(typed)
        last = len(words) - 1 if typed[-1:].isalnum() else len(words)
        words = [self._meant(word, titles, goes_on=place == last) for place, word in enumerate(words)]
        for place, parts in enumerate(_parts(words)):
            for part in parts:
                yield part, place == last

    def _meant(self, word: str, titles: "_Index", *, goes_on: bool) -> str:
        """The word, or when nobody used it the most used one that is one typing error away."""
        known = self._sentences.knows
        if len(word) < SHORTEST_MISSPELT or known(word, goes_on=goes_on) or titles.knows(word, goes_on=goes_on):
            return word
        near = [one for one in _one_error_away(word) if known(one, goes_on=goes_on)]
        return max(near, key=lambda one: (self._sentences.uses(one, goes_on=goes_on).total(), one), default=word)


class _Index:
    """How many sentences of each intent hold a part: a word, or two side by side. It lies in three arrays, as a
    hundred thousand small objects would take ten times the memory."""

    def __init__(self, sentences: Iterable[Sentence] = (), *, pair_uses: int = 1) -> None:
        """A pair that fewer sentences of an intent hold than `pair_uses` is left out there."""
        by_intent: defaultdict[str, list[str]] = defaultdict(list)
        for intent, text in sentences:
            by_intent[intent].append(text)
        self.total = {intent: len(texts) for intent, texts in by_intent.items()}
        self._intents = list(by_intent)
        found: defaultdict[str, array[int]] = defaultdict(lambda: array("H"))  # as _held
        for number, texts in enumerate(by_intent.values()):
            held = Counter(part for text in texts for part in {part for both in _parts(_words(text)) for part in both})
            for part, count in held.items():
                if count >= pair_uses or not part.startswith(" "):
                    found[part].extend((number, count))
        self._parts = sorted(found)
        self._starts = array("I", [0])  # where each part begins in _held, and the end
        self._held = array("H")  # the number of an intent, how many of its sentences hold the part, the next number
        for part in self._parts:
            self._held.extend(found.pop(part))
            self._starts.append(len(self._held))

    def uses(self, part: str, *, goes_on: bool) -> Counter[str]:
        """By intent, of the part, or of all that begin with it when it goes on."""
        first = bisect_left(self._parts, part)
        if goes_on:
            last = bisect_left(self._parts, part + "\uffff", first)
        else:
            last = first + (self._parts[first : first + 1] == [part])
        uses = [0] * len(self._intents)
        start, end = self._starts[first], self._starts[last]
        for number, count in zip(self._held[start:end:2], self._held[start + 1 : end : 2], strict=True):
            uses[number] += count
        return Counter({intent: count for intent, count in zip(self._intents, uses, strict=True) if count})

    def knows(self, part: str, *, goes_on: bool) -> bool:
        """Whether anybody used the part, or one that begins with it when it goes on."""
        place = bisect_left(self._parts, part)
        found = self._parts[place] if place < len(self._parts) else ""
        return found.startswith(part) if goes_on else found == part


def _one_error_away(word: str) -> set[str]:
    """With a letter missed, swapped with the next one, exchanged for another or added; the first letter is right."""
    near = set()
    for place in range(1, len(word) + 1):
        before, rest = word[:place], word[place:]
        near |= {before + rest[1:], before + rest[1:2] + rest[:1] + rest[2:]}
        near |= {before + letter + after for letter in ascii_lowercase for after in (rest, rest[1:])}
    return near


def _parts(words: list[str]) -> Iterator[tuple[str, str]]:
    """Each word, and the pair it is with the one before it; the first follows nothing.

    A pair begins with a space, so that it is not among what begins with a word.
    """
    before = ""
    for word in words:
        yield word, f" {before} {word}"
        before = word


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower().replace("'", "").replace("’", ""))
