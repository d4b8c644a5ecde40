"""Misspelling: slips of hurried typing, undone for the words we listen for."""

from collections.abc import Iterable, Iterator

DOUBLED_FROM = 3
MISSED_OR_SWAPPED_FROM = 6
WRONG_VOWEL_FROM = 7
"""Letters a word needs for such a slip to be forgiven; in shorter ones it makes another word too often (weak, week).
Chosen, with the real words of content/red_flags.yml, so that none of the 13,283 everyday messages of BANKING77 and
CLINC150 (out of scope) raises a flag; November 2026."""

VOWELS = "aeiou"


def misspellings(words: Iterable[str], *, real_words: Iterable[str]) -> dict[str, str]:
    """For each likely misspelling the word that was meant. First and last letters are taken to be right, and no
    word, nor any of the other real words, is a misspelling."""
    words = sorted(words)
    known = {*words, *real_words}
    meant: dict[str, str] = {}
    for word in words:
        for slip in _slips(word):
            if slip not in known:
                meant.setdefault(slip, word)
    return meant


def _slips(word: str) -> Iterator[str]:
    last = len(word) - 1
    for at in range(1, last + 1):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        if len(word) >= DOUBLED_FROM:
            yield before + letter + letter + after
        if len(word) >= MISSED_OR_SWAPPED_FROM and at < last:
            yield before + after
            yield before + after[0] + letter + after[1:]
        if len(word) >= WRONG_VOWEL_FROM and at < last and letter in VOWELS:
            yield from (before + vowel + after for vowel in VOWELS)
