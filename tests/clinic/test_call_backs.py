"""Call-backs: how a name and a telephone number are read, however they are typed. All numbers are made up."""

from time import perf_counter

import pytest

from clinic.call_backs import name_in, phone_in, tells_a_name, tries_a_number


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
