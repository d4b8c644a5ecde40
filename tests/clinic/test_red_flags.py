"""Red flags: every sentence that staff wrote down, and how rules are read and matched."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from clinic.red_flags import LEVELS, RedFlags

CONTENT = Path(__file__).parents[2] / "content" / "red_flags.yml"


RED_FLAGS = RedFlags(**YAML(typ="safe").load(CONTENT.read_text(encoding="utf-8")))
DANGEROUS = [(flag.level, sentence) for flag in RED_FLAGS.red_flags for sentence in flag.must_trigger]
HARMLESS = [sentence for flag in RED_FLAGS.red_flags for sentence in flag.must_not_trigger]


def flag(*when: str, id: str = "sign", level: str = "emergency", **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "level": level,
        "reason": "Made up.",
        "sources": ["somebody"],
        "when": list(when),
        "must_trigger": ["numb"],
        "must_not_trigger": ["not numb"],
        **more,
    }


def red_flags(*flags: dict[str, Any], **words: list[str]) -> RedFlags:
    """Red flags with the language of the clinic, and only these rules and words."""
    source = {"title": "Made up", "publisher": "Nobody", "url": "https://example.org/"}
    return RedFlags(language=RED_FLAGS.language, sources={"somebody": source}, words=words, red_flags=list(flags))


def refusal(*flags: dict[str, Any], **words: list[str]) -> str:
    with pytest.raises(ValidationError) as refused:
        red_flags(*flags, **words)
    return str(refused.value)


# ---- content/red_flags.yml


@pytest.mark.parametrize(("level", "sentence"), DANGEROUS)
def test_a_dangerous_sentence_is_heard(level: str, sentence: str) -> None:
    raised = RED_FLAGS.alert_for(sentence)

    assert raised is not None
    assert raised.level == level


@pytest.mark.parametrize("sentence", HARMLESS)
def test_a_look_alike_raises_nothing(sentence: str) -> None:
    raised = RED_FLAGS.alert_for(sentence)

    assert raised is None


@pytest.mark.parametrize("flag", RED_FLAGS.red_flags, ids=lambda flag: flag.id)
def test_a_flag_is_shown_by_enough_sentences_to_be_trusted(flag: Any) -> None:
    assert len(flag.must_trigger) >= 6
    assert len(flag.must_not_trigger) >= 4


def test_the_clinics_rules_have_no_problems() -> None:
    assert RED_FLAGS.problems() == []


# ---- How a message is read


@pytest.mark.parametrize(
    "text",
    [
        "I can't feel my foot",
        "I can’t feel my foot",
        "i cant feel my foot",
        "I CAN'T FEEL MY FOOT",
        "I   can't\n\nfeel my foot",
        "I can't really even feel my left foot",
        "I cań't feel… my foot 😬",
        "I can't feel my f\u200boot",
    ],
)
def test_the_way_it_is_typed_does_not_matter(text: str) -> None:
    rules = red_flags(flag("can't feel + foot"))

    assert rules.alert_for(text)


@pytest.mark.parametrize(
    "text", ["my calf is swollenn", "my calf is swlolen", "my calf is swolen", "my calf is swollan"]
)
def test_a_slip_of_the_finger_does_not_matter(text: str) -> None:
    rules = red_flags(flag("calf + swollen"))

    assert rules.alert_for(text)


def test_an_accent_may_be_left_out() -> None:
    rules = red_flags(flag("fièvre"))

    assert rules.alert_for("j'ai de la fievre")


def test_parts_may_be_said_in_any_order() -> None:
    rules = red_flags(flag("numb + groin"))

    assert rules.alert_for("numb in my groin")
    assert rules.alert_for("my groin went numb")


def test_parts_far_apart_do_not_make_a_sign() -> None:
    rules = red_flags(flag("numb + groin"))

    assert (
        rules.alert_for("numb hand from typing at work all day then hockey practice yesterday where I pulled my groin")
        is None
    )


def test_parts_in_two_sentences_do_not_make_a_sign() -> None:
    rules = red_flags(flag("numb + groin"))

    assert rules.alert_for("My hand is numb. My groin is fine.") is None


def test_three_dots_are_not_the_end_of_a_sentence() -> None:
    rules = red_flags(flag("numb + groin"))

    assert rules.alert_for("it is my groin... it went numb")


def test_signs_may_stand_anywhere_in_a_message() -> None:
    rules = red_flags(flag("fever ... back + hurts"))

    assert rules.alert_for("My back hurts. What do you charge? I also have a fever.")
    assert rules.alert_for("I have a fever. My back is fine. My head hurts.") is None


def test_a_list_stands_for_each_of_its_wordings_and_may_name_other_lists() -> None:
    rules = red_flags(
        flag("<no_feeling> + <foot>"), no_feeling=["<cannot> feel"], cannot=["can't", "unable to"], foot=["foot"]
    )

    assert rules.alert_for("unable to feel my foot")
    assert rules.alert_for("unable to find my foot") is None


def test_a_range_stands_for_each_of_its_numbers() -> None:
    rules = red_flags(flag("65-99 years old + fell"))

    assert rules.alert_for("she is 81 years old and fell")
    assert rules.alert_for("she is 41 years old and fell") is None


# ---- What does not count


@pytest.mark.parametrize(
    "text",
    [
        "no numbness",
        "I don't have any numbness",
        "no tingling, weakness or numbness",
        "no pain in my legs or numbness",
        "never had numbness",
        "I don't think I have numbness",
    ],
)
def test_what_is_denied_does_not_count(text: str) -> None:
    rules = red_flags(flag("numbness"))

    assert rules.alert_for(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "no fever but numbness",
        "no fever, numbness though",
        "no fever. numbness",
        "no fever my foot has numbness",
        "not sure why there is numbness",
        "not only pain, numbness too",
        "No, I have numbness",
        "no i have numbness",
    ],
)
def test_a_denial_of_something_else_changes_nothing(text: str) -> None:
    rules = red_flags(flag("numbness"))

    assert rules.alert_for(text)


def test_a_wording_that_is_itself_a_denial_counts() -> None:
    rules = red_flags(flag("no feeling"))

    assert rules.alert_for("I have no feeling in my foot")


@pytest.mark.parametrize("text", ["I had a clot years ago", "Years ago, I had a clot", "had a clot in 2015"])
def test_what_is_long_ago_does_not_count(text: str) -> None:
    rules = red_flags(flag("clot"))

    assert rules.alert_for(text) is None


@pytest.mark.parametrize("text", ["the clot of years ago is back", "operation years ago, but now a clot"])
def test_what_came_back_counts(text: str) -> None:
    rules = red_flags(flag("clot"))

    assert rules.alert_for(text)


def test_what_makes_people_vulnerable_for_ever_counts_when_long_ago() -> None:
    rules = red_flags(flag("ever cancer ... back pain"))

    assert rules.alert_for("Had cancer years ago. Now back pain.")


def test_a_question_about_nobody_does_not_count() -> None:
    rules = red_flags(flag("numbness"))

    assert rules.alert_for("what are the signs of numbness?") is None


def test_a_question_about_somebody_counts() -> None:
    rules = red_flags(flag("numbness"))

    assert rules.alert_for("what are the reasons for my numbness?")
    assert rules.alert_for("What is the price? I have numbness")


def test_a_look_alike_switches_a_sign_off_only_where_it_stands() -> None:
    rules = red_flags(flag("numb + saddle", unless=["bike saddle"]))

    assert rules.alert_for("numb hands, my bike saddle is too low") is None
    assert rules.alert_for("My bike saddle is new. Also I am numb in the saddle area.")


def test_a_denied_look_alike_is_still_one() -> None:
    rules = red_flags(flag("peed myself", unless=["laughing"]))

    assert rules.alert_for("peed myself, not laughing") is None


# ---- Which flag is raised


def test_the_most_urgent_flag_is_raised_whatever_the_order() -> None:
    by_urgency = [flag("numb", id=level, level=level) for level in LEVELS]

    raised = red_flags(*reversed(by_urgency)).alert_for("numb")

    assert raised is not None
    assert raised.id == "emergency"


def test_of_equally_urgent_flags_the_first_is_raised() -> None:
    raised = red_flags(flag("numb", id="first"), flag("numb", id="second")).alert_for("numb")

    assert raised is not None
    assert raised.id == "first"


# ---- Any text can be read


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00\x01\x02",
        "🦵" * 500,
        "'" * 500,
        "...!?," * 500,
        "\ud800",
        "ѳ漢字",
        bytes(range(256)).decode("latin-1"),
    ],
)
def test_junk_raises_nothing_and_breaks_nothing(text: str) -> None:
    assert RED_FLAGS.alert_for(text) is None


def test_a_sign_at_the_end_of_a_very_long_message_is_heard() -> None:
    text = "My neck is stiff and I sit a lot. " * 3000 + "And I can't feel when I wipe."

    raised = RED_FLAGS.alert_for(text)

    assert raised is not None
    assert raised.level == "emergency"


@pytest.mark.parametrize(
    "text", ["numb " * 20_000, "no " * 20_000, "no a, or b, " * 8_000, "can't " * 20_000, "," * 100_000]
)
def test_work_is_bounded_when_a_text_is_made_to_be_slow(text: str) -> None:
    RED_FLAGS.alert_for(text)  # If it grew faster than the text, we would still be waiting.


# ---- What staff are told


def test_an_unknown_list_is_refused() -> None:
    assert "there is no list <num> under words" in refusal(flag("<num> + groin"), numb=["numb"])


def test_an_unknown_list_among_the_look_alikes_is_refused() -> None:
    assert "there is no list <pets>" in refusal(flag("numb", unless=["<pets>"]))


def test_lists_that_lead_in_a_circle_are_refused() -> None:
    assert "lead back to" in refusal(flag("<a>"), a=["x <b>"], b=["y <a>"])


def test_a_list_without_wordings_is_refused() -> None:
    assert "<numb> has no wordings" in refusal(flag("numb"), numb=[])


def test_a_flag_without_lines_is_refused() -> None:
    assert "when" in refusal(flag())


def test_a_phrase_of_ignored_words_is_refused() -> None:
    assert "'of the' says nothing" in refusal(flag("numb + of the"))


def test_two_flags_with_one_id_are_refused() -> None:
    assert "two red flags are called 'sign'" in refusal(flag("numb"), flag("weak"))


def test_an_unknown_level_is_refused() -> None:
    assert "there is no level 'urgent'; use one of emergency, crisis" in refusal(flag("numb", level="urgent"))


def test_an_unknown_source_is_refused() -> None:
    assert "there is no source 'wikipedia'" in refusal(flag("numb", sources=["wikipedia"]))


def test_a_key_we_do_not_know_is_refused() -> None:
    assert "extra fields" in refusal(flag("numb", urgent=True))


def test_a_sentence_that_a_rule_misses_is_a_problem() -> None:
    rules = red_flags(flag("numb", must_trigger=["my groin tingles"]))

    assert rules.problems() == ["sign: must raise emergency, but nothing is raised by: my groin tingles"]


def test_a_sentence_that_raises_too_little_is_a_problem() -> None:
    rules = red_flags(flag("weak"), flag("numb", id="mild", level="see_doctor", must_trigger=["weak"]))

    assert "mild: must raise see_doctor, but emergency (sign) is raised by: weak" in rules.problems()


def test_a_look_alike_that_raises_a_flag_is_a_problem() -> None:
    rules = red_flags(flag("numb", must_not_trigger=["numb hands"]))

    assert rules.problems() == ["sign: must raise nothing, but emergency (sign) is raised by: numb hands"]
