"""The figures as a table."""

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.measurements import Figures

MS = 0.001
MB = 1_000_000


class Row(NamedTuple):
    figure: str
    shown: str
    unit: float = 1.0
    digits: int = 1


ROWS = [
    Row("training_seconds", "training, s"),
    Row("training_processor_seconds", "  processor time, s"),
    Row("first_answer_seconds", "start to first answer, s"),
    Row("first_answer_processor_seconds", "  processor time, s"),
    Row("turn_median_seconds", "turn, median, ms", MS),
    Row("turn_95th_seconds", "turn, 95th percentile, ms", MS),
    Row("turn_99th_seconds", "turn, 99th percentile, ms", MS),
    Row("turn_processor_seconds", "  processor time, mean, ms", MS),
    Row("unanswered_turns", "turns without an answer", digits=0),
    Row("memory_rss_bytes", "memory while serving, RSS, MB", MB, digits=0),
    Row("memory_pss_bytes", "memory while serving, PSS, MB", MB, digits=0),
    Row("packages_bytes", "installed packages, MB", MB, digits=0),
    Row("model_bytes", "model (ours: and encoder), MB", MB),
]


def table(ours: Figures, stock: Figures) -> str:
    """One line for each figure; the last column is how many times ours stock Rasa is."""
    lines = [f"{'':32}{'assistant':>12}{'stock Rasa':>12}{'ratio':>8}"]
    for row in ROWS:
        mine, theirs = ours[row.figure], stock[row.figure]
        ratio = f"{theirs / mine:.1f}" if mine else "-"
        lines.append(f"{row.shown:32}{_shown(mine, row):>12}{_shown(theirs, row):>12}{ratio:>8}")
    return "\n".join(lines)


def columns(contenders: dict[str, Figures], rows: Sequence[Row]) -> str:
    """One line for each figure, one column for each contender."""
    heads = "".join(f"{name:>15}" for name in contenders)
    lines = ["".join(f"{_shown(one[row.figure], row):>15}" for one in contenders.values()) for row in rows]
    return "\n".join([f"{'':32}{heads}", *(f"{row.shown:32}{line}" for row, line in zip(rows, lines, strict=True))])


def _shown(value: float, row: Row) -> str:
    return f"{value / row.unit:,.{row.digits}f}"
