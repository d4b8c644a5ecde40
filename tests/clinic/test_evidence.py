"""Reviews: who looked at a text when, and when again."""

from datetime import date

import pytest
from pydantic import ValidationError

from clinic.evidence import spoken
from tests.builders import review


@pytest.mark.parametrize("next_review", ["2026-11-23", "2027-05-22", "2029-11-24"])
def test_the_next_review_comes_within_three_years(next_review: str) -> None:
    planned = review(on="2026-11-22", next=next_review)

    assert str(planned.next) == next_review


@pytest.mark.parametrize("next_review", ["2026-11-21", "2026-11-22", "2029-11-25"])
def test_a_next_review_that_is_not_after_this_one_or_too_late_is_refused(next_review: str) -> None:
    with pytest.raises(ValidationError, match="must come after this one, within three years"):
        review(on="2026-11-22", next=next_review)


@pytest.mark.parametrize("day", ["soon", "22.11.2026", "2026-13-01"])
def test_a_review_happened_on_a_day(day: str) -> None:
    with pytest.raises(ValidationError, match="invalid date format"):
        review(on=day)


def test_a_review_is_due_on_its_day_and_overdue_the_day_after() -> None:
    planned = review(on="2026-11-22", next="2027-05-22")

    assert not planned.is_overdue(date(2027, 5, 22))
    assert planned.is_overdue(date(2027, 5, 23))


def test_a_draft_does_not_claim_to_be_reviewed() -> None:
    sentence = review(state="drafted", on="2026-11-22").sentence()

    assert "not yet reviewed" in sentence
    assert "22 November 2026" in sentence


def test_a_review_names_who_did_it() -> None:
    sentence = review(state="reviewed", by="M. Made-Up, physiotherapist").sentence()

    assert sentence == "Reviewed by M. Made-Up, physiotherapist on 22 November 2026."


def test_a_review_is_drafted_or_reviewed_and_nothing_else() -> None:
    with pytest.raises(ValidationError, match="state"):
        review(state="approved")


def test_a_date_is_said_without_a_leading_nought() -> None:
    said = spoken(date(2026, 12, 1))

    assert said == "1 December 2026"
