"""Alarms: what the rules and what a classifier say, together."""

from math import exp

import pytest

from clinic.alarms import CONFIRMS, NO_DANGER, ONLY_MENTIONED, OUT_OF_CONTEXT, RESEMBLES, Likelihoods, alarm, danger_in
from clinic.red_flags import Level
from tests.clinic.test_red_flags import flag, red_flags

FLAGS = red_flags(
    flag("numb", id="numb_groin", level="emergency"),
    flag("goodbye", id="despair", level="crisis"),
    flag("feverish", id="fever", level="same_day"),
    flag("thinner", id="weight_loss", level="see_doctor"),
)
HARMLESS = "it is a nice day"
ID: dict[Level, str] = {
    "emergency": "numb_groin",
    "crisis": "despair",
    "same_day": "fever",
    "see_doctor": "weight_loss",
}


def likely(id: str, danger: float) -> dict[str, float]:
    """This flag alone, the danger so many times likelier than none, as a logarithm."""
    share = exp(danger) / (1 + exp(danger))
    return {**dict.fromkeys(ID.values(), 0.0), id: share, NO_DANGER: 1 - share}


def raised(text: str, *heard: Likelihoods) -> str | None:
    found = alarm(text, heard, FLAGS)
    return found and found.id


@pytest.mark.parametrize("level", RESEMBLES)
def test_what_resembles_a_danger_enough_raises_it_without_a_rule(level: Level) -> None:
    assert raised(HARMLESS, likely(ID[level], RESEMBLES[level] + 0.1)) == ID[level]
    assert raised(HARMLESS, likely(ID[level], RESEMBLES[level] - 0.1)) is None


def test_a_rule_needs_only_little_resemblance() -> None:
    assert raised("i am numb", likely("fever", CONFIRMS + 0.1)) == "numb_groin"


def test_a_rule_is_not_believed_against_a_sure_classifier() -> None:
    assert raised("i am numb", likely("numb_groin", CONFIRMS - 0.1)) is None


def test_without_a_classifier_the_rules_decide_alone() -> None:
    assert raised("i feel feverish") == "fever"
    assert raised(HARMLESS) is None


def test_of_a_rule_and_a_resemblance_the_more_urgent_counts() -> None:
    assert raised("i feel feverish", likely("numb_groin", 3)) == "numb_groin"
    assert raised("i am numb", likely("fever", 3)) == "numb_groin"


def test_dangers_of_one_level_stand_together() -> None:
    flags = red_flags(
        flag("numb", id="groin", level="emergency"),
        flag("weak", id="legs", level="emergency"),
        flag("thin", id="weight_loss", level="see_doctor"),
    )

    found = alarm(HARMLESS, [{"groin": 0.3, "legs": 0.25, "weight_loss": 0.4, NO_DANGER: 0.05}], flags)

    assert found and found.id == "groin"


def test_a_red_flag_that_staff_took_out_is_not_raised() -> None:
    assert raised(HARMLESS, {"long_gone": 0.99, NO_DANGER: 0.01}) is None


def test_danger_and_none_alike_are_zero() -> None:
    assert danger_in({"fever": 0.2, "despair": 0.2, NO_DANGER: 0.4}) == pytest.approx(0, abs=1e-6)


def test_nothing_known_is_no_danger() -> None:
    assert raised(HARMLESS, {NO_DANGER: 0.0, "fever": 0.0}) is None


def test_a_sentence_of_a_long_message_must_resemble_more() -> None:
    enough = RESEMBLES["emergency"] + OUT_OF_CONTEXT
    harmless = likely("numb_groin", -9)

    assert raised(HARMLESS, harmless, likely("numb_groin", enough + 0.1)) == "numb_groin"
    assert raised(HARMLESS, harmless, likely("numb_groin", enough - 0.1)) is None


def test_the_most_urgent_of_what_is_heard_counts() -> None:
    assert raised(HARMLESS, likely("fever", 3), likely("weight_loss", 5), likely("numb_groin", 5)) == "numb_groin"


def test_one_dangerous_sentence_is_enough_to_believe_a_rule() -> None:
    assert raised("i feel feverish", likely("fever", -9), likely("fever", CONFIRMS + 0.1)) == "fever"


@pytest.mark.parametrize("text", ["i am not numb", "i was numb years ago", "what does numb mean"])
def test_a_sign_that_is_only_mentioned_must_resemble_much_more(text: str) -> None:
    enough = RESEMBLES["emergency"] + ONLY_MENTIONED

    assert raised(text, likely("numb_groin", enough + 0.1)) == "numb_groin"
    assert raised(text, likely("numb_groin", enough - 0.1)) is None


def test_a_rule_is_believed_when_the_classifier_did_not_hear_all() -> None:
    harmless = likely("numb_groin", CONFIRMS - 9)

    assert alarm("i am numb", [harmless], FLAGS) is None
    assert alarm("i am numb", [harmless], FLAGS, heard_all=False) is not None


def test_a_rule_that_the_classifier_never_learned_is_believed() -> None:
    assert raised("i am numb", {"fever": 0.01, NO_DANGER: 0.99}) == "numb_groin"
