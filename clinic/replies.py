"""Replies: what a visitor gets to see, ready to be sent. One reply is one bubble of the chat."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from types import MappingProxyType
from typing import Any

from clinic.answers import Answer
from clinic.appointments import Appointment
from clinic.availability import Slot
from clinic.content import Content
from clinic.desk_hours import closes_at, opens_at
from clinic.evidence import Supported
from clinic.record import Record
from clinic.safety_check import SafetyCheck
from clinic.stretches import Stretch
from clinic.time_words import said_soon, said_time

# Where the server shows the pictures of content/stretches/pictures.
PICTURES = "/content/pictures/"

# The answer for each level of red flag.
ALERT_ANSWERS = {
    "emergency": "emergency",
    "crisis": "crisis",
    "same_day": "same_day_care",
    "see_doctor": "see_doctor",
}

FORGET = "forget"  # Beside a reply: names and addresses that the conversation needs no longer; never sent.

SAFETY_CHECK = "safety_check"  # The answer whose texts content/safety_check.yml holds.


class Button(Record):
    title: str
    answer: str  # The answer it leads to.
    payload: str  # What is sent to the dialogue when it is pressed; never shown.


class Reply(Record):
    """The fields of a `bot` event, before the channel gives it a number and its buttons ids."""

    text: str
    answer: str
    alert: str | None
    evidence: str | None
    sources: list[dict[str, str]] = []
    buttons: list[Button] = []
    cards: list[dict[str, Any]] = []
    slots: list[dict[str, Any]] = []  # times that can be booked
    appointment: dict[str, Any] | None = None  # what was arranged
    question: str | None
    more: str | None
    review: str | None


def answer_reply(content: Content, answer_id: str, day: date) -> Reply:
    """The whole answer: text, what supports it, and where to go on. Raises UnknownAnswer."""
    answer = content.answer(answer_id)
    return Reply(
        **_said(answer, content.facts.fill(answer.answer, day)),
        sources=_sources(answer),
        buttons=see_also_buttons(content, answer_id),
        cards=[stretch_card(content.stretches[answer.stretch])] if answer.stretch else [],
        question=content.facts.fill(answer.question, day),
        more=content.facts.fill(answer.more, day) if answer.more else None,
        review=answer.review.sentence() if answer.sources else None,
    )


def alert_reply(content: Content, level: str, day: date, language: str | None = None) -> Reply:
    """The advice for a red flag, with nothing beside it that could distract; in English, and before it in the visitor's
    language where it is written in that."""
    reply = answer_reply(content, ALERT_ANSWERS[level], day)
    said = content.answer(ALERT_ANSWERS[level]).languages.get(language or "")
    text = f"{content.facts.fill(said, day).strip()}\n\n{reply.text}" if said else reply.text
    return reply.copy(update={"text": text, "alert": level, "buttons": [], "cards": []})


def asking_reply(
    content: Content, answer_id: str, ask: str, day: date, filled: Mapping[str, str] = MappingProxyType({})
) -> Reply:
    """A text used while something is collected, with `{names}` filled in."""
    answer = content.answer(answer_id)
    text = content.facts.fill(answer.asks[ask], day, filled)
    return Reply(**_said(answer, text))


def person_reply(content: Content, now: datetime) -> Reply:
    """How to get to a person by the hour: at once while the desk is open, else when it opens. `now` is of the clinic's
    own clock, without a zone."""
    reply = answer_reply(content, "talk_to_human", now.date())
    closes, opens = closes_at(content.schedule, now), opens_at(content.schedule, now)
    if closes:
        said = asking_reply(content, "talk_to_human", "open", now.date(), {"closes": said_time(closes)})
    elif opens:
        said = asking_reply(content, "talk_to_human", "closed", now.date(), {"opens": said_soon(opens, now)})
    else:
        return reply
    return reply.copy(update={"text": said.text})


def safety_reply(content: Content, text: str, day: date) -> Reply:
    """A text of the safety check, with what supports it."""
    check = content.safety_check
    return Reply(
        text=content.facts.fill(text, day),
        answer=SAFETY_CHECK,
        alert=None,
        evidence=check.evidence.value,
        sources=_sources(check),
        question=None,
        more=None,
        review=check.review.sentence(),
    )


def clarify_reply(content: Content, answer_ids: list[str], day: date) -> Reply:
    """Asks which of these questions was meant, or none of them."""
    reply = answer_reply(content, "clarify", day)
    questions = [question_button(content, answer_id) for answer_id in answer_ids]
    none = Button(title=content.answer("clarify").asks["none"], answer="not_understood", payload="/deny")
    return reply.copy(update={"buttons": [*questions, none]})


def language_reply(content: Content, language: str, day: date) -> Reply:
    """Says in a visitor's language that the assistant does not speak it; in English where the sentence is not known."""
    reply = answer_reply(content, "language", day)
    text = content.answer("language").languages.get(language)
    return reply.copy(update={"text": content.facts.fill(text, day)}) if text else reply


def see_also_buttons(content: Content, answer_id: str) -> list[Button]:
    return [question_button(content, other) for other in content.answer(answer_id).see_also]


def question_button(content: Content, answer_id: str) -> Button:
    question = content.answer(answer_id).question
    return Button(title=question, answer=answer_id, payload=f"/{answer_id}")


def stretch_card(stretch: Stretch) -> dict[str, Any]:
    return {
        "kind": "stretch",
        "title": stretch.title,
        "position": stretch.position,
        "steps": [
            {"text": step.text, "picture": PICTURES + step.picture, "alt": step.alt, "seconds": step.seconds}
            for step in stretch.steps
        ],
        "dose": stretch.dose,
        "both_sides": stretch.both_sides,
        "stop_if": list(stretch.stop_if),
        "not_if": list(stretch.not_if),
    }


def safety_card(check: SafetyCheck) -> dict[str, Any]:
    steps = [{"text": question.text} for question in check.questions]
    return {"kind": SAFETY_CHECK, "title": check.title, "steps": steps}


def slot_fields(
    slot: Slot, payload: str, *, therapist: str, treatment: str, price: str, zone: tzinfo
) -> dict[str, Any]:
    """A time that is offered, in the clinic's own time with its offset; `payload` is that of its button."""
    return {"payload": payload, **_arranged(slot, therapist, treatment, price, zone)}


def appointment_fields(one: Appointment, *, therapist: str, treatment: str, zone: tzinfo) -> dict[str, Any]:
    fields = {"reference": one.shown_reference, "status": one.status.value}
    return {**fields, **_arranged(one, therapist, treatment, one.price, zone)}


def _arranged(one: Slot | Appointment, therapist: str, treatment: str, price: str, zone: tzinfo) -> dict[str, Any]:
    times = {"start": one.start.astimezone(zone).isoformat(), "end": one.end.astimezone(zone).isoformat()}
    return {**times, "therapist": therapist, "treatment": treatment, "price": price}


def _sources(supported: Supported) -> list[dict[str, str]]:
    return [{"title": one.title, "publisher": one.publisher, "url": str(one.url)} for one in supported.sources]


def _said(answer: Answer, text: str) -> dict[str, Any]:
    return {"answer": answer.id, "evidence": answer.evidence.value, "text": text}
