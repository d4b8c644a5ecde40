"""What an evaluation shows, and what it keeps to itself."""

from benchmarks.evaluation_report import Judged, figures, mistakes
from benchmarks.judgement import Given, judge
from benchmarks.questions import IN_SCOPE, OUT_OF_SCOPE, TYPING_ERRORS, Question


def judged(given: str, *, part: str = IN_SCOPE, group: str = "clinic", wanted: str = "prices") -> Judged:
    question = Question(part, group, "what is the damage", (frozenset([wanted]),), wanted, register="search")
    turn = Given((given,), frozenset(), 0.02)
    return Judged(question, turn, judge(question, turn))


def test_confusions_are_counted_without_the_messages() -> None:
    told = mistakes([judged("tipping"), judged("tipping"), judged("prices")], with_messages=False)

    assert "   2  in scope: prices -> tipping (wrong)" in told
    assert "damage" not in told


def test_messages_are_shown_when_asked_for() -> None:
    assert "what is the damage" in mistakes([judged("tipping")], with_messages=True)


def test_typing_errors_are_no_confusions() -> None:
    assert "tipping" not in mistakes([judged("tipping", part=TYPING_ERRORS)], with_messages=True)


def test_each_line_of_a_table_counts_its_messages() -> None:
    tables = figures([judged("prices"), judged("tipping", group="massage"), judged("clarify")])["tables"]

    assert {line: counts["messages"] for line, counts in tables[IN_SCOPE].items()} == {
        "clinic": 2,
        "massage": 1,
        "all": 3,
    }
    assert tables[IN_SCOPE]["all"] | {"messages": 3, "right": 1, "refused": 1, "wrong": 1} == tables[IN_SCOPE]["all"]
    assert tables["registers, in scope"]["search"]["messages"] == 3


def test_far_is_not_near() -> None:
    kinds = [judged("out_of_scope", part=OUT_OF_SCOPE, group=kind) for kind in ("far", "pets", "job")]

    lines = figures(kinds)["tables"][OUT_OF_SCOPE]

    assert {line: counts["messages"] for line, counts in lines.items()} == {
        "far": 1,
        "near": 2,
        "pets": 1,
        "job": 1,
        "all": 3,
    }
