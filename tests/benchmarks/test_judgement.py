"""What counts as right, offered, refused and wrong in an evaluation."""

import pytest

from benchmarks.judgement import Given, Outcome, judge
from benchmarks.questions import DOUBLES, IN_SCOPE, OUT_OF_SCOPE, Question


def question(*wanted: set[str], part: str = IN_SCOPE) -> Question:
    return Question(part, "group", "text", tuple(map(frozenset, wanted)), "label")


def given(*answers: str, offered: tuple[str, ...] = ()) -> Given:
    return Given(answers, frozenset(offered), 0.01)


@pytest.mark.parametrize(
    ("turn", "outcome"),
    [
        (given("prices"), Outcome.RIGHT),
        (given("packages"), Outcome.RIGHT),
        (given("prices", "packages"), Outcome.RIGHT),
        (given("clarify", offered=("tipping", "prices")), Outcome.OFFERED),
        (given("clarify", offered=("tipping",)), Outcome.REFUSED),
        (given("out_of_scope"), Outcome.REFUSED),
        (given("not_understood"), Outcome.REFUSED),
        (given("not_taken"), Outcome.REFUSED),
        (given("tipping"), Outcome.WRONG),
        (given("prices", "tipping"), Outcome.WRONG),
        (given("tipping", "clarify", offered=("prices",)), Outcome.WRONG),
        (given("emergency"), Outcome.WRONG),
        (given(), Outcome.WRONG),
    ],
)
def test_one_question(turn: Given, outcome: Outcome) -> None:
    assert judge(question({"prices", "packages"}), turn) is outcome


@pytest.mark.parametrize(
    ("turn", "outcome"),
    [
        (given("prices", "directions"), Outcome.RIGHT),
        (given("parking", "prices"), Outcome.RIGHT),
        (given("clarify", offered=("parking",)), Outcome.OFFERED),
        (given("out_of_scope"), Outcome.REFUSED),
        (given("prices"), Outcome.WRONG),
        (given("prices", "parking", "tipping"), Outcome.WRONG),
    ],
)
def test_two_questions_in_one_message(turn: Given, outcome: Outcome) -> None:
    assert judge(question({"prices"}, {"parking", "directions"}, part=DOUBLES), turn) is outcome


@pytest.mark.parametrize(
    ("turn", "outcome"),
    [
        (given("out_of_scope"), Outcome.RIGHT),
        (given("talk_to_human"), Outcome.RIGHT),
        (given("not_understood"), Outcome.RIGHT),
        (given("clarify", offered=("prices", "talk_to_human")), Outcome.CLARIFIED),
        (given("out_of_scope", "prices"), Outcome.WRONG),
        (given("prices"), Outcome.WRONG),
        (given("emergency"), Outcome.WRONG),
    ],
)
def test_a_message_out_of_scope(turn: Given, outcome: Outcome) -> None:
    assert judge(question({"out_of_scope", "talk_to_human"}, part=OUT_OF_SCOPE), turn) is outcome
