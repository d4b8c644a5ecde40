"""Wished times: when a visitor can come, and which of the offered times a message picks."""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from clinic.agreement import says_yes
from clinic.draft import ALWAYS, LATER, OTHER, Draft, OfferedTime, Span
from clinic.message import Said
from clinic.parts import asks
from clinic.spoken_times import Reading, read_times
from clinic.wishes import Named, Wishes

DAYS_READ = 7  # What is said without a day is read of so many.
SHORT = 5  # words; "not on mondays" is no question, whatever the classifier takes it for.

_ASKS_FOR_A_TIME = re.compile(
    r"\b(any(thing|where)?( else)?|any (time|spot|slot|opening|chance|appointment)s?|available|availability|free|"
    r"soonest|earliest|openings?|got|have (something|time|a (spot|slot))|fit me|squeeze me|what times?|when can|next|"
    r"(can|could|may) (i|we|you) (book|change|come|do|get|have|make|move|take))\b"
)
_ASKS_FOR_THE_HOURS = re.compile(r"\b(open|close[sd]?|closing|hours)\b")
_PLACES = {word: place for place, word in enumerate("first second third fourth fifth sixth".split())}
_PLACES |= {**dict.fromkeys(["earliest", "soonest", "top"], 0), **dict.fromkeys(["last", "latest", "bottom"], -1)}
_NUMERAL = re.compile(r"(?P<number>\d{1,2})(?P<nth>st|nd|rd|th)?")
_COUNTS = re.compile(r"\b(option|number|no\.?|nr\.?|one|slot|choice)\b|#")
_THE_ONE = re.compile(r"\bone\b")
_BESIDE_A_PLACE = frozenset(
    (
        "a about actually book can choice could do fine for free give go good great have how i i'd i'll is it let's "
        "like looks me no number of ok okay one option perfect please rather slot sorry sounds take that the them then "
        "these those time want what whichever will with works would yes you"
    ).split()
)
_NO_MATTER_WHICH = re.compile(
    r"(any|both|either|whichever|whatever)( one)?( of (them|these|those))?( is fine| works)?|"
    r"(it )?doesn'?t matter|(i )?don'?t (mind|care)|no preference|you (choose|pick|decide)|surprise me"
)
_LATER_TIMES = re.compile(
    r"\b(later( times?)?|other times?|more( times?)?|next (page|ones?)|none of (these|those|them)|"
    r"(something|anything) (else|later)|what else|(that|those|these) (doesn'?t|don'?t|won'?t) work)\b"
)
_REFUSES_ALL = re.compile(r"(no|nope|nah|neither|nothing|not really)( thanks| thank you)?")
_LATER_THAT_DAY = re.compile(r"\blater (in the|on that|that|the same) day\b")
_EARLIER_TIMES = re.compile(r"\b(earlier|sooner|before (that|then))\b")
_EARLIER_DAY = re.compile(r"\b(earlier|sooner|this( coming)?|coming|nearest|closest)\b")
_LATER_DAY = re.compile(r"\b(later|farther|further|after that)\b")
_NO_MATTER_WHEN = re.compile(
    r"\b(any ?time|whenever|any day|no preference|doesn'?t matter|(don'?t|do not) (mind|care)|flexible|you choose|"
    r"all day|(the )?whole day)\b"
)
_CHOOSES_A_TIME = frozenset(["when", "time", "confirm", "change"])
_END_OF_DAY = time(23, 59)


def picked(draft: Draft, said: Said, wishes: Wishes, requested: str | None) -> OfferedTime | None:
    """The one of the offered times that a message picks; None when it picks none or several."""
    offered, plain = draft.offered, _plain(said)
    if said.pressed or not offered or requested not in _CHOOSES_A_TIME:
        return None
    if (place := _place_in(plain, len(offered))) is not None:
        return offered[place]
    is_open = draft.slot is None
    if is_open and _NO_MATTER_WHICH.fullmatch(plain.strip(" .!")):
        return offered[0]
    times = _reading(said, requested)
    if asks(plain) and times == said.times:
        return None
    wanted = wishes.therapist if is_open and wishes.therapist in {one.therapist for one in offered} else None
    if not times.ranges and not wanted:
        return offered[0] if is_open and len(offered) == 1 and says_yes(plain, said.intent) else None
    left = [one for one in offered if wanted in (None, one.therapist)]
    if times.ranges:
        is_exact = all(start == end for start, end in times.ranges) or _THE_ONE.search(plain)
        left = [one for one in left if is_exact and _fits(one.start, times)]
    return left[0] if len(left) == 1 and wishes.therapist in (None, left[0].therapist) else None


