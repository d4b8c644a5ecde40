"""Free times: what the schedule allows, less what is taken, by the clinic's own clock."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from time import perf_counter
from typing import Any

import pytest

from clinic.availability import Busy, Slot, Window, blocked_until, free_slots, slot_of
from clinic.errors import UnknownOffer
from clinic.schedule import Schedule
from storage.clock import clinic_zone, pinned_zone
from tests.builders import WEEKDAYS, hours, schedule, service, shift

EDMONTON, NEW_YORK = clinic_zone(), pinned_zone("New_York")  # New York still changes its clocks.
WEEK = [*WEEKDAYS, "saturday", "sunday"]
SUNDAY_EVENING = "2026-11-22 20:00"
TWO_ROOMS = [{"id": "room_1", "name": "Room 1"}, {"id": "room_2", "name": "Room 2"}]


def at(local: str, zone: tzinfo = EDMONTON) -> datetime:
    """A moment by a clinic's clock."""
    return datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(timezone.utc)


def window(start: str, until: str, zone: tzinfo = EDMONTON) -> Window:
    return Window(at(start, zone), at(until, zone))


MONDAY = window("2026-11-23 00:00", "2026-11-24 00:00")


def busy(resource: str, start: str, until: str) -> Busy:
    return Busy(resource, at(start), at(until))


def slots(
    ours: Schedule,
    *taken: Busy,
    windows: Iterable[Window] = (MONDAY,),
    therapists: Sequence[str] = ("mei",),
    now: str = SUNDAY_EVENING,
    zone: tzinfo = EDMONTON,
    **different: Any,
) -> list[Slot]:
    usual: dict[str, Any] = {"treatment": "swedish_massage", "minutes": 60, "now": at(now, zone), "zone": zone}
    return free_slots(ours, taken, therapists=therapists, windows=windows, **{**usual, **different})


def starts(found: Iterable[Slot], zone: tzinfo = EDMONTON) -> list[str]:
    """By the clinic's clock: 9:00 as "0900"."""
    return [f"{slot.start.astimezone(zone):%H%M}" for slot in found]


MORNING = schedule(open=[hours("09:00", "12:00")])  # Mei, an hour, at every half hour.


# ---- What the schedule allows


def test_sessions_begin_at_each_step_and_end_by_closing_time() -> None:
    found = slots(MORNING)

    assert starts(found) == ["0900", "0930", "1000", "1030", "1100"]
    assert found[-1].end == at("2026-11-23 12:00")


def test_a_slot_says_what_is_booked() -> None:
    first = slots(MORNING)[0]

    assert first == Slot("swedish_massage", 60, "mei", "room_1", at("2026-11-23 09:00"))
    assert first.start.utcoffset() == timedelta(0)
    assert first.id == "mei-60-swedish_massage-20261123T150000Z"


@pytest.mark.parametrize(("minutes", "last"), [(30, "1130"), (90, "1030")])
def test_a_longer_session_must_begin_earlier(minutes: int, last: str) -> None:
    ours = schedule(open=[hours("09:00", "12:00")], services=[service(minutes=[30, 60, 90])])

    assert starts(slots(ours, minutes=minutes))[-1] == last


def test_nobody_works_beyond_the_shift_or_the_opening_hours() -> None:
    early, late = shift(hours=[hours("07:00", "11:00")]), shift(hours=[hours("11:00", "20:00")])

    assert starts(slots(schedule(open=[hours("09:00", "12:00")], shifts=[early]))) == ["0900", "0930", "1000"]
    assert starts(slots(schedule(open=[hours("09:00", "12:00")], shifts=[late]))) == ["1100"]


def test_no_session_goes_over_a_break() -> None:
    ours = schedule(shifts=[shift(hours=[hours("13:00", "15:00"), hours("09:00", "11:00")])])

    assert starts(slots(ours)) == ["0900", "0930", "1000", "1300", "1330", "1400"]


def test_starts_lie_on_the_steps_of_the_clock_though_work_begins_between_them() -> None:
    ours = schedule(shifts=[shift(hours=[hours("09:10", "11:10")])])

    assert starts(slots(ours)) == ["0930", "1000"]


