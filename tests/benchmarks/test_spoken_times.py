"""What counts as a right reading of a time, and what the table says of it."""

from datetime import date, datetime

import pytest

from benchmarks.spoken_phrases import EVERY_DAY, WHOLE, Days, Phrase, Window
from benchmarks.spoken_times_report import Judged, failures, hours_by_day, judged, markdown

NOW = datetime(2026, 11, 23, 9)  # a Monday
TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 11, day) for day in (24, 25, 26))
NO_DAY = Days(frozenset())


def at(text: str) -> datetime:
    """`24 15:00`, in November."""
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M")


def window(*times: str) -> Window:
    start, end = (at(f"23 {one}").time() for one in times)
    return Window(((start, end),))


def phrase(*days: Days, hours: dict[date | None, tuple[Window, ...]] | None = None, ask: bool | None = False) -> Phrase:
    """Said on Monday at nine; any hours are right when none are given."""
    return Phrase("fragments", "then", NOW, days, hours or {}, ask, frozenset(), "days, window, ambiguous")


def on(*days: date, more: str = "") -> Days:
    return Days(frozenset(days), more)


def read(asked: Phrase, *ranges: tuple[str, str], ambiguous: bool = False) -> Judged:
    return judged(asked, [(at(start), at(end)) for start, end in ranges], ambiguous=ambiguous)


# ---- Day and window


def test_the_right_day_with_the_right_bounds_is_right() -> None:
    tuesday_at_three = phrase(on(TUESDAY), hours={EVERY_DAY: (window("15:00", "15:00"),)})

    assert read(tuesday_at_three, ("24 15:00", "24 15:00")).right


@pytest.mark.parametrize(
    ("start", "end", "day", "hours"),
    [
        ("25 15:00", "25 15:00", False, True),
        ("24 03:00", "24 03:00", True, False),
        ("24 15:00", "24 23:59", True, False),
        ("24 15:00", "25 15:00", False, False),
    ],
)
def test_day_and_window_are_judged_apart(start: str, end: str, day: bool, hours: bool) -> None:
    tuesday_at_three = phrase(on(TUESDAY), hours={EVERY_DAY: (window("15:00", "15:00"),)})

    found = read(tuesday_at_three, (start, end))

    assert (found.day, found.window) == (day, hours)
    assert found.wrong_without_asking


def test_one_day_too_many_or_too_few_is_wrong() -> None:
    two_days = phrase(on(TUESDAY, WEDNESDAY))

    assert read(two_days, ("24 00:00", "24 23:59"), ("25 00:00", "25 23:59")).day
    assert not read(two_days, ("24 00:00", "24 23:59")).day
    assert not read(two_days, ("24 00:00", "26 23:59")).day


def test_any_of_the_acceptable_sets_of_days_is_right() -> None:
    either_day = phrase(on(TUESDAY), on(THURSDAY))

    assert read(either_day, ("26 00:00", "26 23:59")).day
    assert not read(either_day, ("24 00:00", "24 23:59"), ("26 00:00", "26 23:59")).day


def test_a_day_that_was_excluded_is_wrong_even_where_more_days_may_follow() -> None:
    from_tuesday = phrase(on(TUESDAY, more="daily"))

    but_not_thursday = from_tuesday._replace(excluded=frozenset([THURSDAY]))

    assert read(from_tuesday, ("24 00:00", "26 23:59")).day
    assert not read(but_not_thursday, ("24 00:00", "26 23:59")).day


def test_each_day_has_the_windows_told_for_it() -> None:
    hours = {TUESDAY: (window("10:00", "10:00"),), WEDNESDAY: (window("14:00", "14:00"),)}
    asked = phrase(on(TUESDAY, WEDNESDAY), hours=dict(hours))

    assert read(asked, ("25 14:00", "25 14:00"), ("24 10:00", "24 10:00")).right
    assert not read(asked, ("24 14:00", "24 14:00"), ("25 10:00", "25 10:00")).window


def test_a_range_of_several_days_is_a_stretch_on_each() -> None:
    hours = hours_by_day([(at("24 14:00"), at("26 12:00"))], now=NOW)

    assert hours == {
        TUESDAY: ((at("24 14:00").time(), WHOLE[1]),),
        WEDNESDAY: (WHOLE,),
        THURSDAY: ((WHOLE[0], at("26 12:00").time()),),
    }


