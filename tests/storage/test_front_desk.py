"""The front desk: offers what is free, keeps what was chosen, and books, moves and passes on."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from clinic.availability import Slot
from clinic.contact_details import Details
from clinic.content import Content
from clinic.draft import ALWAYS, Draft, Span
from clinic.errors import SlotTaken
from storage import clock
from storage.call_backs import CallBacks
from storage.front_desk import Fit, FrontDesk

NOW = datetime(2026, 11, 23, 15, tzinfo=timezone.utc)  # Monday, 9:00 at the clinic
TUESDAY: Span = (datetime(2026, 11, 24), datetime(2026, 11, 24, 23, 59))
SUNDAY: Span = (datetime(2026, 11, 29), datetime(2026, 11, 29, 23, 59))
DANA = Details("Dana Test", "dana@example.com", None)


@pytest.fixture
def desk(database: Engine, our_content: Content) -> FrontDesk:
    return FrontDesk(database, our_content, now=lambda: NOW)


def draft(*, attempt: str = "one", ranges: tuple[Span, ...] = (TUESDAY,), **different: object) -> Draft:
    fields = {"treatment": "swedish_massage", "minutes": 60, "ranges": ranges, **different}
    return Draft(attempt=attempt, **fields)


def local(slot: Slot) -> datetime:
    return slot.start.astimezone(clock.clinic_zone()).replace(tzinfo=None)


def chosen(desk: FrontDesk, wish: Draft) -> Draft:
    return wish.having(slot=desk.times(wish).slots[0].id)


# ---- What is offered


def test_free_times_of_the_wished_day_are_offered(desk: FrontDesk) -> None:
    found = desk.times(draft())

    assert found.fit is Fit.AS_WISHED
    assert {local(slot).date() for slot in found.slots} == {TUESDAY[0].date()}
    assert len(found.slots) <= 6


def test_a_day_without_free_times_leads_to_the_nearest(desk: FrontDesk) -> None:
    found = desk.times(draft(ranges=(SUNDAY,)))

    assert found.fit is Fit.NEAREST
    assert {local(slot).date().isoformat() for slot in found.slots} <= {"2026-11-28", "2026-11-30"}


def test_others_and_another_day_are_offered_when_the_wished_therapist_is_not_there(
    desk: FrontDesk, our_content: Content
) -> None:
    shift = our_content.schedule.shift("sam")
    day = next(
        NOW.date() + timedelta(days=n) for n in range(1, 6) if not shift.hours_on(NOW.date() + timedelta(days=n))
    )
    whole: Span = (datetime.combine(day, datetime.min.time()), datetime.combine(day, datetime.max.time()))

    found = desk.times(draft(ranges=(whole,), therapist="sam"))

    assert found.fit is Fit.OTHER_THERAPIST
    assert {slot.therapist == "sam" for slot in found.slots} == {True, False}
    assert {local(slot).date() == day for slot in found.slots if slot.therapist == "sam"} == {False}
    assert {local(slot).date() for slot in found.slots if slot.therapist != "sam"} == {day}


def test_a_time_that_was_named_exactly_leaves_nothing_to_choose(desk: FrontDesk) -> None:
    two = datetime(2026, 11, 24, 14)

    only = desk.only_time(draft(ranges=((two, two),)))

    assert only is not None and local(only) == two


def test_a_whole_day_leaves_something_to_choose(desk: FrontDesk) -> None:
    assert desk.only_time(draft()) is None


# ---- What is held and booked


def test_a_held_time_is_offered_to_nobody_else(desk: FrontDesk) -> None:
    wish = chosen(desk, draft(therapist="mei", ranges=(ALWAYS,)))
    desk.hold(wish, "a conversation")

    offered = desk.times(draft(attempt="two", therapist="mei", ranges=(ALWAYS,)))

    assert wish.slot not in {slot.id for slot in offered.slots}


def test_a_held_time_is_still_offered_to_whoever_holds_it(desk: FrontDesk) -> None:
    wish = chosen(desk, draft())
    desk.hold(wish, "a conversation")

    assert wish.slot in {slot.id for slot in desk.times(wish).slots}


def test_a_time_that_somebody_else_holds_cannot_be_kept(desk: FrontDesk) -> None:
    wish = chosen(desk, draft())
    desk.hold(wish, "a conversation")

    assert desk.hold(wish.having(attempt="two"), "another") is None


def test_what_was_held_is_known_when_it_is_lost(desk: FrontDesk) -> None:
    wish, other = chosen(desk, draft()), desk.times(draft()).slots[-1].id
    desk.hold(wish, "a conversation")

    assert desk.was_held(wish)
    assert not desk.was_held(wish.having(slot=other))
    assert not desk.was_held(wish.having(attempt="two"))


def test_what_is_booked_carries_the_contact_and_the_consent(desk: FrontDesk) -> None:
    wish = chosen(desk, draft())
    desk.hold(wish, "a conversation")
    desk.details.add(wish.attempt, DANA, NOW)

    booked = desk.book(wish, price="$115", note="", wording="We write to you about this appointment.")

    assert booked.contact is not None
    assert (booked.contact.name, booked.contact.email) == (DANA.name, DANA.email)
    assert [consent.channel for consent in booked.contact.consents] == ["email"]


def test_a_time_that_was_lost_is_not_booked(desk: FrontDesk) -> None:
    wish = chosen(desk, draft())
    desk.details.add(wish.attempt, DANA, NOW)
    desk.hold(wish.having(attempt="two"), "another")

    with pytest.raises(SlotTaken):
        desk.book(wish, price="$115", note="", wording="")


def test_an_appointment_moves_into_time_that_it_takes_itself(desk: FrontDesk) -> None:
    two, half_past = (datetime(2026, 11, 24, 14, minute) for minute in (0, 30))
    wish = draft(ranges=((two, two),))
    only = desk.only_time(wish)
    assert only is not None
    desk.details.add(wish.attempt, DANA, NOW)
    desk.hold(wish.having(slot=only.id), "a conversation")
    booked = desk.book(wish.having(slot=only.id), price="$115", note="", wording="")

    later = draft(attempt="two", ranges=((half_past, half_past),), appointment=booked.id, therapist=only.therapist)
    slot = desk.only_time(later)
    assert slot is not None
    kept = desk.hold(later.having(slot=slot.id), "a conversation")
    moved = desk.move(later.having(slot=slot.id))

    assert kept == slot
    assert moved.start - booked.start == timedelta(minutes=30)


def test_who_has_many_appointments_ahead_has_too_many(desk: FrontDesk, our_content: Content) -> None:
    for number in range(our_content.schedule.rules.most_ahead):
        wish = chosen(desk, draft(attempt=str(number)))
        desk.details.add(wish.attempt, DANA, NOW)
        desk.hold(wish, f"conversation {number}")
        desk.book(wish, price="$115", note="", wording="")
    desk.details.add("next", DANA, NOW)

    assert desk.has_too_many(draft(attempt="next"))


def test_a_request_is_left_with_the_desk(desk: FrontDesk, database: Engine) -> None:
    desk.details.add("one", Details("Dana Test", None, "780-555-0199"), NOW)

    desk.request(draft(), "Swedish massage, any day")

    ((_, kept),) = CallBacks(database).open()
    assert (kept.name, kept.phone, kept.wish) == ("Dana Test", "780-555-0199", "Swedish massage, any day")