def test_a_day_that_is_closed_has_none() -> None:
    ours = schedule(closed=[{"day": "2026-11-23", "why": "A made-up holiday"}])

    week = window("2026-11-21 00:00", "2026-11-25 00:00")

    assert {slot.start.astimezone(EDMONTON).day for slot in slots(ours, windows=[week])} == {24}


def test_a_therapist_who_is_away_has_none() -> None:
    away = [{"from": "2026-11-23 10:00", "until": "2026-11-23 15:00"}, {"from": "2026-11-24", "until": "2026-11-25"}]
    ours = schedule(shifts=[shift(away=away)])

    week = slots(ours, windows=[window("2026-11-23 00:00", "2026-11-27 00:00")])

    assert starts(slots(ours)) == ["0900", "1500", "1530", "1600"]
    assert {slot.start.astimezone(EDMONTON).day for slot in week} == {23, 26}


def test_what_is_not_offered_has_none() -> None:
    ours = schedule(services=[service(), service("cupping")])

    assert slots(ours, treatment="reiki") == []
    assert slots(ours, treatment="cupping") == []  # Mei does not give it.
    assert slots(ours, minutes=75) == []
    assert slots(ours, therapists=["nobody"]) == []
    assert slots(ours, therapists=[]) == []


def test_of_all_therapists_only_those_who_give_the_treatment_are_offered_in_the_order_given() -> None:
    shifts = [shift("mei"), shift("sam"), shift("priya", gives=["cupping"])]
    ours = schedule(open=[hours("09:00", "10:30")], services=[service(), service("cupping")], shifts=shifts)

    found = slots(ours, therapists=["sam", "priya", "mei", "sam"])

    assert [(slot.therapist, *starts([slot])) for slot in found] == [
        ("sam", "0900"),
        ("mei", "0900"),
        ("sam", "0930"),
        ("mei", "0930"),
    ]


# ---- What is wanted, and when it is


def test_a_window_says_when_a_session_begins_not_when_it_ends() -> None:
    found = slots(MORNING, windows=[window("2026-11-23 10:00", "2026-11-23 11:00")])

    assert starts(found) == ["1000", "1030"]


def test_a_window_of_one_moment_is_exactly_then() -> None:
    half_past_ten, ten_past_ten = (window(f"2026-11-23 {time}", f"2026-11-23 {time}") for time in ("10:30", "10:10"))

    assert starts(slots(MORNING, windows=[half_past_ten])) == ["1030"]
    assert slots(MORNING, windows=[ten_past_ten]) == []


def test_windows_that_overlap_or_come_in_any_order_give_each_slot_once() -> None:
    late, early = window("2026-11-23 10:30", "2026-11-23 12:00"), window("2026-11-23 09:00", "2026-11-23 11:00")

    found = slots(MORNING, windows=[late, early, early, window("2026-11-23 11:00", "2026-11-23 11:00")])

    assert starts(found) == ["0900", "0930", "1000", "1030", "1100"]


@pytest.mark.parametrize("windows", [[], [window("2026-11-23 11:00", "2026-11-23 10:00")]], ids=["none", "backwards"])
def test_no_window_gives_no_slot(windows: list[Window]) -> None:
    assert slots(MORNING, windows=windows) == []


def test_a_session_needs_notice() -> None:
    ours = schedule(rules={"notice_minutes": 90})

    just_in_time = slots(ours, now="2026-11-23 08:30")
    a_second_late = slots(ours, now="2026-11-23 08:30:01")

    assert starts(just_in_time)[0] == "1000"
    assert starts(a_second_late)[0] == "1030"


def test_nothing_that_has_begun_is_offered() -> None:
    assert starts(slots(MORNING, now="2026-11-23 10:15")) == ["1030", "1100"]
    assert slots(MORNING, now="2026-11-24 08:00") == []


def test_the_last_day_that_can_be_booked_is_the_horizon() -> None:
    ours = schedule(open=[hours(days=WEEK)], shifts=[shift(hours=[hours(days=WEEK)])], rules={"horizon_days": 10})
    far = window("2026-11-22 00:00", "2027-11-22 00:00")

    found = slots(ours, windows=[far], now="2026-11-22 23:59")

    assert found[-1].start == at("2026-12-02 16:00")


