"""Suggestions while typing: which questions, in which order, and how many."""

import pytest

from clinic.suggestions import MOST, Suggestions
from tests.builders import answer, clinic_answer, content

CONTENT = content(
    answer("sleep", question="How should I sleep with sciatica?"),
    answer("what_is_sciatica", question="What is sciatica?"),
    clinic_answer("prices", question="What does a massage cost?"),
    clinic_answer("payment_methods", question="How can I pay?"),
    clinic_answer("privacy", question="What happens to what I write here?", topic="assistant"),
)
SENTENCES = [
    ("payment_methods", "do you take visa"),
    ("payment_methods", "can i pay with mastercard"),
    ("prices", "how much money for an hour"),
    ("prices", "how much do i pay for a massage"),
    ("sleep", "how do i lie in bed at night"),
    ("sleep", "which pillow for the night"),
    ("what_is_sciatica", "which nerve is it"),
    ("what_is_sciatica", "is it a nerve"),
    ("privacy", "who reads my secrets"),
    ("inform", "tomorrow afternoon"),
]


def ids(typed: str, sentences: list[tuple[str, str]] = SENTENCES) -> list[str]:
    return [one.id for one in Suggestions(sentences).best(typed, CONTENT)]


@pytest.mark.parametrize("typed", ["visa", "VISA", "vis", "visa ", "visa?", "do you take visa"])
def test_a_word_of_its_sentences_or_the_beginning_of_one_finds_the_question(typed: str) -> None:
    assert ids(typed)[0] == "payment_methods"


def test_the_beginning_of_a_word_finds_nothing_once_the_word_is_over() -> None:
    assert ids("vis ") == []


@pytest.mark.parametrize("typed", ["cost", "COS", "prices"])
def test_a_word_of_the_title_or_the_id_finds_a_question_without_sentences(typed: str) -> None:
    assert ids(typed, sentences=[]) == ["prices"]


def test_the_title_is_searched_as_it_is_now() -> None:
    suggestions = Suggestions(SENTENCES)
    suggestions.best("fee", CONTENT)

    edited = content(clinic_answer("prices", question="What is your fee?"), answer("sleep"))

    assert [one.question for one in suggestions.best("fee", edited)] == ["What is your fee?"]


def test_a_word_that_few_questions_share_tells_more_than_one_of_many() -> None:
    assert ids("how night")[0] == "sleep"
    assert ids("how visa")[0] == "payment_methods"


def test_words_side_by_side_tell_more_than_each_alone() -> None:
    sentences = [
        *[("sleep", one) for one in ("how long is it", "how long then", "much of it")],
        *[("prices", one) for one in ("how much is it", "how much then", "long one")],
        *[(one, "something else") for one in ("payment_methods", "privacy", "what_is_sciatica", "inform", "deny")],
    ]

    assert ids("how much", sentences)[0] == "prices"
    assert ids("how long", sentences)[0] == "sleep"


@pytest.mark.parametrize("typed", ["masterxard", "mastercrad ", "matercard", "masteercard ", "masterxa"])
def test_one_typing_error_in_a_word_is_forgiven(typed: str) -> None:
    assert ids(typed) == ["payment_methods"]


@pytest.mark.parametrize("typed", ["masterxxrd", "nastercard", "vxa"])
def test_two_errors_a_wrong_first_letter_and_errors_in_short_words_are_not_forgiven(typed: str) -> None:
    assert ids(typed) == []


@pytest.mark.parametrize("typed", ["", "   ", "?!", "zebra", "'", "日本", "\uffff"])
def test_nothing_is_suggested_when_no_word_fits(typed: str) -> None:
    assert ids(typed) == []


def test_nothing_is_suggested_for_a_word_that_all_questions_share() -> None:
    same = [(one, "please") for one in CONTENT.asked()]

    assert ids("please", sentences=same) == []


def test_at_most_five_are_suggested() -> None:
    answers = [answer(f"sleep_{number}", question="Sleep?") for number in range(MOST + 3)]
    others = [clinic_answer(f"about_{number}", question="Money?") for number in range(5 * MOST)]

    assert len(Suggestions().best("sleep", content(*answers, *others))) == MOST == 5


@pytest.mark.parametrize("typed", ["emergency", "tomorrow", "secrets"])
def test_what_only_the_program_says_and_small_change_are_not_suggested(typed: str) -> None:
    assert ids(typed) == []
