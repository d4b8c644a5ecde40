"""A way to a person: by telephone while the desk is open, else when it opens, and always by a call-back."""

from datetime import datetime

import pytest

from actions.talk_to_human import TalkToHuman
from clinic.held_alerts import HELD, HeldAlert
from storage.clock import clinic_zone
from storage.content_files import live_content
from tests.actions.turn import Done, done_by

ALERT = {HELD: HeldAlert("numb_foot", "emergency")._asdict()}


def asked_at(moment: str, **heard: object) -> Done:
    now = datetime.fromisoformat(moment).replace(tzinfo=clinic_zone())
    return done_by(TalkToHuman(now=lambda: now, live=live_content()), intent="talk_to_human", **heard)  # type: ignore[arg-type]


@pytest.mark.parametrize(("moment", "until"), [("2026-11-23T09:00", "7:00 pm"), ("2026-11-28T15:59", "4:00 pm")])
def test_while_the_desk_is_open_the_visitor_is_told_to_call_now(moment: str, until: str) -> None:
    done = asked_at(moment)

    assert f"open now,** until {until}" in done.text
    assert "(tel:" in done.text


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23T08:59", "today at 9:00 am"),
        ("2026-11-23T19:00", "tomorrow at 9:00 am"),
        ("2026-11-28T16:00", "on Monday, November 30 at 9:00 am"),
        ("2026-12-25T12:00", "tomorrow at 9:00 am"),
        ("2026-12-24T19:30", "on Saturday, December 26 at 9:00 am"),
    ],
)
def test_while_it_is_closed_the_visitor_hears_when_it_opens_and_can_leave_a_number(moment: str, opens: str) -> None:
    done = asked_at(moment)

    assert f"It opens {opens}" in done.text
    assert done.titles[0] == "Have the desk call me back"


@pytest.mark.parametrize("moment", ["2026-11-23T12:00", "2026-11-29T12:00"])
def test_nobody_is_said_to_be_connected(moment: str) -> None:
    assert "connect" not in asked_at(moment).text.lower()


@pytest.mark.parametrize("moment", ["2026-11-23T12:00", "2026-11-29T12:00"])
def test_after_an_alert_it_is_a_way_to_a_person_still_and_the_advice_comes_first(moment: str) -> None:
    done = asked_at(moment, slots=ALERT)

    assert done.text.startswith("Please follow the advice I gave first.")
    assert "(tel:" in done.text
    assert done.titles == ["Have the desk call me back"]


def test_what_else_was_asked_is_answered_before_it() -> None:
    done = asked_at("2026-11-23T12:00", questions=["prices", "talk_to_human"])

    assert [bubble["answer"] for bubble in done.said] == ["prices", "talk_to_human"]


def test_the_answer_keeps_the_other_ways_to_reach_somebody() -> None:
    (said,) = asked_at("2026-11-29T12:00").said

    assert "(mailto:" in said["more"]
    assert "(tel:811)" in said["more"]


def test_a_visitor_who_was_not_understood_before_is_understood_now() -> None:
    assert asked_at("2026-11-23T12:00", slots={"unclear": 2}).slots["unclear"] == 0
