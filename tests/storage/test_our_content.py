"""The content of this repository: all is there, nothing is invented, nothing is claimed that was not shown."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from clinic.content import FILLED_BY_THE_PROGRAM, Content
from clinic.evidence import Evidence
from clinic.letters import FILLED_IN_LETTERS
from clinic.replies import answer_reply
from storage import clock
from storage.settings import ROOT
from storage.yaml_file import read_yaml

CATALOGUE = {
    "sciatica": """what_is_sciatica sciatica_symptoms sciatica_causes herniated_disc bone_spurs spinal_stenosis
        piriformis_syndrome sciatica_duration sciatica_diagnosis when_to_see_a_doctor sciatica_pregnancy
        other_treatments medication""",
    "massage": """massage_helps_sciatica massage_benefits massage_safety massage_when_to_avoid massage_pregnancy
        massage_types best_technique swedish_massage deep_tissue_massage trigger_point_therapy does_massage_hurt
        session_frequency how_many_sessions long_term_benefits""",
    "session": """consultation what_to_expect preparation undressing_and_privacy session_duration communication
        aftercare soreness_after""",
    "stretches": """stretches_overview piriformis_stretch hamstring_stretch pelvic_tilt knee_to_chest
        exercise_safety walking_and_exercise""",
    "self-care": "self_care_overview hydration heat_and_cold posture_and_sitting sleep daily_movement",
    "clinic": """prices insurance_and_billing opening_hours location_and_parking contact cancellation_policy
        therapists payment_methods accessibility minors gift_cards how_to_book late_arrival tipping referral""",
    "assistant": """greeting goodbye thanks what_can_you_do are_you_a_bot privacy small_talk out_of_scope clarify
        not_understood abuse language""",
    "service": """book_appointment reschedule_appointment cancel_appointment check_appointment talk_to_human
        call_back_request emergency crisis same_day_care see_doctor feedback""",
}


def texts(content: Content) -> Iterator[tuple[str, str]]:
    """Every text a visitor may read, as it stands in the files, with where it stands."""
    for record in (*content.answers.values(), *content.stretches.values()):
        for keys, text in record.texts().items():
            yield f"{record.id}: {' > '.join(map(str, keys))}", text
    for keys, text in content.safety_check.texts().items():
        yield f"safety_check: {' > '.join(map(str, keys))}", text
    for keys, text in content.letters.texts().items():
        yield f"letters: {' > '.join(map(str, keys))}", text


def said(content: Content) -> Iterator[tuple[str, str]]:
    """The same with the facts of today filled in."""
    for where, text in texts(content):
        yield where, content.facts.fill(text, clock.today())


def found(pattern: str, among: Iterator[tuple[str, str]]) -> list[str]:
    return [f"{where}: {match[0]}" for where, text in among for match in re.finditer(pattern, text, re.I)]


# ---- All is there


def test_it_has_no_problems(our_content: Content) -> None:
    pictures = {path.name for path in (ROOT / "content").rglob("*.svg")}

    assert our_content.problems(clock.today(), pictures) == []


@pytest.mark.parametrize("topic", CATALOGUE)
def test_every_question_of_the_catalogue_has_an_answer(our_content: Content, topic: str) -> None:
    missing = set(CATALOGUE[topic].split()) - set(our_content.answers)

    assert missing == set()


def test_every_answer_can_be_said(our_content: Content) -> None:
    replies = [answer_reply(our_content, answer_id, clock.today()) for answer_id in our_content.answers]

    assert [reply.answer for reply in replies if not reply.text] == []


def test_every_stretch_is_shown_by_the_answer_of_its_name(our_content: Content) -> None:
    shown = {answer.stretch for answer in our_content.answers.values() if answer.stretch == answer.id}

    assert shown == set(our_content.stretches)


@pytest.mark.parametrize("file", sorted((ROOT / "content" / "facts").glob("*.yml")), ids=lambda file: file.stem)
def test_facts_that_are_made_up_say_so(file: Path) -> None:
    facts = read_yaml(file, file.name)

    assert facts["demo"] is True


# ---- What can be booked


def test_somebody_works_whenever_the_clinic_is_open(our_content: Content) -> None:
    schedule = our_content.schedule
    week = [date(2026, 11, 23) + timedelta(days=number) for number in range(7)]
    half_hours = [time(hour, minute) for hour in range(24) for minute in (0, 30)]

    alone = [
        (day, moment)
        for day in week
        for moment in half_hours
        if any(one.opens <= moment < one.closes for one in schedule.hours_on(day))
        and not any(one.opens <= moment < one.closes for shift in schedule.shifts for one in shift.hours_on(day))
    ]

    assert alone == []


def test_everybody_can_wish_for_a_length_that_has_a_price(our_content: Content) -> None:
    lengths = {minutes for service in our_content.schedule.services for minutes in service.minutes}

    assert lengths == {30, 45, 60, 90}
    assert our_content.facts.on("session_lengths", clock.today()) == "30, 45, 60 or 90 minutes"


def test_the_clinic_is_closed_on_the_general_holidays_of_alberta(our_content: Content) -> None:
    closed = {closure.day for closure in our_content.schedule.closed}

    easter_2027 = date(2027, 3, 28)
    by_rule = {date(2027, month, day) for month, day in [(1, 1), (7, 1), (11, 11), (12, 25)]}
    by_rule |= {_nth_monday(2, 3), _nth_monday(9, 1), _nth_monday(10, 2), easter_2027 - timedelta(days=2)}
    by_rule |= {next(day for number in range(24, 17, -1) if (day := date(2027, 5, number)).weekday() == 0)}
    assert {day for day in closed if day.year == 2027} == by_rule
    assert date(2026, 12, 25) in closed


def _nth_monday(month: int, number: int) -> date:
    """Of 2027."""
    mondays = [day for one in range(1, 29) if (day := date(2027, month, one)).weekday() == 0]
    return mondays[number - 1]


# ---- Nothing is typed twice


def test_no_amount_of_money_is_typed_into_a_text(our_content: Content) -> None:
    typed = found(r"\$\s?\d+|\b\d+([.,]\d+)?\s?(dollars?|bucks|CAD)\b", texts(our_content))

    assert typed == []


def test_no_time_of_the_clock_is_typed_into_a_text(our_content: Content) -> None:
    typed = found(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s?(am|pm|a\.m\.|p\.m\.|o'clock)(?!\w)", texts(our_content))

    assert typed == []


def test_the_clinics_number_and_addresses_are_never_typed_into_a_text(our_content: Content) -> None:
    facts = [
        our_content.facts.on(name, clock.today()) for name in ("phone", "email", "privacy_contact", "booking_page")
    ]

    typed = [f"{where}: {fact}" for where, text in texts(our_content) for fact in facts if fact in text]

    assert typed == []


def test_no_name_in_braces_is_left_over_but_what_the_program_fills_in(our_content: Content) -> None:
    by_the_program = (*FILLED_BY_THE_PROGRAM.values(), *FILLED_IN_LETTERS.values())
    filled_later = {name for names in by_the_program for name in names}

    left = found(r"\{(?!(" + "|".join(filled_later) + r")\})[^}]*\}?", said(our_content))

    assert left == []


# ---- Links


def test_every_link_leads_to_a_page_a_telephone_or_a_mailbox(our_content: Content) -> None:
    links = [
        (where, link)
        for where, text in said(our_content)
        for link in re.findall(r"\]\(\s*([^)]*)\)", text)
        if link != "{booking_link}"
    ]

    assert len(links) > 100
    assert [one for one in links if not re.match(r"(https?://|tel:\+?[\d-]+$|mailto:[^@\s]+@[^@\s]+$)", one[1])] == []


def test_no_address_hides_in_a_text_beside_the_links(our_content: Content) -> None:
    assert found(r"javascript:|data:|<\s*\w+|!\[", said(our_content)) == []


# ---- Nothing is promised; tests/content holds the claims that must not be made


def test_what_has_no_evidence_at_all_promises_little(our_content: Content) -> None:
    unsupported = [one for one in our_content.answers.values() if one.evidence is Evidence.NONE]

    assert [one.id for one in unsupported if not re.search(r"\bno\b|\bnot\b", one.answer, re.I)] == []


def test_no_draft_claims_to_be_reviewed(our_content: Content) -> None:
    records = (*our_content.answers.values(), *our_content.stretches.values())

    assert [one.id for one in records if one.review.by == "the project team" and one.review.state != "drafted"] == []


# ---- Danger


@pytest.mark.parametrize(("answer_id", "number"), [("emergency", "911"), ("crisis", "988"), ("same_day_care", "811")])
def test_advice_in_danger_begins_with_whom_to_call(our_content: Content, answer_id: str, number: str) -> None:
    text = our_content.answer(answer_id).answer

    assert f"[{number}](tel:{number})" in text.split(".")[0]


def test_medicine_is_never_given_a_dose(our_content: Content) -> None:
    assert found(r"\b\d+\s?(mg|milligrams?|tablets?|pills?|capsules?)\b", said(our_content)) == []
