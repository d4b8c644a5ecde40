"""Typing errors are undone towards our own words, and what is no error stays as it is."""

from pathlib import Path

import pytest

from nlu.spelling import Spelling

SENTENCES = [
    *["how much is a massage", "how long is a massage", "does the massage hurt my leg"] * 2,
    *["where can i park near the clinic", "which stretches help with sciatica"] * 2,
    "a word that stands only onse",
]
ENGLISH = {"message", "weather", "passage"}


@pytest.fixture
def spelling() -> Spelling:
    return Spelling.of(SENTENCES, ENGLISH)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how mcuh is a massage", "how much is a massage"),  # swapped
        ("how muhc is a masage", "how much is a massage"),  # left out
        ("wheree can i park", "where can i park"),  # doubled
        ("which strerches help", "which stretches help"),  # the key beside
        ("howmuch is a massage", "how much is a massage"),  # no space
        ("How Mcuh, please?!", "How much, please?!"),
    ],
)
def test_a_slip_is_undone(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.repaired(typed) == meant


@pytest.mark.parametrize("text", ["the weather", "a passage", "my message", "xq", "zzzzzzz", "", "😀 12:30 #2"])
def test_what_is_no_slip_of_our_words_stays(spelling: Spelling, text: str) -> None:
    assert spelling.repaired(text) == text


def test_the_words_beside_decide_between_two_likely_ones(spelling: Spelling) -> None:
    assert spelling.repaired("how lng is a massage") == "how long is a massage"
    assert spelling.repaired("hurt my lng") == "hurt my leg"


def test_a_word_used_once_is_no_model_to_follow(spelling: Spelling) -> None:
    assert spelling.repaired("onsee") == "onsee"


def test_it_is_the_same_after_being_kept(spelling: Spelling, tmp_path: Path) -> None:
    spelling.save(tmp_path / "spelling.json")

    again = Spelling.load(tmp_path / "spelling.json", ENGLISH)

    assert again.repaired("howmuch is teh masage") == spelling.repaired("howmuch is teh masage")
    assert again.repaired("weather") == "weather"


def test_what_is_too_long_for_a_word_is_not_looked_at(spelling: Spelling) -> None:
    assert spelling.repaired("massage" * 300) == "massage" * 300
