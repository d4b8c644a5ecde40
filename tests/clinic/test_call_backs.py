"""Call-backs: how a name and a telephone number are read, however they are typed. All numbers are made up."""

from time import perf_counter

import pytest

from clinic.call_backs import (
    beside_others,
    has_letters_in_number,
    is_too_long_a_name,
    name_in,
    phone_in,
    summary,
    tells_a_name,
    tries_a_number,
    without_phone,
)


@pytest.mark.parametrize(
    "text",
    [
        "780-555-0100",
        "7805550100",
        "780 555 0100",
        "780.555.0100",
        "(780) 555-0100",
        "(780)555-0100",
        "1 780 555 0100",
        "1-780-555-0100",
        "17805550100",
        "+1 780 555 0100",
        "+1 (780) 555-0100",
        "my number is 780-555-0100.",
        "Dawn, 780 555 0100 thanks",
        "call 780-555-0100 after lunch",
    ],
)
def test_a_number_is_read_however_it_is_typed(text: str) -> None:
    phone = phone_in(text)

    assert phone == "780-555-0100"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no thanks",
        "555-0100",
        "780-555-010",
        "780-555-01000",
        "2-780-555-0100",
        "080-555-0100",
        "180-555-0100",
        "my health number is 12345-6789",
        "I am 45 and live at 12345 67 Ave",
        "+44 20 7946 0000",
        "seven eight zero 555 0100",
    ],
)
def test_what_is_no_whole_north_american_number_is_not_taken(text: str) -> None:
    phone = phone_in(text)

    assert phone is None


def test_of_several_numbers_the_first_whole_one_is_taken() -> None:
    phone = phone_in("ext 555-0100, or 780-555-0100, or 780-555-0199")

    assert phone == "780-555-0100"


@pytest.mark.parametrize(
    ("text", "tried"), [("555-0100", True), ("780555010", True), ("around 5", False), ("why?", False)]
)
def test_a_few_digits_look_like_a_number_that_was_meant(text: str, tried: bool) -> None:
    assert tries_a_number(text) is tried


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dawn", "Dawn"),
        ("dawn", "dawn"),
        ("  Dawn Walker  ", "Dawn Walker"),
        ("Dawn.", "Dawn"),
        ("Dawn!", "Dawn"),
        ("my name is Dawn", "Dawn"),
        ("My name's Dawn", "Dawn"),
        ("My name’s Dawn", "Dawn"),
        ("name is Dawn", "Dawn"),
        ("I am Dawn", "Dawn"),
        ("I'm Dawn", "Dawn"),
        ("I’m Dawn", "Dawn"),
        ("im Dawn", "Dawn"),
        ("It's Dawn", "Dawn"),
        ("It’s Dawn", "Dawn"),
        ("this is Dawn", "Dawn"),
        ("Hi, I'm Dawn", "Dawn"),
        ("hello, my name is Dawn", "Dawn"),
        ("call me Dawn", "Dawn"),
        ("ask for Dawn", "Dawn"),
        ("Jo-Anne O'Neil", "Jo-Anne O'Neil"),
        ("José", "José"),
        ("李雷", "李雷"),
        ("ਗੁਰਪ੍ਰੀਤ", "ਗੁਰਪ੍ਰੀਤ"),
    ],
)
def test_a_name_is_read_out_of_how_people_introduce_themselves(text: str, name: str) -> None:
    assert name_in(text) == name


@pytest.mark.parametrize("name", ["Hilary", "Hiroshi", "Heydar", "Helloise", "Imogen", "Itsuki", "Amir", "Iman"])
def test_a_name_that_begins_like_an_introduction_stays_whole(name: str) -> None:
    assert name_in(name) == name


@pytest.mark.parametrize("name", ["Pat", "Jason", "Armand", "Sharon Watt", "Andy"])
@pytest.mark.parametrize("number", ["", " 780-555-0100"])
def test_a_name_that_ends_like_a_word_before_a_number_stays_whole(name: str, number: str) -> None:
    assert name_in(name + number) == name


@pytest.mark.parametrize(
    "text",
    [
        "Dawn 780-555-0100",
        "Dawn (780) 555-0100",
        "Dawn, 7805550100",
        "Dawn: +1 780 555 0100",
        "Dawn at 780-555-0100",
        "Dawn and my number is 780-555-0100",
        "Dawn on 780 555 0100.",
        "780-555-0100, Dawn",
    ],
)
def test_a_name_and_a_number_in_one_message_are_both_read(text: str) -> None:
    assert name_in(text) == "Dawn"
    assert phone_in(text) == "780-555-0100"


@pytest.mark.parametrize(
    "text", ["", "   ", "780-555-0100", "(780) 555-0100", "42", "hi", "👍", "why do you need that?", "x" * 61]
)
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert name_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "No thanks!", "not now", "thank you", "ok", "bye", "later"),
        *("call me back", "how much", "what for", "why", "do you bill insurance", "book a massage"),
        "I had cancer and now my back hurts",
    ],
)
def test_what_people_say_instead_of_a_name_is_none(text: str) -> None:
    assert name_in(text) is None


