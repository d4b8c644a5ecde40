"""Typing errors: as many as promised, the same each time, and only where they hurt nothing else."""

import pytest

from benchmarks.typing_errors import with_typing_errors

SENTENCES = [
    "how much does a massage cost on weekends",
    "Where Can I Park?",
    "my left leg hurts whenever I sit down for more than ten minutes at work",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_the_same_seed_makes_the_same_errors(text: str) -> None:
    assert with_typing_errors(text, seed=1) == with_typing_errors(text, seed=1)


@pytest.mark.parametrize("text", SENTENCES)
def test_another_seed_makes_others(text: str) -> None:
    assert len({with_typing_errors(text, seed=seed) for seed in range(20)}) > 5


@pytest.mark.parametrize("seed", range(50))
def test_one_word_of_each_five_has_an_error(seed: int) -> None:
    words = "alpha bravo golf delta hotel india lima kilo mike oscar".split()

    typed = with_typing_errors(" ".join(words), seed=seed)

    kept = [word for word in words if word in typed.split()]
    joined = len(words) - len(typed.split())
    assert 8 - joined <= len(kept) <= 8
    assert typed != " ".join(words)


@pytest.mark.parametrize("seed", range(50))
def test_no_error_adds_or_loses_more_than_one_letter(seed: int) -> None:
    text = "stretching"

    assert abs(len(with_typing_errors(text, seed=seed)) - len(text)) <= 1
    assert with_typing_errors(text, seed=seed) != text


def test_every_kind_of_error_happens() -> None:
    typed = {with_typing_errors("cat dog", seed=seed) for seed in range(300)}

    assert {"cat og", "cat ddog", "act dog", "vat dog", "catdog"} <= typed


@pytest.mark.parametrize("text", ["", "ok", "911 ?", "कितना है"])
def test_a_text_without_a_long_enough_word_stays(text: str) -> None:
    assert with_typing_errors(text, seed=1) == text