def test_a_window_beyond_all_time_is_no_trouble() -> None:
    always = Window(datetime.min.replace(tzinfo=timezone.utc), datetime.max.replace(tzinfo=timezone.utc))

    assert len(slots(schedule(rules={"horizon_days": 1}), windows=[always])) == 15


# ---- What is taken


def test_a_busy_therapist_is_not_offered_but_before_and_after() -> None:
    found = slots(MORNING, busy("therapist:mei", "2026-11-23 10:00", "2026-11-23 11:00"))

    assert starts(found) == ["0900", "1100"]


def test_somebody_elses_time_takes_nothing_away() -> None:
    found = slots(MORNING, busy("therapist:sam", "2026-11-23 09:00", "2026-11-23 12:00"))

    assert found == slots(MORNING)


def test_the_buffer_keeps_away_from_what_comes_next() -> None:
    ours = schedule(open=[hours("09:00", "12:00")], services=[service(buffer_minutes=15)])

    found = slots(ours, busy("therapist:mei", "2026-11-23 10:00", "2026-11-23 10:45"))

    assert starts(found) == ["1100"]  # Not 9:00: its buffer would end at 10:15.


def test_the_buffer_may_go_beyond_closing_time() -> None:
    ours = schedule(open=[hours("09:00", "12:00")], services=[service(buffer_minutes=30)])

    assert starts(slots(ours))[-1] == "1100"


def test_a_slot_blocks_its_therapist_and_its_room_until_the_buffer_is_over() -> None:
    ours = schedule(services=[service(buffer_minutes=15)])
    (slot,) = slots(ours, windows=[window("2026-11-23 09:00", "2026-11-23 09:00")])

    assert slot.end == at("2026-11-23 10:00")
    assert blocked_until(slot, ours) == at("2026-11-23 10:15")
    with pytest.raises(UnknownOffer):
        blocked_until(slot._replace(treatment="cupping"), ours)


def test_each_slot_is_in_the_first_room_that_is_free() -> None:
    ours = schedule(open=[hours("09:00", "12:00")], rooms=TWO_ROOMS)

    found = slots(ours, busy("room:room_1", "2026-11-23 09:00", "2026-11-23 10:00"))

    rooms = [slot.room for slot in found]
    assert list(zip(starts(found), rooms, strict=True)) == [
        ("0900", "room_2"),
        ("0930", "room_2"),
        ("1000", "room_1"),
        ("1030", "room_1"),
        ("1100", "room_1"),
    ]


def test_without_a_free_room_nobody_is() -> None:
    ours = schedule(open=[hours("09:00", "12:00")], rooms=TWO_ROOMS, shifts=[shift("mei"), shift("sam")])
    taken = [busy(f"room:{room['id']}", "2026-11-23 09:30", "2026-11-23 11:00") for room in TWO_ROOMS]

    assert starts(slots(ours, *taken, therapists=["mei", "sam"])) == ["1100", "1100"]


# ---- The same slot again


def test_a_slot_is_found_again_by_its_id() -> None:
    for slot in slots(MORNING):
        assert slot_of(slot.id, MORNING, [], now=at(SUNDAY_EVENING), zone=EDMONTON) == slot


def test_it_is_found_in_another_room_when_the_first_was_taken() -> None:
    ours = schedule(rooms=TWO_ROOMS)
    slot = slots(ours)[0]
    taken = [busy("room:room_1", "2026-11-23 09:00", "2026-11-23 10:00")]

    again = slot_of(slot.id, ours, taken, now=at(SUNDAY_EVENING), zone=EDMONTON)

    assert again == slot._replace(room="room_2")
    assert again.id == slot.id


def test_a_slot_that_was_taken_is_none() -> None:
    slot = slots(MORNING)[0]
    taken = [busy("therapist:mei", "2026-11-23 09:30", "2026-11-23 10:30")]

    assert slot_of(slot.id, MORNING, taken, now=at(SUNDAY_EVENING), zone=EDMONTON) is None


def test_a_slot_that_is_past_is_none() -> None:
    slot = slots(MORNING)[0]

    assert slot_of(slot.id, MORNING, [], now=at("2026-11-23 09:01"), zone=EDMONTON) is None


