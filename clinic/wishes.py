"""Wishes: what a message asks of a booking, beside the time: the treatment, its length, the therapist, for how many."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from clinic.offers import Gender
from clinic.parts import asks
from clinic.record import Record

ANY = "any"
ANY_OF_GENDER = {Gender.WOMAN: "any_woman", Gender.MAN: "any_man"}
UNDECIDED = "therapeutic_massage"  # The treatment of those who leave it to the therapist.

_NO_PREFERENCE = re.compile(
    r"\b(any(one|body|thing)?(?! ?(at|available|before|after|day|free|left|on|open|this|time|today|tomorrow|when)\b)|"
    r"whoever|whichever|whatever|either|no preference|doesn'?t matter|don'?t (mind|care|know)|not sure|"
    r"you (choose|pick|decide))\b"
)
_GENDERS = {
    Gender.WOMAN: re.compile(r"\b(woman|women|females?|lady|ladies|girl)\b"),
    Gender.MAN: re.compile(r"\b(man|men|males?|guys?)\b"),
}
_OTHER = {Gender.WOMAN: Gender.MAN, Gender.MAN: Gender.WOMAN}
_SOMEONE = re.compile(r"\b(therapist|someone|somebody|one|only|person|preferabl[ey]|preferred|with a|by a)\b")
_REFUSING = re.compile(
    r"\b(no|not|never|don'?t|without|except|but|rather than|instead of|any(one|body) but|uncomfortable)"
    r"( (a|an|any|be|by|comfortable|from|get|have|like|prefer|see|the|to|want|with))* $"
)
_REFUSAL_REACHES = 40  # characters
_FILLER = frozenset(
    (
        "a actually an and at can change could enough fine for hi i i'd i'll id in is it just let's like make maybe me "
        "my next of ok okay on one or please pls see sorry sure thank thanks that the then think this to want will "
        "with works would yeah yes"
    ).split()
)
# Beside a woman, a man or a name, what is left of "I'd rather not see a man" and "anyone but Sam".
_CHOOSING = frozenset(
    (
        "any anybody anyone be but by different don't else except get have instead no not prefer rather somebody "
        "someone than therapist"
    ).split()
)

# "In an hour" and "15 minutes late" are about when.
_WHEN_BEFORE = r"(?<!\bin )(?<!\bwithin )"
_WHEN_BEHIND = r"(?! (after|ago|away|before|earlier|early|from|late|later)\b)"
_MINUTES = re.compile(rf"{_WHEN_BEFORE}\b(\d{{2,3}})\s*-?\s*(?:min(?:ute)?s?|m)\b{_WHEN_BEHIND}")
_HOURS = {
    120: re.compile(rf"{_WHEN_BEFORE}\b(two|2)\s*(hours?|hrs?|h)\b{_WHEN_BEHIND}"),
    90: re.compile(r"\b(an |one |1 )?(hour|hr) and (a |1/?)?(half|30)\b|\b1[.,]5\s*(hours?|hrs?|h)\b|\b1h30\b"),
    30: re.compile(rf"{_WHEN_BEFORE}\bhalf (an |a )?(hour|hr)\b{_WHEN_BEHIND}|\bhalf-hour\b"),
    45: re.compile(r"\bthree quarters? of an hour\b"),
    60: re.compile(rf"{_WHEN_BEFORE}\b(an|one|1|full|the) (hour|hr)\b{_WHEN_BEHIND}|\bhour[- ]long\b"),
}
_MAY_IT_BE = re.compile(
    r"\b(can|could) (i|we|you) (please )?(do|get|have|make|take|change|switch)\b(?!.*\b(cost|much|price)\b)"
)
_LENGTH_ALONE = re.compile(r"\D*\b(30|45|60|90)\b\D*")
_FOR_TWO = re.compile(
    r"\b(for (two|2|both of us|the two of us|us both)\b(?! (weeks|days|months|hours|years))|couples?\b|two people|"
    r"2 people|two of us|both of us|me and my (wife|husband|partner|girlfriend|boyfriend|friend|mom|mum|mother|dad|"
    r"sister|brother|daughter|son)|my (wife|husband|partner|girlfriend|boyfriend|friend) and (i|me)|side by side)\b"
)


class Named(NamedTuple):
    """Something a message names: `("treatment", "swedish_massage", "swedish")`."""

    category: str
    value: str
    wording: str


class Wishes(Record):
    """What one message asks for; None where it says nothing."""

    treatment: str | None = None
    minutes: int | None = None
    therapist: str | None = None  # An id, ANY, or one of ANY_OF_GENDER.
    avoided: tuple[str, ...] = ()  # Ids of therapists whom the visitor does not want.
    people: int | None = None

    def __bool__(self) -> bool:
        return any(self.dict().values())


def wishes_in(text: str, named: Sequence[Named], requested: str | None, *, asks_something: bool) -> Wishes:
    """`requested` is what was just asked for: "treatment", "minutes" or something else; `asks_something` says that the
    message was understood as a question, whose words are then not taken for an answer: "what is deep tissue?"."""
    plain = text.lower().replace("’", "'")
    if asks_something and not is_plain_answer(plain, named, requested):
        return Wishes(minutes=_minutes(plain, None, named) if _MAY_IT_BE.search(plain) else None)
    if requested not in ("treatment", None):
        # "Not sure" about the day says nothing of the treatment, for which it is a wording.
        named = [one for one in named if one.category != "treatment" or not _NO_PREFERENCE.search(one.wording.lower())]
    treatment = next((one.value for one in reversed(named) if one.category == "treatment"), None)
    if treatment is None and requested == "treatment" and _NO_PREFERENCE.search(plain):
        treatment = UNDECIDED
    wanted, avoided = _therapists(plain, named)
    return Wishes(
        treatment=treatment,
        minutes=next((int(one.value) for one in named if one.category == "minutes"), _minutes(plain, requested, named)),
        therapist=wanted,
        avoided=avoided,
        people=2 if _FOR_TWO.search(plain) else None,
    )


def is_plain_answer(plain: str, named: Sequence[Named], requested: str | None) -> bool:
    """Whether nothing is left of a message but fillers once what it names is taken out."""
    if requested == "minutes" and _minutes(plain, requested, named):
        return not asks(plain)
    rest = plain
    for one in named:
        rest = rest.replace(one.wording.lower().replace("’", "'"), " ")
    for pattern in _GENDERS.values():
        rest = pattern.sub(" ", rest)
    is_about_whom = _genders_wanted(plain) or any(one.category == "therapist" for one in named)
    fillers = _FILLER | _CHOOSING if is_about_whom else _FILLER
    return "?" not in rest and rest != plain and all(word in fillers for word in re.findall(r"[\w']+", rest))


def _therapists(plain: str, named: Sequence[Named]) -> tuple[str | None, tuple[str, ...]]:
    """Whom the visitor wants, and whom not."""
    wanted, avoided = None, []
    for one in named:
        if one.category == "therapist":
            place = plain.find(one.wording.lower())
            if place >= 0 and _REFUSING.search(plain[max(0, place - _REFUSAL_REACHES) : place]):
                avoided.append(one.value)
            else:
                wanted = one.value
    if wanted is None:
        is_about_whom = _SOMEONE.search(plain) or len(plain.split()) <= 5
        genders = _genders_wanted(plain, only_refused=not is_about_whom)  # "I'm a woman of 70" wishes for nobody.
        if genders:
            wanted = ANY_OF_GENDER[genders.pop()] if len(genders) == 1 else ANY
        elif re.search(r"\b(any(one|body)?|no preference)\b", plain) and "therapist" in plain:
            wanted = ANY
    return wanted, tuple(dict.fromkeys(avoided))


def _genders_wanted(plain: str, *, only_refused: bool = False) -> set[Gender]:
    """Who refuses a man wants a woman."""
    wanted = set()
    for gender, pattern in _GENDERS.items():
        for found in pattern.finditer(plain):
            before = plain[max(0, found.start() - _REFUSAL_REACHES) : found.start()]
            if _REFUSING.search(before):
                wanted.add(_OTHER[gender])
            elif not only_refused:
                wanted.add(gender)
    return wanted


def _minutes(plain: str, requested: str | None, named: Sequence[Named]) -> int | None:
    if found := _MINUTES.search(plain):
        return int(found[1])
    for minutes, pattern in _HOURS.items():
        if pattern.search(plain):
            return minutes
    for one in named:
        if one.category == "treatment" and (found := re.search(_beside(one.wording.lower()), plain)):
            return int(found[1] or found[2])
    alone = _LENGTH_ALONE.fullmatch(plain) if requested == "minutes" else None
    return int(alone[1]) if alone else None


def _beside(treatment: str) -> str:
    """ "Swedish 60", "60 swedish"; not "swedish 30 november"."""
    name = re.escape(treatment)
    date = r" ?([:.]\d|th|of|jan|feb|mar|apr|may|nov|dec)"
    return rf"\b(30|45|60|90) {name}\b|\b{name}(?: massage)?,? (30|45|60|90)\b(?!{date})"
