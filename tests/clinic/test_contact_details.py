"""Contact details: the name and the address in a message, and an address that looks misspelt."""

import pytest

from clinic.contact_details import email_in, introduced_name, likely_email, tries_an_email

THERAPISTS = {"priya", "sam", "mei"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("deep tissue with someone female thursday after 4, I'm Priya", "Priya"),
        ("im priya", "priya"),
        ("My name is ana lopez garcia and i want tuesday", "ana lopez garcia"),
        ("This is Dana Test, for thursday", "Dana Test"),
        ("name’s Testa", "Testa"),
        ("Thursday at 10. Name: Bob Example", "Bob Example"),
    ],
)
def test_who_says_her_name_is_called_so(text: str, name: str) -> None:
    assert introduced_name(text, THERAPISTS) == name


@pytest.mark.parametrize(
    "text",
    [
        "I'm free after 4",
        "i'm pregnant",
        "this is urgent",
        "I am in pain",
        "with Priya",
        "my name isn't Ana",
        "the name is wrong",
    ],
)
def test_what_somebody_is_besides_is_no_name(text: str) -> None:
    assert introduced_name(text, THERAPISTS) is None


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("ana@example.com", "ana@example.com"),
        ("it's Ana.Test+1@Example.COM.", "Ana.Test+1@example.com"),
        ("ana at example dot com", "ana@example.com"),
        ("mail me: <ana@mail.example.org>", "ana@mail.example.org"),
    ],
)
def test_an_address_is_read(text: str, email: str) -> None:
    assert email_in(text) == email


@pytest.mark.parametrize(
    "text", ["ana@", "@example.com", "ana@example", "thursday at four", "a..b@example.com", "x" * 300 + "@example.com"]
)
def test_half_an_address_is_none(text: str) -> None:
    assert email_in(text) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(
            ("ana@gmial.com", "ana@gmail.com"),
            ("ana@gmail.con", "ana@gmail.com"),
            ("ana@hotmial.com", "ana@hotmail.com"),
        ),
        *(("ana@outlok.com", "ana@outlook.com"), ("ana@gmail.co", "ana@gmail.com")),
    ],
)
def test_an_address_with_a_misspelt_provider_is_questioned(written: str, meant: str) -> None:
    assert likely_email(written) == meant


@pytest.mark.parametrize(
    "email", ["ana@gmail.com", "ana@mail.com", "ana@example.com", "ana@ualberta.ca", "ana@yahoo.co.uk"]
)
def test_an_address_that_may_be_right_is_not(email: str) -> None:
    assert likely_email(email) is None


def test_a_provider_without_the_rest_looks_like_an_attempt() -> None:
    assert tries_an_email("ana gmail")
    assert not tries_an_email("thursday at four")
