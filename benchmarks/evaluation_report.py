"""What an evaluation found: figures to save, tables to read, and which answers were mixed up. No visitor's words,
unless they are asked for."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import median
from typing import Any, NamedTuple

from benchmarks.judgement import Given, Outcome
from benchmarks.measurements import percentile
from benchmarks.questions import (
    DOUBLES,
    FAR,
    FOLLOW_UPS,
    IN_SCOPE,
    LANGUAGES,
    ODD,
    OUT_OF_SCOPE,
    TYPING_ERRORS,
    Question,
)
from benchmarks.tables import as_markdown, share

MOST_CONFUSIONS = 25
MS = 0.001
ALL, NEAR = "all", "near"
LAST = {NEAR: 1, ALL: 2}  # Sums stand below what they are of.

Groups = dict[str, "list[Judged]"]


class Judged(NamedTuple):
    question: Question
    given: Given
    outcome: Outcome


class Columns(NamedTuple):
    """Which outcomes a table shows, and how it calls them."""

    first: str
    shown: dict[Outcome, str]


USUAL = {one: one.value for one in (Outcome.RIGHT, Outcome.OFFERED, Outcome.REFUSED, Outcome.WRONG)}
TABLES = {
    IN_SCOPE: Columns("subject", USUAL),
    TYPING_ERRORS: Columns("subject", USUAL),
    "registers, in scope": Columns("register", USUAL),
    OUT_OF_SCOPE: Columns(
        "kind", {Outcome.RIGHT: "refused", Outcome.CLARIFIED: "asked back", Outcome.WRONG: "answered"}
    ),
    FOLLOW_UPS: Columns("kind", USUAL),
    DOUBLES: Columns("kind", USUAL),
    LANGUAGES: Columns("language", USUAL),
    ODD: Columns("", USUAL),
}


def figures(judged: list[Judged]) -> dict[str, Any]:
    """By table and line: how many messages, and how many of each outcome; and how long a turn took, in seconds."""
    tables = {title: _counts(groups) for title, groups in _grouped(judged).items() if groups}
    return {"tables": tables, "turn_seconds": _turns([one.given.seconds for one in judged])}


def markdown(run: dict[str, Any]) -> str:
    """The tables, under a line that says which run they are of; with the stock Rasa's columns, if it was asked too."""
    of = f"Set {run['set']}, began {run['began']}, commit {run['commit'][:12]}, seed {run['seed']}."
    turns, stock_tables = {"assistant": run["figures"]["turn_seconds"]}, {}
    if stock := run.get("stock"):
        of += f" {_training(stock)}"
        turns["assistant, what both were asked"] = stock["assistant_turn_seconds"]
        turns["stock Rasa"] = stock["figures"]["turn_seconds"]
        stock_tables = stock["figures"]["tables"]
    tables = [_table(title, lines, stock_tables.get(title)) for title, lines in run["figures"]["tables"].items()]
    return "\n\n".join([f"# Evaluation\n\n{of}", *tables, _times(turns, run["at_once"])])


def mistakes(judged: list[Judged], *, with_messages: bool) -> str:
    """What was wanted, what was given, how often, the most frequent first; those with typing errors are not counted.

    All of them with their messages, or the first 25 without.
    """
    mixed_up: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for question, given, outcome in judged:
        if outcome is not Outcome.RIGHT and question.part != TYPING_ERRORS:
            instead = f"{shown(given)} ({outcome.value})"
            mixed_up[question.part, question.label, instead].append(" / ".join([*question.before, question.text]))
    worst = sorted(mixed_up.items(), key=lambda one: (-len(one[1]), one[0]))
    lines = ["The worst confusions (part: wanted -> given, how often):"]
    for (part, wanted, instead), texts in worst if with_messages else worst[:MOST_CONFUSIONS]:
        lines.append(f"{len(texts):4}  {part}: {wanted} -> {instead}")
        lines += [f"          {text}" for text in texts if with_messages]
    return "\n".join(lines)


def shown(given: Given) -> str:
    return " + ".join(given.answers) or "nothing"


def _grouped(judged: Iterable[Judged]) -> dict[str, Groups]:
    """The lines of each table."""
    tables: dict[str, defaultdict[str, list[Judged]]] = {title: defaultdict(list) for title in TABLES}
    for one in judged:
        question = one.question
        lines = tables[question.part]
        for line in (question.group, ALL, *([NEAR] if _is_near(question) else [])):
            lines[line].append(one)
        if question.part == IN_SCOPE and question.register:
            tables["registers, in scope"][question.register].append(one)
    return {title: dict(sorted(lines.items(), key=lambda one: LAST.get(one[0], 0))) for title, lines in tables.items()}


def _is_near(question: Question) -> bool:
    return question.part == OUT_OF_SCOPE and question.group != FAR


def _counts(groups: Groups) -> dict[str, dict[str, int]]:
    counted = {}
    for line, members in groups.items():
        outcomes = Counter(one.outcome.value for one in members)
        counted[line] = {"messages": len(members), **{one.value: outcomes[one.value] for one in Outcome}}
    return counted


def _training(stock: dict[str, Any]) -> str:
    taken = "remembered from an earlier run" if stock["was_remembered"] else f"in {stock['training_seconds']:.0f} s"
    return f"Stock: {stock['installed'][0]}, trained for {stock['epochs']} epochs, {taken}."


def _table(title: str, lines: dict[str, dict[str, int]], stock: dict[str, dict[str, int]] | None) -> str:
    first, columns = TABLES[title]
    beside = [one for one in columns if one is not Outcome.OFFERED] if stock else []  # It has no choices to offer.
    head = [first, "messages", *columns.values(), *(f"stock {columns[one]}" for one in beside)]
    rows = [
        [line, str(counts["messages"]), *_shares(counts, columns), *(_shares(stock[line], beside) if stock else [])]
        for line, counts in lines.items()
    ]
    return as_markdown(title, head, rows)


def _shares(counts: dict[str, int], outcomes: Iterable[Outcome]) -> list[str]:
    return [share(counts[one.value], counts["messages"]) for one in outcomes]


def _turns(seconds: list[float]) -> dict[str, float]:
    return {
        "median": median(seconds),
        "99th percentile": percentile(99, seconds),
        "99.9th percentile": percentile(99.9, seconds),
        "longest": max(seconds),
    }


def _times(turns: dict[str, dict[str, float]], at_once: int) -> str:
    """A line for each who was asked."""
    rows = [[who, *(f"{seconds / MS:.0f}" for seconds in times.values())] for who, times in turns.items()]
    return as_markdown(f"time per message, ms, {at_once} at a time", ["", *turns["assistant"]], rows)