@pytest.mark.parametrize(
    "id",
    [
        "",
        "mei",
        "mei-60-swedish_massage-20261123T150100Z",  # not on a step
        "mei-75-swedish_massage-20261123T150000Z",
        "mei-60-reiki-20261123T150000Z",
        "zoe-60-swedish_massage-20261123T150000Z",
        "mei-60-swedish_massage-20269999T999999Z",
        "mei-60-swedish_massage-00001123T150000Z",
        "mei-60-swedish_massage-20261123T150000Z\n",
        "mei-٦٠-swedish_massage-20261123T150000Z",
        "mei-99999999999-swedish_massage-20261123T150000Z",
        "MEI-60-swedish_massage-20261123T150000Z",
        "x" * 100_000,
    ],
    ids=lambda id: id[:60],
)
def test_what_is_no_id_of_a_slot_is_none(id: str) -> None:
    assert slot_of(id, MORNING, [], now=at(SUNDAY_EVENING), zone=EDMONTON) is None


# ---- When the clocks change


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [("2026-11-30", 15), ("2027-03-08", 15), ("2027-03-15", 15), ("2027-07-05", 15), ("2027-11-08", 15)],
)
def test_in_edmonton_nine_is_the_same_moment_all_year(day: str, utc_hour: int) -> None:
    found = slots(MORNING, windows=[window(f"{day} 00:00", f"{day} 12:00")], now=f"{day} 00:00")

    assert starts(found)[0] == "0900"
    assert found[0].start.hour == utc_hour


@pytest.mark.parametrize(("day", "utc_hour"), [("2027-03-12", 14), ("2027-03-15", 13), ("2026-11-02", 14)])
def test_elsewhere_nine_stays_nine_when_the_clocks_change(day: str, utc_hour: int) -> None:
    whole_day = window(f"{day} 00:00", f"{day} 23:59", NEW_YORK)

    found = slots(MORNING, windows=[whole_day], now=f"{day} 00:00", zone=NEW_YORK)

    assert starts(found, NEW_YORK) == ["0900", "0930", "1000", "1030", "1100"]
    assert found[0].start.hour == utc_hour


AT_NIGHT = [hours("00:00", "04:00", WEEK)]
NIGHTS = schedule(open=AT_NIGHT, shifts=[shift(hours=AT_NIGHT)])


def test_in_the_night_that_loses_an_hour_no_session_begins_in_it_or_ends_too_late() -> None:
    night = window("2027-03-14 00:00", "2027-03-14 12:00", NEW_YORK)

    found = slots(NIGHTS, windows=[night], now="2027-03-13 20:00", zone=NEW_YORK)

    assert starts(found, NEW_YORK) == ["0000", "0030", "0100", "0130", "0300"]
    assert found[-1].end == at("2027-03-14 04:00", NEW_YORK)


def test_in_the_night_that_gains_an_hour_it_can_be_booked_twice() -> None:
    night = window("2026-11-01 00:00", "2026-11-01 12:00", NEW_YORK)

    found = slots(NIGHTS, windows=[night], now="2026-10-31 20:00", zone=NEW_YORK)

    assert starts(found, NEW_YORK) == ["0000", "0030", "0100", "0130", "0100", "0130", "0200", "0230", "0300"]
    assert {after.start - before.start for before, after in zip(found, found[1:], strict=False)} == {
        timedelta(minutes=30)
    }


def test_a_clinic_whose_clock_is_off_by_minutes_begins_by_its_own_clock() -> None:
    newfoundland = pinned_zone("St_Johns")  # 3:30 hours behind UTC in winter
    ours = schedule(open=[hours("09:00", "12:00")], rules={"step_minutes": 60})
    monday = window("2026-11-23 00:00", "2026-11-24 00:00", newfoundland)

    found = slots(ours, windows=[monday], zone=newfoundland)

    assert starts(found, newfoundland) == ["0900", "1000", "1100"]
    assert found[0].start.minute == 30


# ---- All of it at once

