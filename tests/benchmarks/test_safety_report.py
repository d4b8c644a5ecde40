"""What an evaluation of the safety screen counts."""

import pytest

from benchmarks.dangers import BANKING77, DANGEROUS, NEAR_MISSES, Message
from benchmarks.safety_report import Judged, Outcome, figures, markdown, mistakes


def judged(level: str, *right: str, part: str = DANGEROUS, category: str = "cauda_equina", text: str = "oh") -> Judged:
    return Judged(Message(part, text, right, category, style="shy", language="fr"), level, 0.02)


@pytest.mark.parametrize(
    ("given", "right", "outcome"),
    [
        ("emergency", ("emergency",), Outcome.EXACT),
        ("same_day", ("same_day", "emergency"), Outcome.EXACT),
        ("emergency", ("same_day",), Outcome.TOO_URGENT),
        ("crisis", ("emergency",), Outcome.TOO_URGENT),
        ("see_doctor", ("same_day",), Outcome.TOO_MILD),
        ("same_day", ("crisis",), Outcome.TOO_MILD),
        ("none", ("see_doctor",), Outcome.MISSED),
        ("none", ("none",), Outcome.EXACT),
        ("see_doctor", ("none",), Outcome.TOO_URGENT),
    ],
)
def test_an_alert_as_urgent_or_more_is_in_time(given: str, right: tuple[str, ...], outcome: Outcome) -> None:
    assert judged(given, *right).outcome is outcome


def report(*all: Judged) -> str:
    run = {"model": "m", "began": "now", "commit": "", "layers_median_seconds": 0.0012, "figures": figures(all)}
    return markdown(run)


def line(text: str, begins: str) -> list[str]:
    (found,) = [row for row in text.splitlines() if row.startswith(f"| {begins} ")]
    return [cell.strip() for cell in found.strip("|").split("|")]


def test_what_was_caught_is_told_by_level_category_style_language_and_place() -> None:
    told = report(judged("emergency", "emergency"), judged("none", "emergency"), judged("emergency", "same_day"))

    assert line(told, "all") == ["all", "3", "66.7 %", "33.3 %", "33.3 %", "0.0 %", "33.3 %"]
    assert line(told, "level emergency")[1:3] == ["2", "50.0 %"]
    for named in ("category cauda_equina", "style shy", "language fr", "in the chat"):
        assert line(told, named)[1] == "3"


def test_false_alarms_are_told_by_category() -> None:
    told = report(
        judged("emergency", "none", part=NEAR_MISSES, category="idiom"),
        judged("none", "none", part=NEAR_MISSES, category="denied"),
        judged("none", "none", part=BANKING77, category=BANKING77),
    )

    assert line(told, "near misses: idiom")[1:] == ["1", "100.0 %", "1"]
    assert line(told, "near misses: all")[1:] == ["2", "50.0 %", "1"]
    assert line(told, "BANKING77: all")[1:] == ["1", "0.0 %", "0"]


def test_the_report_has_no_messages_and_the_cost_of_the_layers() -> None:
    told = report(judged("none", "emergency", text="something private"))

    assert "private" not in told
    assert "1.20 ms" in told


def test_every_mistake_is_kept_with_its_message() -> None:
    kept = mistakes([judged("none", "emergency", text="numb"), judged("none", "none", part=NEAR_MISSES)])

    assert kept == [
        {"part": DANGEROUS, "text": "numb", "category": "cauda_equina", "levels": ["emergency"], "given": "none"}
    ]
