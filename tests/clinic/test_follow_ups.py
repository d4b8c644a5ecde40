"""Follow-ups: which messages point back, to what, and what they say once it is named."""

import pytest

from clinic.answers import Topic
from clinic.follow_ups import (
    LONGEST_WITH_IT,
    LONGEST_WITH_THAT,
    SHORT_ENOUGH_TO_CHOOSE,
    Pointing,
    about,
    named_topic,
    place_in,
    pointing,
    stands_alone,
    topic_words,
)

LONG = "what should a person with a desk job do on most days"

# ---- How plainly


@pytest.mark.parametrize(
    "text",
    [
        "that one",
        "is this safe with a bad hip if i also sit all day",
        "tell me more about the first one",
        "the same thing for my daughter",
        "how often should i do these",
        "do you sell them at the front desk",
        "HOW LONG IS THAT",
    ],
)
def test_a_word_for_what_was_said_points_back_plainly(text: str) -> None:
    assert pointing(text) is Pointing.PLAINLY


@pytest.mark.parametrize("nothing", ["that i", "this week", "this morning", "that my", "that the", "that hurts"])
def test_a_that_or_this_that_means_something_else_points_nowhere(nothing: str) -> None:
    assert pointing(f"{LONG} {nothing}") is Pointing.NOT
    assert pointing(f"{LONG} that") is Pointing.PLAINLY


@pytest.mark.parametrize("word", ["it", "they", "one", "it's"])
def test_a_pronoun_points_back_perhaps(word: str) -> None:
    assert pointing(f"{LONG} {word}") is Pointing.PERHAPS


@pytest.mark.parametrize("text", ["how often?", "and for kids", "ok, so how many times", "What about ice?"])
def test_a_few_words_that_ask_or_go_on_point_back_perhaps(text: str) -> None:
    assert pointing(text) is Pointing.PERHAPS


@pytest.mark.parametrize("text", ["the leg again", "gift card", f"and {LONG}", f"how often {LONG}"])
def test_a_few_words_that_ask_nothing_and_many_words_do_not(text: str) -> None:
    assert pointing(text) is Pointing.NOT


def test_a_word_that_only_begins_like_an_opening_is_none() -> None:
    assert pointing(f"someone asked me {LONG}") is Pointing.NOT


# ---- What can be asked without a topic before

NAMED = topic_words(["heat or ice", "the pelvic tilt"])


def test_the_words_that_name_topics_are_those_with_a_meaning() -> None:
    assert topic_words(["heat or ice", "The pelvic tilt"]) == {"heat", "pelvic", "tilt"}


@pytest.mark.parametrize("text", ["does it hurt?", "how often should i do that", "how long?", "so, how many times?"])
def test_what_points_back_or_only_asks_for_a_measure_needs_a_topic(text: str) -> None:
    assert not stands_alone(text, NAMED)


@pytest.mark.parametrize("text", ["How long does sciatica last?", "how much is a massage", "where do i park"])
def test_what_speaks_of_no_it_stands_alone(text: str) -> None:
    assert stands_alone(text, NAMED)


@pytest.mark.parametrize("text", ["is it like the pelvic tilt", "that pain, does heat help"])
def test_what_names_a_topic_stands_alone(text: str) -> None:
    assert stands_alone(text, NAMED)
    assert not stands_alone(text, topic_words([]))


@pytest.mark.parametrize(("pointer", "longest"), [("it", LONGEST_WITH_IT), ("that one", LONGEST_WITH_THAT)])
def test_a_message_of_many_words_stands_alone(pointer: str, longest: int) -> None:
    beside = longest - 1 if pointer == "it" else longest  # "that one" itself does not count
    words = " ".join(["maybe"] * beside)

    assert not stands_alone(f"{words} {pointer}", NAMED)
    assert stands_alone(f"{words} maybe {pointer}", NAMED)


# ---- With the topic's name


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("how often should i do that?", "how often should i do the pelvic tilt?"),
        ("does it hurt", "does the pelvic tilt hurt"),
        ("is this stretch safe", "is the pelvic tilt safe"),
        ("ok and is that one safe", "is the pelvic tilt safe"),
        ("how often?", "how often the pelvic tilt"),
        ("ok, how many times", "how many times the pelvic tilt"),
    ],
)
def test_the_name_takes_the_place_of_the_words_that_point(text: str, named: str) -> None:
    assert about(text, "the pelvic tilt") == named


def test_plain_words_are_replaced_before_a_pronoun() -> None:
    assert about("when it hurts should i stop that stretch", "X") == "when it hurts should i stop X"


def test_only_the_first_is_replaced() -> None:
    assert about("is it safe when it hurts", "X") == "is X safe when it hurts"


# ---- To which kind of thing


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("how long do i hold that stretch", Topic.STRETCHES),
        ("are THESE EXERCISES safe", Topic.STRETCHES),
        ("how much is this massage", Topic.MASSAGE),
        ("is that kind painful", Topic.MASSAGE),
        ("how long does that condition last", Topic.SCIATICA),
    ],
)
def test_a_noun_tells_the_kind(text: str, topic: Topic) -> None:
    assert named_topic(text) is topic


@pytest.mark.parametrize("text", ["how long is that", "that one", "a stretch for my back", "does it hurt", ""])
def test_without_a_noun_that_points_there_is_no_kind(text: str) -> None:
    assert named_topic(text) is None


# ---- To which of several


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the first one", 0),
        ("and the second?", 1),
        ("show me the third stretch please", 2),
        ("2nd", 1),
        ("The Last One", -1),
        ("number 2", 1),
        ("no. 3", 2),
        ("number four please", 3),
        ("show me the last", -1),
        ("then third?", 2),
    ],
)
def test_a_place_is_told(text: str, place: int) -> None:
    assert place_in(text) == place


@pytest.mark.parametrize(
    "text",
    [
        *("", "the first time i came", "how long did the last session take", "two please", "a second opinion"),
        *("How long does sciatica last?", "should i see a doctor first"),
    ],
)
def test_a_place_of_something_else_is_none(text: str) -> None:
    assert place_in(text) is None


def test_a_long_message_chooses_nothing() -> None:
    words = " ".join(["please"] * (SHORT_ENOUGH_TO_CHOOSE - 3))

    assert place_in(f"the second one {words}") == 1
    assert place_in(f"the second one {words} please") is None


@pytest.mark.parametrize("text", ["#2", "show me #2"])
def test_a_number_sign_tells_a_place(text: str) -> None:
    assert place_in(text) == 1
