"""What a browser may send: what is taken, and every refusal."""

from collections.abc import Callable
from typing import Any

import pytest

from web.widget.messages import BadMessage, Feedback, Message, clean, read_feedback, read_message

BUTTON = "0123456789abcdef0123456789abcdef"


def message(**different: Any) -> dict[str, Any]:
    return {"id": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "text": "Hello", **different}


def refusal(read: Callable[[Any], Any], body: Any) -> str:
    with pytest.raises(BadMessage) as refused:
        read(body)
    return str(refused.value)


# ---- Messages


def test_a_text_is_taken() -> None:
    taken = read_message(message(text="My back hurts"))

    assert taken == Message("6f9619ff-8b86-d011-b42d-00cf4fc964ff", "My back hurts", None)


def test_an_offered_button_is_taken() -> None:
    taken = read_message({"id": "m1", "button": BUTTON})

    assert taken == Message("m1", None, BUTTON)


@pytest.mark.parametrize("body", [None, [], "Hello", 7, True])
def test_what_is_no_object_is_refused(body: Any) -> None:
    assert refusal(read_message, body).startswith("Send a JSON object")


@pytest.mark.parametrize(
    "id", [None, "", 7, ["m1"], "with space", "m1\n", "é", "/../", "x" * 65], ids=lambda id: str(id)[:8]
)
def test_a_message_without_an_id_of_its_own_is_refused(id: Any) -> None:
    assert refusal(read_message, message(id=id)).startswith("The message needs an id of its own")


@pytest.mark.parametrize("id", ["a", "A-1", "x" * 64])
def test_an_id_is_up_to_64_letters_digits_and_dashes(id: str) -> None:
    assert read_message(message(id=id)).id == id


@pytest.mark.parametrize(
    "body", [{"id": "m1"}, {"id": "m1", "text": None}, {"id": "m1", "text": "Hello", "button": BUTTON}]
)
def test_a_message_is_either_a_text_or_a_button(body: Any) -> None:
    assert refusal(read_message, body).startswith("Send either a text or a button")


@pytest.mark.parametrize("text", [7, ["Hello"], {"text": "Hello"}, True])
def test_a_text_must_be_a_text(text: Any) -> None:
    assert refusal(read_message, message(text=text)) == "The text must be a text."


@pytest.mark.parametrize("text", ["", " ", " \n\t ", "\u00a0\u3000", "\x00\x07", "\ud83d", " \x00 \udc00 "])
def test_a_text_that_shows_nothing_is_refused(text: str) -> None:
    assert refusal(read_message, message(text=text)).startswith("The message is empty")


@pytest.mark.parametrize("button", [7, True, [BUTTON], "", "a b", "x" * 65, "\ud800"], ids=lambda one: ascii(one)[:8])
def test_what_cannot_be_the_id_of_a_button_is_refused(button: Any) -> None:
    assert refusal(read_message, {"id": "m1", "button": button}).startswith("The button must be the id of one")


def test_a_very_long_text_is_taken_whole() -> None:
    text = "my leg " * 2_857

    taken = read_message(message(text=f"{text}x"))

    assert len(str(taken.text)) == 20_000


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Hello \n", "Hello"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("a\x00b\x1bc\x7fd\x85e", "abcde"),
        ("broken \ud83d emoji", "broken  emoji"),
        ("whole 😀 emoji, 👩‍⚕️ too", "whole 😀 emoji, 👩‍⚕️ too"),
        ("ça, 李, ਸਤ, مرحبا", "ça, 李, ਸਤ, مرحبا"),
    ],
    ids=["spaces", "lines", "control characters", "half an emoji", "whole emoji", "languages"],
)
def test_characters_that_show_nothing_are_taken_out_and_all_others_kept(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_cleaned_text_can_be_written_down() -> None:
    cleaned = clean("".join(map(chr, range(0x20000))))

    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


# ---- Feedback


def test_feedback_is_taken_with_and_without_a_reason() -> None:
    with_reason = read_feedback({"seq": 3, "helpful": False, "reason": " too long\x00 "})
    without = read_feedback({"seq": 3, "helpful": True})

    assert with_reason == Feedback(3, False, "too long")
    assert without == Feedback(3, True, None)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"seq": 3},
        {"helpful": True},
        {"seq": "3", "helpful": True},
        {"seq": 3.0, "helpful": True},
        {"seq": True, "helpful": True},
        {"seq": 3, "helpful": "yes"},
        {"seq": 3, "helpful": 1},
        {"seq": 0, "helpful": True},
        {"seq": -3, "helpful": True},
        {"seq": 10**30, "helpful": True},
    ],
    ids=str,
)
def test_feedback_without_the_number_of_an_answer_and_a_verdict_is_refused(body: Any) -> None:
    assert refusal(read_feedback, body).startswith("Feedback needs seq")


@pytest.mark.parametrize("body", [None, [], "helpful"])
def test_feedback_that_is_no_object_is_refused(body: Any) -> None:
    assert refusal(read_feedback, body).startswith("Send a JSON object")


def test_a_long_reason_is_cut() -> None:
    taken = read_feedback({"seq": 3, "helpful": False, "reason": "x" * 501})

    assert taken.reason == "x" * 500


@pytest.mark.parametrize("reason", [7, ["too long"], None])
def test_a_reason_that_is_no_text_is_left_out(reason: Any) -> None:
    assert read_feedback({"seq": 3, "helpful": False, "reason": reason}).reason is None
