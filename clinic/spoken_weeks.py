"""Spoken weeks: weekdays, weeks and what is counted from today, out of their wordings.

A week runs from Monday to Sunday; its beginning is Monday and Tuesday, its end Thursday and Friday. "Friday" is the
next to come; "next friday" the next to come and the one of the next week, which differ until this week's is past.
Today's weekday is today if a time still to come is said with it, else in a week. "Weekdays" and "any day" are those of
the seven days that begin today.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date

from clinic.spoken_days import (
    ALL_WEEKDAYS,
    DAY,
    PAST,
    SATURDAY,
    WEEK,
    Days,
    Step,
    ahead,
    dates,
    week_with,
    weekdays_ahead,
)
from clinic.spoken_words import MONTHS, WEEKDAYS

Form = tuple[re.Pattern[str], Callable[[re.Match[str], date], Days]]

_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14, "month": 30}


def coming(weekday: int, today: date) -> date:
    """The next such day after today."""
    return today + ((weekday - today.weekday() - 1) % 7 + 1) * DAY


def weekday_alone(found: re.Match[str], today: date) -> Days:
    weekday, is_general = _weekday(found), found[0].endswith("s")
    if weekday == today.weekday():
        return Days((today,), frozenset([weekday]), is_general=is_general, same_day=True, ambiguous=True)
    return Days((coming(weekday, today),), frozenset([weekday]), is_general=is_general)


def _weekday(found: re.Match[str]) -> int:
    return WEEKDAYS.index(found["weekday"])


def _this_weekday(found: re.Match[str], today: date) -> Days:
    return Days((coming(_weekday(found), today - DAY),))


def _coming_weekday(found: re.Match[str], today: date) -> Days:
    return Days((coming(_weekday(found), today),))


def _next_weekday(found: re.Match[str], today: date, *, weeks_later: int = 0) -> Days:
    readings = {coming(_weekday(found), today), week_with(today + WEEK)[_weekday(found)]}
    return Days(tuple(day + weeks_later * WEEK for day in sorted(readings)), ambiguous=len(readings) > 1)


def _weekday_after_next(found: re.Match[str], today: date) -> Days:
    return _next_weekday(found, today, weeks_later=1)


def _weekdays_from_now(found: re.Match[str], today: date) -> Days:
    """ "Two saturdays from now"."""
    return Days((coming(_weekday(found), today) + (int(found["count"]) - 1) * WEEK,))


def _count(found: re.Match[str]) -> int:
    count = found.groupdict().get("count") or "a"
    return int(count) if count.isdigit() else 1


def _week_from(found: re.Match[str], today: date) -> Days:
    """ "A week tomorrow", "friday week"."""
    length = _count(found) * _DAYS_IN[found["unit"]] * DAY
    if found["from"] in ("now", "today", "tomorrow"):
        return Days((today + length + (DAY if found["from"] == "tomorrow" else 0 * DAY),))
    start = weekday_alone(found, today)
    return Days((start.days[0] + length,), ambiguous=start.ambiguous)


def _weekday_in_some_days(found: re.Match[str], today: date) -> Days:
    """ "Monday in eight days": as some languages count, in a week."""
    weeks = int(found["count"]) // 7
    return Days((coming(_weekday(found), today - DAY) + weeks * WEEK,), ambiguous=True)


def _in_weeks_on_weekday(found: re.Match[str], today: date) -> Days:
    there = today + _count(found) * _DAYS_IN[found["unit"]] * DAY
    return Days((week_with(there)[_weekday(found)],))


def _in_so_long(found: re.Match[str], today: date) -> Days:
    is_vague = bool(found.groupdict().get("about"))
    if found["unit"] != "month":
        return Days((today + _count(found) * _DAYS_IN[found["unit"]] * DAY,), ambiguous=is_vague)
    month = today.month - 1 + _count(found)
    year, month = today.year + month // 12, month % 12 + 1
    return Days((date(year, month, min(today.day, monthrange(year, month)[1])),), ambiguous=is_vague)


def _within(found: re.Match[str], today: date) -> Days:
    """ "The next few days"."""
    return Days(dates(today, today + _count(found) * _DAYS_IN[found["unit"]] * DAY), is_stretch=True)


def _week(weeks: int, *, first: int = 0, last: int = 6) -> Callable[[re.Match[str], date], Days]:
    return lambda found, today: Days(week_with(today + weeks * WEEK)[first : last + 1], is_stretch=True)


def _this_or_next_week(found: re.Match[str], today: date) -> Days:
    return Days((*week_with(today), *week_with(today + WEEK)), is_stretch=True)


def _some_other_week(found: re.Match[str], today: date) -> Days:
    return Days(week_with(today + WEEK), is_stretch=True, ambiguous=True)


def _coming_week(found: re.Match[str], today: date) -> Days:
    return Days(ahead(today), is_stretch=True)


def _later_this_week(found: re.Match[str], today: date) -> Days:
    return Days(dates(today + DAY, week_with(today)[-1]), is_stretch=True)


def _part_of_week(found: re.Match[str], today: date) -> Days:
    week, part = week_with(today + WEEK if "next" in found[0] else today), found["part"]
    if part.startswith(("early", "beginning", "start", "first")):
        return Days(week[:2], is_stretch=True)
    return Days(week[1:4] if part.startswith("mid") else week[3:5], is_stretch=True)


def _next_weekend(found: re.Match[str], today: date, *, weeks_later: int = 0) -> Days:
    this, following = (week_with(today + weeks * WEEK)[SATURDAY:] for weeks in (weeks_later, weeks_later + 1))
    if today.weekday() >= SATURDAY:
        return Days(following)
    return Days((*this, *following), is_stretch=True, ambiguous=True)


def _weekend_after_next(found: re.Match[str], today: date) -> Days:
    return _next_weekend(found, today, weeks_later=1)


def _all(weekdays: Iterable[int]) -> Callable[[re.Match[str], date], Days]:
    return lambda found, today: weekdays_ahead(frozenset(weekdays), today)._replace(is_general=True)


def _from_today(days: int) -> Callable[[re.Match[str], date], Days]:
    return lambda found, today: Days((today + days * DAY,))


def _past(found: re.Match[str], today: date) -> Days:
    return PAST


def forms(*wordings: tuple[str, Callable[[re.Match[str], date], Days]]) -> list[Form]:
    return [(re.compile(rf"(?:{wording})(?![a-z0-9])"), read) for wording, read in wordings]


WEEKDAY = f"(?P<weekday>{'|'.join(WEEKDAYS)})"
_ANY_WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
_A_COUNT = r"(?P<count>an?|one|[0-9]{1,2})"
_UNIT = r"(?P<unit>day|week|fortnight)s?"

# The first that fits is taken.
WEEK_FORMS = forms(
    (
        r"yesterday|(?:the )?day before yesterday|the other (?:day|night)"
        rf"|(?:early |late )?(?:last|past|previous) (?:{_ANY_WEEKDAY}|night|weekend|evening|morning|week|month|year"
        rf"|summer|winter|fall|spring|[0-9]{{1,2}} (?:day|week|month|year)|{'|'.join(MONTHS)})s?(?! (?:of|in)\b)",
        _past,
    ),
    (rf"(?:about |around )?{_A_COUNT} (?:day|week|month|year|night|hour)s? (?:ago|back|earlier)", _past),
    (rf"{_ANY_WEEKDAY} (?:last week|before last)", _past),
    # Weeks
    (r"later this week", _later_this_week),
    (
        r"(?:the )?(?P<part>early(?: on)?|beginning|start|first half|middle|mid|latter half|later|late|end)"
        r"(?: of| in)? ?(?:the|this|next)? ?week(?: next week)?",
        _part_of_week,
    ),
    (r"this(?: week)? or next(?: week)?(?! (?:\w+day|month|weekend))|this week and next", _this_or_next_week),
    (r"(?:the )?week after next", _week(2)),
    (r"the other week", _some_other_week),
    (rf"the other {WEEKDAY}", _next_weekday),
    (r"(?:in|within|over|during|for) (?:the )?(?:next|coming) (?P<unit>week|month)", _within),
    (
        rf"(?:(?:in|within|over|during|for|any ?time) )?(?:the )?(?:next|coming) {_A_COUNT}"
        r" (?P<unit>day|week|fortnight|month)s?",
        _within,
    ),
    (rf"within {_A_COUNT} {_UNIT}", _within),
    (r"(?:the )?next weekdays?", _week(1, last=4)),
    (r"(?:the )?(?:next|following) week|(?:the )?week (?:that|which) (?:comes|follows)", _week(1)),
    (r"(?:this |the )?coming week", _coming_week),
    (r"(?:any ?(?:time|day) )?this week|(?:the )?rest of (?:the|this) week|(?:all|the whole) week", _week(0)),
    # So long from some day
    (rf"{WEEKDAY}(?:'?s)? in {_A_COUNT} (?P<unit>week|fortnight)s?", _in_weeks_on_weekday),
    (rf"in {_A_COUNT} (?P<unit>week|fortnight)s?(?: time)?,?(?: on)?(?: the)? {WEEKDAY}", _in_weeks_on_weekday),
    (rf"(?P<count>[0-9]) {WEEKDAY}s from (?:now|today)", _weekdays_from_now),
    (rf"{WEEKDAY} in (?P<count>8|15) days", _weekday_in_some_days),
    (rf"{_A_COUNT} {_UNIT} from (?P<from>now|today)", _week_from),
    (rf"{_A_COUNT} (?P<unit>week|fortnight)s? (?P<from>today|tomorrow)", _week_from),
    (rf"(?P<from>today|tomorrow|{WEEKDAY}) (?P<unit>week|fortnight)(?! (?:after|of|from|end))", _week_from),
    (
        rf"in (?P<about>about |around |roughly )?{_A_COUNT} (?P<unit>day|week|fortnight|month)s?'?(?: time)?",
        _in_so_long,
    ),
    (r"(?P<about>after) (?P<count>1|one|[2-9]) (?P<unit>day|week)s?(?! of)", _in_so_long),
    (rf"{_A_COUNT} (?P<unit>month)s? from (?:now|today)", _in_so_long),
    # Single days
    (r"(?:later )?today|this(?= (?:morning|afternoon|evening|noon|lunch))|now(?= (?:and|until|to)\b)", _from_today(0)),
    (r"tomorrow", _from_today(1)),
    (rf"(?:the )?{WEEKDAY} after next", _weekday_after_next),
    (rf"(?:the )?next {WEEKDAY}", _next_weekday),
    (rf"(?:the |this )?(?:coming|upcoming|following) {WEEKDAY}", _coming_weekday),
    (rf"this {WEEKDAY}", _this_weekday),
    (rf"(?:(?:any|every|each|a|one) )?{WEEKDAY}(?:'?s)?", weekday_alone),
    # Several
    (r"(?:the )?weekend after next", _weekend_after_next),
    (r"(?:the )?next weekend", _next_weekend),
    (r"(?:(?:the|this|any|every|this coming|coming|a) )?weekends?", _all((5, 6))),
    (
        r"most days|(?:(?:the|any|every|all|a) )?(?:weekday|(?:business|working|work) day)s?|(?:during|in) the week(?! (?:of|beginning|starting|commencing|after|before|that))",
        _all(range(5)),
    ),
    (
        r"(?:any|every|each|whichever|whatever) ?(?:other )?days?(?! (?:now|long))|all days|7 days a week",
        _all(ALL_WEEKDAYS),
    ),
)


def step(found: re.Match[str]) -> Step:
    how = found["place"] or found["way"]
    way = -1 if how in ("before", "prior to") else 0 if how.endswith(("of", "ing")) else 1
    if found["place"]:
        return Step("day", way * 7) if found["calendar"] == "one" else Step(found["calendar"], way)
    return Step("day", way * _count(found) * _DAYS_IN[found["unit"]])


_MONTH_FOLLOWS = rf" ?(?:of )?(?:{'|'.join(name[:3] for name in MONTHS)})"
_CLOCK_FOLLOWS = rf"(?! (?:[0-9]{{1,2}}(?![0-9/.]|st|nd|rd|th|{_MONTH_FOLLOWS})|noon|midday|lunch|work|school))"

# What is counted from follows, or has been said.
STEP_FORM = re.compile(
    r"(?:(?:the )?(?P<calendar>day|one|weekend|week)"
    r" (?P<place>after|before|prior to|(?<=week )(?:of|beginning|starting|commencing)|(?<=weekend )of)"
    rf"|{_A_COUNT} {_UNIT} (?P<way>after|before|prior to|from|(?<!days )(?<!day )on))"
    rf"(?: that| this(?: one)?(?! \w+day))?(?![a-z0-9]){_CLOCK_FOLLOWS}"
)
