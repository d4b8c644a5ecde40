"""Spoken slips: which word a hurried thumb meant.

A slip is a wrong, missing or needless letter, or two that are swapped. In a long word two are forgiven; in a short one
only what swaps or doubles its own letters.
"""

from collections.abc import Iterable

TYPED_FROM = 4  # letters
_SHORT_TO = 4
_LONG_FROM = 8


def nearest(typed: str, words: Iterable[str]) -> str | None:
    """The one word that is nearest, if it is near enough; its plural likewise."""
    if len(typed) < TYPED_FROM:
        return None
    near: list[tuple[int, str]] = []
    for word in words:
        for stem, ending in ((typed, ""), (typed[:-1], "s")) if typed[-1] == "s" else ((typed, ""),):
            if _may_be(stem, word) and (count := slips(stem, word)) <= (2 if len(word) >= _LONG_FROM else 1):
                near.append((count, word + ending))
    near.sort()
    return near[0][1] if near and (len(near) == 1 or near[0][0] < near[1][0]) else None


def _may_be(typed: str, word: str) -> bool:
    """Cheaper than counting slips."""
    if len(word) <= _SHORT_TO and set(typed) != set(word):
        return False
    return abs(len(typed) - len(word)) <= 2 and bool({*typed[:2]} & {*word[:2]})


def slips(typed: str, word: str) -> int:
    before: list[int] = []
    above = list(range(len(word) + 1))
    for at, letter in enumerate(typed):
        row = [at + 1]
        for place, meant in enumerate(word):
            row.append(min(above[place + 1] + 1, row[place] + 1, above[place] + (letter != meant)))
            if at and place and (letter, typed[at - 1]) == (word[place - 1], meant):
                row[-1] = min(row[-1], before[place - 1] + 1)
        before, above = above, row
    return above[-1]
