"""Gives every message the vector of the sentence encoder, as a dense sentence feature."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from encoder.kept_vectors import KeptVectors
from encoder.sentence_encoder import GRAPH
from nlu.shared_encoder import encoder
from nlu.spelling_corrector import CORRECTED, LONGEST_CHARACTERS
from storage.settings import settings


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectors(GraphComponent):
    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceVectors":
        encoder()  # Now, and not when the first visitor waits for it.
        return cls()

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A different encoder makes different vectors, so everything trained on them is trained again."""
        return _digest(settings().encoder / GRAPH)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        spoken = _spoken(training_data.training_examples)
        _add(spoken, KeptVectors(settings().encoder).of([_beginning(message) for message in spoken]))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        spoken = _spoken(messages)
        _add(spoken, encoder().encode([_beginning(message) for message in spoken]))
        return messages


def vector_of(message: Message) -> np.ndarray | None:
    """What was added; None when the message says nothing."""
    _, sentence = message.get_dense_features(TEXT)
    return None if sentence is None else sentence.features[0]


def _spoken(messages: Sequence[Message]) -> list[Message]:
    return [message for message in messages if message.get(TEXT)]


def _beginning(message: Message) -> str:
    """What is encoded: of a message that is read, the text with its typing errors undone."""
    return str(message.get(CORRECTED) or message.get(TEXT))[:LONGEST_CHARACTERS]


def _add(messages: list[Message], vectors: np.ndarray) -> None:
    for message, vector in zip(messages, vectors, strict=True):
        message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, SentenceVectors.__name__))


def _digest(file: Path) -> str | None:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None
