"""Spoken dates: dates and months, out of their wordings.

Without a year it is the next such day; 12/3 is read both ways. The beginning of a month is its first seven days, the
middle the 11th to the 20th, the end its last seven; its first week is the first with four days in it.
"""

import re
from calendar import monthrange
from datetime import date

from clinic.spoken_days import (
    DAY,
    IMPOSSIBLE,
    PAST,
    SATURDAY,
    WEEK,
    Days,
    Step,
    dates,
    merged,
    stepped,
    week_with,
)
from clinic.spoken_weeks import WEEKDAY, forms, weekday_alone
from clinic.spoken_words import MONTHS, WEEKDAYS

YEARS_AHEAD = 9  # A year further away is a slip.

MONDAY, THURSDAY, SUNDAY = 0, 3, 6
_EASTER = 0  # In place of a month: the days are counted from Easter Sunday.
_HOLIDAYS: dict[str, tuple[tuple[int, ...], ...]] = {
    # The month, the day, and for those that move the weekday, which is the first from that day on.
    r"(?:christmas|xmas) eve": ((12, 24),),
    r"(?:christmas|xmas)(?: day)?": ((12, 25),),
    r"boxing day": ((12, 26),),
    r"new year'?s eve": ((12, 31),),
    r"new year(?:'?s)?(?: day)?": ((1, 1),),
    r"(?:st\.? )?valentine'?s(?: day)?": ((2, 14),),
    r"family day": ((2, 15, MONDAY),),
    r"(?:st\.? |saint )(?:patrick|paddy)'?s(?: day)?": ((3, 17),),
    r"good friday|easter friday": ((_EASTER, -2),),
    r"easter saturday": ((_EASTER, -1),),
    r"easter monday": ((_EASTER, 1),),
    r"easter(?: sunday)?": ((_EASTER, 0),),
    r"mother'?s'? day": ((5, 8, SUNDAY),),
    r"victoria day|may long": ((5, 18, MONDAY),),
    r"father'?s'? day": ((6, 15, SUNDAY),),
    r"canada day": ((7, 1),),
    r"(?:civic|heritage) (?:day|holiday)|august long": ((8, 1, MONDAY),),
    r"labou?r day": ((9, 1, MONDAY),),
    r"thanksgiving(?: day)?": ((10, 8, MONDAY), (11, 22, THURSDAY)),  # In Canada; in the United States.
    r"halloween": ((10, 31),),
    r"remembrance day": ((11, 11),),
}
_NTHS = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "4th": 4, "last": 0}


def _date(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def _coming_date(month: int, day: int, today: date) -> date | None:
    """This year's or the next; a 29th of February may be further away."""
    of_years = (_date(today.year + years, month, day) for years in range(YEARS_AHEAD))
    return next((one for one in of_years if one and one >= today), None)


def _readings(*readings: date | None, today: date) -> Days:
    possible = {one for one in readings if one}
    ahead = tuple(sorted(one for one in possible if one >= today))
    return PAST if possible and not ahead else Days(ahead, ambiguous=len(ahead) > 1)


def _is_near(year: int, today: date) -> bool:
    return today.year - YEARS_AHEAD <= year <= today.year + YEARS_AHEAD


def _year_first(found: re.Match[str], today: date) -> Days:
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    return _readings(_date(year, month, day), today=today) if _is_near(year, today) else IMPOSSIBLE


def _year_last(found: re.Match[str], today: date) -> Days:
    year, one, other = int(found["year"][-2:]) + 2000, int(found["one"]), int(found["other"])
    if not _is_near(year, today):
        return IMPOSSIBLE
    return _readings(_date(year, one, other), _date(year, other, one), today=today)


def _no_year(found: re.Match[str], today: date) -> Days:
    one, other = int(found["one"]), int(found["other"])
    return _readings(_coming_date(one, other, today), _coming_date(other, one, today), today=today)


def _day_first(found: re.Match[str], today: date) -> Days:
    """ "4.12.", and "on 4.12"."""
    day = found["day"] or found.groupdict()["day_"]
    return _readings(_coming_date(int(found["month"]), int(day), today), today=today)


def _unknown_week(found: re.Match[str], today: date) -> Days:
    return IMPOSSIBLE


def _number(day: str) -> int:
    return {"first": 1, "second": 2}.get(day) or int(day)


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))