def timed(draft: Draft, said: Said, named: Sequence[Named], requested: str | None) -> Draft:
    """The draft with when the visitor can come, by a message that picks none of the offered times."""
    for one in named:
        if one.category == "time":
            if one.value in (LATER, OTHER):
                return _later(draft) if one.value == LATER else _at(draft, ()).having(changing=False)
            return draft.having(slot=one.value, changing=False)
        if one.category == "range":
            start, end = map(datetime.fromisoformat, one.value.split("/"))
            return _at(draft, ((start, end),))
    if said.pressed:
        return draft
    plain, times = _plain(said), _reading(said, requested)
    asks_something = said.asks_something and times == said.times
    was_asked = requested in ("when", "time")
    if draft.offered and (was_asked or (requested in _CHOOSES_A_TIME and len(plain.split()) <= SHORT)):
        if _LATER_THAT_DAY.search(plain):
            return _later(draft)
        says_when = bool(times.ranges or times.excluded)
        if not says_when and _EARLIER_TIMES.search(plain):
            return _earlier(draft)
        refuses_all = requested == "time" and (said.intent == "deny" or _REFUSES_ALL.fullmatch(plain.strip(" .!")))
        if not says_when and (refuses_all or _LATER_TIMES.search(plain)):
            return _later(draft)
    if draft.unclear and _NO_MATTER_WHICH.fullmatch(plain.strip(" .!")):
        return _at(draft, draft.unclear)
    if asks_something and (asks(plain) or len(plain.split()) > SHORT) and not _is_about_times(plain, said):
        return draft
    if draft.unclear and (meant := _meant(draft.unclear, plain, times)):
        return _at(draft, (meant,))
    if requested == "when" and not draft.ranges and not times.excluded and _means_always(plain, times):
        return _at(draft, (ALWAYS,))
    if times.ranges:
        if times.ambiguous and times.names_day and len({start.date() for start, _ in times.ranges}) > 1:
            return _at(draft, (), unclear=times.ranges)
        if not times.names_day:
            ranges = _on_known_days(draft, times.ranges)
        elif _NO_MATTER_WHEN.search(plain):
            ranges = times.ranges
        else:
            ranges = _with_known_hours(draft, times.ranges, said.now)
        return _at(draft, ranges, excluded=times.excluded)
    if times.excluded:
        return _at(draft, draft.ranges, excluded=times.excluded)
    if times.ambiguous and requested in _CHOOSES_A_TIME:
        return draft.having(remark="no_such_time")
    return draft


def _plain(said: Said) -> str:
    return said.text.lower().replace("’", "'")


def _is_about_times(plain: str, said: Said) -> bool:
    """ "Anything this weekend?" is a wish, "are you open this weekend?" is a question."""
    wishes = _ASKS_FOR_A_TIME.search(plain) and not _ASKS_FOR_THE_HOURS.search(plain)
    return bool(wishes) and bool(said.times.ranges)


def _means_always(plain: str, times: Reading) -> bool:
    """ "Any time" is more than the next days, of which it is read; "any time on friday" is not."""
    return bool(_NO_MATTER_WHEN.search(plain)) and (not times.ranges or len(times.ranges) >= DAYS_READ)


def _place_in(plain: str, count: int) -> int | None:
    """Which of the offered ones "the second one" or "number 2" is; None for any other message."""
    word = _only_word(plain)
    if word in _PLACES and ("?" not in plain or plain.startswith(("can ", "could "))):
        place = _PLACES[word]
    elif _COUNTS.search(plain) and (numeral := _NUMERAL.fullmatch(word)):
        place = int(numeral["number"]) - 1
    else:
        return None
    return place if place < count else None


def _reading(said: Said, requested: str | None) -> Reading:
    """When a message is about; "10", and "do you have 10?", is an hour when that was asked for."""
    plain = _plain(said)
    word = _only_word(plain)
    is_hour = requested in ("when", "time") and word.isdecimal() and 0 < int(word) <= 12 and not _COUNTS.search(plain)
    return read_times(f"at {word}", said.now) if is_hour else said.times


