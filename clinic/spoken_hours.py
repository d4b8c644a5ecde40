"""Spoken hours: times of day, out of their wordings, as minutes after midnight.

A bare hour is meant within the clinic's day: 1:00 to 7:59 in the afternoon, 8:00 to 11:59 in the morning, 12 at noon,
unless a part of the day is said too; "half two" is 14:30. Morning is 9 to 12, afternoon 12 to 17, evening and night 17
to 21, lunchtime 12 to 14; "first thing" is 9 to 10, the end of the day 16 to 18, after work 17 to 21, after school 15
to 18. "Around" and "ish" leave half an hour either way.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from clinic.spoken_marks import NOT_UNTIL
from clinic.spoken_words import WEEKDAYS, wording

HOUR = 60
HALF_DAY = 12 * HOUR
DAY_END = 24 * HOUR - 1
AFTERNOON_BEFORE = 8 * HOUR  # A bare hour before 8 is one of the afternoon.
DAWN = 5 * HOUR  # Nobody means an hour before.
AROUND_MINUTES = 30


class Hours(NamedTuple):
    start: int | None = None  # None: the day's beginning
    end: int | None = None  # None: the day's end; a point in time has the same start and end
    bare: bool = False  # Said without am or pm.
    generous: tuple[int, int] | None = None  # Of a part of the day, all that may still be called so.
    possible: bool = True

    @property
    def is_point(self) -> bool:
        return self.start is not None and self.start == self.end

    @property
    def is_part(self) -> bool:
        return self.generous is not None

    @property
    def is_open(self) -> bool:
        """Whether only its beginning or only its end was said."""
        return (self.start is None) != (self.end is None)

    @property
    def bounds(self) -> tuple[int, int]:
        return (0 if self.start is None else self.start), (DAY_END if self.end is None else self.end)

    def beside(self, *, after: bool) -> "Hours":
        """ "After that"."""
        return Hours(start=self.end) if after else Hours(end=self.start)

    def rest(self) -> "Hours":
        """What open hours leave of the day."""
        return Hours(end=self.start) if self.end is None else Hours(start=self.end)


def _part(start: float, end: float, generous: tuple[int, int]) -> Hours:
    return Hours(int(start * HOUR), int(end * HOUR), generous=(generous[0] * HOUR, min(generous[1] * HOUR, DAY_END)))


ANY_TIME = Hours()
IMPOSSIBLE = Hours(possible=False)
MORNING = _part(9, 12, generous=(0, 12))
AFTERNOON = _part(12, 17, generous=(12, 17))
EVENING = _part(17, 21, generous=(17, 24))
PM = _part(12, 17, generous=(12, 24))

_PARTS = {
    "morning": MORNING,
    "early morning": _part(9, 10.5, generous=(0, 12)),
    "mid morning": _part(10, 11, generous=(10, 11)),
    "late morning": _part(10.5, 12, generous=(10, 12)),
    "afternoon": AFTERNOON,
    "early afternoon": _part(12, 14, generous=(12, 14)),
    "mid afternoon": _part(14, 16, generous=(14, 16)),
    "late afternoon": _part(15, 17, generous=(15, 18)),
    "evening": EVENING,
    "early evening": _part(17, 19, generous=(17, 19)),
    "mid evening": _part(18, 20, generous=(18, 20)),
    "late evening": _part(19, 21, generous=(19, 24)),
}
_SHIFTS = {"early": "early", "begin": "early", "start": "early", "mid": "mid", "late": "late", "end": "late"}
_NAMED_PARTS = (
    (r"first thing(?: in the morning)?", _part(9, 10, generous=(0, 10))),
    (
        r"(?:end of (?:the )?(?:work |working )?day|eod|cob|close of business|later? in the day|last thing"
        r"|last (?:slot|spot|appointment|opening)(?: of the day)?|before you close)",
        _part(16, 18, generous=(16, 24)),
    ),
    (r"after (?:my |the )?(?:work|office)(?: ?hours)?(?! ?days?\b)", _part(17, 21, generous=(17, 24))),
    (r"(?:before|prior to) (?:my )?work(?! ?days?\b)", _part(0, 9, generous=(0, 9))),
    (
        r"(?:after|once) (?:(?:i|i've) )?(?:the|dropp?(?:ed|ing)?(?: off)?) ?(?:the )?(?:school (?:run|drop ?off)|kids(?: off)?(?: at school)?)",
        _part(9, 12, generous=(8, 12)),
    ),
    (r"(?:after|when|once) (?:the )?(?:school|class|kids are)", _part(15, 18, generous=(15, 18))),
    (r"(?:after|past) lunch(?: ?time)?", _part(13, 17, generous=(13, 17))),
    (r"(?:before|until) lunch(?: ?time)?", _part(9, 12, generous=(0, 12))),
    (r"(?:my |the )?lunch(?: ?times?| ?hours?| ?breaks?)?", _part(12, 14, generous=(12, 14))),
    (r"after (?:dinner|supper)", _part(18, 21, generous=(18, 24))),
    (r"(?:day ?time|during the day|(?:business|office|working|work) hours)", _part(9, 17, generous=(9, 17))),
    (rf"early(?= (?:on )?(?:tomorrow|{'|'.join(WEEKDAYS)})\b)", _PARTS["early morning"]),
    (rf"later?(?= (?:on )?(?:tomorrow|{'|'.join(WEEKDAYS)})\b)", _part(16, 18, generous=(16, 24))),
    (r"before (?:the )?afternoon", Hours(end=12 * HOUR)),
    (r"before (?:the )?(?:evening|night)", Hours(end=17 * HOUR)),
    (r"(?:in )?the am", MORNING),
    (r"(?:in )?the pm", PM),
    (
        r"(?:(?:at )?any ?times?|all (?:the )?day|(?:the )?(?:whole|entire) day|you (?:choose|pick|decide)|flexible"
        r"|whatever (?:suits|works(?: for)?) you|up to you"
        r"|whenever(?! (?:i|it|my|we)\b))",
        ANY_TIME,
    ),
)


def narrowed(first: Hours, second: Hours) -> Hours | None:
    """What both allow, as "tomorrow evening at 8" is 20:00; None when they have nothing in common."""
    if not (first.possible and second.possible):
        return IMPOSSIBLE
    if second.is_part and not first.is_part:
        first, second = second, first
    if first.is_part and second.bare and not _fits(second, first) and _fits(_flipped(second), first):
        second = _flipped(second)
    if first.is_part and second.is_point:
        return second._replace(bare=False)
    if both := _common(first.bounds, second.bounds):
        return both
    return _common(first.generous, second.bounds) if first.generous and not second.is_part else None


def refines(first: Hours, second: Hours) -> bool:
    """Whether two that stand apart may say one thing: "in the afternoon, after 3", "after 2 and before 5"."""
    opposite = first.is_open and second.is_open and (first.end is None) != (second.end is None)
    return first.is_part != second.is_part or opposite


def _common(first: tuple[int, int], second: tuple[int, int]) -> Hours | None:
    start, end = max(first[0], second[0]), min(first[1], second[1])
    return Hours(start, end) if start < end or start == end == second[0] == second[1] else None


def _fits(hours: Hours, part: Hours) -> bool:
    earliest, latest = part.generous if part.generous and not hours.is_open else part.bounds
    return all(max(earliest, DAWN) <= one <= latest for one in (hours.start, hours.end) if one is not None)


def _flipped(hours: Hours) -> Hours:
    start, end = (None if one is None else (one + HALF_DAY) % (2 * HALF_DAY) for one in (hours.start, hours.end))
    return hours._replace(start=start, end=end)


# ---- Reading


class _Clock(NamedTuple):
    minute: int
    bare: bool

    @property
    def meant(self) -> int:
        return self.minute + HALF_DAY if self.bare and self.minute < AFTERNOON_BEFORE else self.minute


def _clock(text: str) -> _Clock | None:
    """None when there is no such time: 10:75."""
    found = _READ_CLOCK.fullmatch(text)
    if not found:
        return None
    if found["noon"]:
        return _Clock(HALF_DAY, bare=False)
    hour, minute, half_day = int(found["hour"]), int(found["minute"] or 0), found["half_day"]
    if found["half"]:
        minute = 30
    elif found["some"]:
        minute = 15 if found["some"] == "quarter" else int(found["some"])
        minute = minute if found["way"] in ("past", "after") else -minute
    if hour > 23 or minute >= HOUR:
        return None
    if half_day and hour <= 12:
        hour = hour % 12 + (12 if half_day == "p" else 0)
    bare = not half_day and 1 <= hour <= 12 and not found["hour"].startswith("0")
    return _Clock((hour * HOUR + minute) % (2 * HALF_DAY), bare)


def _between(found: re.Match[str]) -> Hours:
    """The half of the day said with one end is that of the other: "2-4pm", but "10-2pm"."""
    first, second = _clock(found["first"]), _clock(found["second"])
    if not first or not second:
        return IMPOSSIBLE
    start, end = first.meant, second.meant
    if first.bare and not second.bare:
        start = max((one for one in (first.minute, first.minute + HALF_DAY) if one < end), default=start)
    elif second.bare and end <= start and end + HALF_DAY <= DAY_END:
        end += HALF_DAY
    return Hours(start, end, bare=first.bare and second.bare) if start < end else IMPOSSIBLE


def _after(found: re.Match[str]) -> Hours:
    clock = _clock(found["clock"])
    return Hours(start=clock.meant, bare=clock.bare) if clock else IMPOSSIBLE


def _before(found: re.Match[str]) -> Hours:
    clock = _clock(found["clock"])
    return Hours(end=clock.meant, bare=clock.bare) if clock else IMPOSSIBLE


def _around(found: re.Match[str]) -> Hours:
    clock = _clock(found["clock"])
    if not clock:
        return IMPOSSIBLE
    start, end = max(0, clock.meant - AROUND_MINUTES), min(DAY_END, clock.meant + AROUND_MINUTES)
    return Hours(start, end, bare=clock.bare)


def at_clock(found: re.Match[str]) -> Hours:
    if found["ish"]:
        return _around(found)
    clock = _clock(found["clock"])
    return Hours(clock.meant, clock.meant, bare=clock.bare) if clock else IMPOSSIBLE


def _part_of_day(found: re.Match[str]) -> Hours:
    part = "evening" if found["part"] == "night" else found["part"]
    shift = next((to for of, to in _SHIFTS.items() if (found["shift"] or "").startswith(of)), None)
    return _PARTS[f"{shift} {part}" if shift else part]


def _always(hours: Hours) -> Callable[[re.Match[str]], Hours]:
    return lambda found: hours


_H = r"(?:1[0-9]|2[0-4]|0?[0-9])"
_M = r"[0-5][0-9]"
_AP = r"(?: ?[ap]m\b|[ap]\b)"
_HERE = r"(?=ish|(?![a-z0-9]))(?![.:/'][0-9]|,[0-9]{3}|[:%°]| (?:week|day|month|year|min|people|session|visit|treatment|kid|step|time|tries))"  # The number ends.
_HALVES = (
    rf"(?:half(?: past)?|(?:a )?quarter (?:past|after|to|until|of|before)|[0-9]{{1,2}} (?:minutes |mins? )?past) {_H}"
)
# A time of the clock, whatever stands beside it; and one that needs an "at" or a day.
_CLEAR_CLOCK = wording(
    r"(?:12 )?(?:noon|midday)(?=ish|\b)",
    rf"{_HALVES}(?:{_AP}|{_HERE})(?! hours?\b)",
    rf"{_H}[:.]{_M}{_AP} | {_H}[:h]{_M}(?: ?h\b| ?hrs\b|{_HERE}) | {_H} {_M} ?[ap]m\b | {_H}{_AP}",
    rf"{_H}(?: {_M})? o'clock(?: ?[ap]m\b)? | {_H}(?= (?:sharp|on the dot)\b)",
    rf"[0-2]?[0-9]{_M} ?(?:[ap]m|h|hrs)\b | (?:1[3-9]|2[0-3])h\b",
)
_BARE_CLOCK = rf"(?:{_H}\.{_M}{_HERE}|{_H} (?:15|30|45){_HERE}|(?:[01]?[0-9]|2[0-3]){_M}{_HERE}|{_H}{_HERE})"
_A_CLOCK = f"(?:{_CLEAR_CLOCK}|{_BARE_CLOCK})"
_READ_CLOCK = re.compile(
    r"(?P<noon>(?:12 )?(?:noon|midday))"
    r"|(?:(?P<half>half)(?: past)? |(?:a )?(?P<some>quarter|[0-9]{1,2}) (?:minutes |mins? )?"
    r"(?P<way>past|after|to|until|of|before) )?"
    rf"(?P<hour>{_H})(?:[:.h ]?(?P<minute>{_M}))? ?(?:h|hrs|o'clock)? ?(?P<half_day>[ap])?m?"
)

_SAY = r"(?:(?:about|around|roughly|approximately|maybe|say|like|at|the) ){0,2}"
_CLOCK = f"(?P<clock>{_A_CLOCK})"
_AT_CLOCK = rf"(?P<clock>(?:5|10|20|25) to {_H}(?:{_AP}|{_HERE})|{_A_CLOCK})"
_TO_CLOCK = rf"{_SAY}(?P<second>{_A_CLOCK})"
_FROM_CLOCK = rf"{_SAY}(?P<first>{_A_CLOCK})"
_ISH = r"(?P<ish> ?-?ish\b| or (?:so|thereabouts)\b)?"
_OR_SO = r"(?: ?-?ish\b| or (?:so|thereabouts)\b)"
_ENDS = r"(?= ?(?:$|[,.!?]))"
_LATER = rf" ?(?:onwards?|(?:or|and) (?:later|onwards?)|or after{_ENDS}|and on\b|at the earliest|earliest)"
_EARLIER = rf" ?(?:or (?:earlier|sooner)|or before{_ENDS}|at the latest|latest)"
_AFTER = wording(
    rf"not? (?:earlier|sooner) (?:than|then) | {NOT_UNTIL} | later (?:than|then) | (?:the )?earliest(?: is| at)?",
    r"(?:any ?time )?(?:at or )?(?:after|past|from) | (?:(?<=can )|(?<=day )|(?<=free ))since | starting(?: at| from)? | (?<!i )start at | as of | free from",
    r"(?:get|gets|getting|am|i'?m|be|come) off(?: work)?(?: at)? | off(?: work)? at",
    r"out of (?:work|school|class) (?:at|by) | (?<!be )(?:done|finish(?:ed|es|ing)?)(?: with)?(?: \w+)? (?:at|by)",
    r"(?:ends?|is (?:over|done|out)|(?<=school's )out|lets? (?:me |us )?out|arrive (?:home|from \w+)|(?:get|am|i'm|i'll be) (?:home|back)(?: from \w+)?) (?:at|by)",
)
_BEFORE = wording(
    r"not? later (?:than|then) | (?:any ?time )?before | by | until | up to | up until | earlier (?:than|then)",
    r"(?:have|need|got) to be \w+(?: \w+)? by | leav(?:e|ing)(?: (?:for )?\w+)? (?:at|by) | (?:start|begin) (?:(?:work|school|class|my shift) )?at | (?:work|shift|class|school|day) (?:starts|begins)(?: at)? | prior to | sooner than | at the latest | latest",
)
_AROUND = wording(r"about | around | roughly | approximately | approx | circa | close to | near")

# The first that fits is taken.
HOURS_FORMS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Hours]]] = [
    (re.compile(form), read)
    for form, read in (
        *((rf"{named}\b", _always(part)) for named, part in _NAMED_PARTS),
        (
            r"(?!midnight)(?:(?P<shift>early|late|later|mid|(?:middle|beginning|start|end) of(?: the)?)(?: in the)?[ -]?)?"
            r"(?P<part>morning|afternoon|evening|night)s?\b",
            _part_of_day,
        ),
        (rf"between {_FROM_CLOCK} ?(?:and|to|-|until) ?{_TO_CLOCK}", _between),
        (rf"(?:any ?time )?from {_FROM_CLOCK} ?(?:to|-|until|through) ?{_TO_CLOCK}", _between),
        (rf"(?:by|at) {_SAY}{_AT_CLOCK}{_LATER}", _after),
        (rf"{_AFTER} {_SAY}{_AT_CLOCK}{_OR_SO}?", _after),
        (rf"{_BEFORE} {_SAY}{_AT_CLOCK}{_OR_SO}?", _before),
        (rf"(?P<clock>2[05] to {_H}{_HERE}){_ISH}", at_clock),
        (rf"(?:(?:at|{_AROUND}) )?{_FROM_CLOCK} ?(?:to|-|until|through) ?{_TO_CLOCK}", _between),
        (rf"(?:at )?{_AROUND} {_SAY}{_AT_CLOCK}{_OR_SO}?", _around),
        (rf"{_CLOCK}{_LATER}", _after),
        (rf"{_CLOCK}{_EARLIER}", _before),
        (rf"at {_SAY}{_AT_CLOCK}{_ISH}", at_clock),
        (rf"{_CLOCK}{_OR_SO}", _around),
        (rf"(?P<clock>{_CLEAR_CLOCK}){_ISH}", at_clock),
        (r"(?:at )?[0-9]{1,3}:[0-9]{2,3}\b|(?:2[5-9]|[3-9][0-9]) ?[ap]m\b", _always(IMPOSSIBLE)),
    )
]
BARE_CLOCK = re.compile(rf"(?P<clock>{_BARE_CLOCK})(?P<ish>ish)?")
"""A number that is a time where a day stands beside it: "friday 3"."""
