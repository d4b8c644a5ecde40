"""Draws what an evaluation found."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from benchmarks.evaluation_report import Judged, shown
from benchmarks.first_scores import FirstScore
from benchmarks.judgement import ASKED_BACK, REFUSALS, Outcome
from benchmarks.questions import IN_SCOPE

WORST_IDS = 25
OTHER, REFUSED = "another or several", "refused"
BINS = 10


def draw_confusions(judged: Sequence[Judged], file: Path) -> None:
    """The questions in scope that most often get no right answer: a row each, with what was given as columns."""
    in_scope = [one for one in judged if one.question.part == IN_SCOPE]
    missed = Counter(one.question.label for one in in_scope if one.outcome is not Outcome.RIGHT)
    ids = [label for label, _ in missed.most_common(WORST_IDS)]
    columns = [*ids, ASKED_BACK, REFUSED, OTHER]
    counts = np.zeros((len(ids), len(columns)), dtype=int)
    for one in in_scope:
        if one.question.label in ids:
            counts[ids.index(one.question.label), columns.index(_column(one, columns))] += 1
    figure = Figure(figsize=(13, 11))
    axes = figure.add_subplot()
    axes.imshow(counts, cmap="Blues")
    axes.set_xticks(range(len(columns)), labels=columns, rotation=90)
    axes.set_yticks(range(len(ids)), labels=ids)
    axes.set_xlabel("given")
    axes.set_ylabel("wanted")
    axes.set_title(f"The {len(ids)} questions that most often get no right answer")
    for row, column in np.argwhere(counts):
        dark = counts[row, column] > counts.max() / 2
        axes.text(column, row, counts[row, column], ha="center", va="center", color="white" if dark else "black")
    figure.savefig(file, bbox_inches="tight", dpi=110)


def draw_reliability(scores: Sequence[FirstScore], file: Path) -> None:
    """How often the first guess is right, by its score; on the diagonal, a score is the chance of being right."""
    bins: list[list[FirstScore]] = [[] for _ in range(BINS)]
    for one in scores:
        bins[min(int(one.score * BINS), BINS - 1)].append(one)
    filled = [members for members in bins if members]
    figure = Figure(figsize=(7, 7))
    upper, lower = figure.subplots(2, 1, sharex=True, gridspec_kw={"height_ratios": [3, 1]})
    upper.plot([0, 1], [0, 1], linestyle="--", color="grey")
    upper.plot(
        [np.mean([one.score for one in members]) for members in filled],
        [np.mean([one.right for one in members]) for members in filled],
        marker="o",
    )
    upper.set_ylabel("share right")
    upper.set_title(f"The classifier's first guess, {len(scores)} messages without typing errors")
    lower.bar([(place + 0.5) / BINS for place in range(BINS)], [len(members) for members in bins], width=0.9 / BINS)
    lower.set_ylabel("messages")
    lower.set_xlabel("score")
    figure.savefig(file, bbox_inches="tight", dpi=110)


def _column(one: Judged, columns: Sequence[str]) -> str:
    """A right answer is on the diagonal, whichever of the acceptable ones it is."""
    if one.outcome is Outcome.RIGHT:
        return one.question.label
    if one.given.answers and set(one.given.answers) <= REFUSALS:
        return REFUSED
    return given if (given := shown(one.given)) in columns and given != one.question.label else OTHER
