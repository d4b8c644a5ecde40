"""Run-ons: where questions that follow each other without a joint may be cut."""

import pytest

from clinic.run_ons import LONGEST, MOST_CUTS, cuts


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("how much is it do you take visa", ["how much is it", "do you take visa"]),
        ("what is swedish how many visits till it helps", ["what is swedish", "how many visits till it helps"]),
        ("do u take debit is a tip expected", ["do u take debit", "is a tip expected"]),
        ("wheres your place can i get in with a walker", ["wheres your place", "can i get in with a walker"]),
        ("show me the tilt show me the bridge", ["show me the tilt", "show me the bridge"]),
    ],
)
def test_two_questions_may_be_cut_where_the_second_begins(text: str, questions: list[str]) -> None:
    assert questions in cuts(text)


def test_three_questions_may_be_cut_in_every_way() -> None:
    ways = cuts("what is it how much is it where are you parked")

    assert ["what is it", "how much is it", "where are you parked"] in ways
    assert ["what is it", "how much is it where are you parked"] in ways
    assert ["what is it how much is it", "where are you parked"] in ways


@pytest.mark.parametrize(
    "text",
    [
        "how often should i stretch",
        "which side should i sleep on",
        "i want to know if can i come today",
        "my leg hurts when i sit at work",
        "im on blood thinners can i still come in",
        "not sure the deep kind is right for me",
        "how does the doctor know that it is sciatica",
        "tell me",
        "",
    ],
)
def test_one_question_is_not_cut(text: str) -> None:
    assert cuts(text) == []


def test_long_texts_and_many_questions_are_not_cut_in_all_ways() -> None:
    two = "how much is it do you take visa"
    filled = f"{two} {' '.join(['please'] * (LONGEST - len(two.split())))}"

    assert cuts(filled)
    assert not cuts(f"{filled} please")
    assert max(map(len, cuts("is it safe " * (MOST_CUTS + 2)))) == MOST_CUTS + 1
