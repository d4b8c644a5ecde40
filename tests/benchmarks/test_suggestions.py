"""How the benchmark of the suggestions types, and what it counts."""

from benchmarks.questions import IN_SCOPE, Question
from benchmarks.suggestions import Typed, beginnings, by_titles, right_shares, table
from tests.builders import clinic_answer, content

PRICES = frozenset(["prices"])


def test_a_message_is_typed_letter_by_letter_and_word_by_word() -> None:
    question = Question(IN_SCOPE, "clinic", "what is it", (PRICES,), "prices")

    assert [(one.after, one.text) for one in beginnings(question)] == [
        ("3 letters", "wha"),
        ("6 letters", "what i"),
        ("10 letters", "what is it"),
        ("1 word", "what "),
        ("2 words", "what is "),
        ("3 words", "what is it"),
        ("all of it", "what is it"),
    ]


def test_a_right_answer_counts_from_the_place_it_has() -> None:
    given = {"a": ["prices"], "b": ["sleep", "prices"], "c": []}
    typed = [Typed("3 letters", text, PRICES) for text in given]

    shares = right_shares(typed, lambda text: given[text])

    assert shares == {"3 letters": [1 / 3, 2 / 3, 2 / 3, 1.0]}


def test_the_table_shows_both_ways_in_the_order_of_typing() -> None:
    question = Question(IN_SCOPE, "clinic", "what is it that you ask of people", (PRICES,), "prices")
    shares = right_shares(beginnings(question), lambda text: ["sleep", "prices"])

    lines = table({"titles": shares, "suggestions": shares}).splitlines()

    assert lines[2].split() == ["3", "letters", "0.0", "100.0", "100.0", "2.0", "0.0", "100.0", "100.0", "2.0"]
    assert lines[-1].startswith("all of it")


def test_by_titles_only_the_words_of_title_and_id_count() -> None:
    ours = content(clinic_answer("prices", question="What does a massage cost?"))

    assert by_titles("cos", ours) == by_titles("price", ours) == ["prices"]
    assert by_titles("visa", ours) == []
