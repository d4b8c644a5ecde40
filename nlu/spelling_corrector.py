"""Gives every message its text with the typing errors undone, which is what the components after it understand."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.shared_encoder import encoder
from nlu.spelling import Spelling

CORRECTED = "corrected_text"  # in a message that is read
SPELLING = "spelling.json"
LONGEST_CHARACTERS = 2000  # A message is understood by its beginning; the rules of the red flags read all of it.


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingCorrector(GraphComponent):
    def __init__(self, storage: ModelStorage, resource: Resource, spelling: Spelling | None = None) -> None:
        self._storage = storage
        self._resource = resource
        self._spelling = spelling

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SpellingCorrector":
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "SpellingCorrector":
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Spelling.load(folder / SPELLING, encoder().words()))

    def train(self, training_data: TrainingData) -> Resource:
        texts = [message.get(TEXT) for message in training_data.training_examples if message.get(TEXT)]
        with self._storage.write_to(self._resource) as folder:
            Spelling.of(texts, encoder().words()).save(folder / SPELLING)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the sentences as they were typed: errors are learned too."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            typed = (message.get(TEXT) or "")[:LONGEST_CHARACTERS]
            message.set(CORRECTED, self._spelling.repaired(typed) if self._spelling else typed)
        return messages
