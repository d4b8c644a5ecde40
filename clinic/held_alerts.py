"""After an alert: what still gets an answer, and what waits until it was a mistake or the conversation is over."""

from collections.abc import Mapping
from typing import NamedTuple

from clinic.answers import Answer, Topic
from clinic.red_flags import LEVELS

HELD = "held_alert"  # The slot with the alert that holds everything, as a plain dictionary.
FALSE_ALARM, AFFIRM, THANKS = "false_alarm", "affirm", "thanks"  # intents
LEVELS_THAT_HOLD = ("emergency", "crisis", "same_day")

_ANSWERED = (Topic.CLINIC, Topic.ASSISTANT)
_LEADS_TO_A_BOOKING = frozenset(["how_to_book"])
_WAYS_TO_A_PERSON = frozenset(["talk_to_human", "call_back_request", "cancel_appointment"])


class HeldAlert(NamedTuple):
    red_flag: str
    level: str
    was_doubted: bool = False  # The visitor said that it was a mistake, and was asked whether that is sure.
    was_acknowledged: bool = False

    def beside(self, other: "HeldAlert | None") -> "HeldAlert":
        """The more urgent of the two, this one when they are alike."""
        return other if other and LEVELS.index(other.level) < LEVELS.index(self.level) else self


def has_to_wait(intent: str, answers: Mapping[str, Answer]) -> bool:
    """Whether a message gets the alert again: all but facts of the clinic, politeness, and ways to a person."""
    answer = answers.get(intent)
    if answer is None or intent in (FALSE_ALARM, AFFIRM, THANKS) or intent in _LEADS_TO_A_BOOKING:
        return True
    return answer.topic not in _ANSWERED and intent not in _WAYS_TO_A_PERSON
