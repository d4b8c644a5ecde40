"""Booking: what a message adds to the draft of an appointment. Everything may be said in any order, and changed at any
point."""

import re
from collections.abc import Collection

from clinic.agreement import says_no, says_yes
from clinic.appointments import reference_in
from clinic.availability import same_time, therapist_of
from clinic.call_backs import name_in, phone_in, tries_a_number
from clinic.contact_details import Details, email_in, introduced_name, likely_email, tries_an_email
from clinic.draft import MOST_TRIES, Draft, Purpose, Step
from clinic.message import Said
from clinic.parts import HELPERS, QUESTION_WORDS, asks
from clinic.schedule import Schedule, Service
from clinic.wished_times import picked, timed, without_times
from clinic.wishes import ANY, Named, Wishes, wishes_in

NAME_WORDS = 3  # So short a reply to "what name?" is one, even if it looks like a question.

_BOOK = re.compile(r"\b(book|booking|appointment|reserve)\b")
_NO_EMAIL = re.compile(
    r"\b((has |have )?no e?-?mail|(do(es)?n'?t|do(es)? not) (have|use|want|do)( to give)?( an| any| my)? e?-?mail|"
    r"without e?-?mail|rather not|no thanks|phone (me|instead)|by phone|prefer (a )?(call|phone|text)|"
    r"(a|my|use) (phone|cell|mobile|number)|^(none|phone|cell|mobile)( number)?$)\b"
)
_RATHER_CALLED = re.compile(r"\b(call|text|phone|ring) me\b(?! back)")
_SHORTEST = re.compile(r"\b(shortest|short one)\b")
_LONGEST = re.compile(r"\b(longest|long one)\b")
_USUAL = re.compile(
    r"\b(usual|normal|standard|regular|whatever|whichever|any|not sure|no idea|no preference|don'?t (know|mind)|"
    r"you (choose|decide|pick))\b"
)
_NAMES = re.compile(r"\bname( is|['’]?s)\b", re.I)
_NO_NAME = re.compile(r"\b(actually|another|change|different|earlier|instead|make it|not|other|with)\b", re.I)
_NO_NAME_INTENTS = frozenset(
    [
        *("affirm", "deny", "stop", "thanks", "call_back_request"),
        *("book_appointment", "reschedule_appointment", "cancel_appointment", "check_appointment"),
    ]
)
_NO_REFERENCE = re.compile(
    r"\b(lost|forgot(ten)?|(don'?t|do not) (have|know|remember)|can'?t find|no reference|where .*(find|it|reference))\b"
)
_WRONG = re.compile(r"\b(another|change|correct|different|else|fix|(is|'s)n'?t|not|other|switch|update|wrong)\b")
_PARTS = {
    "time": re.compile(r"\b(time|day|date|when)\b"),
    "treatment": re.compile(r"\b(treatment|massage|kind|type)\b"),
    "minutes": re.compile(r"\b(length|duration|longer|shorter|minutes|how long)\b"),
    "therapist": re.compile(r"\b(therapist|someone|somebody)\b"),
    "name": re.compile(r"\bname\b"),
    "email": re.compile(r"\be-?mail( address)?\b"),
    "phone": re.compile(r"\b(phone|number)\b"),
}
LONGEST_CORRECTION = 7  # words, of "can I change the time please"
_ONE_DAY = re.compile(r"\b(after|afterwards|later)\b")  # "Can I change the time later?" changes nothing now.
_AFTER_A_TIME_WAS_OFFERED = frozenset(
    [Step.TIME, Step.NAME, Step.EMAIL, Step.EMAIL_TYPO, Step.PHONE, Step.CONFIRM, Step.CHANGE]
)


def heard(draft: Draft, said: Said, schedule: Schedule, therapists: Collection[str]) -> tuple[Draft, Details] | None:
    """The draft with what a message adds or changes, and what it says of the visitor; None when it adds nothing.

    `therapists` are their first names in small letters, which visitors may have too.
    """
    before = draft.having(remark=None)
    stops = said.intent == "cancel_appointment" and draft.purpose is not Purpose.CANCEL
    after, details = before if stops else _agreed(before, said), Details()
    if draft.purpose is Purpose.BOOK and not said.pressed:
        after, details = _introduced(after, said, therapists)
    if draft.purpose in (Purpose.BOOK, Purpose.MOVE):
        after = _arranging(after, said, details, schedule)
    if after.having(changing=draft.changing) == before and not any(details):
        after = _taken_up_again(after, said)
    if after == before and not any(details):
        return None
    changed = any(details) or _arranged(after) != _arranged(draft)
    return after.having(changing=False, confirmed=after.confirmed and not changed) if changed else after, details