def _days_in_month(found: re.Match[str], today: date) -> Days:
    """ "November 24", "24, 25 or 26 november", "from the 1st to the 5th of december"."""
    month, year = _month_number(found["month"]), int(found["year"]) if found["year"] else None
    if year and not _is_near(year, today):
        return IMPOSSIBLE
    days: list[date] = []
    spans = False
    for piece in re.findall(r"[0-9]+|first|second|to|-|until|through", found["days"]):
        if not piece.isdigit() and piece not in _NTHS:
            spans = True
            continue
        day = _date(year, month, _number(piece)) if year else _coming_date(month, _number(piece), today)
        if not day:
            return IMPOSSIBLE
        days += dates(days[-1] + DAY, day) if spans and days else [day]
        spans = found[0].startswith("between")
    ahead = tuple(sorted({day for day in days if day >= today}))
    return Days(ahead) if ahead else PAST


def _month(found: re.Match[str], today: date) -> Days:
    return Days(_days_of(found, today), is_stretch=True)


def _days_of(found: re.Match[str], today: date) -> tuple[date, ...]:
    """All days of the month that was said."""
    said = found.groupdict()
    if said.get("month"):
        month = _month_number(found["month"])
        year = today.year + (month < today.month)
    elif said["which"] == "next":
        year, month = today.year + today.month // 12, today.month % 12 + 1
    else:
        year, month = today.year, today.month
    return dates(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _part_of_month(found: re.Match[str], today: date) -> Days:
    days, part = _days_of(found, today), found["part"]
    if part.endswith("half"):
        return Days(days[:15] if part == "first half" else days[15:], is_stretch=True)
    if part.startswith(("early", "beginning", "start")):
        return Days(days[:7], is_stretch=True)
    return Days(days[10:20] if part.startswith("mid") else days[-7:], is_stretch=True)


def _week_of_month(found: re.Match[str], today: date) -> Days:
    days, nth = _days_of(found, today), _NTHS[found["nth"]]
    week = week_with(days[-1]) if not nth else week_with(days[3] + (nth - 1) * WEEK)
    return Days(tuple(day for day in week if day in days), is_stretch=True)


def _weekday_of_month(found: re.Match[str], today: date) -> Days:
    days = [day for day in _days_of(found, today) if day.weekday() == WEEKDAYS.index(found["weekday"])]
    return _readings(days[_NTHS[found["nth"]] - 1], today=today)


def _day_of_month(found: re.Match[str], today: date) -> Days:
    """The next such day; shorter months have no 31st."""
    day, months = _number(found["day"]), range(today.month - 1, today.month + 11)
    readings = (_date(today.year + month // 12, month % 12 + 1, day) for month in months)
    coming = next((one for one in readings if one and one >= today), None)
    return _readings(coming, today=today)._replace(day_number=day)


def _day_of_some_month(found: re.Match[str], today: date) -> Days:
    if found["which"] != "next":
        return _day_of_month(found, today)
    day = _number(found["day"])
    return Days(_days_of(found, today)[day - 1 : day])


def _weekday_and_number(found: re.Match[str], today: date) -> Days:
    return merged(weekday_alone(found, today), _day_of_month(found, today)) or IMPOSSIBLE


def _holiday(found: re.Match[str], today: date) -> Days:
    name = next(name for name in _HOLIDAYS if re.fullmatch(name, found["holiday"]))
    days = Days((min(_coming_holiday(one, today) for one in _HOLIDAYS[name]),))
    if found["around"] == "week":
        return stepped(Step("week", 0), days)
    return _weekend_of(days.days[0]) if found["around"] else days


def _coming_holiday(rule: tuple[int, ...], today: date) -> date:
    return next(day for year in (today.year, today.year + 1) if (day := _holiday_in(year, *rule)) >= today)


def _holiday_in(year: int, month: int, day: int, weekday: int | None = None) -> date:
    if month == _EASTER:
        return _easter(year) + day * DAY
    first = date(year, month, day)
    return first if weekday is None else first + (weekday - first.weekday()) % 7 * DAY


def _easter(year: int) -> date:
    """By the Gregorian calendar, from 1900 to 2099."""
    moon = (19 * (year % 19) + 24) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    days = moon + sunday
    if days == 35 or (days == 34 and moon == 28 and year % 19 > 10):
        days -= 7
    return date(year, 3, 22) + days * DAY


def _weekend_of(holiday: date) -> Days:
    saturday = week_with(holiday - (2 * DAY if holiday.weekday() < 2 else 0 * DAY))[SATURDAY]
    is_long = holiday.weekday() in (0, 4)
    first, last = (min(holiday, saturday), max(holiday, saturday + DAY)) if is_long else (saturday, saturday + DAY)
    return Days(dates(first, last), is_stretch=True)


def _the_holidays(found: re.Match[str], today: date) -> Days:
    eve = _coming_holiday((12, 24), today)
    return Days(dates(eve, eve + 8 * DAY), is_stretch=True, ambiguous=True)


def _in_the_new_year(found: re.Match[str], today: date) -> Days:
    first = date(today.year + 1, 1, 2)
    return Days(dates(first, first + 2 * WEEK), is_stretch=True, ambiguous=True)


_MONTH = r"(?P<month>{})\b\.?".format(
    "|".join(f"{name[:3]}{'t?' if name == 'september' else ''}(?:{name[3:]})?" for name in MONTHS)
)
_FULL_MONTH = f"(?P<month>{'|'.join(MONTHS)})"
_NO_OTHER_WORD = f"(?P<month>{'|'.join(name for name in MONTHS if name not in 'march april may june august'.split())})"
_SOME_MONTH = rf"(?:{_MONTH}|(?:(?P<which>the|this|next|each|every) )?month)"
_NTH = r"(?P<nth>1st|first|2nd|second|3rd|4th|last)"
_TH = r"(?:st|nd|rd|th)"
_D = r"(?:3[0-9]|[12][0-9]|0?[1-9])"
_YEAR = r"(?:,? ?(?P<year>20[0-9]{2}))?"
_NO_TIME = r"(?! ?(?:[ap]m?\b|[:.h][0-9]|o'clock|ish\b|-|to [0-9]|until [0-9]|%))\b"
_TIES = r" ?(?:to|until|through|-|and) ?(?:the )?"
_JOINTS = r" ?(?:, or|, and|,|or|and|to|until|through|-) ?(?:the )?"
_SPAN = rf"(?P<days>{_D}{_TH}?{_TIES}{_D}{_TH}?)"
_LATER_DAYS = rf"(?:{_JOINTS}(?:{_D}{_TH}|{_D}{_NO_TIME})(?! ?(?:{'|'.join(name[:3] for name in MONTHS)}))){{0,5}}"
_EARLIER_DAYS = rf"(?:{_D}{_TH}?{_JOINTS}){{0,5}}"
_NOT_A_TIME = r"(?![0-9:.]| ?[ap]m| ?(?:-|to|h|hours?|min|minutes|o'clock)\b)"
_NO_DAY_IS_COUNTED = (
    r"(?! (?:visit|time|massage|appointment|session|treatment|floor|street|st|avenue|ave|one|trimester|choice|option"
    r"|bout|try|tri|round|kid|shift|night|period|season|grade|degree|disc|rib|vertebra|toe|finger|baby|child|opening|available|slot|thing|week|month|year|party|person"
    r"|day)s?\b)"
)

# The first that fits is taken.
DATE_FORMS = forms(
    (r"(?P<year>20[0-9]{2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})", _year_first),
    (r"(?P<one>[0-9]{1,2})(?P<dash>[-/.])(?P<other>[0-9]{1,2})(?P=dash)(?P<year>(?:20)?[0-9]{2})", _year_last),
    (r"(?P<one>[0-9]{1,2})/(?P<other>[0-9]{1,2})(?!/)", _no_year),
    (r"(?<!at )(?P<day>[0-9]{1,2})\.(?P<month>0?[1-9]|1[0-2])\.", _day_first),
    (r"(?:(?P<day>2[4-9]|3[01])|(?:(?<=on )|(?<=the ))(?P<day_>[0-9]{1,2}))\.(?P<month>0?[1-9]|1[0-2])", _day_first),
    (rf"(?:the )?{_NTH} {WEEKDAY} (?:of|in)(?: in)? {_SOME_MONTH}", _weekday_of_month),
    (rf"(?:the )?{_NTH} week(?: of| in)? {_SOME_MONTH}", _week_of_month),
    (r"(?:the )?(?:1st|first|2nd|second|3rd|4th) week", _unknown_week),
    (
        r"(?:the )?(?P<part>early(?: in| on in)?|beginning|start|first half|middle|mid|later?(?: in)?|second half|end)"
        rf"(?: of)? {_SOME_MONTH}(?! ?{_D}\b)",
        _part_of_month,
    ),
    (rf"(?:from|between) {_MONTH} (?:the )?{_SPAN}{_YEAR}", _days_in_month),
    (rf"(?:from|between) (?:the )?{_SPAN} (?:of )?{_MONTH}{_YEAR}", _days_in_month),
    (
        rf"{_MONTH} (?:the )?(?P<days>(?:{_D}{_TH}|first|second|{_D}(?! ?[ap]m\b|:)\b){_LATER_DAYS}){_YEAR}",
        _days_in_month,
    ),
    (rf"(?:the )?(?P<days>{_EARLIER_DAYS}(?:{_D}{_TH}?|first|second)) (?:of )?{_MONTH}{_YEAR}", _days_in_month),
    (rf"(?:the )?(?P<day>{_D}|first|second)(?:{_TH}(?: of)?| of) (?P<which>the|this|next) month", _day_of_some_month),
    (rf"(?P<which>this|next) month,?(?: on)? the (?P<day>{_D})(?:{_TH}|{_NO_TIME})", _day_of_some_month),
    (rf"(?:next|in|during|for) {_FULL_MONTH}", _month),
    (_NO_OTHER_WORD, _month),
    (r"(?P<which>this|next) month", _month),
    (
        r"the (?:(?:christmas|xmas|winter) )?(?:holidays|break)|(?:over|around|during) (?:christmas|xmas)(?! day| eve)"
        r"|(?:christmas|xmas) ?(?:time|holidays|break)",
        _the_holidays,
    ),
    (r"(?:early )?in (?:the )?new year", _in_the_new_year),
    (rf"(?:the )?(?P<holiday>{'|'.join(_HOLIDAYS)})(?: (?:long )?(?P<around>week|weekend))?", _holiday),
    (rf"{WEEKDAY},? (?:the )?(?P<day>1[3-9]|2[0-9]|3[01]){_NOT_A_TIME}", _weekday_and_number),
    (
        r"(?:on )?the (?P<day>first|second)(?! (?!(?:at|after|around|before|between|in the|or|and|please)\b)[a-z])",
        _day_of_month,
    ),
    (
        r"(?:(?<![a-z] )|(?<=on )|(?<=by )|(?<=until ))the (?P<day>1[3-9]|2[0-9]|3[01])(?=$| ?[,.!?]| (?:at|in|after|before|from|or|and|if|please|is|works?|between|around)\b)",
        _day_of_month,
    ),
    (rf"(?:the )?(?P<day>[0-9]{{1,2}}){_TH}{_NO_DAY_IS_COUNTED}", _day_of_month),
)
