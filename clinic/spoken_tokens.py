"""Spoken tokens: a message about times as a row of days, hours and marks, those that belong together made one."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from clinic.spoken_dates import DATE_FORMS
from clinic.spoken_days import ALL_WEEKDAYS, Days, Step, bounded, span, stepped, weekday_beside
from clinic.spoken_hours import ANY_TIME, BARE_CLOCK, EVENING, HOURS_FORMS, MORNING, PM, Hours, at_clock
from clinic.spoken_marks import FILLERS, MARK_FORMS, MOVED, PUNCTUATION, Mark
from clinic.spoken_noise import GREETING, NO_DATES, NO_TIMES
from clinic.spoken_weeks import STEP_FORM, WEEK_FORMS, step
from clinic.spoken_words import plain_words


class Number(Hours):
    """It is a time only beside a day or another time: "friday 3"."""


Token = Days | Hours | Mark | Step

HOUR_REACHES = 8  # tokens; "at 3, if you have it, or 4"
_JOINTS = (Mark.OR, Mark.AND, Mark.PAUSE)
_DENIALS = (Mark.NOT, Mark.CANNOT, Mark.EXCEPT)
_BOUNDS = {Mark.FROM: "from", Mark.AFTER: "after", Mark.BEFORE: "before", Mark.BY: "by", Mark.UNTIL: "by"}
_BOUNDS_BEHIND = {Mark.ONWARDS: "from", Mark.AT_LATEST: "by"}
_PARTS_BEHIND = {Mark.AM: MORNING, Mark.PM: PM, Mark.EVE: EVENING}
_SOON_AFTER = re.compile(r"in (?:(?P<half>half an? )|(?P<count>an?|[0-9]{1,2}) )(?P<unit>hour|hr|minute|min)s?\b")
_WORD = re.compile(r"[a-z0-9']+")


def tokens_in(text: str, now: datetime) -> list[Token]:
    """The days, hours and marks of a message, in their order. `now` is the clinic's local time."""
    today = now.date()
    tokens = _read(MOVED.sub(r"\1\2 ", plain_words(text)), now)
    tokens = _with_numbers_as_hours(tokens)
    tokens = _with_parts_behind_days(tokens)
    tokens = _without_what_is_moved(tokens)
    tokens = _with_steps(tokens)
    tokens = _with_spans(tokens, today)
    tokens = _with_bounds(tokens, today)
    return [_denial(tokens, at) for at in range(len(tokens))]


def _read(text: str, now: datetime) -> list[Token]:
    greeting = GREETING.match(text)
    tokens: list[Token] = []
    at = greeting.end() if greeting else 0
    while at < len(text):
        if found := _SOON_AFTER.match(text, at):
            tokens += _soon_after(found, now)
            at = found.end()
            continue
        token, at = _token_at(text, at, now.date())
        if token is not None:
            tokens.append(token)
    return tokens


def _soon_after(found: re.Match[str], now: datetime) -> list[Token]:
    """ "In two hours"."""
    count = 0.5 if found["half"] else int(found["count"]) if found["count"].isdigit() else 1
    then = now + timedelta(minutes=count * (1 if found["unit"].startswith("m") else 60))
    return [Days((then.date(),)), Hours(then.hour * 60 + then.minute, then.hour * 60 + then.minute)]


def _token_at(text: str, at: int, today: date) -> tuple[Token | None, int]:
    if text[at] in PUNCTUATION and not (text[at] == "(" and NO_DATES.match(text, at)):
        return PUNCTUATION[text[at]], at + 1
    if found := NO_DATES.match(text, at):
        return Mark.WORD, found.end()
    for days_form, read_days in (*DATE_FORMS, *WEEK_FORMS):
        if found := days_form.match(text, at):
            return read_days(found, today), found.end()
    if found := STEP_FORM.match(text, at):
        return step(found), found.end()
    if found := NO_TIMES.match(text, at):
        return Mark.WORD, found.end()
    for hours_form, read_hours in HOURS_FORMS:
        if found := hours_form.match(text, at):
            return read_hours(found), found.end()
    for mark, mark_form in MARK_FORMS:
        if found := mark_form.match(text, at):
            return mark, found.end()
    if found := BARE_CLOCK.match(text, at):
        return Number(*at_clock(found)), found.end()
    if found := _WORD.match(text, at):
        return None if found[0] in FILLERS else Mark.WORD, found.end()
    return None, at + 1


