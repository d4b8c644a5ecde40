"""Answers: what a file must hold, and how much."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.builders import answer, clinic_answer


def refusal(**different: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        answer(**different)
    return str(refused.value)


def test_an_answer_with_a_source_is_taken() -> None:
    taken = answer(evidence="weak")

    assert taken.sources[0].publisher == "Made-up Institute"


@pytest.mark.parametrize("evidence", ["strong", "mixed", "weak", "none"])
def test_a_clinical_claim_without_a_source_is_refused(evidence: str) -> None:
    sentence = refusal(evidence=evidence, sources=[])

    assert "sources: at least one is needed" in sentence


def test_a_fact_of_the_clinic_needs_no_source() -> None:
    taken = clinic_answer("prices", sources=[])

    assert taken.sources == []


def test_an_unknown_strength_of_evidence_is_refused() -> None:
    sentence = refusal(evidence="proven")

    assert "evidence" in sentence


def test_an_unknown_topic_is_refused() -> None:
    sentence = refusal(topic="gardening")

    assert "topic" in sentence


def test_an_unknown_key_is_refused() -> None:
    sentence = refusal(anwser="Lie down.")

    assert "anwser" in sentence


@pytest.mark.parametrize(
    ("key", "longest"), [("question", 60), ("answer", 420), ("more", 1300)], ids=lambda value: str(value)
)
def test_a_text_may_be_as_long_as_its_place_allows_and_no_longer(key: str, longest: int) -> None:
    taken = answer(**{key: "x" * longest})
    sentence = refusal(**{key: "x" * (longest + 1)})

    assert len(getattr(taken, key)) == longest
    assert f"at most {longest} characters" in sentence


@pytest.mark.parametrize("key", ["question", "answer", "more"])
@pytest.mark.parametrize("nothing", ["", "  \n "])
def test_a_text_that_says_nothing_is_refused(key: str, nothing: str) -> None:
    sentence = refusal(**{key: nothing})

    assert key in sentence


@pytest.mark.parametrize("number", [811, 8.5, True])
def test_a_number_is_not_taken_for_a_text(number: object) -> None:
    sentence = refusal(answer=number)

    assert "str type expected" in sentence


@pytest.mark.parametrize("placeholder", ["WRITE the answer itself", " WRITE what else helps"])
def test_a_text_that_nobody_wrote_yet_is_refused(placeholder: str) -> None:
    sentence = refusal(answer=placeholder)

    assert "WRITE" in sentence


def test_a_text_may_tell_to_write() -> None:
    taken = answer(answer="Write to the desk, or WRITE IN CAPITALS.")

    assert taken.answer.startswith("Write")


def test_spaces_around_a_text_are_taken_away() -> None:
    taken = answer(answer="  Lie down.\n")

    assert taken.answer == "Lie down."


@pytest.mark.parametrize("id", ["Sleep", "sleep-well", "2_sleep", "sleep well", "sommeil_é", ""])
def test_an_id_is_made_of_small_letters_digits_and_underscores(id: str) -> None:
    with pytest.raises(ValidationError, match="id"):
        answer(id)


def test_at_most_three_questions_are_offered_next() -> None:
    taken = answer(see_also=["prices", "contact", "minors"])
    sentence = refusal(see_also=["prices", "contact", "minors", "tipping"])

    assert len(taken.see_also) == 3
    assert "see_also" in sentence


@pytest.mark.parametrize("address", ["example.org/sleep", "javascript:alert(1)", "ftp://example.org/", "not known"])
def test_a_source_is_a_web_page(address: str) -> None:
    sentence = refusal(sources=[{"title": "Sleep", "publisher": "Institute", "url": address}])

    assert "url" in sentence


def test_the_texts_are_all_that_a_visitor_may_read() -> None:
    full = answer(question="Q?", answer="A.", more="M.", asks={"name": "N?"}, languages={"fr": "F."})

    assert sorted(full.texts().values()) == ["A.", "F.", "M.", "N?", "Q?"]


def test_an_answer_cannot_be_changed_after_it_was_read() -> None:
    read = answer()

    with pytest.raises(TypeError, match="immutable"):
        read.answer = "Something else."