def test_today_whole_may_start_at_midnight_or_now() -> None:
    today = phrase(on(NOW.date()), hours={EVERY_DAY: (Window((WHOLE,)),)})

    assert read(today, ("23 00:00", "23 23:59")).right
    assert read(today, ("23 09:00", "23 23:59")).right
    assert not read(today, ("23 10:00", "23 23:59")).right


def test_a_time_that_is_over_is_no_time_to_come() -> None:
    only_past = phrase(NO_DAY, ask=True)

    assert read(only_past, ambiguous=True).right
    assert read(only_past, ("23 08:00", "23 08:00")).wrong_without_asking
    assert not read(only_past, ("20 15:00", "20 15:00"), ambiguous=True).right


# ---- Asking


def test_what_must_be_asked_is_right_when_asked_whatever_the_ranges() -> None:
    next_tuesday = phrase(on(TUESDAY), ask=True)

    found = read(next_tuesday, ("26 00:00", "26 23:59"), ambiguous=True)

    assert found.right
    assert found.asked


def test_what_must_be_asked_is_judged_by_its_ranges_when_it_was_not() -> None:
    next_tuesday = phrase(on(TUESDAY), ask=True)

    picked, wrong = read(next_tuesday, ("24 00:00", "24 23:59")), read(next_tuesday, ("26 00:00", "26 23:59"))

    assert picked.right
    assert not picked.asked
    assert wrong.wrong_without_asking


def test_asking_needlessly_is_told_and_makes_a_wrong_day_no_better() -> None:
    tuesday = phrase(on(TUESDAY))

    right = read(tuesday, ("24 00:00", "24 23:59"), ambiguous=True)
    wrong = read(tuesday, ("26 00:00", "26 23:59"), ambiguous=True)

    assert right.right
    assert right.asked_needlessly
    assert not wrong.right
    assert not wrong.wrong_without_asking


def test_reading_nothing_is_wrong_but_books_nothing() -> None:
    tuesday = phrase(on(TUESDAY))

    found = read(tuesday)

    assert not found.right
    assert found.nothing_read
    assert not found.wrong_without_asking


def test_nothing_is_right_where_it_is_acceptable() -> None:
    as_soon_as_can_be = phrase(NO_DAY, on(NOW.date(), more="daily"), ask=None)

    assert read(as_soon_as_can_be).right
    assert read(as_soon_as_can_be, ("23 09:00", "25 23:59")).right


# ---- The report


def test_the_table_counts_by_group_and_in_all() -> None:
    tuesday = phrase(on(TUESDAY))
    asking = phrase(on(TUESDAY), ask=True)._replace(group="must_be_asked")

    report = markdown(
        [read(tuesday, ("24 00:00", "24 23:59")), read(tuesday, ("25 00:00", "25 23:59")), read(asking, ambiguous=True)]
    )
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in report.splitlines() if "|" in line]

    assert cells[2:] == [
        ["fragments", "2", "1", "2", "1", "", "0 of 2", "0", "1"],
        ["must be asked", "1", "1", "1", "1", "1 of 1", "", "0", "0"],
        ["all", "3", "2", "3", "2", "1 of 1", "0 of 2", "0", "1"],
    ]
    assert report.endswith(
        "Day and window right: 66.7 % (aim: at least 96 %). Wrong without asking: 33.3 % (aim: at most 1 %)."
    )


def test_failures_show_what_was_wanted_and_read_and_nothing_that_is_right() -> None:
    right = read(phrase(on(TUESDAY))._replace(text="tuesday"), ("24 00:00", "24 23:59"))
    wrong = read(phrase(on(TUESDAY))._replace(text="tusday"), ("25 14:00", "25 14:00"))
    not_asked = read(phrase(on(TUESDAY), ask=True)._replace(text="next tuesday"), ("24 00:00", "24 23:59"))

    shown = failures([right, wrong, not_asked])

    assert "'tuesday'" not in shown
    assert "'tusday', said Mon 2026-11-23 09:00" in shown
    assert "read:   Wed 2026-11-25 14:00\n" in shown
    assert "'next tuesday'" in shown
