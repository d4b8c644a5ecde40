"""What still gets an answer after an alert."""

import pytest

from clinic.content import Content
from clinic.held_alerts import HeldAlert, has_to_wait


@pytest.mark.parametrize("intent", ["opening_hours", "contact", "prices", "talk_to_human", "greeting", "privacy"])
def test_facts_of_the_clinic_and_ways_to_a_person_are_given(our_content: Content, intent: str) -> None:
    assert not has_to_wait(intent, our_content.answers)


@pytest.mark.parametrize(
    "intent",
    ["piriformis_stretch", "massage_helps_sciatica", "heat_and_cold", "session_duration", "what_is_sciatica"]
    + ["book_appointment", "reschedule_appointment", "how_to_book", "inform", "nlu_fallback", "deny", "say_more"]
    + ["false_alarm", "affirm", "thanks"],
)
def test_all_else_waits(our_content: Content, intent: str) -> None:
    assert has_to_wait(intent, our_content.answers)


def test_a_milder_alert_does_not_replace_a_graver_one() -> None:
    grave, mild = HeldAlert("cannot_pee", "emergency"), HeldAlert("swollen_calf", "same_day")

    assert mild.beside(grave) == grave
    assert grave.beside(mild) == grave
    assert mild.beside(None) == mild
