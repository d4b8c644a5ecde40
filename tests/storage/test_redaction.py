"""Redaction: names and addresses leave what is kept of a conversation, and nothing else does."""

from storage.redaction import redacted

DANA = ["Dana Test", "dana@example.com", "780-555-0199"]


def test_words_leave_a_text_however_they_are_written() -> None:
    said = "I'm DANA TEST, dana@example.com or (780) 555 0199"

    assert redacted(said, DANA) == "I'm [removed], [removed] or ([removed]"


def test_words_leave_every_text_of_an_event() -> None:
    event = {"kind": "user", "text": "Dana Test", "buttons": [{"title": "dana@example.com"}], "seq": 3, "alert": None}

    assert redacted(event, DANA) == {**event, "text": "[removed]", "buttons": [{"title": "[removed]"}]}


def test_a_word_within_another_stays() -> None:
    assert redacted("Danatest and xdana@example.com", ["Dana", "dana@example.com"]) == "Danatest and xdana@example.com"


def test_a_name_that_looks_like_a_pattern_is_taken_literally() -> None:
    assert redacted("A.B (x|y) AxB", ["A.B", "(x|y)"]) == "[removed] [removed] AxB"


def test_the_longer_of_two_goes_first() -> None:
    assert redacted("Dana Test", ["Dana", "Dana Test"]) == "[removed]"