def _only_word(plain: str) -> str:
    """What a message says beside "the" and "please"; empty when it is more than a word."""
    rest = [word for word in re.findall(r"[\w']+", plain) if word not in _BESIDE_A_PLACE]
    return rest[0] if len(rest) == 1 else ""


def _fits(start: datetime, times: Reading) -> bool:
    if times.names_day:
        return any(first <= start <= last for first, last in times.ranges)
    return any(first.time() <= start.time() <= last.time() for first, last in times.ranges)


def without_times(draft: Draft) -> Draft:
    """The draft of a visitor who wants another time, and has not said which."""
    return _at(draft, ())


def _at(draft: Draft, ranges: Sequence[Span], *, excluded: Sequence[Span] = (), unclear: Sequence[Span] = ()) -> Draft:
    """What was ruled out before still is, unless nothing else is wished for now."""
    ruled_out = [*(() if _all_within(ranges, draft.excluded) else draft.excluded), *excluded]
    return draft.having(
        ranges=tuple(map(tuple, ranges)),
        excluded=tuple(map(tuple, dict.fromkeys(ruled_out))),
        unclear=tuple(map(tuple, unclear)),
        slot=None,
        offered=(),
        after=None,
    )


def _all_within(ranges: Sequence[Span], others: Sequence[Span]) -> bool:
    within = [any(start <= first and last <= end for start, end in others) for first, last in ranges]
    return bool(within) and all(within)


def _later(draft: Draft) -> Draft:
    return draft.having(after=max(one.start for one in draft.offered), slot=None) if draft.offered else draft


def _earlier(draft: Draft) -> Draft:
    """Those shown before the later ones; else on the day of the first that was offered, before it."""
    if draft.after:
        return draft.having(after=None, slot=None, offered=())
    first = min(one.start for one in draft.offered)
    midnight = datetime.combine(first, time())
    end = datetime.combine(first, _END_OF_DAY)
    return _at(draft, ((midnight, end),), excluded=((first, end),))


def _meant(unclear: Sequence[Span], plain: str, times: Reading) -> Span | None:
    """Which of the days that were asked about: "the first one", "the 24th", "next week"."""
    place = _place_in(plain, len(unclear))
    if place is None and not times.names_day and _LATER_DAY.search(plain):
        place = -1
    if place is None and not times.names_day and _EARLIER_DAY.search(plain):
        place = 0
    if place is not None:
        return unclear[place]
    named = times.ranges if times.names_day else ()
    left = [one for one in unclear if _overlaps(one, named) or (times.excluded and not _overlaps(one, times.excluded))]
    return left[0] if len(left) == 1 else None


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(start <= span[1] and span[0] <= end for start, end in others)


def _on_known_days(draft: Draft, spans: Sequence[Span]) -> Sequence[Span]:
    """ "After four" said of the day that was agreed on before; of the days to come when none was."""
    days = list(dict.fromkeys(start.date() for start, _ in _known(draft)))
    if not days:
        is_hour = all(start == end for start, end in spans)
        ahead = [timedelta(days=number) for number in range(DAYS_READ if is_hour else 1)]
        return [(start + one, end + one) for one in ahead for start, end in spans]
    hours = dict.fromkeys((start.time(), end.time()) for start, end in spans)
    return [(datetime.combine(day, start), datetime.combine(day, end)) for day in days for start, end in hours]


def _with_known_hours(draft: Draft, spans: Sequence[Span], now: datetime) -> Sequence[Span]:
    """ "No, friday" said after "thursday after four": friday after four."""
    known = [one for one in _known(draft) if not _is_whole_day(one, now)]
    if not known or not all(_is_whole_day(one, now) for one in spans):
        return spans
    first, last = known[-1]
    return [(datetime.combine(day, first.time()), datetime.combine(day, last.time())) for day, _ in spans]


def _is_whole_day(span: Span, now: datetime) -> bool:
    """Today begins now."""
    start, end = span
    return end.time() == _END_OF_DAY and (start.time() == time() or start.date() == now.date())


def _known(draft: Draft) -> list[Span]:
    """What was said before of single days."""
    return [one for one in draft.ranges or draft.unclear if one != ALWAYS and one[1] - one[0] < timedelta(days=2)]
