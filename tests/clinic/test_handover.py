"""The hand-over to a booking system that the clinic has already: each gets the address it understands."""

import re
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from clinic.content import Problem
from clinic.errors import UnknownOffer
from clinic.schedule import Schedule
from storage.settings import ROOT
from tests.builders import DAY, content, facts, schedule, service

THURSDAY = date(2026, 11, 26)
PRICES = facts(price_90_minutes="$160")
THEIRS = {"swedish_massage": "12", "swedish_massage_90": "14", "mei": "3"}

JANE = {
    "link": "https://demo.janeapp.com/#/staff_member/{therapist}/treatment/{treatment}",
    "link_any_therapist": "https://demo.janeapp.com/#/discipline/1/treatment/{treatment}",
}
ACUITY = {"link": "https://demo.acuityscheduling.com/schedule.php?appointmentType={treatment}&calendarID={therapist}"}
SQUARE = {"link": "https://book.squareup.com/appointments/demo/location/LDEMO/services"}
CALENDLY = {
    "link": "https://calendly.com/{therapist}/{treatment}",
    "link_any_therapist": "https://calendly.com/demo-clinic/{treatment}",
    "their_ids": {"swedish_massage": "swedish-60", "mei": "demo-clinic-mei"},
}
EASY = {"link": "https://booking.example.com/index.php?service={treatment}&provider={therapist}"}
OWN = {"link": "https://booking.example.com/{treatment}?staff={therapist}&length={minutes}&date={day}", "their_ids": {}}


def at(**system: Any) -> Schedule:
    ninety_too = service(minutes=[60, 90])
    return schedule(**{"booking": "link", "services": [ninety_too], "their_ids": THEIRS, **system})


def link(ours: Schedule, **known: Any) -> str:
    return ours.link_to(**{"treatment": "swedish_massage", "therapist": None, "minutes": None, "day": None, **known})


