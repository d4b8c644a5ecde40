"""The one sentence encoder of this process, on one processor: a single message is not worth more."""

from functools import cache

from encoder.sentence_encoder import SentenceEncoder
from storage.settings import settings


@cache
def encoder() -> SentenceEncoder:
    return SentenceEncoder.load(settings().encoder)
