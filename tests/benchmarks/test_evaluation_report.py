"""What an evaluation shows, and what it keeps to itself."""

from typing import Any

from benchmarks.evaluation_report import Judged, figures, markdown, mistakes
from benchmarks.judgement import Given, judge
from benchmarks.questions import FOLLOW_UPS, IN_SCOPE, OUT_OF_SCOPE, TYPING_ERRORS, Question


def judged(
    given: str, *, part: str = IN_SCOPE, group: str = "clinic", wanted: str = "prices", seconds: float = 0.02
) -> Judged:
    question = Question(part, group, "what is the damage", (frozenset([wanted]),), wanted, register="search")
    turn = Given((given,), frozenset(), seconds)
    return Judged(question, turn, judge(question, turn))


def run_of(ours: list[Judged], **different: Any) -> dict[str, Any]:
    about = {"set": "development", "began": "2026-11-22T0900Z", "commit": "abc", "seed": 1, "at_once": 1}
    return {**about, "figures": figures(ours), **different}


def stock_of(theirs: list[Judged], **different: Any) -> dict[str, Any]:
    """A stock Rasa's part of a run, asked the same as ours."""
    return {
        "installed": ["rasa==3.6.21", "setuptools<81"],
        "epochs": 7,
        "training_seconds": 61.2,
        "was_remembered": False,
        "figures": figures(theirs),
        "assistant_turn_seconds": figures([judged("prices")])["turn_seconds"],
        **different,
    }


def cells(report: str, title: str, line: str) -> dict[str, str]:
    """A line of a table, by the heads of its columns."""
    head, _, *rows = [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in report.split(f"## {title}\n")[1].split("##")[0].strip().splitlines()
    ]
    (found,) = [row for row in rows if row[0] == line]
    return dict(zip(head, found, strict=True))


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


# ---- Beside a stock Rasa


def test_its_columns_stand_beside_ours() -> None:
    ours = [judged("prices"), judged("prices"), judged("clarify"), judged("prices")]
    theirs = [judged("prices"), judged("tipping"), judged("not_understood"), judged("tipping")]

    report = markdown(run_of(ours, stock=stock_of(theirs)))

    assert cells(report, "In scope", "all") == {
        "subject": "all",
        "messages": "4",
        "right": "75.0 %",
        "offered": "0.0 %",
        "refused": "25.0 %",
        "wrong": "0.0 %",
        "stock right": "25.0 %",
        "stock refused": "25.0 %",
        "stock wrong": "50.0 %",
    }


def test_what_is_out_of_scope_shows_who_refused() -> None:
    ours, theirs = (
        [judged(given, part=OUT_OF_SCOPE, group="pets", wanted="out_of_scope")] for given in ("out_of_scope", "prices")
    )

    line = cells(markdown(run_of(ours, stock=stock_of(theirs))), "Out of scope", "near")

    assert (line["refused"], line["answered"]) == ("100.0 %", "0.0 %")
    assert (line["stock refused"], line["stock answered"]) == ("0.0 %", "100.0 %")


def test_what_it_was_not_asked_shows_ours_alone() -> None:
    ours = [judged("prices"), judged("prices", part=FOLLOW_UPS, group="more")]

    report = markdown(run_of(ours, stock=stock_of([judged("prices")])))

    assert "stock right" in cells(report, "In scope", "all")
    assert "stock right" not in cells(report, "Follow-ups", "all")


def test_times_are_compared_on_what_both_were_asked() -> None:
    ours = [judged("prices"), *[judged("prices", part=FOLLOW_UPS, group="more", seconds=0.4)] * 2]

    report = markdown(run_of(ours, stock=stock_of([judged("prices", seconds=0.05)])))

    title = "Time per message, ms, 1 at a time"
    assert cells(report, title, "assistant")["median"] == "400"
    assert cells(report, title, "assistant, what both were asked")["median"] == "20"
    assert cells(report, title, "stock Rasa")["median"] == "50"


def test_how_long_it_was_trained_is_named() -> None:
    report = markdown(run_of([judged("prices")], stock=stock_of([judged("prices")])))

    assert "rasa==3.6.21, trained for 7 epochs, in 61 s." in report


def test_what_it_learned_before_is_no_training_time() -> None:
    stock = stock_of([judged("prices")], was_remembered=True)

    report = markdown(run_of([judged("prices")], stock=stock))

    assert "trained for 7 epochs, remembered from an earlier run." in report
    assert "61 s" not in report


def test_without_it_there_is_no_word_of_it() -> None:
    assert "stock" not in markdown(run_of([judged("prices")])).lower()
