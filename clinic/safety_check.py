"""The safety check before booking: the few things people rarely say unasked, and what follows when one of them is so.

Clinic staff write it in content/safety_check.yml; every booking begins with it.
"""

import re
from enum import Enum
from typing import Literal

from pydantic import Field, root_validator, validator

from clinic.evidence import Supported, Texts
from clinic.hearing import Language, words_in
from clinic.record import Id, Record, Text
from clinic.rules import Rules, rule

NONE: Literal["none"] = "none"  # The answer that none of them is so.


class Outcome(str, Enum):
    """What follows, the most urgent first."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SEE_DOCTOR = "see_doctor"
    NOT_NOW = "not_now"
    ASK_DOCTOR = "ask_doctor"  # The booking goes on as a request.
    TELL_THERAPIST = "tell_therapist"  # The booking goes on.


ALERTS = (Outcome.EMERGENCY, Outcome.SAME_DAY, Outcome.SEE_DOCTOR)  # The alert of that level is raised.
END_THE_BOOKING = frozenset([*ALERTS, Outcome.NOT_NOW])

_ALL_WELL = ("fine", "normal")  # "My bladder is fine" says nothing is wrong; what else is, is asked again.


class ButtonText(Text):
    max_length = 40


class SafetyQuestion(Record):
    id: Id
    text: Text  # The line on the card.
    button: ButtonText
    wordings: list[Text] = Field(..., min_items=1)  # How people type it, written as in content/red_flags.yml.
    outcome: Outcome
    says: Text | None  # What is said then; for an alert its own answer is.

    @root_validator(skip_on_failure=True)
    def _says_what_no_alert_does(cls, values: dict) -> dict:
        if values["outcome"] in ALERTS and values["says"]:
            raise ValueError(f"{values['id']}: an alert has an answer of its own in content/answers: remove says")
        if values["outcome"] not in ALERTS and not values["says"]:
            raise ValueError(f"{values['id']}: says is missing: write what the visitor is told then")
        return values


class SafetyCheck(Supported):
    title: Text
    intro: Text
    none: ButtonText
    again: Text  # Said when the answer was not understood.
    questions: list[SafetyQuestion] = Field(..., min_items=1)

    @validator("questions")
    def _ids_differ(cls, questions: list[SafetyQuestion]) -> list[SafetyQuestion]:
        ids = [NONE, *(question.id for question in questions)]
        for id in ids:
            if ids.count(id) > 1:
                raise ValueError(f"the id '{id}' is taken: give the question another one")
        return questions

    @validator("questions")
    def _most_urgent_first(cls, questions: list[SafetyQuestion]) -> list[SafetyQuestion]:
        urgency = list(Outcome)
        for before, after in zip(questions, questions[1:], strict=False):
            if urgency.index(after.outcome) < urgency.index(before.outcome):
                raise ValueError(f"the most urgent come first: move {after.id} above {before.id}")
        return questions

    def question(self, id: str | None) -> SafetyQuestion | None:
        return next((question for question in self.questions if question.id == id), None)

    def rules(self, language: Language) -> Rules:
        """One for each question, in their order. Raises ValueError when a wording cannot be understood."""
        return Rules([rule([one.button, *one.wordings], _ALL_WELL) for one in self.questions], {}, language)

    def texts(self) -> Texts:
        texts: Texts = {("title",): self.title, ("intro",): self.intro, ("none",): self.none, ("again",): self.again}
        for number, question in enumerate(self.questions):
            texts["questions", number, "text"] = question.text
            texts["questions", number, "button"] = question.button
            if question.says:
                texts["questions", number, "says"] = question.says
        return texts


Answered = SafetyQuestion | Literal["none"] | None


def answered(text: str, check: SafetyCheck, rules: Rules) -> Answered:
    """The most urgent question that a typed answer says is so, or that none is; None when it is not understood.

    `rules` are the check's own."""
    number = rules.first_that_holds(text)
    if number is not None:
        return check.questions[number]
    return NONE if _denies_all(text) else None


# "No, none of these apply to me" is a denial of all; whatever else is said may be a complaint.
_DENIALS = frozenset("no nope nah none nothing neither".split())
_DENIALS_OF_ANY = frozenset("not dont doesnt".split())
_BESIDE_A_DENIAL = frozenset(
    (
        "a above all am any anything applies apply at do does everything for have here i im it ive like list "
        "luckily me my now of on please so such thank thankfully thanks that the them these thing things this "
        "those to you"
    ).split()
)
_DECLINES = re.compile(r"(no|nope|nah) (thanks|thank you)")  # Perhaps to be asked at all.
_CLAIMS = re.compile(
    r"\ball (of )?((them|these|those|that|it) )?appl|\bi do(?! not)\b|\bi have(?! (none|no|nothing)\b)"
)
_AS_GOOD_AS_NONE = re.compile(
    r"(?<!not )\b(im|i am|all|its all|all is|everythings|everything is) (good|fine|ok|okay|clear|healthy)$"
    r"|\b(no|not|none|nothing) (that|as far as) (i know|i know of|i am aware of|im aware of)$"
)


def _denies_all(text: str) -> bool:
    said = " ".join(word for word in words_in(text) if word not in ".,")
    if _DECLINES.fullmatch(said) or _CLAIMS.search(said):
        return False
    words = set(_AS_GOOD_AS_NONE.sub(NONE, said).split())
    denies = words & _DENIALS or (words & _DENIALS_OF_ANY and words & {"any", "anything"})
    return bool(denies) and words <= _DENIALS | _DENIALS_OF_ANY | _BESIDE_A_DENIAL
