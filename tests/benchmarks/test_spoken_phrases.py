"""The phrases to measure the reading of times, or to improve it: well formed, and fitted only by what a row allows."""

from collections import Counter
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path

import pytest

from benchmarks.spoken_phrases import EVERY_DAY, FILE, WHOLE, Days, Phrase, Window, joined, phrases

MONDAY = date(2026, 11, 23)


def days(*after: int) -> set[date]:
    """Those so many days after Monday."""
    return {MONDAY + timedelta(number) for number in after}


def stretch(start: str, end: str) -> tuple[time, time]:
    return time.fromisoformat(start), time.fromisoformat(end)


def read(tmp_path: Path, row: str) -> Phrase:
    file = tmp_path / "set.yml"
    file.write_text(f'a_group:\n  - {{text: "then", now: "2026-11-23T09:00", ambiguous: either, {row}}}\n')
    (phrase,) = phrases(file)
    return phrase


# ---- The sets


@cache
def read_set(name: str) -> list[Phrase]:
    return phrases(FILE.with_name(name))


@pytest.fixture(params=["spoken_times_evaluation.yml", "spoken_times_development.yml"])
def the_set(request: pytest.FixtureRequest) -> list[Phrase]:
    """Reading it proves that its days and windows can be read."""
    return read_set(request.param)


def test_there_are_enough_phrases_of_each_kind(the_set: list[Phrase]) -> None:
    counts = Counter(phrase.group for phrase in the_set)

    assert counts.total() >= 250
    assert min(counts.values()) >= 8


def test_no_phrase_stands_there_twice(the_set: list[Phrase]) -> None:
    counts = Counter((phrase.text.casefold(), phrase.now) for phrase in the_set)

    assert [phrase for phrase, count in counts.items() if count > 1] == []


def test_every_phrase_says_something_and_wants_something(the_set: list[Phrase]) -> None:
    assert [phrase for phrase in the_set if not (phrase.text.strip() and phrase.days)] == []


def test_no_day_is_wanted_that_is_over_or_excluded(the_set: list[Phrase]) -> None:
    wrong = [
        phrase.text
        for phrase in the_set
        for choice in phrase.days
        if any(day < phrase.now.date() or day in phrase.excluded for day in choice.named)
    ]

    assert wrong == []


def test_windows_that_differ_by_day_are_told_for_exactly_the_days_wanted(the_set: list[Phrase]) -> None:
    by_day = [phrase for phrase in the_set if phrase.windows and EVERY_DAY not in phrase.windows]

    assert [
        phrase.text
        for phrase in by_day
        if set(phrase.windows) != frozenset().union(*(one.named for one in phrase.days))
    ] == []


def test_where_no_day_is_right_no_window_is_judged(the_set: list[Phrase]) -> None:
    assert [phrase.text for phrase in the_set if phrase.wants_none and phrase.windows] == []


# ---- Days


@pytest.mark.parametrize(
    ("more", "right", "wrong"),
    [
        ("", [(1, 2)], [(), (1,), (1, 2, 3)]),
        ("within", [(1,), (2,), (1, 2)], [(), (0,), (1, 2, 3)]),
        ("daily", [(1, 2), (1, 2, 3), (1, 2, 3, 4)], [(), (1,), (0, 1, 2), (1, 2, 4)]),
        ("weekly", [(1, 2), (1, 2, 8), (1, 2, 8, 9, 15)], [(), (1,), (1, 2, 3), (1, 2, 15)]),
    ],
)
def test_days_fit_as_the_row_says(more: str, right: list[tuple[int, ...]], wrong: list[tuple[int, ...]]) -> None:
    named = Days(frozenset(days(1, 2)), more)

    assert all(named.fit(days(*numbers)) for numbers in right)
    assert not any(named.fit(days(*numbers)) for numbers in wrong)


def test_a_span_names_all_its_days(tmp_path: Path) -> None:
    phrase = read(tmp_path, "days: [[2026-11-24..2026-11-26, 2026-11-28], []], window: any")

    assert phrase.days == (Days(frozenset(days(1, 2, 3, 5))), Days(frozenset()))
    assert not phrase.wants_none


def test_none_is_fitted_by_no_day_only(tmp_path: Path) -> None:
    phrase = read(tmp_path, "days: none, window: any")

    assert phrase.wants_none
    assert [one.fit(()) for one in phrase.days] == [True]


# ---- Windows


def test_stretches_that_touch_are_one() -> None:
    morning, afternoon, point = stretch("09:00", "12:00"), stretch("12:00", "17:00"), stretch("18:00", "18:00")

    assert joined([afternoon, point, morning, point]) == (stretch("09:00", "17:00"), point)


def test_a_window_wants_its_bounds_and_a_loose_one_anything_within(tmp_path: Path) -> None:
    phrase = read(tmp_path, 'days: none, window: [["09:00", "09:00", "14:00", "15:00"], ["16:00", "18:00", within]]')
    exact, loose = phrase.windows_on(MONDAY)

    assert exact.fits([stretch("09:00", "09:00"), stretch("14:00", "15:00")], from_=WHOLE[0])
    assert not exact.fits([stretch("14:00", "15:00")], from_=WHOLE[0])
    assert loose.fits([stretch("17:00", "17:00")], from_=WHOLE[0])
    assert not loose.fits([stretch("17:00", "18:01")], from_=WHOLE[0])


def test_of_a_window_only_what_is_left_of_the_day_counts() -> None:
    whole = Window((WHOLE,))

    assert whole.fits([stretch("13:20", "23:59")], from_=time(13, 20))
    assert not whole.fits([stretch("13:20", "23:59")], from_=WHOLE[0])


@pytest.mark.parametrize(
    "row",
    [
        "days: [[2026-11-31]], window: any",
        "days: [[2026-11-26..2026-11-24]], window: any",
        'days: none, window: [["4 pm", "5 pm"]]',
        'days: none, window: [["16:00"]]',
        'days: none, window: [["16:00", "15:00"]]',
    ],
)
def test_a_row_that_is_not_well_formed_is_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(ValueError):
        read(tmp_path, row)
