"""Facts: which value holds on which day, and how they come into a text."""

from datetime import date

import pytest
from pydantic import ValidationError

from clinic.errors import UnknownFact
from clinic.facts import Facts, names_in
from tests.builders import DAY, fact, facts

PRICE = {"2026-01-01": "$115", "2026-12-01": "$120"}


@pytest.mark.parametrize(
    ("day", "price"),
    [
        (date(2026, 1, 1), "$115"),
        (date(2026, 11, 30), "$115"),
        (date(2026, 12, 1), "$120"),
        (date(2030, 1, 1), "$120"),
    ],
)
def test_a_new_price_holds_from_its_day_on(day: date, price: str) -> None:
    held = fact(PRICE).on(day)

    assert held == price


def test_the_order_of_the_values_in_the_file_does_not_matter() -> None:
    newest_first = fact(dict(reversed(PRICE.items())))

    assert newest_first.on(date(2026, 11, 30)) == "$115"
    assert newest_first.on(date(2026, 12, 1)) == "$120"


def test_nothing_holds_before_the_first_day() -> None:
    price = fact(PRICE)

    with pytest.raises(UnknownFact, match="the first starts on 2026-01-01"):
        price.on(date(2025, 12, 31))


def test_two_values_from_the_same_day_are_refused() -> None:
    twice = [{"from": "2026-01-01", "value": "$115"}, {"from": "2026-01-01", "value": "$120"}]

    with pytest.raises(ValidationError, match="two values hold from the same day"):
        type(fact(PRICE))(what="Price", values=twice)


def test_a_fact_may_name_another_fact() -> None:
    contact = facts(phone="780-555-0142", phone_link="[{phone}](tel:+1-{phone})")

    filled = contact.fill("Call {phone_link}.", DAY)

    assert filled == "Call [780-555-0142](tel:+1-780-555-0142)."


def test_a_fact_that_is_named_holds_on_the_same_day() -> None:
    prices = Facts({"price": fact(PRICE), "offer": fact({"2026-01-01": "from {price}"})})

    filled = prices.fill("{offer}", date(2026, 12, 1))

    assert filled == "from $120"


def test_facts_that_name_each_other_are_refused_with_the_circle() -> None:
    circle = facts(parking="{transit}", transit="{parking}")

    with pytest.raises(UnknownFact, match="parking > transit > parking"):
        circle.on("parking", DAY)


def test_a_fact_that_names_no_known_fact_is_refused() -> None:
    misspelt = facts(phone_link="[{fone}](tel:+1)")

    with pytest.raises(UnknownFact, match="there is no fact named fone"):
        misspelt.on("phone_link", DAY)


def test_names_that_are_no_facts_stay_in_a_text() -> None:
    said = facts().fill("Thank you, {name}. {booking_link}", DAY)

    assert said == "Thank you, {name}. {booking_link}"


def test_an_unknown_fact_is_refused_when_asked_for_by_name() -> None:
    with pytest.raises(UnknownFact, match="there is no fact named booking_page"):
        facts().on("booking_page", DAY)


def test_a_text_tells_the_names_it_asks_for() -> None:
    names = names_in("Call {phone_link}, or {phone_link}, or write to {email}.")

    assert names == {"phone_link", "email"}


@pytest.mark.parametrize("name", ["Phone", "phone ", "phone-link", "2nd_phone", ""])
def test_a_misspelt_name_in_braces_is_told_too(name: str) -> None:
    names = names_in(f"Call {{{name}}}.")

    assert names == {name}
