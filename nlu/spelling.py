"""Undoes typing errors: a word nobody knows becomes the word of our own sentences that it nearly is.

Known are the words of the training sentences and of the sentence encoder's vocabulary, so that English words
we never use stay as they are.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

WORD = re.compile(r"[a-z']+", re.I)
LEAST_USES = 2  # of a word in the training sentences, which hold typing errors too
SHORTEST, LONGEST = 3, 30  # letters of a word that is looked at
SHORTEST_OF_TWO = 5  # letters of two words written as one


Pair = tuple[str, str]  # two words side by side


class Spelling:
    def __init__(self, uses: Mapping[str, int], pairs: Mapping[Pair, int], english: Collection[str]) -> None:
        """How often our sentences use each word and pair; `english` are further words that are no errors."""
        self._uses = uses
        self._pairs = pairs
        self._known = {*uses, *english}
        self._by_shorter: defaultdict[str, list[str]] = defaultdict(list)
        for word in uses:
            for shorter in {word, *_one_letter_less(word)}:
                self._by_shorter[shorter].append(word)

    @classmethod
    def of(cls, texts: Iterable[str], english: Collection[str]) -> "Spelling":
        spoken = [[word.lower() for word in WORD.findall(text)] for text in texts]
        uses = Counter(word for words in spoken for word in words)
        pairs: Counter[Pair] = Counter()
        for words in spoken:
            pairs.update(zip(words, words[1:], strict=False))
        return cls(
            {word: count for word, count in uses.items() if count >= LEAST_USES and len(word) >= SHORTEST},
            {pair: count for pair, count in pairs.items() if count >= LEAST_USES},
            english,
        )

    def save(self, file: Path) -> None:
        pairs = [[*pair, count] for pair, count in self._pairs.items()]
        file.write_text(json.dumps({"uses": dict(self._uses), "pairs": pairs}), encoding="utf-8")

    @classmethod
    def load(cls, file: Path, english: Collection[str]) -> "Spelling":
        kept = json.loads(file.read_text(encoding="utf-8"))
        return cls(kept["uses"], {(first, second): count for first, second, count in kept["pairs"]}, english)

    def repaired(self, text: str) -> str:
        """The text with its misspelt words exchanged, and nothing else changed."""
        found = list(WORD.finditer(text))
        words = [one.group().lower() for one in found]
        kept, end = [], 0
        for place, one in enumerate(found):
            before, after = words[place - 1] if place else "", words[place + 1] if place + 1 < len(words) else ""
            meant = self._meant(words[place], before, after)
            words[place] = (meant or words[place]).split()[-1]
            kept += [text[end : one.start()], meant or one.group()]
            end = one.end()
        return "".join([*kept, text[end:]])

    def _meant(self, word: str, before: str, after: str) -> str | None:
        """The word or the two words it is taken for; None when it stays as it is."""
        if not SHORTEST <= len(word) <= LONGEST or word in self._known:
            return None
        near = {meant for shorter in {word, *_one_letter_less(word)} for meant in self._by_shorter.get(shorter, ())}
        close = [meant for meant in near if _is_one_slip(word, meant)]
        if not close:
            return self._two_in(word)
        return max(close, key=lambda meant: (self._beside(before, meant, after), self._uses[meant], meant))

    def _beside(self, before: str, word: str, after: str) -> int:
        """How often our sentences have the word between these two."""
        return self._pairs.get((before, word), 0) + self._pairs.get((word, after), 0)

    def _two_in(self, word: str) -> str | None:
        """ "howmuch" is two words: those we use side by side, or else both often."""
        if len(word) < SHORTEST_OF_TWO:
            return None
        halves = [(word[:cut], word[cut:]) for cut in range(1, len(word))]
        known = [pair for pair in halves if pair in self._pairs or (pair[0] in self._uses and pair[1] in self._uses)]
        if not known:
            return None
        first, second = max(known, key=lambda pair: (self._pairs.get(pair, 0), len(pair[0])))
        return f"{first} {second}"


def _one_letter_less(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter was missed, added, exchanged for another, or swapped with the one beside it."""
    begin = 0
    while begin < min(len(typed), len(meant)) and typed[begin] == meant[begin]:
        begin += 1
    rest, wanted = typed[begin:], meant[begin:]
    return (
        rest[1:] == wanted
        or rest == wanted[1:]
        or rest[1:] == wanted[1:]
        or (rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:])
    )
