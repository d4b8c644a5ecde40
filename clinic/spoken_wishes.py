"""Spoken wishes: which days and hours of a message are wished for, and which are ruled out.

A denial ends where a wish begins ("not monday, tuesday is fine"); a correction replaces what it names and keeps the
rest ("friday at 3, actually 4"); what is told of the past is left aside.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from clinic.spoken_chunks import Said, Wish, wishes_of
from clinic.spoken_days import ALL_WEEKDAYS, Days, in_week_of
from clinic.spoken_hours import Hours
from clinic.spoken_marks import Mark
from clinic.spoken_tokens import Token, tokens_in


@dataclass
class Wishes:
    wanted: list[Wish] = field(default_factory=list)
    unwanted: list[Wish] = field(default_factory=list)
    soonest: bool = False
    anything: bool = False  # As in "anything but mornings".
    past: bool = False  # Of what has been, something was told.
    vague: bool = False  # A time was meant that nobody can know.
    unclear: bool = False


def wishes_in(text: str, now: datetime) -> Wishes:
    return _Listener(tokens_in(text, now)).wishes()


_BREAKS = (Mark.PAUSE, Mark.STOP, Mark.BUT, Mark.FIX, Mark.NOT, Mark.EXCEPT, Mark.CANNOT)


class _Listener:
    """Goes through a message once and keeps how each day and time in it is meant."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._said: list[Said] = []
        self._heard = Wishes()
        self._joint: Mark | None = None
        self._clause = self._version = 0
        self._denial = self._denials = 0
        self._denied_by: Mark | None = None
        self._hushed: Mark | None = None
        self._conditional = self._asked = False

    def wishes(self) -> Wishes:
        for at, token in enumerate(self._tokens):
            if isinstance(token, Mark):
                self._heed(token, at)
            elif isinstance(token, (Days, Hours)):
                self._say(token)
        heard = self._heard
        for version in range(self._version + 1):
            said = [one for one in self._said if one.version == version]
            wanted = wishes_of([one for one in said if not one.denial])
            heard.unwanted = [
                one for one in heard.unwanted if one.days is None or one.days not in (w.days for w in wanted)
            ]
            for denial in sorted({one.denial for one in said if one.denial}):
                heard.unwanted += wishes_of([one for one in said if one.denial == denial])
            heard.wanted = _corrected(heard.wanted, wanted) if wanted else heard.wanted
        heard.wanted = [_of_the_day_denied(wish, heard) for wish in heard.wanted]
        return heard

    def _say(self, what: Days | Hours) -> None:
        if self._denied_together() and isinstance(what, Days) and what.weekdays == ALL_WEEKDAYS:
            self._denial = 0  # "Except monday any day".
        if self._hushed is Mark.TOLD:
            self._heard.past = self._heard.past or isinstance(what, Days)
        elif self._hushed is None or not _is_general(what):
            place = len(self._said)
            self._said.append(Said(what, place, self._joint, self._clause, self._version, self._denial))
            self._joint = None

    def _heed(self, mark: Mark, at: int) -> None:
        if mark is Mark.PAUSE:
            if self._denial and self._wish_begins_after(at):
                self._denial = 0
            self._break(mark)
        elif mark in (Mark.STOP, Mark.BUT, Mark.FIX):
            self._denial = 0
            self._version += mark is Mark.FIX and bool(self._said)
            self._break(Mark.STOP if mark is Mark.FIX else mark)
        elif mark in (Mark.OR, Mark.AND):
            self._joint = mark
        elif mark in (Mark.NOT, Mark.EXCEPT) and not self._conditional:
            self._deny(mark)
        elif mark is Mark.CANNOT and not self._conditional:
            if any(not isinstance(token, Mark) for token in self._clause_ahead(at, (Mark.ASKS, Mark.WORKS))):
                self._deny(mark)
            else:
                self._deny_what_was_said(self._is_last_in_clause(at))
        elif mark is Mark.FAILS and not self._conditional:
            said_here = any(one.clause == self._clause for one in self._said)
            if not said_here and at + 1 < len(self._tokens) and not isinstance(self._tokens[at + 1], Mark):
                self._deny(mark)
            else:
                about_other = Mark.WORD in self._clause_behind(at)  # "My knee is bad".
                self._deny_what_was_said(anywhere=said_here or not about_other)
                self._denial = 0
        elif mark is Mark.TAKEN and any(one.clause == self._clause for one in self._said):
            self._heard.unclear = True
            self._deny_what_was_said(anywhere=False)
        elif mark is Mark.WORKS:
            self._approve()
        elif mark is Mark.ASKS:
            self._hushed, self._conditional, self._asked = None, False, True
            if self._denied_together():
                self._denial = 0
        elif mark is Mark.IF:
            self._conditional = True
        elif mark in (Mark.TOLD, Mark.HURTS):
            self._hushed = mark if mark is Mark.TOLD else self._hushed or mark
            if mark is Mark.HURTS and not self._asked:
                self._forget_the_complaint()
        elif mark is Mark.SOON:
            self._heard.soonest = True
        elif mark is Mark.VAGUE:
            self._heard.vague = self._heard.vague or self._hushed is None
        elif mark is Mark.ANY:
            self._heard.anything = True

    def _break(self, joint: Mark) -> None:
        self._joint = joint if joint is not Mark.PAUSE else self._joint or joint
        self._clause += 1
        self._hushed, self._conditional, self._asked = None, False, False

    def _forget_the_complaint(self) -> None:
        """ "In the mornings my back hurts"."""
        here = [one for one in self._said if one.clause == self._clause]
        if all(_is_general(one.what) and not one.done for one in here):
            self._said = [one for one in self._said if one not in here]

    def _deny(self, mark: Mark) -> None:
        self._denials += 1
        self._denial, self._denied_by = self._denials, mark

    def _deny_what_was_said(self, anywhere: bool) -> None:
        """ "Monday or tuesday don't work": back to where the list begins."""
        self._denials += 1
        for one in reversed(self._said):
            if one.denial or one.done or not (anywhere or one.clause == self._clause):
                return
            one.denial = self._denials
            if one.joint not in (None, Mark.OR, Mark.AND):
                return

    def _approve(self) -> None:
        """ "Monday is fine"; said of the last day, if denied ones go before: "not monday tuesday is fine"."""
        denied = self._denied_together()
        if self._said and self._said[-1].clause == self._clause:
            last = self._said[-1]
            last.done = True
            if len(denied) > 1 and last.joint is None and isinstance(last.what, Days):
                last.denial = 0
        if denied:
            self._denial = 0

    def _denied_together(self) -> list[Said]:
        return [one for one in self._said if self._denial and one.denial == self._denial]

    def _clause_ahead(self, at: int, also: Iterable[Mark] = ()) -> list[Token]:
        breaks = (*_BREAKS, *also)
        ends = next((n for n in range(at + 1, len(self._tokens)) if self._tokens[n] in breaks), len(self._tokens))
        return list(self._tokens[at + 1 : ends])

    def _clause_behind(self, at: int) -> list[Token]:
        begins = next((n + 1 for n in reversed(range(at)) if self._tokens[n] in _BREAKS), 0)
        return list(self._tokens[begins:at])

    def _is_last_in_clause(self, at: int) -> bool:
        return at + 1 >= len(self._tokens) or self._tokens[at + 1] in _BREAKS

    def _wish_begins_after(self, at: int) -> bool:
        """Whether the denial ends at this comma: after "not monday" it does before "tuesday is fine", it does not
        before "tuesday or friday", and before a mere "tuesday" one must ask."""
        ahead, denied = self._clause_ahead(at), self._denied_together()
        times = [token for token in ahead if not isinstance(token, Mark)]
        if not denied:  # "Not with sam, friday".
            return self._denied_by is Mark.NOT and self._tokens[at - 1] is Mark.WORD
        if not times:
            return False
        if {Mark.WORKS, Mark.FAILS, Mark.ASKS} & {token for token in ahead if isinstance(token, Mark)}:
            return True
        if not any(isinstance(one.what, type(times[0])) for one in denied):
            return True
        nexts = self._clause_ahead(at + len(ahead) + 1) if at + len(ahead) + 1 < len(self._tokens) else []
        lists = {Mark.OR, Mark.AND} & {token for token in ahead if isinstance(token, Mark)}
        if lists or len(denied) > 1 or self._denied_by is not Mark.NOT or any(not isinstance(t, Mark) for t in nexts):
            return False
        self._heard.unclear = True
        return True


def _is_general(what: Days | Hours) -> bool:
    return isinstance(what, Hours) or what.weekdays == ALL_WEEKDAYS


def _of_the_day_denied(wish: Wish, heard: Wishes) -> Wish:
    """ "Friday morning I can't, the afternoon is fine"."""
    denied = [one for one in heard.unwanted if one.days and one.hours and one.place < wish.place]
    if not denied or any(one.days for one in heard.wanted) or not all(hours.is_part for hours in wish.hours):
        return wish
    return wish._replace(days=denied[-1].days)


def _corrected(before: list[Wish], now: list[Wish]) -> list[Wish]:
    """A correction of the hour alone keeps the day, one of the day alone keeps the hour."""
    days = [wish.days for wish in before if wish.days]
    hours = {wish.hours for wish in before}
    if len(days) == 1 and not days[0].weekdays:
        now = [wish._replace(days=in_week_of(days[0], wish.days)) if wish.days else wish for wish in now]
    if days and all(wish.days is None for wish in now):
        return [wish._replace(days=one) for one in days for wish in now]
    if len(hours) == 1 and not any(wish.hours for wish in now):
        return [wish._replace(hours=before[0].hours) for wish in now]
    return now