def says_enough_to_book(said: Said) -> bool:
    """Whether "swedish tomorrow at two" or "I want to book a swedish" is a wish to book, though it was not taken for
    one."""
    wishes = wishes_in(said.text, said.named, None, asks_something=False)
    named = (wishes.treatment, wishes.minutes, wishes.therapist, said.times.ranges, _BOOK.search(_plain(said)))
    return sum(map(bool, named)) >= 2


def _arranged(draft: Draft) -> tuple[object, ...]:
    """What is read back before it is agreed to."""
    return (
        *(draft.treatment, draft.minutes, draft.therapist, draft.avoided, draft.ranges, draft.excluded, draft.slot),
        *(draft.has_name, draft.has_email, draft.has_phone),
    )


def _agreed(draft: Draft, said: Said) -> Draft:
    yes, no = says_yes(said.text, said.intent), says_no(said.text, said.intent)
    if draft.asked is Step.CONFIRM and (yes or no):
        return draft.having(confirmed=True) if yes else draft.having(changing=True)
    if draft.asked is Step.CHANGE and (yes or no):
        return draft.having(changing=False)  # It is read back once more.
    if draft.asked is Step.EMAIL_TYPO and (yes or no):
        return draft.having(typo=False)
    if draft.asked is Step.REFERENCE and not reference_in(said.text) and (no or _NO_REFERENCE.search(_plain(said))):
        return draft.having(tries=MOST_TRIES)
    return draft


# ---- The visitor


def _introduced(draft: Draft, said: Said, therapists: Collection[str]) -> tuple[Draft, Details]:
    email, phone = email_in(said.text), phone_in(said.text)
    name = _name(draft, said, therapists)
    tries_email = not email and tries_an_email(said.text)
    tries_phone = not (phone or tries_email or said.times.ranges) and tries_a_number(said.text)
    without_email = draft.without_email
    if draft.asked is Step.EMAIL and not tries_email:
        without_email = bool(phone) or tries_phone or _would_rather_be_called(said)
    draft = draft.having(
        has_name=draft.has_name or bool(name),
        has_email=draft.has_email or bool(email),
        typo=bool(likely_email(email)) if email else draft.typo,
        has_phone=draft.has_phone or bool(phone),
        without_email=without_email and not email,
    )
    if draft.asked is Step.EMAIL and tries_email:
        draft = draft.having(remark="bad_email")
    if draft.asked in (Step.EMAIL, Step.PHONE) and not email and tries_phone:
        draft = draft.having(remark="bad_phone")
    return draft, Details(name, email, phone)


def _would_rather_be_called(said: Said) -> bool:
    plain = _plain(said).strip(" .!")
    refuses = said.intent == "deny" and not said.times.ranges
    return refuses or bool(_RATHER_CALLED.search(plain)) or (not _is_question(plain) and bool(_NO_EMAIL.search(plain)))


def _name(draft: Draft, said: Said, therapists: Collection[str]) -> str | None:
    email = email_in(said.text)
    is_question = said.asks_something and not email and not _NAMES.search(said.text)
    name = None if is_question else introduced_name(said.text, therapists)
    if name or draft.asked is not Step.NAME or said.intent in _NO_NAME_INTENTS or said.times.ranges:
        return name
    is_short = len(said.text.split()) <= NAME_WORDS
    named = [one for one in said.named if one.category != "therapist"]
    wishes = wishes_in(said.text, named, None, asks_something=False)
    if (is_question and not is_short) or wishes or _NO_NAME.search(said.text):
        return None
    return name_in(said.text.replace(email, " ") if email else said.text)


def _is_name(one: Named, details: Details) -> bool:
    return one.wording.lower() in (details.name or "").lower().split()


# ---- What is arranged


def _arranging(draft: Draft, said: Said, details: Details, schedule: Schedule) -> Draft:
    named = [one for one in said.named if not (one.category == "therapist" and _is_name(one, details))]
    requested = draft.asked.value if draft.asked else None
    wishes = wishes_in(said.text, named, requested, asks_something=said.asks_something)
    if draft.asked is Step.MINUTES and draft.treatment and not (wishes.minutes or _is_question(_plain(said))):
        wishes = wishes.copy(update={"minutes": _length(_plain(said), schedule.service(draft.treatment))})
    if draft.purpose is Purpose.MOVE:  # Only in time, or to another therapist: the price stays.
        wishes = Wishes(therapist=wishes.therapist, avoided=wishes.avoided)
    if chosen := picked(draft, said, wishes, requested):
        is_named = wishes.therapist == chosen.therapist
        draft = draft.having(slot=chosen.id, therapist=chosen.therapist if is_named else draft.therapist)
        after = _wishing(draft, wishes.copy(update={"therapist": None}) if is_named else wishes, schedule)
    else:
        after = timed(_wishing(draft, wishes, schedule), said, named, requested)
    names_somebody = after.therapist in {shift.therapist for shift in schedule.shifts}
    if after.slot and names_somebody:
        return after.having(therapist=therapist_of(after.slot))  # The visitor took another than the one named before.
    return after


