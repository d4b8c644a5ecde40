"""Small ready-made things, each whole and honest, so that a test names only what it is about."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from clinic.answers import Answer
from clinic.content import NEEDED_ASKS, NEVER_ASKED, Content
from clinic.evidence import Review
from clinic.facts import Fact, Facts
from clinic.lexicon import Lexicon
from clinic.offers import Therapist, Treatment
from clinic.red_flags import RedFlags
from clinic.safety_check import SafetyCheck
from clinic.stretches import Stretch

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
    """Facts that have held for a long time, the desk's telephone number among them."""
    return Facts({name: fact({"2020-01-01": value}) for name, value in {"phone": "780-555-0142", **values}.items()})


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


def content(*answers: Answer, **different: Any) -> Content:
    """The answers that the program needs, and these."""
    needed = {name: clinic_answer(name, topic="service", asks=asks_of(name)) for name in NEVER_ASKED}
    usual = {
        "stretches": {},
        "facts": facts(),
        "treatments": [Treatment(id="swedish_massage", name="Swedish massage", also_called=["swedish"])],
        "therapists": [Therapist(id="mei", name="Mei", also_called=["mei"], gender="woman")],
        "lexicon": Lexicon(__root__={"side": {"left": ["left"]}}),
        "red_flags": red_flags(),
        "safety_check": safety_check(),
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
        "lexicon.yml": "side:\n  left: [left]\n",
        "red_flags.yml": RED_FLAGS,
        "safety_check.yml": SAFETY_CHECK,
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
