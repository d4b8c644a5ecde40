"""Suggestions while typing: which questions, in which order, and how many."""

import pytest

from clinic.suggestions import MOST, suggestions
from tests.builders import answer, clinic_answer, content

CONTENT = content(
    answer("sleep", question="How should I sleep with sciatica?"),
    answer("what_is_sciatica", question="What is sciatica?"),
    clinic_answer("prices", question="What does a massage cost?"),
)


def ids(typed: str) -> list[str]:
    return [one.id for one in suggestions(typed, CONTENT)]


@pytest.mark.parametrize("typed", ["cost", "COST", "mass", "price"])
def test_a_word_or_its_beginning_finds_the_question_or_its_id(typed: str) -> None:
    assert ids(typed) == ["prices"]


def test_the_question_with_more_of_the_typed_words_comes_first() -> None:
    assert ids("sleep sciatica")[:2] == ["sleep", "what_is_sciatica"]


@pytest.mark.parametrize("typed", ["", "   ", "?!", "zebra", "ciatica"])
def test_nothing_is_suggested_when_no_word_fits(typed: str) -> None:
    assert ids(typed) == []


def test_at_most_five_are_suggested() -> None:
    many = content(*[answer(f"sleep_{number}", question="Sleep?") for number in range(MOST + 3)])

    assert len(suggestions("sleep", many)) == MOST == 5


def test_what_only_the_program_says_is_not_suggested() -> None:
    assert ids("emergency") == []