def refusal(**system: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        at(**system)
    (error,) = refused.value.errors()
    return f"{' > '.join(map(str, error['loc']))}: {error['msg']}"


# ---- The right page


@pytest.mark.parametrize(
    ("system", "address"),
    [
        (JANE, "https://demo.janeapp.com/#/staff_member/3/treatment/12"),
        (ACUITY, "https://demo.acuityscheduling.com/schedule.php?appointmentType=12&calendarID=3"),
        (SQUARE, "https://book.squareup.com/appointments/demo/location/LDEMO/services"),
        (CALENDLY, "https://calendly.com/demo-clinic-mei/swedish-60"),
        (EASY, "https://booking.example.com/index.php?service=12&provider=3"),
        (OWN, "https://booking.example.com/swedish_massage?staff=mei&length=60&date=2026-11-26"),
    ],
    ids=["Jane", "Acuity", "Square", "Calendly", "Easy!Appointments", "a page of one's own"],
)
def test_a_visitor_gets_to_the_treatment_and_the_therapist_who_were_chosen(system: dict, address: str) -> None:
    assert link(at(**system), therapist="mei", day=THURSDAY) == address


@pytest.mark.parametrize(
    ("system", "address"),
    [
        (JANE, "https://demo.janeapp.com/#/discipline/1/treatment/12"),
        (ACUITY, "https://demo.acuityscheduling.com/schedule.php?appointmentType=12"),
        (SQUARE, "https://book.squareup.com/appointments/demo/location/LDEMO/services"),
        (CALENDLY, "https://calendly.com/demo-clinic/swedish-60"),
        (EASY, "https://booking.example.com/index.php?service=12"),
        (OWN, "https://booking.example.com/swedish_massage?length=60"),
    ],
    ids=["Jane", "Acuity", "Square", "Calendly", "Easy!Appointments", "a page of one's own"],
)
def test_a_visitor_without_a_favourite_or_a_day_gets_to_the_treatment(system: dict, address: str) -> None:
    assert link(at(**system)) == address


@pytest.mark.parametrize(("minutes", "theirs"), [(None, "12"), (60, "12"), (90, "14")])
def test_a_length_may_have_an_id_of_its_own(minutes: int | None, theirs: str) -> None:
    assert link(at(**EASY), minutes=minutes) == f"https://booking.example.com/index.php?service={theirs}"


@pytest.mark.parametrize(("minutes", "said"), [(None, "60"), (60, "60"), (90, "90")])
def test_the_length_is_the_one_that_was_chosen_or_else_the_usual_one(minutes: int | None, said: str) -> None:
    assert link(at(**OWN), minutes=minutes) == f"https://booking.example.com/swedish_massage?length={said}"


def test_who_has_no_id_of_theirs_goes_by_ours() -> None:
    ours = at(**EASY)

    assert link(ours, therapist="sam") == "https://booking.example.com/index.php?service=12&provider=sam"


def test_a_treatment_that_is_not_offered_leads_nowhere() -> None:
    with pytest.raises(UnknownOffer, match="cupping"):
        link(at(**EASY), treatment="cupping")


# ---- What docs/booking.md shows

EXAMPLES = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "booking.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_leads_to_a_page(example: str) -> None:
    shown = YAML(typ="safe").load(example)

    ours = at(**{"their_ids": {}, **shown})

    assert "{" not in link(ours, therapist="mei", day=THURSDAY) + link(ours)
    assert content(schedule=ours, facts=PRICES).problems(DAY, set()) == []


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 6


# ---- What is in an address


@pytest.mark.parametrize("theirs", ["a b", "12&provider=9", "12#x", "../admin", "50%", "sàm", "{day}", "a?b=c"])
def test_an_id_stays_one_value_whatever_is_in_it(theirs: str) -> None:
    ours = at(**{**EASY, "their_ids": {"swedish_massage": theirs}})

    address = urlsplit(link(ours, day=THURSDAY))

    assert (address.path, address.fragment) == ("/index.php", "")
    assert parse_qs(address.query) == {"service": [theirs]}


@pytest.mark.parametrize(
    ("template", "address"),
    [
        ("?staff={therapist}&service={treatment}", "?service=12"),
        ("?a=1&staff={therapist}&date={day}&b=2", "?a=1&b=2"),
        ("?staff={therapist}", ""),
        ("?date={day}#booking", "#booking"),
        ("#/book?date={day}&service={treatment}", "#/book?service=12"),
        ("#/book?service={treatment}&date={day}", "#/book?service=12"),
        ("?pick=staff:{therapist};date:{day}&b=2", "?b=2"),
    ],
)
def test_what_is_not_known_is_left_out_of_the_address(template: str, address: str) -> None:
    assert link(at(link=f"https://booking.example.com/{template}")) == f"https://booking.example.com/{address}"


# ---- What staff may write


def test_a_therapist_in_the_path_needs_a_page_for_visitors_without_a_favourite() -> None:
    assert at(**JANE).link_any_therapist

    told = refusal(link=JANE["link"])

    assert told.startswith("link_any_therapist: is missing: {therapist} in the link needs it")


def test_the_page_for_visitors_without_a_favourite_names_no_therapist() -> None:
    told = refusal(link=JANE["link"], link_any_therapist=JANE["link"])

    assert told == "link_any_therapist: {therapist} is not known here: use {day}, {minutes}, {treatment}, or none"


@pytest.mark.parametrize("unsafe", ["http://booking.example.com", "javascript:alert(1)", "https://a b.example.com"])
def test_the_page_for_visitors_without_a_favourite_must_be_a_safe_address_too(unsafe: str) -> None:
    told = refusal(link=JANE["link"], link_any_therapist=unsafe)

    assert told == "link_any_therapist: must be an address that begins with https://, without spaces"


def test_a_day_in_the_path_is_refused_since_it_is_not_always_known() -> None:
    told = refusal(link="https://booking.example.com/{day}/{treatment}")

    assert told.startswith("link: {day} is not always known: write it behind a ?")


@pytest.mark.parametrize("theirs", [12, None, ""])
def test_an_id_of_theirs_is_a_text(theirs: object) -> None:
    assert refusal(**{**EASY, "their_ids": {"mei": theirs}}).startswith("their_ids > mei: ")


def test_ids_of_what_is_offered_are_no_problem() -> None:
    assert content(schedule=at(**EASY), facts=PRICES).problems(DAY, set()) == []


@pytest.mark.parametrize("stranger", ["cupping", "swedish_massage_45", "swedish", "zoe"])
def test_an_id_of_what_is_not_offered_is_told(stranger: str) -> None:
    ours = at(**{**EASY, "their_ids": {stranger: "12"}})

    (found,) = content(schedule=ours, facts=PRICES).problems(DAY, set())

    remedy = f"{stranger} is no treatment or therapist, nor a treatment with a length: correct or remove it"
    assert found == Problem(("facts", "schedule"), ("their_ids", stranger), remedy)