def _is_time(token: Token | None) -> bool:
    return isinstance(token, Hours) and not isinstance(token, Number)


def _neighbour(tokens: Sequence[Token], at: int) -> Token | None:
    return tokens[at] if 0 <= at < len(tokens) else None


def _with_numbers_as_hours(tokens: list[Token]) -> list[Token]:
    """ "Friday 3 or 4", "2 or 3 on monday", "tomorrow morning 10"."""
    tokens = list(tokens)
    for way in (1, -1):  # Leftward too: in "2 or 3 tomorrow" it is the day that tells.
        for at in range(len(tokens))[::way]:
            token = tokens[at]
            if isinstance(token, Number) and _tells_an_hour(tokens, at):
                tokens[at] = Hours(*token)
    return [Mark.WORD if isinstance(token, Number) else token for token in tokens]


def _tells_an_hour(tokens: Sequence[Token], at: int) -> bool:
    before, after = _neighbour(tokens, at - 1), _neighbour(tokens, at + 1)
    if isinstance(before, Days) and (before.weekdays or not before.is_stretch):
        return True
    if any(isinstance(one, Hours) and one.is_part for one in (before, after)):
        return True
    if isinstance(after, Days) and len(after.days) == 1 and not after.is_general and not isinstance(before, Number):
        return True
    if (before is Mark.FIX and after in (None, Mark.NOT)) or (before is Mark.TO and Mark.MOVE in tokens[:at]):
        return True
    if before is Mark.CANNOT or after in (Mark.FAILS, Mark.WORKS):
        return True
    goes_on = before in (*_JOINTS, Mark.FIX, Mark.BUT, Mark.NOT)
    if goes_on and any(_is_time(token) for token in tokens[max(0, at - HOUR_REACHES) : at]):
        return True
    return before is Mark.EXCEPT or (after in (Mark.OR, Mark.AND) and _is_time(_neighbour(tokens, at + 2)))


def _with_parts_behind_days(tokens: list[Token]) -> list[Token]:
    """ "Fri pm"."""
    joined: list[Token] = []
    for token in tokens:
        part = _PARTS_BEHIND.get(token) if isinstance(token, Mark) else None
        before = joined[-2] if len(joined) > 1 and joined[-1] in _JOINTS else joined[-1] if joined else None
        follows = (
            (before is Mark.FIX and token is tokens[-1])
            or isinstance(before, Days)
            or (isinstance(before, Hours) and before.is_part)
        )
        joined.append(token if part is None else part if follows else Mark.WORD)
    return joined


def _without_what_is_moved(tokens: list[Token]) -> list[Token]:
    """ "Move it from thursday to friday" wishes friday."""
    if Mark.MOVE not in tokens:
        return tokens
    begins = tokens.index(Mark.MOVE)
    for at in range(begins, len(tokens) - 1):
        if tokens[at] is Mark.TO and not isinstance(tokens[at + 1], Mark):
            return [*tokens[:begins], Mark.ASKS, *tokens[at + 1 :]]
    return tokens


