"""Small ready-made things, each whole and honest, so that a test names only what it is about."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any

from clinic.answers import Answer
from clinic.appointments import Appointment
from clinic.content import NEEDED_ASKS, NEVER_ASKED, Content
from clinic.evidence import Review
from clinic.facts import Fact, Facts
from clinic.letters import Letters
from clinic.lexicon import Lexicon
from clinic.message import Said
from clinic.offers import Therapist, Treatment
from clinic.red_flags import RedFlags
from clinic.safety_check import SafetyCheck
from clinic.schedule import Schedule
from clinic.spoken_times import read_times
from clinic.stretches import Stretch
from clinic.wishes import Named

DAY = date(2026, 11, 22)

SOURCE = {"title": "Sleeping with back pain", "publisher": "Made-up Institute", "url": "https://example.org/sleep"}
REVIEW = {"state": "drafted", "by": "the project team", "on": "2026-11-22", "next": "2027-05-22"}


def review(**different: Any) -> Review:
    return Review(**{**REVIEW, **different})


def answer(id: str = "sleep", **different: Any) -> Answer:
    """An answer with a clinical claim, supported by one source."""
    usual = {
        "question": f"About {id}?",
        "topic": "self-care",
        "answer": "Lie in the way that hurts least.",
        "evidence": "weak",
        "sources": [SOURCE],
        "review": REVIEW,
    }
    return Answer(**{"id": id, **usual, **different})


def clinic_answer(id: str, **different: Any) -> Answer:
    """An answer about the clinic itself."""
    return answer(id, **{"topic": "clinic", "evidence": "clinic fact", "sources": [], **different})


def stretch(id: str = "knee_to_chest", **different: Any) -> Stretch:
    usual = {
        "title": "Knee to chest",
        "position": "Lying on your back",
        "steps": [
            {"text": "Bend both knees.", "picture": f"{id}_1.svg", "alt": "Both knees are bent.", "seconds": 0},
            {"text": "Hold one knee.", "picture": f"{id}_2.svg", "alt": "One knee is held.", "seconds": 5},
        ],
        "dose": "Two or three times on each side.",
        "both_sides": True,
        "stop_if": ["The pain goes further down your leg."],
        "not_if": ["Your pain is severe."],
        "evidence": "weak",
        "sources": [SOURCE],
        "review": REVIEW,
    }
    return Stretch(**{"id": id, **usual, **different})


def fact(values: Mapping[str, str]) -> Fact:
    """A fact from its values by the day from which they hold."""
    return Fact(what="Made up", values=[{"from": since, "value": value} for since, value in values.items()])


def facts(**values: str) -> Facts:
    """Facts that have held for a long time, the desk's telephone number and the price of an hour among them."""
    usual = {"phone": "780-555-0142", "price_60_minutes": "$115"}
    return Facts({name: fact({"2020-01-01": value}) for name, value in {**usual, **values}.items()})


def red_flags() -> RedFlags:
    """One red flag: a numb foot is an emergency."""
    language = {name: ["made up"] for name in ("ignored", "real_words", "not_denials", "turns", "people")}
    language |= {name: ["made up"] for name in ("belongings", "statements", "past", "present", "general_questions")}
    flag = {
        "id": "numb_foot",
        "level": "emergency",
        "reason": "Made up.",
        "sources": ["somebody"],
        "when": ["numb + foot"],
        "must_trigger": ["numb foot"],
        "must_not_trigger": ["no numb foot"],
    }
    return RedFlags(language={**language, "denials": ["no"]}, sources={"somebody": SOURCE}, words={}, red_flags=[flag])


def safety_check(**different: Any) -> SafetyCheck:
    """One question for each kind of ending: an alert, not now, a request, a note to the therapist."""
    asked = {
        "swollen_calf": ("same_day", ["swollen calf"], None),
        "flu": ("not_now", ["flu"], "Please don't book yet."),
        "pregnant": ("ask_doctor", ["pregnant", "expecting"], "Please ask your doctor first."),
        "wound": ("tell_therapist", ["wound"], "Please tell your therapist."),
    }
    questions = [
        {
            "id": id,
            "text": f"About {id}.",
            "button": f"The {id}",
            "wordings": wordings,
            "outcome": outcome,
            "says": says,
        }
        for id, (outcome, wordings, says) in asked.items()
    ]
    usual = {
        "title": "A safety check",
        "intro": "Is one of these so?",
        "none": "None of these",
        "again": "Which one?",
        "questions": questions,
        "evidence": "mixed",
        "sources": [SOURCE],
        "review": REVIEW,
    }
    return SafetyCheck(**{**usual, **different})


WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]


def hours(opens: str = "09:00", closes: str = "17:00", days: Sequence[str] = WEEKDAYS) -> dict[str, Any]:
    return {"days": list(days), "from": opens, "until": closes}


def service(treatment: str = "swedish_massage", **different: Any) -> dict[str, Any]:
    return {"treatment": treatment, "minutes": [60], "usual_minutes": 60, "buffer_minutes": 0, **different}


def shift(therapist: str = "mei", **different: Any) -> dict[str, Any]:
    return {"therapist": therapist, "gives": ["swedish_massage"], "hours": [hours()], **different}


def schedule(*, rules: Mapping[str, int] = MappingProxyType({}), **different: Any) -> Schedule:
    """Mei gives Swedish massages of an hour in one room, Monday to Friday 9:00 to 17:00, at every half hour."""
    usual_rules = {
        "notice_minutes": 0,
        "horizon_days": 30,
        "step_minutes": 30,
        "hold_minutes": 10,
        "most_open_holds": 3,
        "most_ahead": 3,
        "cancellation_hours": 24,
        "reminder_hours": 48,
        "undo_minutes": 3,
    }
    usual = {
        "demo": True,
        "booking": "appointments",
        "open": [hours()],
        "closed": [],
        "services": [service()],
        "shifts": [shift()],
        "rooms": [{"id": "room_1", "name": "Room 1"}],
        "rules": {**usual_rules, **rules},
    }
    return Schedule(**{**usual, **different})


def appointment(**different: Any) -> Appointment:
    """A confirmed one, at noon of the clinic's clock."""
    usual = {
        "id": "a1b2c3",
        "reference": "K7M2Q9XW4T",
        "status": "confirmed",
        "treatment": "swedish_massage",
        "minutes": 60,
        "therapist": "mei",
        "room": "room_1",
        "start": datetime(2026, 12, 1, 18, tzinfo=timezone.utc),
        "end": datetime(2026, 12, 1, 19, tzinfo=timezone.utc),
        "contact": {"name": "Dawn Example", "email": "dawn@example.com", "phone": "780-555-0100"},
        "price": "$115",
        "note": "",
        "sequence": 0,
    }
    return Appointment(**{**usual, **different})


NOW = datetime(2026, 11, 23, 9)  # A Monday, of the clinic's own clock.
_NAMED = {
    "swedish": ("treatment", "swedish_massage"),
    "deep tissue": ("treatment", "deep_tissue_massage"),
    "mei": ("therapist", "mei"),
    "sam": ("therapist", "sam"),
    "priya": ("therapist", "priya"),
}


def said(text: str, *, now: datetime = NOW, **different: Any) -> Said:
    """A message of a visitor, which names treatments and therapists as the demo clinic's visitors do."""
    found = {word: re.search(rf"\b{word}\b", text.lower()) for word in _NAMED}
    named = [Named(*_NAMED[word], text[match.start() : match.end()]) for word, match in found.items() if match]
    in_order = sorted(named, key=lambda one: text.find(one.wording))
    usual = {"named": in_order, "intent": "inform", "asks_something": False, "times": read_times(text, now), "now": now}
    return Said(**{"text": text, **usual, **different})


def letters(**different: Any) -> Letters:
    """Short letters, each of which names when the appointment is."""
    to_visitor = {"subject": "Your appointment", "body": "Hello {name}\n\nIt is on {when}.", "sms": "It is on {when}."}
    to_desk = {"subject": "An appointment", "body": "{name} on {when}"}
    usual = {
        **dict.fromkeys(("confirmed", "moved", "cancelled", "reminder"), to_visitor),
        **dict.fromkeys(("desk_confirmed", "desk_moved", "desk_cancelled"), to_desk),
        "sender": "Made-up Clinic",
        "desk": "desk@example.com",
        "calendar": {"title": "An appointment", "place": "Made-up Street", "description": "Call the desk."},
        "desk_call_back": {"subject": "Call-back {number}", "body": "{name} at {visitor_phone}"},
    }
    return Letters(**{**usual, **different})


