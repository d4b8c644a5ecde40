"""What to do with a guess: answer it, ask which of a few questions was meant, or admit not to know."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

# Scores of the classifier, not probabilities of being right. Chosen by five-fold cross-validation on
# data/nlu.yml, November 2026: of the sentences above SURE four in five are right, of those below one in four.
SURE = 0.3
WORTH_OFFERING = 0.08
MOST_OFFERS = 3

OUT_OF_SCOPE = "out_of_scope"


class Guess(NamedTuple):
    intent: str
    confidence: float  # 0 to 1


def is_sure(ranking: Sequence[Guess]) -> bool:
    """Whether the first guess may be answered without asking back."""
    return bool(ranking) and ranking[0].confidence >= SURE


def offers(ranking: Sequence[Guess], answerable: Collection[str]) -> list[str]:
    """The intents to offer as "did you mean", likeliest first; empty when none is likely enough."""
    likely = [guess.intent for guess in ranking if guess.confidence >= WORTH_OFFERING]
    return [intent for intent in likely if intent in answerable and intent != OUT_OF_SCOPE][:MOST_OFFERS]
