"""The messages both are asked: drawn from those of tests/nlu/development.yml, in conversations."""

import random

from benchmarks.questions import IN_SCOPE, questions

SEED = 2026
MESSAGES = 200
PER_CONVERSATION = 10
GREETING = "what does a massage cost"  # the first thing a started server is asked


def conversations() -> list[list[str]]:
    """The same on every run, whatever is added to data/nlu.yml."""
    texts = [one.text for one in questions("development") if one.part == IN_SCOPE]
    drawn = random.Random(SEED).sample(texts, MESSAGES)
    return [drawn[start : start + PER_CONVERSATION] for start in range(0, MESSAGES, PER_CONVERSATION)]
