"""Time offers: few of the free times, spread over days and hours, and the nearest where none is free."""

from datetime import datetime, timedelta, timezone

from clinic.availability import Slot, Window
from clinic.draft import Draft
from clinic.offers import Therapist
from clinic.time_offers import MOST_NEAR, nearest, spread, wanted_therapists, windows
from tests.builders import schedule, service, shift

DAY = datetime(2026, 11, 26, tzinfo=timezone.utc)


def slots(*hours: float, day: datetime = DAY) -> list[Slot]:
    return [Slot("swedish_massage", 60, "mei", "room_1", day + timedelta(hours=hour)) for hour in hours]


def hours(found: list[Slot]) -> list[float]:
    return [(slot.start - DAY).total_seconds() / 3600 for slot in found]


# ---- Spread


def test_few_times_are_all_offered() -> None:
    assert hours(spread(slots(9, 10, 16), timezone.utc)) == [9, 10, 16]


def test_of_many_times_the_offered_reach_from_the_first_to_the_last() -> None:
    offered = hours(spread(slots(*(9 + quarter / 4 for quarter in range(33))), timezone.utc))

    assert (offered[0], offered[-1], len(offered)) == (9, 17, 6)
    assert all(hour * 2 % 1 == 0 for hour in offered)


def test_of_several_days_each_is_offered() -> None:
    days = [slots(9, 10, 11, day=DAY + timedelta(days=number)) for number in range(5)]

    offered = spread([slot for day in days for slot in day], timezone.utc)

    assert hours(offered) == [9, 11, 33, 35, 57, 59]


def test_later_ones_begin_after_those_shown() -> None:
    assert hours(spread(slots(9, 10, 16), timezone.utc, after=datetime(2026, 11, 26, 10))) == [16]


# ---- Nearest


def test_the_nearest_to_a_closed_day_lie_on_both_sides() -> None:
    free = [*slots(*range(9, 17)), *slots(*range(57, 65))]
    closed = Window(DAY + timedelta(days=1), DAY + timedelta(days=2))

    assert hours(nearest(free, [closed], timezone.utc)) == [15, 16, 57, 58]


def test_the_nearest_to_an_hour_are_not_all_within_the_hour() -> None:
    free = slots(*(9 + quarter / 4 for quarter in range(29)))
    five = Window(DAY + timedelta(hours=17), DAY + timedelta(hours=17))

    assert hours(nearest(free, [five], timezone.utc)) == [15, 16]


def test_the_nearest_that_were_shown_are_not_shown_again() -> None:
    free = [*slots(9, 11, 13), *slots(33, 35)]
    noon = Window(DAY + timedelta(hours=12), DAY + timedelta(hours=12))

    assert hours(nearest(free, [noon], timezone.utc, after=datetime(2026, 11, 26, 13))) == [33, 35]


def test_nothing_is_nearest_where_nothing_is_free() -> None:
    assert nearest([], [Window(DAY, DAY)], timezone.utc) == []


def test_where_everything_is_ruled_out_the_first_are_nearest() -> None:
    assert len(nearest(slots(9, 11, 33, 35, 57), [], timezone.utc)) == MOST_NEAR


# ---- Who, and when


def test_only_those_who_give_the_treatment_and_are_wanted_are_looked_for() -> None:
    offered = [service(), service("deep_tissue_massage")]
    giving = schedule(
        services=offered, shifts=[shift("mei"), shift("sam"), shift("priya", gives=["deep_tissue_massage"])]
    )
    people = [
        Therapist(id=id, name=id.title(), gender=gender, also_called=[id])
        for id, gender in (("mei", "woman"), ("sam", "man"), ("priya", "woman"))
    ]
    draft = Draft(attempt="one", treatment="swedish_massage")

    assert wanted_therapists(draft, giving, people) == ["mei", "sam"]
    assert wanted_therapists(draft.having(therapist="any_woman"), giving, people) == ["mei"]
    assert wanted_therapists(draft.having(avoided=("mei",)), giving, people) == ["sam"]


def test_what_is_ruled_out_is_taken_out_of_a_day() -> None:
    day = (datetime(2026, 11, 26), datetime(2026, 11, 26, 23, 59))
    lunch = (datetime(2026, 11, 26, 12), datetime(2026, 11, 26, 13))
    draft = Draft(attempt="one", ranges=(day,), excluded=(lunch,))

    wanted = windows(draft, DAY, timezone.utc, timedelta(days=30))

    assert [(one.start.hour, one.until.hour) for one in wanted] == [(0, 12), (13, 23)]
