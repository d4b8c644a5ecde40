"""Letters: what stands in them, what never does, and that nobody can smuggle anything in."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from clinic.content import LETTERS, Problem
from clinic.letters import Entry, EntryTexts, Letter, Letters, Values, Written, entry, said_name, said_when, written
from clinic.lexicon import Lexicon
from clinic.offers import Treatment
from tests.builders import DAY, content, facts, letters

SWEDISH = Treatment(id="swedish_massage", name="Swedish massage", also_called=["swedish"])
DEEP_TISSUE = Treatment(id="deep_tissue_massage", name="Deep tissue massage", also_called=["deep-tissue"])
VISITORS = ("confirmed", "moved", "cancelled", "reminder")


def letter(body: str, subject: str = "Your appointment") -> Letter:
    return Letter(subject=subject, body=body)


def values(**given: str) -> Values:
    known = facts(clinic_name="Made-up Clinic", phone_link="[{phone}](tel:+1-{phone})", page="https://example.org/a")
    return Values(known, DAY, given)


def wrote(body: str, **given: str) -> Written:
    return written(letter(body), values(**given))


def problems(**different: object) -> list[Problem]:
    return content(letters=letters(**different)).problems(DAY, set())


def the_problem(**different: object) -> Problem:
    (found,) = problems(**different)
    return found


# ---- Writing


def test_names_stand_for_what_is_given_and_for_facts() -> None:
    told = written(letter("Dear {name}, call {phone}.", subject="At {clinic_name}"), values(name="Dawn"))

    assert (told.subject, told.text) == ("At Made-up Clinic", "Dear Dawn, call 780-555-0142.")


def test_a_name_in_braces_inside_what_is_given_stays_as_it_is() -> None:
    assert wrote("Dear {name}", name="{phone}").text == "Dear {phone}"


def test_a_line_of_which_every_name_stands_for_nothing_is_left_out() -> None:
    body = "Name: {name}\nPhone: {visitor_phone}\n\nSafety: {safety}\n\nReference: {reference} {safety}"

    told = wrote(body, name="Dawn", visitor_phone="", safety="", reference="K7M2Q")

    assert told.text == "Name: Dawn\n\nReference: K7M2Q"


def test_a_subject_is_one_line_whatever_stands_in_it() -> None:
    told = written(letter("Hello.", subject="On {when}"), values(when="Monday\r\nBcc: all@example.com"))

    assert told.subject == "On Monday Bcc: all@example.com"


def test_paragraphs_and_lines_of_the_text_are_those_of_the_page() -> None:
    assert "<p>One<br>\ntwo</p>\n<p>three</p>" in wrote("One\ntwo\n\nthree").html


def test_addresses_and_links_can_be_clicked_on_the_page_and_read_in_the_text() -> None:
    told = wrote("See {link}. Call {phone_link} or [look]({page}).", link="https://example.org/x?a=1&b=2")

    assert told.text == "See https://example.org/x?a=1&b=2. Call 780-555-0142 or look: https://example.org/a."
    assert '<a href="https://example.org/x?a=1&amp;b=2">https://example.org/x?a=1&amp;b=2</a>.' in told.html
    assert '<a href="tel:+1-780-555-0142">780-555-0142</a>' in told.html
    assert '<a href="https://example.org/a">look</a>' in told.html


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "[x](javascript:alert(1))", "</p><h1>Free</h1>"],
)
def test_nothing_that_is_given_becomes_a_part_of_the_page(hostile: str) -> None:
    page = wrote("{name}", name=hostile).html

    assert page.count("<") == wrote("{name}", name="Dawn").html.count("<")
    assert "href" not in page


def test_what_the_calendar_shows_is_filled_in_too() -> None:
    texts = EntryTexts(
        title="At {clinic_name}", place="Street", description="Reference {reference}.\nCall {phone_link}."
    )

    assert entry(texts, values(reference="K7M2Q")) == Entry(
        "At Made-up Clinic", "Street", "Reference K7M2Q.\nCall 780-555-0142."
    )


# ---- Names and times


@pytest.mark.parametrize("name", ["Dawn", "Maria del Carmen", "O'Neil-Smith", "Renée", "Нина", "प्रिया", "D’Arcy"])
def test_a_name_is_repeated_as_it_was_given(name: str) -> None:
    assert said_name(name) == name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Dawn\r\nBcc: all@example.com", "Dawn Bcc allexamplecom"),
        ("Win at https://evil.example.com/x?1", "Win at httpsevilexamplecomx"),
        ("www.example.com", "wwwexamplecom"),
        ("Call 780-555-0199", "Call --"),
        ("<b>Dawn</b>", "bDawnb"),
        ("Dawn\u202egnp", "Dawngnp"),
        ("  ", ""),
        ("123", ""),
    ],
)
def test_no_link_and_no_number_can_be_sent_to_others_as_a_name(name: str, said: str) -> None:
    assert said_name(name) == said


def test_a_time_is_said_with_its_weekday_and_its_zone() -> None:
    said = said_when(datetime(2026, 7, 2, 22, 30, tzinfo=timezone.utc), ZoneInfo("America/Edmonton"))

    assert said == "Thursday, July 2 at 4:30 pm, Edmonton time"


# ---- What is checked


def test_letters_that_are_in_order_have_no_problems() -> None:
    assert problems() == []


@pytest.mark.parametrize("name", sorted(Letters.__fields__))
def test_every_letter_must_be_there(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name}\n  field required"):
        Letters(**{key: value for key, value in letters().dict().items() if key != name})


@pytest.mark.parametrize("name", VISITORS)
def test_an_unknown_name_is_told_where_it_stands(name: str) -> None:
    wrong = {**letters().dict()[name], "body": "It is on {wen}."}

    found = the_problem(**{name: wrong})

    assert (found.record, found.keys) == (LETTERS, (name, "body"))
    assert "{wen}: there is no fact named wen" in found.remedy


def test_a_visitor_is_not_told_what_the_desk_is() -> None:
    wrong = {**letters().dict()["confirmed"], "body": "Your answer: {safety}"}

    assert "{safety}" in the_problem(confirmed=wrong).remedy


def test_who_cancelled_has_nothing_left_to_manage() -> None:
    wrong = {**letters().dict()["cancelled"], "body": "See {manage_link}"}

    assert "{manage_link}" in the_problem(cancelled=wrong).remedy


@pytest.mark.parametrize("name", ["treatment", "therapist", "name", "price", "minutes", "manage_link", "reference"])
def test_a_subject_does_not_name_what_an_appointment_is_for_or_with_whom(name: str) -> None:
    wrong = {**letters().dict()["confirmed"], "subject": f"Your {{{name}}}"}
    in_the_body = {**letters().dict()["confirmed"], "body": f"Your {{{name}}}"}

    assert f"{{{name}}}: anybody may see this text" in the_problem(confirmed=wrong).remedy
    assert problems(confirmed=in_the_body) == []


def test_the_desks_subject_does_not_name_what_the_safety_check_found() -> None:
    wrong = {"subject": "New: {safety}", "body": "{safety}"}

    assert the_problem(desk_confirmed=wrong).keys == ("desk_confirmed", "subject")


def test_an_sms_and_a_calendar_name_no_treatment_either() -> None:
    sms = {**letters().dict()["reminder"], "sms": "Your {treatment} is on {when}."}
    calendar = {"title": "With {therapist}", "place": "Street", "description": "Hello"}

    assert the_problem(reminder=sms).keys == ("reminder", "sms")
    assert the_problem(calendar=calendar).keys == ("calendar", "title")


@pytest.mark.parametrize("telling", ["Your Swedish session", "Deep tissue today", "With Mei", "For your LEFT foot?"])
def test_words_that_tell_it_are_found_in_a_subject_too(telling: str) -> None:
    wrong = {**letters().dict()["moved"], "subject": telling}
    lexicon = Lexicon(__root__={"body_area": {"foot": ["foot"]}})
    whole = content(letters=letters(moved=wrong), lexicon=lexicon, treatments=[DEEP_TISSUE, SWEDISH])

    (found,) = (one for one in whole.problems(DAY, set()) if one.record == LETTERS)

    assert found.keys == ("moved", "subject")
    assert "leave it out" in found.remedy


def test_the_clinics_own_name_may_hold_such_a_word() -> None:
    subject = {**letters().dict()["moved"], "subject": "At {clinic_name}"}
    whole = content(letters=letters(moved=subject), facts=facts(clinic_name="Swedish House"))

    assert whole.problems(DAY, set()) == []


@pytest.mark.parametrize("desk", ["the desk", "desk@", "Desk <desk@example.com>", "a@example.com, b@example.com"])
def test_the_desks_address_must_be_one(desk: str) -> None:
    assert the_problem(desk=desk).keys == ("desk",)