@pytest.mark.parametrize("name", ["Will May", "Ty", "Nan", "Noah", "Do", "Can", "Howard", "Booker", "Maria de la Cruz"])
def test_a_name_that_looks_like_another_word_is_one(name: str) -> None:
    assert name_in(name) == name


@pytest.mark.parametrize(("text", "tells"), [("Hi, my name’s Ana", True), ("ask for Ana", True), ("i am sore", False)])
def test_some_texts_say_that_a_name_follows(text: str, tells: bool) -> None:
    assert tells_a_name(text) is tells


def test_a_name_may_be_sixty_characters_long() -> None:
    assert name_in("x" * 60) == "x" * 60


@pytest.mark.parametrize("filler", [" ", ", ", "and ", "1 ", "(1 ", "- "])
def test_a_very_long_message_is_read_in_no_time(filler: str) -> None:
    message = "a" + filler * 10_000 + "b"

    started = perf_counter()
    name, phone = name_in(message), phone_in(message)
    seconds = perf_counter() - started

    assert (name, phone) == (None, None)
    assert seconds < 1


# ---- Long names, names of other scripts, and numbers with letters


@pytest.mark.parametrize(
    "text",
    [
        "Anastasia" * 33,
        "my name is " + "Anastasia" * 7,
        "Ana Bea Cleo " * 24,
        "محمد عبد الرحمن " * 20,
        "x" * 61,
    ],
)
def test_a_name_that_nobody_could_keep_is_told_apart_from_none(text: str) -> None:
    assert name_in(text) is None
    assert is_too_long_a_name(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Ana", "x" * 60, "Anastasia" * 33 + "?", "", "no thanks"),
        "i had a long day and my back hurts since monday and i would like to know what it costs",
    ],
)
def test_what_is_short_a_story_or_a_question_is_no_name_that_is_too_long(text: str) -> None:
    assert not is_too_long_a_name(text)


@pytest.mark.parametrize("name", ["محمد", "نور الهدى", "דנה לוי", "علی‌رضا", "فاطمہ"])
def test_a_name_from_right_to_left_is_a_name(name: str) -> None:
    assert name_in(name) == name
    assert name_in(f"my name is {name}") == name
    assert name_in(f"{name} 780-555-0100") == name
    assert phone_in(f"{name} 780-555-0100") == "780-555-0100"


@pytest.mark.parametrize("marked", ["\u202bمحمد\u202c", "\u2067محمد\u2069", "\u202eAna", "Ana\u202d"])
def test_marks_that_turn_the_words_around_a_name_are_no_part_of_it(marked: str) -> None:
    assert name_in(marked) in ("محمد", "Ana")


def test_a_name_from_right_to_left_leaves_what_stands_beside_it_in_its_place() -> None:
    assert beside_others("محمد") == "\u2068محمد\u2069"
    assert beside_others("Ana") == "Ana"


@pytest.mark.parametrize(
    "text",
    ["78O-555-01o0", "780-55five", "780-555-01OO", "my number is 78o 555 0100", "seven eight zero 555 01 zero zero"],
)
def test_a_number_with_letters_is_not_taken_but_told_of(text: str) -> None:
    assert phone_in(text) is None
    assert tries_a_number(text)
    assert has_letters_in_number(text)


@pytest.mark.parametrize("text", ["555-0100", "780-555-010", "my number is 555 0100"])
def test_a_number_that_is_only_too_short_has_no_letters(text: str) -> None:
    assert tries_a_number(text)
    assert not has_letters_in_number(text)


@pytest.mark.parametrize("text", ["one of two", "at four or five", "I have two kids and one dog"])
def test_a_few_figures_in_words_are_no_number(text: str) -> None:
    assert not tries_a_number(text)


@pytest.mark.parametrize("text", ["Ana 780-555-01o0", "78O-555-01o0, Ana", "Ana 780-55five"])
def test_what_is_left_of_a_number_with_letters_is_no_part_of_the_name(text: str) -> None:
    assert name_in(text) == "Ana"


def test_a_number_is_taken_out_before_a_time_is_looked_for() -> None:
    assert without_phone("780-555-0100 after 4").split() == ["after", "4"]


# ---- The summary


def test_the_summary_is_made_of_titles_and_of_what_was_wished_for() -> None:
    told = summary(["What is sciatica?", "Prices"], "Swedish massage, 60 minutes, with Mei")

    assert told == "Asked about: What is sciatica; Prices. Wanted to book: Swedish massage, 60 minutes, with Mei."


@pytest.mark.parametrize(
    ("questions", "wish", "told"),
    [
        (["Prices"], "", "Asked about: Prices."),
        ([], "Swedish massage", "Wanted to book: Swedish massage."),
        ([], "", ""),
    ],
)
def test_what_was_not_talked_about_is_not_in_the_summary(questions: list[str], wish: str, told: str) -> None:
    assert summary(questions, wish) == told
