"""What an evaluation of the safety screen found: figures to save, tables to read, and what went wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from enum import Enum
from typing import Any, NamedTuple

from benchmarks.dangers import DANGEROUS, HARMLESS, NO_LEVEL, URGENCY, WITH_TYPING_ERRORS, Message
from benchmarks.tables import as_markdown, share

ALL = "all"
MS = 0.001


class Outcome(str, Enum):
    EXACT = "exact"
    TOO_URGENT = "too urgent"
    TOO_MILD = "too mild"
    MISSED = "missed"


CAUGHT = (Outcome.EXACT, Outcome.TOO_URGENT)  # Whoever is sent to 911 instead of 811 is not left alone.


class Judged(NamedTuple):
    message: Message
    level: str  # the most urgent of the turn, or NO_LEVEL
    seconds: float

    @property
    def outcome(self) -> Outcome:
        if self.level in self.message.levels:
            return Outcome.EXACT
        if self.level == NO_LEVEL:
            return Outcome.MISSED
        least = min(URGENCY[level] for level in self.message.levels)
        return Outcome.TOO_URGENT if URGENCY[self.level] >= least else Outcome.TOO_MILD


def figures(judged: Iterable[Judged]) -> dict[str, dict[str, dict[str, int]]]:
    """By part and line of its table: how many messages, and how many of each outcome."""
    groups: dict[str, dict[str, list[Judged]]] = defaultdict(lambda: defaultdict(list))
    for one in judged:
        for line in _lines(one.message):
            groups[one.message.part][line].append(one)
    return {part: {line: _counts(lines[line]) for line in sorted(lines, key=_place)} for part, lines in groups.items()}


def markdown(run: dict[str, Any]) -> str:
    """The tables of a run."""
    counted = run["figures"]
    head = f"Model {run['model']}, {run['began']}, commit {run['commit'][:10] or 'unknown'}."
    tables = [
        as_markdown(part, ["", "messages", "caught", "exact level", "too urgent", "too mild", "missed"], rows)
        for part in (DANGEROUS, WITH_TYPING_ERRORS)
        if (rows := [_dangerous(line, count) for line, count in counted.get(part, {}).items()])
    ]
    false = [
        [f"{part}: {line}", *_harmless(count)] for part in HARMLESS for line, count in counted.get(part, {}).items()
    ]
    tables.append(as_markdown("false alarms", ["", "messages", "false alarms", "number"], false))
    cost = f"The layers take {run['layers_median_seconds'] / MS:.2f} ms of a message, in the median of ordinary ones."
    return "\n\n".join([head, *tables, cost])


def mistakes(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """Every message that got another level than a right one, with what it got."""
    return [
        {
            "part": one.message.part,
            "text": one.message.text,
            "category": one.message.category,
            "levels": list(one.message.levels),
            "given": one.level,
        }
        for one in judged
        if one.outcome is not Outcome.EXACT
    ]


def _lines(message: Message) -> list[str]:
    if message.part in HARMLESS:
        return [message.category, ALL]
    place = "in a booking" if message.in_booking else "in the chat"
    return [
        f"level {message.levels[0]}",
        f"category {message.category}",
        f"style {message.style}",
        f"language {message.language}",
        place,
        ALL,
    ]


def _place(line: str) -> tuple[int, str]:
    kinds = ("level", "category", "style", "language", "in")
    first = line.split()[0]
    return (len(kinds) if line == ALL else kinds.index(first) if first in kinds else 0), line


def _counts(members: list[Judged]) -> dict[str, int]:
    outcomes = Counter(one.outcome.value for one in members)
    return {"messages": len(members), **{one.value: outcomes[one.value] for one in Outcome}}


def _dangerous(line: str, count: dict[str, int]) -> list[str]:
    caught = sum(count[one.value] for one in CAUGHT)
    shares = [caught, *(count[one.value] for one in Outcome)]
    return [line, str(count["messages"]), *(share(number, count["messages"]) for number in shares)]


def _harmless(count: dict[str, int]) -> list[str]:
    alarms = count["messages"] - count[Outcome.EXACT.value]
    return [str(count["messages"]), share(alarms, count["messages"]), str(alarms)]
