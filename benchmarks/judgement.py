"""Whether what a visitor was given is what was wanted."""

from enum import Enum
from typing import NamedTuple

from benchmarks.questions import OUT_OF_SCOPE, Question

ASKED_BACK = "clarify"
NOT_TAKEN = "not_taken"  # The wire refused the message, with a sentence that says why.
REFUSALS = frozenset(["out_of_scope", "not_understood", NOT_TAKEN])


class Given(NamedTuple):
    """A turn: the ids of its answers in order, and of those its buttons offer when it asks back."""

    answers: tuple[str, ...]
    offered: frozenset[str]
    seconds: float


class Outcome(str, Enum):
    RIGHT = "right"
    OFFERED = "offered"  # asked back, with the right one among the choices
    REFUSED = "refused"
    CLARIFIED = "clarified"  # asked back, although it is out of scope
    WRONG = "wrong"


def judge(question: Question, given: Given) -> Outcome:
    """A right answer beside one that nobody wanted is wrong; so is one that answers only half of what was asked.

    What is out of scope is right when it is refused, in whichever way, or gets an answer that is right all the same.
    """
    answers, acceptable = frozenset(given.answers), question.acceptable
    if not answers:
        return Outcome.WRONG
    if question.part == OUT_OF_SCOPE:
        if answers <= acceptable | REFUSALS:
            return Outcome.RIGHT
        return Outcome.CLARIFIED if answers == {ASKED_BACK} else Outcome.WRONG
    if answers <= acceptable and all(answers & group for group in question.wanted):
        return Outcome.RIGHT
    if ASKED_BACK in answers and answers <= acceptable | {ASKED_BACK} and given.offered & acceptable:
        return Outcome.OFFERED
    return Outcome.REFUSED if answers <= REFUSALS | {ASKED_BACK} else Outcome.WRONG