def _length(plain: str, service: Service) -> int | None:
    """The length that is asked for without a number."""
    if _SHORTEST.search(plain):
        return min(service.minutes)
    if _LONGEST.search(plain):
        return max(service.minutes)
    return service.usual_minutes if _USUAL.search(plain) else None


def _wishing(draft: Draft, wishes: Wishes, schedule: Schedule) -> Draft:
    changes: dict[str, object] = {}
    if wishes.treatment and wishes.treatment != draft.treatment:
        changes["treatment"] = wishes.treatment
    treatment = wishes.treatment or draft.treatment
    minutes = wishes.minutes or draft.minutes
    offered = schedule.service(treatment).minutes if treatment else None
    if minutes and offered and minutes not in offered:
        changes.update(minutes=None, remark="no_such_length")
    elif wishes.minutes:
        changes["minutes"] = wishes.minutes
    if wishes.avoided:
        changes["avoided"] = tuple(dict.fromkeys([*draft.avoided, *wishes.avoided]))
        if draft.therapist in wishes.avoided:
            changes["therapist"] = ANY
    if wishes.therapist:
        changes["therapist"] = wishes.therapist
        changes["avoided"] = tuple(one for one in changes.get("avoided", draft.avoided) if one != wishes.therapist)  # type: ignore[attr-defined]
    if wishes.people and wishes.people != draft.people:
        changes.update(people=wishes.people, remark="two_people")
    after = draft.having(**changes)
    if after.treatment and after.therapist in _not_giving(after.treatment, schedule):
        after = after.having(therapist=ANY, remark="not_given")
    decides = ("treatment", "minutes", "therapist", "avoided")
    if any(getattr(after, key) != getattr(draft, key) for key in decides):
        after = _at_the_same_time(draft, after, schedule).having(offered=(), after=None)
    return after


def _not_giving(treatment: str, schedule: Schedule) -> set[str]:
    return {shift.therapist for shift in schedule.shifts if treatment not in shift.gives}


def _at_the_same_time(before: Draft, draft: Draft, schedule: Schedule) -> Draft:
    """Who wants something else at the time that was chosen still wants that time, and whom it is with."""
    if before.slot is None:
        return draft
    start = next((one.start for one in before.offered if one.id == before.slot), None)
    draft = draft.having(slot=None, ranges=((start, start),) if start else before.ranges)
    chosen = therapist_of(before.slot)
    givers = schedule.givers(draft.treatment or "")
    therapist = draft.therapist if draft.therapist in givers else chosen
    may_stay = draft.therapist in (before.therapist, ANY, therapist) and therapist not in draft.avoided
    if draft.treatment and draft.minutes and therapist in givers and may_stay:
        same = same_time(before.slot, treatment=draft.treatment, minutes=draft.minutes, therapist=therapist)
        return draft.having(slot=same)
    return draft


# ---- Corrections


def _taken_up_again(draft: Draft, said: Said) -> Draft:
    """What a visitor wants to change without saying to what: "another time", "wrong name"."""
    plain = _plain(said)
    words = len(plain.split())
    says_so = _WRONG.search(plain) and words <= LONGEST_CORRECTION and not _ONE_DAY.search(plain)
    names_it = (draft.changing or draft.asked is Step.CHANGE) and words <= NAME_WORDS and not asks(plain)
    if draft.asked not in _AFTER_A_TIME_WAS_OFFERED or not (says_so or names_it):
        return draft
    may_change = {Purpose.BOOK: _PARTS.keys(), Purpose.MOVE: {"time", "therapist"}}.get(draft.purpose, ())
    parts = {part for part in may_change if _PARTS[part].search(plain)}
    if "time" in parts:
        draft = without_times(draft)
    if "treatment" in parts:
        draft = draft.having(treatment=None, slot=None, offered=())
    if "minutes" in parts:
        draft = draft.having(minutes=None, slot=None, offered=())
    if "therapist" in parts:
        now = [therapist_of(draft.slot)] if draft.slot else [draft.therapist] if draft.therapist else []
        draft = draft.having(avoided=(*draft.avoided, *now), therapist=ANY, slot=None, offered=())
    if "name" in parts:
        draft = draft.having(has_name=False)
    if "email" in parts:
        draft = draft.having(has_email=False, without_email=False, has_phone=False)
    if "phone" in parts:
        draft = draft.having(has_phone=False)
    return draft


# ---- The words of a message


def _plain(said: Said) -> str:
    return said.text.lower().replace("’", "'")


def _is_question(plain: str) -> bool:
    """ "Not sure" and "I'd rather not" are none, though they wonder and wish."""
    return "?" in plain or (plain.split() or [""])[0] in QUESTION_WORDS | HELPERS - {"any"}
