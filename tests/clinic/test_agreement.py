"""Agreement: a yes and a no, however they are typed."""

import pytest

from clinic.agreement import says_no, says_yes


@pytest.mark.parametrize("text", ["yes", "Yep!", "ok book it", "sounds good", "that's right", "please do", "Oui"])
def test_a_yes_is_heard(text: str) -> None:
    assert says_yes(text, "inform")
    assert not says_no(text, "inform")


@pytest.mark.parametrize("text", ["no", "Nope", "not yet", "wait", "don't", "no, friday"])
def test_a_no_is_heard(text: str) -> None:
    assert says_no(text, "inform")
    assert not says_yes(text, "inform")


@pytest.mark.parametrize("text", ["yes?", "is that right?", "friday", "what does it cost"])
def test_a_question_or_something_else_is_no_yes(text: str) -> None:
    assert not says_yes(text, "inform")


def test_what_was_understood_as_one_counts_in_any_words() -> None:
    assert says_yes("let's", "affirm")
    assert says_no("rather something else", "deny")
