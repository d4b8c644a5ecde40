"""The BANKING77 benchmark: what is written for the recognizers, and when the int8 graph is refused."""

import json
from pathlib import Path

import pytest

from benchmarks.banking77 import accuracy, int8_refused, write_exercise
from benchmarks.labelled import Labelled
from storage.training_files import read_examples


def test_the_exercise_holds_the_sentences_with_their_intents_and_the_messages_without(tmp_path: Path) -> None:
    sentences = [Labelled("- where: is it?", "card"), Labelled("# it's blocked", "pin"), Labelled("lost it", "card")]

    write_exercise(tmp_path / "ours", sentences, [Labelled("my pin", "pin")], {"config.yml": "language: en\n"})

    examples = read_examples(tmp_path / "ours" / "nlu.yml")
    assert [(one.intent, one.text) for one in examples] == [
        ("card", "- where: is it?"),
        ("card", "lost it"),
        ("pin", "# it's blocked"),
    ]
    assert json.loads((tmp_path / "ours" / "messages.json").read_text()) == ["my pin"]
    assert (tmp_path / "ours" / "config.yml").read_text() == "language: en\n"


def test_accuracy_is_the_share_that_was_found() -> None:
    assert accuracy(["card", "pin", "card", "card"], ["card", "pin", "pin", "card"]) == 0.75


@pytest.mark.parametrize("int8", [0.795, 0.80, 0.81])
def test_int8_may_lose_half_a_point(int8: float) -> None:
    assert int8_refused({"accuracy_mean": int8}, {"accuracy_mean": 0.80}) is None


def test_int8_is_refused_with_the_figures_when_it_loses_more() -> None:
    told = int8_refused({"accuracy_mean": 0.794}, {"accuracy_mean": 0.80})

    assert told is not None
    assert "loses 0.60 points" in told
    assert "79.40%, float32 80.00%" in told
