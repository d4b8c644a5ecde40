"""The schedule: what staff may write, what is refused with a remedy, and what follows from it."""

from datetime import date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from clinic.content import Problem
from clinic.errors import UnknownOffer
from clinic.offers import Treatment
from clinic.schedule import FACTS_SAID_HERE, BookingMode, Schedule
from tests.builders import DAY, content, facts, hours, schedule, service, shift

MONDAY, TUESDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 29)
PAGE = "https://booking.example.com/demo"
CUPPING = Treatment(id="cupping", name="Cupping", also_called=["cups"])


def refusal(**different: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        schedule(**different)
    (error,) = refused.value.errors()
    return f"{' > '.join(map(str, error['loc']))}: {error['msg']}"


def the_problem(of: Schedule, **different: Any) -> Problem:
    (problem,) = content(schedule=of, **different).problems(DAY, set())
    return problem


# ---- What is offered


def test_a_service_is_found_by_its_treatment_and_a_shift_by_its_therapist() -> None:
    ours = schedule()

    assert ours.service("swedish_massage").usual_minutes == 60
    assert ours.shift("mei").gives == ["swedish_massage"]


def test_what_nobody_offers_is_refused_by_name() -> None:
    ours = schedule()

    with pytest.raises(UnknownOffer, match="cupping"):
        ours.service("cupping")
    with pytest.raises(UnknownOffer, match="nobody"):
        ours.shift("nobody")


def test_the_givers_of_a_treatment_come_in_the_order_of_the_shifts() -> None:
    sam = shift("sam", gives=["cupping", "swedish_massage"])

    ours = schedule(services=[service(), service("cupping")], shifts=[sam, shift("mei")])

    assert ours.givers("swedish_massage") == ["sam", "mei"]
    assert ours.givers("cupping") == ["sam"]
    assert ours.givers("reiki") == []


def test_the_clinic_is_open_on_its_weekdays_but_not_on_a_closed_day() -> None:
    ours = schedule(closed=[{"day": "2026-11-24", "why": "A made-up holiday"}])

    assert [(one.opens.hour, one.closes.hour) for one in ours.hours_on(MONDAY)] == [(9, 17)]
    assert ours.hours_on(TUESDAY) == ours.hours_on(SUNDAY) == []


def test_a_therapist_works_on_the_weekdays_of_the_shift() -> None:
    ours = schedule(shifts=[shift(hours=[hours("9:30", "12:00", ["monday"])])]).shift("mei")

    assert len(ours.hours_on(MONDAY)) == 1
    assert ours.hours_on(TUESDAY) == []


def test_a_holiday_lasts_to_the_end_of_its_last_day() -> None:
    (away,) = schedule(shifts=[shift(away=[{"from": "2026-12-24", "until": "2026-12-27"}])]).shift("mei").away

    assert (away.begins, away.ends) == (datetime(2026, 12, 24), datetime(2026, 12, 28))


@pytest.mark.parametrize("day", ["2026-12-03", date(2026, 12, 3)])
def test_one_day_away_is_the_whole_day(day: object) -> None:
    (away,) = schedule(shifts=[shift(away=[{"from": day, "until": day}])]).shift("mei").away

    assert (away.begins, away.ends) == (datetime(2026, 12, 3), datetime(2026, 12, 4))


@pytest.mark.parametrize("afternoon", ["2026-12-03 13:00", "2026-12-03T13:00", datetime(2026, 12, 3, 13)])
def test_hours_away_are_those_hours(afternoon: object) -> None:
    (away,) = schedule(shifts=[shift(away=[{"from": afternoon, "until": "2026-12-03 16:00"}])]).shift("mei").away

    assert (away.begins, away.ends) == (datetime(2026, 12, 3, 13), datetime(2026, 12, 3, 16))


# ---- What is refused, and the remedy


@pytest.mark.parametrize("value", ["9", "9:5", "24:00", "09:00:00", "9 am", 540, None, "٠٩:٠٠"])
def test_what_is_no_time_of_the_clock_is_refused(value: object) -> None:
    told = refusal(open=[{**hours(), "from": value}])

    assert told == 'open > 0 > from: must be a time such as "09:00", in quotes'


@pytest.mark.parametrize("closes", ["9:00", "8:59"])
def test_an_end_that_does_not_come_after_the_beginning_is_refused(closes: str) -> None:
    told = refusal(open=[hours(), hours("09:00", closes, ["sunday"])])

    assert told == f"open > 1 > __root__: from 9:00 until {closes} ends before it begins: correct one of them"


def test_an_unknown_weekday_is_refused() -> None:
    told = refusal(open=[hours(days=["monday", "funday"])])

    assert told.startswith("open > 0 > days > 1: value is not a valid enumeration member")


@pytest.mark.parametrize(
    "second", [hours("12:00", "17:00", ["tuesday"]), hours("11:00", "12:00", ["sunday", "tuesday"])]
)
def test_hours_of_one_day_that_meet_are_refused(second: dict[str, Any]) -> None:
    told = refusal(open=[hours("09:00", "12:00"), second])

    assert told.startswith("open: tuesday is written until 12:00 and from ")
    assert told.endswith("join them into one line, or leave a break")


def test_hours_with_a_break_between_them_are_taken_in_any_order() -> None:
    ours = schedule(open=[hours("13:00", "17:00"), hours("09:00", "12:00")])

    assert len(ours.hours_on(MONDAY)) == 2


def test_hours_of_a_shift_that_meet_are_refused_too() -> None:
    told = refusal(shifts=[shift(hours=[hours("09:00", "12:00"), hours("10:00", "17:00")])])

    assert told.startswith("shifts > 0 > hours: monday is written until 12:00 and from 10:00")


@pytest.mark.parametrize("minutes", [0, -30, 60.0, "60", True])
def test_a_length_that_is_no_positive_number_is_refused(minutes: object) -> None:
    told = refusal(services=[service(minutes=[60, minutes])])

    assert told.startswith("services > 0 > minutes > 1: ")


def test_the_usual_length_must_be_on_offer() -> None:
    told = refusal(services=[service(minutes=[30, 90])])

    assert told == "services > 0 > usual_minutes: 60 is not among the minutes above: choose one of them"


@pytest.mark.parametrize(
    ("twice", "told"),
    [
        ({"services": [service(), service()]}, "services: swedish_massage stands there twice: write it once"),
        ({"services": [service(minutes=[60, 60])]}, "services > 0 > minutes: 60 minutes stand there twice"),
        ({"shifts": [shift(), shift()]}, "shifts: mei has two shifts: write one, with all the hours"),
        ({"shifts": [shift(gives=["cupping", "cupping"])]}, "shifts > 0 > gives: cupping stands there twice"),
        ({"closed": [{"day": "2026-12-25", "why": why} for why in "ab"]}, "closed: 2026-12-25 is closed twice"),
        ({"rooms": [{"id": "room_1", "name": name} for name in "ab"]}, "rooms: the id room_1 is taken"),
    ],
    ids=["service", "length", "shift", "treatment", "closed day", "room"],
)
def test_what_is_written_twice_is_refused(twice: dict[str, Any], told: str) -> None:
    assert refusal(**twice).startswith(told)


@pytest.mark.parametrize("part", ["open", "services", "shifts", "rooms"])
def test_a_list_that_booking_needs_may_not_be_empty(part: str) -> None:
    assert refusal(**{part: []}).startswith(f"{part}: ")


@pytest.mark.parametrize("until", ["2026-12-23", "2026-12-23 18:00", "2026-12-24 00:00"])
def test_a_holiday_that_ends_before_it_begins_is_refused(until: str) -> None:
    told = refusal(shifts=[shift(away=[{"from": "2026-12-24", "until": until}])])

    assert "is before it begins: correct one of them" in told


@pytest.mark.parametrize("value", ["Christmas", "2026-12-24 1pm", 20261224, "2026-12-24T13:00:00Z", "24.12.2026"])
def test_what_is_neither_a_day_nor_a_moment_is_refused(value: object) -> None:
    told = refusal(shifts=[shift(away=[{"from": value, "until": "2026-12-31"}])])

    assert told.startswith("shifts > 0 > away > 0 > from: must be a day such as 2026-12-24, or a day and a time")


@pytest.mark.parametrize("step", [7, 45, 90])
def test_steps_must_divide_the_hour(step: int) -> None:
    assert "must be one of 5, 10, 15, 20, 30, 60" in refusal(rules={"step_minutes": step})


def test_nobody_books_more_than_a_year_ahead() -> None:
    assert "must be at most 366" in refusal(rules={"horizon_days": 367})


@pytest.mark.parametrize("rule", ["horizon_days", "hold_minutes", "most_open_holds", "most_ahead", "reminder_hours"])
def test_a_rule_of_nothing_is_refused(rule: str) -> None:
    assert refusal(rules={rule: 0}).startswith(f"rules > {rule}: ")


def test_no_notice_and_no_buffer_are_taken() -> None:
    ours = schedule(rules={"notice_minutes": 0}, services=[service(buffer_minutes=0)])

    assert (ours.rules.notice_minutes, ours.services[0].buffer_minutes) == (0, 0)


# ---- The booking page of the clinic's own system


def test_booking_by_link_needs_the_link() -> None:
    linked = schedule(booking="link", link=PAGE)

    assert linked.booking is BookingMode.LINK
    assert refusal(booking="link").startswith("link: is missing, and `booking: link` needs it")


def test_a_link_may_hold_what_was_chosen() -> None:
    link = f"{PAGE}?service={{treatment}}&staff={{therapist}}&length={{minutes}}&day={{day}}"

    assert schedule(link=link).link == link


@pytest.mark.parametrize("name", ["name", "Treatment", "symptom", ""])
def test_a_link_may_not_hold_anything_else(name: str) -> None:
    told = refusal(link=f"{PAGE}?x={{{name}}}")

    assert (
        told == f"link: {{{name}}} is not known here: use {{day}}, {{minutes}}, {{therapist}}, {{treatment}}, or none"
    )


@pytest.mark.parametrize(
    "link",
    [
        "http://booking.example.com",
        "booking.example.com",
        "https://",
        "javascript:alert(1)",
        "https://a b.example.com",
        f"{PAGE}?a={{treatment",
        f"{PAGE})",
    ],
)
def test_a_link_must_be_a_safe_address(link: str) -> None:
    assert refusal(link=link) == "link: must be an address that begins with https://, without spaces"


# ---- With the treatments, the therapists and the prices


def test_a_schedule_that_fits_has_no_problems() -> None:
    assert content(schedule=schedule()).problems(DAY, set()) == []


def test_a_service_that_nobody_gives_is_told() -> None:
    found = the_problem(schedule(services=[service(), service("cupping")]), treatments=[CUPPING, *content().treatments])

    assert (found.record, found.keys) == (("facts", "schedule"), ("services", 1, "treatment"))
    assert found.remedy == "nobody gives cupping: add it under gives of a shift, or remove the service"


def test_a_service_of_an_unknown_treatment_is_told() -> None:
    ours = schedule(services=[service(), service("cuping")], shifts=[shift(gives=["swedish_massage", "cuping"])])

    found = the_problem(ours)

    assert found.keys == ("services", 1, "treatment")
    assert found.remedy == "cuping is not in content/facts/treatments.yml: correct or remove it"


def test_a_shift_that_gives_what_is_no_service_is_told() -> None:
    found = the_problem(schedule(shifts=[shift(gives=["swedish_massage", "cupping"])]))

    assert found.keys == ("shifts", 0, "gives", 1)
    assert found.remedy == "services has no cupping: correct or remove it"


def test_a_shift_of_an_unknown_therapist_is_told() -> None:
    found = the_problem(schedule(shifts=[shift(), shift("zoe")]))

    assert found.keys == ("shifts", 1, "therapist")
    assert found.remedy == "zoe is not in content/facts/therapists.yml: correct or remove it"


def test_a_length_without_a_price_is_told() -> None:
    found = the_problem(schedule(services=[service(minutes=[60, 75])]))

    assert found.keys == ("services", 0, "minutes", 1)
    assert found.remedy.startswith("75 minutes have no price: there is no fact named price_75_minutes; add it to ")


def test_a_length_with_a_price_is_no_problem() -> None:
    ours = schedule(services=[service(minutes=[60, 75])])

    assert content(schedule=ours, facts=facts(price_75_minutes="$140")).problems(DAY, set()) == []


def test_a_treatment_that_cannot_be_booked_is_told_unless_somebody_else_books() -> None:
    treatments = [*content().treatments, CUPPING]

    found = the_problem(schedule(), treatments=treatments)
    by_the_desk = content(schedule=schedule(booking="request"), treatments=treatments)

    assert (found.record, found.keys) == (("facts", "treatments"), ("treatments", 1))
    assert by_the_desk.problems(DAY, set()) == []


def test_a_therapist_without_a_shift_is_told() -> None:
    (mei,) = content().therapists

    found = the_problem(schedule(), therapists=[mei, mei.copy(update={"id": "zoe"})])

    assert (found.record, found.keys) == (("facts", "therapists"), ("therapists", 1))
    assert found.remedy == "zoe cannot be booked: add a shift in content/facts/schedule.yml"


# ---- What visitors read


@pytest.mark.parametrize(
    ("open", "said"),
    [
        ([hours()], "Monday to Friday 9:00 to 17:00, closed Saturday and Sunday"),
        (
            [hours("09:00", "19:00"), hours("09:00", "16:00", ["saturday"])],
            "Monday to Friday 9:00 to 19:00, Saturday 9:00 to 16:00, closed Sunday",
        ),
        (
            [hours("13:00", "18:30", ["monday", "tuesday"]), hours("08:05", "12:00", ["tuesday", "monday"])],
            "Monday and Tuesday 8:05 to 12:00 and 13:00 to 18:30, closed Wednesday to Sunday",
        ),
        (
            [hours(days=["monday", "wednesday"])],
            "Monday 9:00 to 17:00, closed Tuesday, Wednesday 9:00 to 17:00, closed Thursday to Sunday",
        ),
    ],
    ids=["a week", "shorter on Saturday", "with a break", "a day off"],
)
def test_the_opening_hours_are_said(open: list[dict[str, Any]], said: str) -> None:
    assert schedule(open=open).said()["opening_hours"] == said


@pytest.mark.parametrize(
    ("lengths", "said"),
    [([[60]], "60 minutes"), ([[45, 30]], "30 or 45 minutes"), ([[60, 90], [30, 60]], "30, 60 or 90 minutes")],
)
def test_the_lengths_of_all_services_are_said_once(lengths: list[list[int]], said: str) -> None:
    services = [service(f"number_{at}", minutes=each, usual_minutes=each[0]) for at, each in enumerate(lengths)]

    assert schedule(services=services).said()["session_lengths"] == said


@pytest.mark.parametrize(("number", "said"), [(1, "1 hour"), (24, "24 hours")])
def test_the_notice_for_cancelling_is_said(number: int, said: str) -> None:
    assert schedule(rules={"cancellation_hours": number}).said()["cancellation_notice"] == said


def test_what_is_said_of_the_schedule_is_a_fact_on_every_day() -> None:
    ours = content(schedule=schedule())

    assert ours.schedule.said().keys() == FACTS_SAID_HERE
    assert ours.facts.fill("We are open {opening_hours}.", date(1999, 1, 1)).startswith("We are open Monday to Friday")