def content(*answers: Answer, **different: Any) -> Content:
    """The answers that the program needs, and these."""
    needed = {name: clinic_answer(name, topic="service", asks=asks_of(name)) for name in NEVER_ASKED}
    usual = {
        "stretches": {},
        "facts": facts(),
        "treatments": [Treatment(id="swedish_massage", name="Swedish massage", also_called=["swedish"])],
        "therapists": [Therapist(id="mei", name="Mei", also_called=["mei"], gender="woman")],
        "schedule": schedule(),
        "lexicon": Lexicon(__root__={"side": {"left": ["left"]}}),
        "red_flags": red_flags(),
        "safety_check": safety_check(),
        "letters": letters(),
    }
    return Content(answers=needed | {one.id: one for one in answers}, **{**usual, **different})


def asks_of(answer_id: str) -> dict[str, str]:
    return {ask: f"The {ask} of {answer_id}." for ask in sorted(NEEDED_ASKS.get(answer_id, set()))}


# ---- The same as files

SLEEP = """\
question: How should I sleep?
topic: self-care
answer: |
  Lie in the way that hurts least.
more: |
  A pillow between your knees may help.
  Ask the desk at {phone}.
evidence: weak
sources:
  - title: Sleeping with back pain
    publisher: Made-up Institute
    url: https://example.org/sleep
see_also: [prices]
review:
  state: drafted
  by: the project team
  on: 2026-11-22
  next: 2027-05-22
"""

ABOUT_THE_CLINIC = """\
question: About {name}?
topic: clinic
answer: |
  Call {{phone}}.
evidence: clinic fact
review:
  state: drafted
  by: the project team
  on: 2026-11-22
  next: 2027-05-22
"""

KNEE_TO_CHEST = """\
title: Knee to chest
position: Lying on your back
steps:
  - text: Bend both knees.
    picture: knee_to_chest_1.svg
    alt: Both knees are bent.
    seconds: 0
  - text: Hold one knee.
    picture: knee_to_chest_2.svg
    alt: One knee is held.
    seconds: 5
dose: Two or three times on each side.
both_sides: true
stop_if:
  - The pain goes further down your leg.
not_if:
  - Your pain is severe.
evidence: weak
sources:
  - title: A stretch
    publisher: Made-up Institute
    url: https://example.org/stretch
review:
  state: drafted
  by: the project team
  on: 2026-11-22
  next: 2027-05-22
"""

CONTACT = """\
demo: true
facts:
  phone:
    what: The desk's telephone number
    values:
      - from: 2026-01-01
        value: "780-555-0142"
"""

TREATMENTS = """\
demo: true
treatments:
  - id: swedish_massage
    name: Swedish massage
    also_called: [swedish]
"""

THERAPISTS = """\
demo: true
therapists:
  - id: mei
    name: Mei (demo)
    gender: woman
    also_called: [mei]
"""

PRICES = """\
demo: true
facts:
  price_60_minutes:
    what: Price of a 60 minute session
    values:
      - from: 2026-01-01
        value: "$115"
"""

SCHEDULE = """\
demo: true
booking: appointments
open:
  - days: [monday, tuesday]
    from: "09:00"
    until: "17:00"
closed:
  - day: 2026-12-25
    why: Christmas Day
services:
  - treatment: swedish_massage
    minutes: [60]
    usual_minutes: 60
    buffer_minutes: 15
shifts:
  - therapist: mei
    gives: [swedish_massage]
    hours:
      - days: [monday]
        from: "9:30"
        until: "16:00"
    away:
      - from: 2026-12-24
        until: 2026-12-31
rooms:
  - id: room_1
    name: Room 1
rules:
  notice_minutes: 120
  horizon_days: 60
  step_minutes: 15
  hold_minutes: 10
  most_open_holds: 3
  most_ahead: 3
  cancellation_hours: 24
  reminder_hours: 48
  undo_minutes: 3
"""

