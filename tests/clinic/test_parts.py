"""Parts: where a message is cut, and what looks like a question."""

import pytest

from clinic.parts import MOST_PARTS, SHORT, Part, asks, parts_of


def texts(message: str) -> list[str]:
    return [part.text for part in parts_of(message)]


def listed(message: str) -> list[str]:
    """The parts that stand beside a question or in a list."""
    return [part.text for part in parts_of(message) if part.beside_a_question]


# ---- Where it is cut


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Is it safe? Does it hurt?", ["Is it safe?", "Does it hurt?"]),
        ("my leg hurts. what can i do", ["my leg hurts.", "what can i do"]),
        ("i want to book\nhow much is it", ["i want to book", "how much is it"]),
        ("is it safe?does it hurt", ["is it safe", "does it hurt"]),
        ("is it covered... do you take visa", ["is it covered", "do you take visa"]),
        ("do i bring a note - is it covered", ["do i bring a note", "is it covered"]),
    ],
)
def test_a_message_is_cut_where_a_sentence_ends(text: str, parts: list[str]) -> None:
    assert texts(text) == parts


@pytest.mark.parametrize("joint", [" and ", ", ", " & ", ", and ", " also ", " plus ", " but ", " and also ", ", oh "])
def test_a_message_is_cut_before_a_question_that_is_joined_on(joint: str) -> None:
    parts = texts(f"how much is an hour{joint}where do i park")

    assert parts == ["how much is an hour", "where do i park"]


@pytest.mark.parametrize("wish", ["whether it hurts", "i'm not sure if it hurts", "it'd be nice to hear if it hurts"])
def test_a_message_is_cut_before_a_wish_to_know_that_is_joined_on(wish: str) -> None:
    assert texts(f"i wonder what it costs, and {wish}") == ["i wonder what it costs", wish]


def test_capital_letters_do_not_hide_a_joint() -> None:
    assert texts("HOW MUCH IS IT AND WHERE DO I PARK") == ["HOW MUCH IS IT", "WHERE DO I PARK"]


@pytest.mark.parametrize("text", ["how much clothes do i take off", "what can i do", "which side should i sleep on"])
def test_words_that_lead_to_a_question_stay_with_it(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("hours and address", ["hours", "address"]),
        ("hours, address & parking", ["hours", "address", "parking"]),
    ],
)
def test_a_few_words_may_list_what_is_wanted(text: str, parts: list[str]) -> None:
    assert texts(text) == parts


def test_a_longer_message_that_names_two_things_is_one_piece() -> None:
    few = "massage and stretches" + " please" * (SHORT - 3)

    assert len(texts(few)) == 2
    assert texts(f"{few} please") == []


@pytest.mark.parametrize("text", ["", "   ", "?!", " , and , ", "👍", "what is sciatica", "I have 3.5 hours"])
def test_a_message_of_one_piece_has_no_parts(text: str) -> None:
    assert texts(text) == []


def test_of_too_many_parts_the_last_eight_are_kept_in_their_order() -> None:
    parts = texts(" ".join(f"{number}?" for number in range(MOST_PARTS + 3)))

    assert parts == [f"{number}?" for number in range(3, MOST_PARTS + 3)]
    assert MOST_PARTS == 8


def test_every_part_has_a_word_and_no_spaces_or_commas_around_it() -> None:
    parts = texts("how much is it ,, and , where are you?  !!  , is it far ,")

    assert parts == ["how much is it", "where are you?", "is it far"]


# ---- What asks


@pytest.mark.parametrize(
    "part",
    [
        "how much is it",
        "WHERE are you",
        "where's the clinic",
        "do you take visa",
        "until when are you open",
        "when can i come",
        "i'd like to book",
        "I want a massage",
        "tell me about cupping",
        "parking?",
        "and also how much",
        "ok so is it safe",
        "hi, can i come today",
        "  what is it",
        "teach me the pelvic tilt",
        "i'd be glad to know what it costs",
        "not sure if my plan pays",
    ],
)
def test_a_question_or_a_wish_asks(part: str) -> None:
    assert asks(part)


@pytest.mark.parametrize(
    "part", ["", "visa", "my leg hurts", "i sit a lot", "somewhat better", "island", "so and so", "when baby will come"]
)
def test_a_statement_does_not_ask(part: str) -> None:
    assert not asks(part)


def test_each_part_says_whether_it_asks() -> None:
    told, asked = parts_of("my leg hurts. what can i do")

    assert (told.asks, asked.asks) == (False, True)


# ---- What stands beside a question


def test_a_statement_in_a_sentence_with_a_question_stands_beside_it() -> None:
    assert parts_of("visa, and where do i park") == [Part("visa", False, True), Part("where do i park", True, False)]


def test_a_statement_in_a_sentence_of_its_own_stands_beside_nothing() -> None:
    assert listed("My leg hurts. What can I do?") == []


def test_two_questions_in_a_sentence_stand_beside_each_other_and_in_two_they_do_not() -> None:
    assert listed("how much is it and where do i park") == ["how much is it", "where do i park"]
    assert listed("How much is it? Where do I park?") == []


def test_what_is_only_listed_counts_as_beside_a_question() -> None:
    assert listed("hours and address") == ["hours", "address"]


@pytest.mark.parametrize("text", ["1) do you bill my plan 2) length of a visit", "first, the hours second, the price"])
def test_what_is_numbered_is_asked_each_by_itself(text: str) -> None:
    assert [part.asks for part in parts_of(text)] == [True, True]