def _with_steps(tokens: list[Token]) -> list[Token]:
    """ "The day after the 4th", "the friday before christmas"; "the day after", alone, counts from the day said last."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if isinstance(before, Step) and isinstance(token, Days):
            joined[-1] = stepped(before, token)
        elif (
            isinstance(token, Days)
            and not token.weekdays
            and before in (Mark.AFTER, Mark.BEFORE)
            and len(joined) > 1
            and isinstance(weekday := joined[-2], Days)
            and len(weekday.weekdays) == 1
        ):
            joined[-2:] = [weekday_beside(weekday.weekdays, 1 if before is Mark.AFTER else -1, token)]
        else:
            joined.append(token)
    for at, token in enumerate(joined):
        if isinstance(token, Step):
            said = next((one for one in reversed(joined[:at]) if isinstance(one, Days)), None)
            joined[at] = stepped(token, said) if said and said.days and token.number else Mark.VAGUE
    return joined


def _with_spans(tokens: list[Token], today: date) -> list[Token]:
    """ "From monday to wednesday", "between the 24th and the 27th"."""
    joined: list[Token] = []
    for token in tokens:
        joined.append(token)
        opening, first, tie = (_neighbour(joined, len(joined) - back) for back in (4, 3, 2))
        ties = (Mark.TO, Mark.UNTIL, Mark.AND) if opening is Mark.BETWEEN else (Mark.TO, Mark.UNTIL)
        if not isinstance(token, Days):
            continue
        if isinstance(first, Days) and tie in ties:
            joined[-4 if opening in (Mark.BETWEEN, Mark.FROM) else -3 :] = [span(first, token, today)]
    return joined


def _with_bounds(tokens: list[Token], today: date) -> list[Token]:
    """ "Before friday", "from the 14th", "monday onwards"."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if isinstance(token, Days) and isinstance(before, Mark) and before in _BOUNDS:
            is_away = before is Mark.UNTIL and _is_denied(joined)  # Back on that day.
            joined[-1] = bounded("before" if is_away else _BOUNDS[before], token, today)
        elif isinstance(before, Days) and isinstance(token, Mark) and token in _BOUNDS_BEHIND:
            joined[-1] = bounded(_BOUNDS_BEHIND[token], before, today)
        elif token in (Mark.AFTER_IT, Mark.BEFORE_IT):
            _bound_what_was_said(joined, token is Mark.AFTER_IT, today)
        else:
            joined.append(Mark.PAUSE if token is Mark.TO and isinstance(before, (Days, Hours)) else token)
    return joined


def _bound_what_was_said(tokens: list[Token], after: bool, today: date) -> None:
    """ "I have a train at 5 on friday, so before that"."""
    if tokens and (tokens[-1] == ANY_TIME or getattr(tokens[-1], "weekdays", None) == ALL_WEEKDAYS):
        del tokens[-1]  # "Any day before".
    at = next((at for at in reversed(range(len(tokens))) if not isinstance(tokens[at], Mark)), None)
    if at is None:
        return
    if isinstance(tokens[at], Days) and isinstance(_neighbour(tokens, at - 1), Hours):
        at -= 1
    token = tokens[at]
    if isinstance(token, Hours) and not (token.is_open or token.is_part):
        tokens[at] = token.beside(after=after)
    elif isinstance(token, Days) and not token.rest:
        tokens[at] = bounded("after" if after else "before", token, today)
    else:
        return
    while at and not isinstance(tokens[at - 1], Mark):
        at -= 1
    if _is_denied(tokens[:at]):
        del tokens[max(place for place in range(at) if tokens[place] in _DENIALS)]


def _is_denied(tokens: Sequence[Token]) -> bool:
    """Whether what comes next is: there is a denial, and since then neither a time nor a new clause."""
    for token in reversed(tokens):
        if not isinstance(token, Mark) or token in (Mark.PAUSE, Mark.STOP, Mark.BUT, Mark.ASKS):
            return False
        if token in _DENIALS:
            return True
    return False


def _denial(tokens: Sequence[Token], at: int) -> Token:
    """What "no" and "but" are here: "no mornings", "thursday, no, friday", "any day but friday"."""
    token, before, after = tokens[at], _neighbour(tokens, at - 1), _neighbour(tokens, at + 1)
    if token is Mark.NO:
        return Mark.NOT if _is_ruled_out(after, tokens[:at], tokens[at + 2 : at + 3]) else Mark.FIX
    if token is Mark.BUT:
        is_any = before in (Mark.ANY, ANY_TIME) or (isinstance(before, Days) and before.weekdays == ALL_WEEKDAYS)
        is_several = isinstance(before, Days) and (before.is_stretch or len(before.weekdays) > 1)
        if isinstance(after, Days) and (is_any or is_several):
            return Mark.EXCEPT
        if isinstance(after, Hours) and not after.is_open and is_any:
            return Mark.EXCEPT
    return token


def _is_ruled_out(after_no: Token | None, before: Sequence[Token], next: Sequence[Token]) -> bool:
    """ "No mornings", "no fridays"; but "thursday, no, friday", "no thursday is better"."""
    if after_no is None or isinstance(after_no, Mark) or Mark.WORKS in next:
        return False
    if before and isinstance(before[-1], Days):
        return False
    is_general = after_no.is_part if isinstance(after_no, Hours) else isinstance(after_no, Days) and after_no.is_general
    nothing_wished = all(isinstance(token, Mark) for token in before)
    return is_general or nothing_wished or any(token in (*_DENIALS, Mark.NO) for token in before)
