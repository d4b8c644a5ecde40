"""What stands with a stretch: who should leave it out, and when to stop. Looked for where the visitor reads it."""

import re

import pytest

from clinic.content import Content
from clinic.replies import answer_reply, stretch_card
from storage import clock

STRETCHES = ["piriformis_stretch", "hamstring_stretch", "pelvic_tilt", "knee_to_chest"]
every_stretch = pytest.mark.parametrize("stretch", STRETCHES)

# With every stretch.
NOT_IF = {
    "a danger sign": r"\bdanger sign\b.*\bboth legs\b.*\bbetween the legs\b.*\bbladder or bowel\b.*\bweakness\b",
    "severe pain": r"\bpain is severe\b.*\b(doctor|physiotherapist)\b",
    "an operation or a broken bone": r"\bsurgery\b.*\bbroke a bone\b|\bbroke a bone\b.*\bsurgery\b",
    "weak bones": r"\bosteoporosis\b",
    "pregnancy": r"\bpregnant\b",
}
STOP_IF = {
    "pain that spreads or lingers": r"^pain, tingling or numbness goes further down the leg\b.*\bafter you stop\b",
    "an emergency": r"\bweakness\b.*\bbetween the legs\b.*\bbladder or bowel\b.*\bboth legs\b.*\(tel:911\)",
}

# In an answer, in fewer words; `more` is closed at first, so these stand in what is shown at once.
ANSWER_SAYS = {
    "ask first": r"\bdoctor or physio first\b",
    "severe pain": r"\bpain is severe\b",
    "pregnancy": r"\bpregnant\b",
    "weak bones": r"\bbones are weak\b|\bweak bones\b",
    "an operation or a broken bone": r"\boperation, injury or broken bone\b",
    "stop": r"\bstop if\b.*\b(spreads?|further down|leg pain grows)\b.*\blingers\b",
}


def card(content: Content, stretch: str, part: str) -> list[str]:
    lines: list[str] = stretch_card(content.stretches[stretch])[part]
    return lines


def missing(wanted: dict[str, str], lines: list[str]) -> list[str]:
    """What none of the lines says."""
    return [name for name, words in wanted.items() if not any(re.search(words, line, re.I | re.S) for line in lines)]


def test_all_stretches_are_looked_at(our_content: Content) -> None:
    assert set(STRETCHES) == set(our_content.stretches)


@every_stretch
def test_a_stretch_says_who_should_leave_it_out(our_content: Content, stretch: str) -> None:
    assert missing(NOT_IF, card(our_content, stretch, "not_if")) == []


@every_stretch
def test_a_stretch_says_when_to_stop(our_content: Content, stretch: str) -> None:
    assert missing(STOP_IF, card(our_content, stretch, "stop_if")) == []


@every_stretch
def test_the_answer_says_so_at_once_too(our_content: Content, stretch: str) -> None:
    reply = answer_reply(our_content, stretch, clock.today())

    assert missing(ANSWER_SAYS, [reply.text]) == []
    assert [shown["title"] for shown in reply.cards] == [our_content.stretches[stretch].title]


@every_stretch
def test_a_stretch_is_done_gently(our_content: Content, stretch: str) -> None:
    texts = [step.text for step in our_content.stretches[stretch].steps]

    assert re.search(r"\bbreath", " ".join(texts))
    assert re.search(r"\b(gently|slowly|ease)\b", " ".join(texts), re.I)


@pytest.mark.parametrize("answer_id", ["exercise_safety", "stretches_overview"])
def test_what_holds_for_all_of_them_is_said_at_once_where_stretches_begin(our_content: Content, answer_id: str) -> None:
    preface = {
        "for whom": r"\badults with mild pain on one side\b",
        "when to stop": r"\bstop if pain, tingling or numbness goes further down your leg or lingers\b",
    }
    whole = {
        "slowly": r"\bslowly\b",
        "no bouncing": r"\bdon't bounce\b",
        "severe pain": r"\bpain is severe\b",
        "pregnancy": r"\bpregnant\b",
        "weak bones": r"\bosteoporosis\b",
        "an operation or a broken bone": r"\boperation, injury or broken bone\b",
        "which movements to be careful with": r"\bbending\b.*\bslipped disc\b",
        "nerve flossing": r"\bflossing\b.*\bphysio\b",
        "an emergency": r"\(tel:911\)",
    }
    answer = our_content.answer(answer_id)

    assert missing(preface, [answer.answer]) == []
    assert missing(whole, [f"{answer.answer}\n{answer.more}"]) == []


# ---- The straight leg


def test_the_hamstring_stretch_is_not_for_a_flare_nor_when_it_is_felt_below_the_knee(our_content: Content) -> None:
    cautions = {
        "not in a flare": r"\b(new or flaring up|flare-up)\b",
        "not when felt below the knee": r"\bpain or tingling below (the|your) knee\b",
    }

    assert missing(cautions, card(our_content, "hamstring_stretch", "not_if")[:1]) == []
    assert missing(cautions, [our_content.answer("hamstring_stretch").answer]) == []


def test_the_hamstring_stretch_stops_below_the_knee_and_at_a_sharp_pain(our_content: Content) -> None:
    wanted = {"below the knee": r"\bbelow the knee\b", "a sharp pain": r"\bsharp pain\b"}

    assert missing(wanted, card(our_content, "hamstring_stretch", "stop_if")) == []


def test_the_hamstring_stretch_is_mild_with_the_knee_a_little_soft(our_content: Content) -> None:
    steps = " ".join(step.text for step in our_content.stretches["hamstring_stretch"].steps)

    assert "knee a little soft" in steps
    assert "mild stretch" in steps
    assert "not bounce" in steps
    assert not re.search(r"\b(knee|leg) (fully |completely |as )?straight\b", steps)


def test_no_text_names_the_hamstring_stretch_without_its_caution(our_content: Content) -> None:
    """On its own page it stands anyway; elsewhere it must not be offered bare."""
    bare = [
        answer.id
        for answer in our_content.answers.values()
        if re.search(r"\bhamstring stretch", f"{answer.answer} {answer.more}", re.I)
        and not re.search(r"\bflare-up\b", f"{answer.answer} {answer.more}", re.I)
    ]

    assert bare == []


def test_nobody_is_taught_to_test_themselves_by_raising_a_leg(our_content: Content) -> None:
    for answer_id in ("hamstring_stretch", "sciatica_diagnosis"):
        assert re.search(r"\bplease (don't|do not)\b.*\b(test|try)\b", our_content.answer(answer_id).more or "", re.I)


# ---- Bending forward


def test_knee_to_chest_stops_when_the_leg_hurts_more(our_content: Content) -> None:
    stronger = {"more leg pain": r"\bpain in your leg gets stronger\b"}
    forward = {"bending forward hurts": r"\bbending forward makes your leg pain worse\b"}

    assert missing(stronger, card(our_content, "knee_to_chest", "stop_if")) == []
    assert missing(forward, card(our_content, "knee_to_chest", "not_if")) == []
    assert re.search(r"\bstop if leg pain grows\b", our_content.answer("knee_to_chest").answer, re.I)


def test_knee_to_chest_may_be_held_behind_the_thigh(our_content: Content) -> None:
    assert any("behind the thigh" in step.text for step in our_content.stretches["knee_to_chest"].steps)


def test_who_has_a_disc_problem_is_warned_of_bending_and_of_the_straight_leg(our_content: Content) -> None:
    more = our_content.answer("herniated_disc").more or ""

    assert "bending forward" in more
    assert "stretching with a straight leg" in more