RED_FLAGS = """\
language:
  ignored: [a]
  real_words: [food]
  denials: ["no"]
  not_denials: [no wonder]
  turns: [but]
  people: [i]
  belongings: [my]
  statements: [i have]
  past: [years ago]
  present: [now]
  general_questions: [what is]
sources:
  somebody:
    title: Made up
    publisher: Nobody
    url: https://example.org/
words: {}
red_flags:
  - id: numb_foot
    level: emergency
    reason: Made up.
    sources: [somebody]
    when: [numb + foot]
    must_trigger: [numb foot]
    must_not_trigger: [no numb foot]
"""


SAFETY_CHECK = """\
title: A safety check
intro: Is one of these so?
none: None of these
again: Which one?
evidence: mixed
sources:
  - title: A safety check
    publisher: Made-up Institute
    url: https://example.org/safety
review:
  state: drafted
  by: the project team
  on: 2026-11-22
  next: 2027-05-22
questions:
  - id: swollen_calf
    text: A swollen calf
    button: Swollen calf
    wordings: [big calf]
    outcome: same_day
  - id: flu
    text: The flu
    button: The flu
    wordings: [influenza]
    outcome: not_now
    says: Please don't book yet.
"""


LETTERS = """\
sender: Made-up Clinic
desk: desk@example.com
confirmed: &to_visitor
  subject: Your appointment
  body: It is on {when}.
  sms: It is on {when}.
moved: *to_visitor
cancelled: *to_visitor
reminder: *to_visitor
calendar:
  title: An appointment
  place: Made-up Street
  description: Call the desk.
desk_confirmed: &to_desk
  subject: An appointment
  body: The name is {name}.
desk_moved: *to_desk
desk_cancelled: *to_desk
desk_call_back: *to_desk
"""


def about_the_clinic(name: str) -> str:
    asks = "".join(f"  {ask}: {text}\n" for ask, text in asks_of(name).items())
    return ABOUT_THE_CLINIC.format(name=name) + (f"asks:\n{asks}" if asks else "")


def write_content(folder: Path) -> Path:
    """A small content folder without problems; it has what the program needs, two answers and a stretch."""
    files = {
        **{f"answers/{name}.yml": about_the_clinic(name) for name in {*NEVER_ASKED, "prices"}},
        "answers/sleep.yml": SLEEP,
        "stretches/knee_to_chest.yml": KNEE_TO_CHEST,
        "stretches/pictures/knee_to_chest_1.svg": "<svg/>",
        "stretches/pictures/knee_to_chest_2.svg": "<svg/>",
        "facts/contact.yml": CONTACT,
        "facts/treatments.yml": TREATMENTS,
        "facts/therapists.yml": THERAPISTS,
        "facts/prices.yml": PRICES,
        "facts/schedule.yml": SCHEDULE,
        "lexicon.yml": "side:\n  left: [left]\n",
        "red_flags.yml": RED_FLAGS,
        "safety_check.yml": SAFETY_CHECK,
        "letters.yml": LETTERS,
    }
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def write_sentences(file: Path, **examples: list[str]) -> Path:
    """Training sentences by intent, in the layout of data/nlu.yml; the first sentence stands in line 5."""
    return _write_groups(file, 'version: "3.1"\nnlu:', "intent", examples)


def write_dangers(file: Path, **examples: list[str]) -> Path:
    """Sentences by the red flag they show, in the layout of data/dangers.yml; the first stands in line 4."""
    return _write_groups(file, "dangers:", "danger", examples)


def _write_groups(file: Path, head: str, meaning: str, examples: dict[str, list[str]]) -> Path:
    lines = [head]
    for name, sentences in examples.items():
        lines += [f"  - {meaning}: {name}", "    examples: |", *(f"      - {one}" for one in sentences)]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def sentences_about(subject: str, count: int = 20) -> list[str]:
    return [f"sentence {number} about {subject}" for number in range(1, count + 1)]


def edit(file: Path, old: str, new: str) -> int:
    """Replaces a text that stands in a file once. Gives the line, from 1, on which it stood."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
