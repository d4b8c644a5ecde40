"""What a visitor tells us while booking: which treatment, which day, which therapist."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from clinic.content import Content
from clinic.offers import Gender, Offer

ANY = "any"
ANY_OF_GENDER = {Gender.WOMAN: "any_woman", Gender.MAN: "any_man"}
LONGEST_DAY = 60  # characters of a day in the visitor's own words

_NO_PREFERENCE = re.compile(
    r"\b(any|anyone|anybody|anything|whoever|whichever|whatever|either|no preference|doesn'?t matter|"
    r"don'?t (mind|care|know)|not sure|you (choose|pick|decide)|flexible|first available|soonest)\b"
)
_WITHOUT_PREFERENCE = {"treatment": "therapeutic_massage", "day": ANY, "therapist": ANY}
_GENDERS = {
    Gender.WOMAN: re.compile(r"\b(woman|women|female|lady|girl)\b"),
    Gender.MAN: re.compile(r"\b(man|men|male|guy)\b"),
}
_NO_ONE = re.compile(r"\s*(no|nope|nah|none|not really|no one|nobody)( in particular)?( thanks| thank you)?[\s.!]*")
_OTHER = {Gender.WOMAN: Gender.MAN, Gender.MAN: Gender.WOMAN}
_REFUSING = re.compile(
    r"\b(no|not|never|don'?t|without|except|rather than|any(one|body) but|uncomfortable)"
    r"( (a|an|any|be|by|comfortable|from|get|have|like|prefer|see|the|to|want|with))* $"
)
_REFUSAL_REACHES = 40  # characters
_FILLER = frozenset(
    (
        "a an and at can could for hi i i'd i'll id in is it just let's like make maybe me my next of ok okay on "
        "one or please pls see sure thank thanks that the then think this to want will with would yeah yes"
    ).split()
)
# Beside a woman or a man, what is left of "I'd rather not see a man".
_CHOOSING = frozenset(["be", "by", "don't", "get", "have", "no", "not", "prefer", "rather", "therapist"])


class Named(NamedTuple):
    """Something a message names: `("treatment", "swedish_massage", "swedish")`."""

    category: str
    value: str
    wording: str


def wishes_in(text: str, named: Sequence[Named], requested: str | None, *, asks_something: bool) -> dict[str, str]:
    """The booking's details in a message, by slot: treatment, day, therapist; empty when there are none.

    `requested` is the slot just asked for; `asks_something` says that the message was understood as
    a question, whose words are then not taken for an answer: "what is deep tissue?".
    """
    plain = text.lower().replace("’", "'")
    if asks_something and not _is_plain_answer(plain, named, requested):
        return {}
    if requested != "treatment" and requested is not None:
        # "Not sure" about the day says nothing of the treatment, for which it is a wording.
        named = [one for one in named if one.category != "treatment" or not _NO_PREFERENCE.search(one.wording.lower())]
    wishes = _named_wishes(named)
    if "therapist" not in wishes and (requested == "therapist" or "therapist" in plain):
        genders = _genders_wanted(plain)
        if genders:
            wishes["therapist"] = ANY_OF_GENDER[genders.pop()] if len(genders) == 1 else ANY
    if requested in _WITHOUT_PREFERENCE and requested not in wishes:
        if _NO_PREFERENCE.search(plain) or (requested == "therapist" and _NO_ONE.fullmatch(plain)):
            wishes[requested] = _WITHOUT_PREFERENCE[requested]
        elif requested == "day" and any(letter.isdigit() for letter in text) and len(text) <= LONGEST_DAY:
            wishes["day"] = text.strip()
    return wishes


def described(slot: str, value: str, content: Content) -> str:
    """A detail as the visitor reads it."""
    offers: Sequence[Offer] = {"treatment": content.treatments, "therapist": content.therapists}.get(slot, ())
    names = {offer.id: offer.name for offer in offers}
    names.update({ANY: "no preference", "any_woman": "a woman", "any_man": "a man"})
    return names.get(value, value)


def booking_link(page: str, content: Content, *, treatment: str, therapist: str) -> str:
    """The clinic's booking page at the right place. Carries ids only, never a word of the visitor's."""
    chosen = {}
    if treatment in {offer.id for offer in content.treatments}:
        chosen["treatment"] = treatment
    if therapist in {offer.id for offer in content.therapists}:
        chosen["therapist"] = therapist
    return f"{page}{'&' if '?' in page else '?'}{urlencode(chosen)}" if chosen else page


def _genders_wanted(plain: str) -> set[Gender]:
    """Who refuses a man wants a woman."""
    wanted = set()
    for gender, pattern in _GENDERS.items():
        for found in pattern.finditer(plain):
            before = plain[max(0, found.start() - _REFUSAL_REACHES) : found.start()]
            wanted.add(_OTHER[gender] if _REFUSING.search(before) else gender)
    return wanted


def _named_wishes(named: Sequence[Named]) -> dict[str, str]:
    wishes = {one.category: one.value for one in named if one.category in ("treatment", "therapist")}
    days: list[str] = [one.value for one in named if one.category in ("day", "part_of_day")]
    if days:
        wishes["day"] = " ".join(dict.fromkeys(days))
    return wishes


def _is_plain_answer(plain: str, named: Sequence[Named], requested: str | None) -> bool:
    """Whether nothing is left of a message but fillers once what it names is taken out."""
    rest = plain
    for one in named:
        rest = rest.replace(one.wording.lower().replace("’", "'"), " ")
    fillers = _FILLER
    if requested == "therapist" and _genders_wanted(plain):
        fillers = _FILLER | _CHOOSING
        for pattern in _GENDERS.values():
            rest = pattern.sub(" ", rest)
    return "?" not in rest and rest != plain and all(word in fillers for word in re.findall(r"[\w']+", rest))