BIG = schedule(
    open=[hours("09:00", "19:00"), hours("09:00", "16:00", ["saturday"])],
    closed=[{"day": "2026-12-25", "why": "Christmas Day"}],
    services=[service(minutes=[30, 45, 60, 90], buffer_minutes=15)],
    shifts=[
        shift("sam", hours=[hours("09:00", "12:00"), hours("13:00", "17:00")]),
        shift("priya", hours=[hours("11:00", "19:00", [*WEEKDAYS, "saturday"])]),
        shift("mei", hours=[hours()], away=[{"from": "2026-12-03 13:00", "until": "2026-12-08"}]),
    ],
    rooms=TWO_ROOMS,
    rules={"step_minutes": 15, "horizon_days": 60, "notice_minutes": 120},
)
ALL = ("sam", "priya", "mei")
RESOURCES = [f"therapist:{one}" for one in ALL] + [f"room:{room['id']}" for room in TWO_ROOMS]


def some_busy(count: int, *, days: int, seed: int) -> list[Busy]:
    chosen = random.Random(seed)
    found = []
    for _ in range(count):
        start = at(SUNDAY_EVENING) + timedelta(minutes=5 * chosen.randrange(days * 288))
        found.append(Busy(chosen.choice(RESOURCES), start, start + timedelta(minutes=5 * chosen.randrange(1, 40))))
    return found


def one_by_one(ours: Schedule, taken: list[Busy], minutes: int, days: int, zone: tzinfo, now: datetime) -> list[Slot]:
    """What is free, found the slow way: every quarter of an hour, therapist and room is tried."""

    def is_free(resource: str, start: datetime, end: datetime) -> bool:
        return not any(one.resource == resource and one.start < end and start < one.until for one in taken)

    found = []
    for quarter in range(days * 96):
        start = now + timedelta(minutes=15 * quarter)
        begin, end = (
            moment.astimezone(zone).replace(tzinfo=None) for moment in (start, start + timedelta(minutes=minutes))
        )
        day = begin.date()
        if start < now + timedelta(minutes=ours.rules.notice_minutes) or end.date() != day:
            continue
        for therapist in ALL:
            of_the_therapist = ours.shift(therapist)
            is_there = all(
                any(each.opens <= begin.time() and end.time() <= each.closes for each in one.hours_on(day))
                for one in (ours, of_the_therapist)
            ) and not any(away.begins < end and begin < away.ends for away in of_the_therapist.away)
            blocked = start + timedelta(minutes=minutes + 15)
            room = next((room.id for room in ours.rooms if is_free(f"room:{room.id}", start, blocked)), None)
            if is_there and room and is_free(f"therapist:{therapist}", start, blocked):
                found.append(Slot("swedish_massage", minutes, therapist, room, start))
    return found


@pytest.mark.parametrize("minutes", [30, 90])
@pytest.mark.parametrize("seed", range(4))
def test_the_same_is_found_as_when_every_start_is_tried(seed: int, minutes: int) -> None:
    taken, now = some_busy(40 * seed, days=20, seed=seed), at(SUNDAY_EVENING)
    twenty_days = [Window(now, now + timedelta(days=20))]

    found = slots(BIG, *taken, windows=twenty_days, therapists=ALL, minutes=minutes)

    assert len(found) > 100
    assert found == one_by_one(BIG, taken, minutes, 20, EDMONTON, now)


def test_what_is_offered_never_meets_what_is_booked_however_much_is() -> None:
    taken, now = [], at(SUNDAY_EVENING)
    chosen = random.Random(7)

    while free := slots(BIG, *taken, windows=[Window(now, now + timedelta(days=3))], therapists=ALL):
        slot = chosen.choice(free)
        until = blocked_until(slot, BIG)
        claims = [Busy(f"therapist:{slot.therapist}", slot.start, until), Busy(f"room:{slot.room}", slot.start, until)]
        for claim in claims:
            assert not [
                one
                for one in taken
                if one.resource == claim.resource and one.start < claim.until and claim.start < one.until
            ]
        taken += claims

    assert len(taken) > 30


def test_two_months_of_a_busy_clinic_are_found_at_once() -> None:
    taken, now = some_busy(5000, days=60, seed=1), at(SUNDAY_EVENING)
    two_months = [Window(now, now + timedelta(days=60))]

    began = perf_counter()
    slots(BIG, *taken, windows=two_months, therapists=ALL)
    seconds = perf_counter() - began

    assert seconds < 0.5  # Some 10 milliseconds; trying every start against all of them would take many seconds.
