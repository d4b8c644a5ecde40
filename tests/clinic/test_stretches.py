"""Stretches: what a file must hold."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.builders import stretch

STEP = {"text": "Bend both knees.", "picture": "one.svg", "alt": "Both knees are bent.", "seconds": 0}


def refusal(**different: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        stretch(**different)
    return str(refused.value)


@pytest.mark.parametrize("seconds", [0, 20, 60])
def test_a_step_is_held_for_up_to_a_minute(seconds: int) -> None:
    held = stretch(steps=[STEP, {**STEP, "seconds": seconds}])

    assert held.steps[1].seconds == seconds


@pytest.mark.parametrize("seconds", [-1, 61, 5.5, "20", True])
def test_another_length_is_refused(seconds: object) -> None:
    sentence = refusal(steps=[STEP, {**STEP, "seconds": seconds}])

    assert "seconds" in sentence


@pytest.mark.parametrize("key", ["stop_if", "not_if"])
def test_when_to_stop_and_who_should_not_do_it_must_be_said(key: str) -> None:
    sentence = refusal(**{key: []})

    assert key in sentence


def test_every_picture_is_also_said_in_words() -> None:
    sentence = refusal(steps=[STEP, {**STEP, "alt": ""}])

    assert "alt" in sentence


def test_a_stretch_without_a_source_is_refused() -> None:
    sentence = refusal(sources=[])

    assert "sources: at least one is needed" in sentence
