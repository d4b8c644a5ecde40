"""The messages both are asked: drawn from the training sentences, in conversations."""

import random

from storage.settings import ROOT
from storage.training_files import read_examples

SEED = 2026
MESSAGES = 200
PER_CONVERSATION = 10
GREETING = "what does a massage cost"  # the first thing a started server is asked


def conversations() -> list[list[str]]:
    """The same on every run, as long as data/nlu.yml is the same."""
    sentences = [example.text for example in read_examples(ROOT / "data" / "nlu.yml")]
    drawn = random.Random(SEED).sample(sentences, MESSAGES)
    return [drawn[start : start + PER_CONVERSATION] for start in range(0, MESSAGES, PER_CONVERSATION)]
