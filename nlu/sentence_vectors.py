"""Gives every message the vector of the sentence encoder, as a dense sentence feature."""

import hashlib
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from encoder.sentence_encoder import GRAPH, SentenceEncoder
from storage.settings import settings

# A message is understood by its beginning; red flags are looked for in all of it.
LONGEST_CHARACTERS = 2000
BATCH = 64  # texts; sorted by length so that little is padded


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectors(GraphComponent):
    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceVectors":
        return cls(SentenceEncoder.load(settings().encoder))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A different encoder makes different vectors, so everything trained on them is trained again."""
        return _digest(settings().encoder / GRAPH)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """All sentences at once, on all processors; a single message is not worth more than one."""
        self._add_vectors(training_data.training_examples, SentenceEncoder.load(settings().encoder, threads=0))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        return self._add_vectors(messages, self._encoder)

    def _add_vectors(self, messages: list[Message], encoder: SentenceEncoder) -> list[Message]:
        spoken = sorted((message for message in messages if message.get(TEXT)), key=lambda one: len(one.get(TEXT)))
        for start in range(0, len(spoken), BATCH):
            batch = spoken[start : start + BATCH]
            vectors = encoder.encode([message.get(TEXT)[:LONGEST_CHARACTERS] for message in batch])
            for message, vector in zip(batch, vectors, strict=True):
                message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, type(self).__name__))
        return messages


def _digest(file: Path) -> str | None:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None
