"""Phrases: many fixed sequences of words, found at once in a text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

Label = TypeVar("Label")
Words = Sequence[str]


class Phrases(Generic[Label]):
    """A phrase may hold the name of a list, "<numb>", for any wording of that list, as may these wordings.

    Finding takes time that grows with the text, hardly with the number of phrases."""

    def __init__(self, phrases: Iterable[tuple[Words, Label]], lists: Iterable[tuple[Words, str]] = ()) -> None:
        self._root: _Branch[Label] = _Branch()
        for words, label in phrases:
            self._root.branch_for(words).labels.append(label)
        for words, name in lists:
            self._root.branch_for(words).names.append(name)

    def found_in(self, words: Words) -> Iterator[tuple[int, int, Label]]:
        """Start, end and label of every phrase, the last start first."""
        list_ends: list[dict[str, set[int]]] = [{} for _ in range(len(words) + 1)]
        for start in reversed(range(len(words))):
            if words[start] not in self._root.next:
                continue  # The usual case, and every list starts with a word in the end.
            reached = self._reached_from(start, words, list_ends)
            while _notes_lists(reached, list_ends[start]):
                reached = self._reached_from(start, words, list_ends)
            for branch, end in reached:
                for label in branch.labels:
                    yield start, end, label

    def _reached_from(self, start: int, words: Words, list_ends: list[dict[str, set[int]]]) -> "Reached[Label]":
        reached = [(self._root, start)]
        for branch, end in reached:  # It grows while we go along.
            if end < len(words) and words[end] in branch.next:
                reached.append((branch.next[words[end]], end + 1))
            for name, ends in list_ends[end].items():
                if name in branch.next:
                    reached.extend((branch.next[name], list_end) for list_end in ends)
        return reached


class _Branch(Generic[Label]):
    __slots__ = ("labels", "names", "next")

    def __init__(self) -> None:
        self.labels: list[Label] = []  # Of the phrases that are complete here.
        self.names: list[str] = []  # Of the lists, a wording of which is complete here.
        self.next: dict[str, _Branch[Label]] = {}

    def branch_for(self, words: Words) -> "_Branch[Label]":
        branch = self
        for word in words:
            branch = branch.next.setdefault(word, _Branch())
        return branch


Reached = list[tuple[_Branch[Label], int]]


def _notes_lists(reached: Reached[Label], ends: dict[str, set[int]]) -> bool:
    """Notes where wordings of lists end; whether there were any that we did not know."""
    news = [(name, end) for branch, end in reached for name in branch.names if end not in ends.get(name, ())]
    for name, end in news:
        ends.setdefault(name, set()).add(end)
    return bool(news)
