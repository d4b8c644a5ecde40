"""A draft: what is asked next, in each way of booking."""

from datetime import datetime

import pytest

from clinic.draft import ALWAYS, Draft, Purpose, Step, next_step
from clinic.schedule import BookingMode

THURSDAY = (datetime(2026, 11, 26), datetime(2026, 11, 26, 23, 59))
WISHED = {"treatment": "swedish_massage", "minutes": 60, "ranges": (THURSDAY,), "slot": "a slot"}
WHO = {"has_name": True, "has_email": True}


def draft(**known: object) -> Draft:
    return Draft(attempt="one", **known)


def asked_in_turn(one: Draft, answers: dict[Step, dict[str, object]]) -> list[Step]:
    """All that is asked when each question is answered."""
    asked = []
    while (step := next_step(one)) is not None:
        asked.append(step)
        one = one.having(**answers[step])
    return asked


ANSWERS: dict[Step, dict[str, object]] = {
    Step.REFERENCE: {"appointment": "an appointment"},
    Step.TREATMENT: {"treatment": "swedish_massage"},
    Step.MINUTES: {"minutes": 60},
    Step.WHEN: {"ranges": (THURSDAY,)},
    Step.TIME: {"slot": "a slot"},
    Step.NAME: {"has_name": True},
    Step.EMAIL: {"has_email": True},
    Step.PHONE: {"has_phone": True},
    Step.CONFIRM: {"confirmed": True},
}


@pytest.mark.parametrize(
    ("purpose", "mode", "steps"),
    [
        (Purpose.BOOK, BookingMode.APPOINTMENTS, "treatment minutes when time name email confirm"),
        (Purpose.BOOK, BookingMode.REQUEST, "treatment when name phone confirm"),
        (Purpose.BOOK, BookingMode.LINK, "treatment"),
        (Purpose.MOVE, BookingMode.APPOINTMENTS, "reference when time confirm"),
        (Purpose.CANCEL, BookingMode.APPOINTMENTS, "reference confirm"),
        (Purpose.CHECK, BookingMode.APPOINTMENTS, "reference"),
    ],
)
def test_one_thing_is_asked_after_another(purpose: Purpose, mode: BookingMode, steps: str) -> None:
    asked = asked_in_turn(draft(purpose=purpose, mode=mode), ANSWERS)

    assert [step.value for step in asked] == steps.split()


def test_what_is_known_is_not_asked() -> None:
    assert next_step(draft(**WISHED)) is Step.NAME


def test_who_gives_no_address_is_asked_for_a_number() -> None:
    assert next_step(draft(**WISHED, has_name=True, without_email=True)) is Step.PHONE


def test_an_address_that_looks_misspelt_is_asked_about_before_anything_is_agreed() -> None:
    assert next_step(draft(**WISHED, **WHO, typo=True)) is Step.EMAIL_TYPO


def test_of_two_days_one_is_asked_for() -> None:
    assert next_step(draft(**{**WISHED, "slot": None}, unclear=(THURSDAY, ALWAYS))) is Step.WHEN


def test_a_summary_that_is_not_right_is_asked_about() -> None:
    assert next_step(draft(**WISHED, **WHO, changing=True)) is Step.CHANGE


def test_a_draft_comes_back_from_the_dialogue_as_it_went() -> None:
    one = draft(**WISHED, **WHO, avoided=("sam",), asked=Step.CONFIRM)

    assert Draft.parse_raw(one.json(exclude_defaults=True)) == one
