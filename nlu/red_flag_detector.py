"""Holds every message, whole, against the red flags; what it finds is the message's `red_flag`.

The rules come with the content; what resembles a danger is learned from data/dangers.yml.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from clinic.alarms import NO_DANGER, Likelihoods, alarm
from nlu.sentence_model import LETTERS, WORDS, SentenceModel
from nlu.sentence_vectors import vector_of
from nlu.shared_encoder import encoder
from nlu.spelling_corrector import CORRECTED
from storage.content_files import LiveContent, live_content

logger = logging.getLogger(__name__)

RED_FLAG = "red_flag"  # of a message that is read: its id and level; of a training sentence: its id
PENALTY = 1.0  # With 0.3, which is right for the questions, 1 to 5 points fewer of new writers are caught.
# Half of the pieces of letters and of words (54,000, not 104,000): as much is caught, but for 2 points in 80.
LEXES = (LETTERS._replace(least_texts=8), WORDS._replace(least_texts=4))
LONG_WORDS = 22  # In a longer message each sentence is heard on its own too.
SHORTEST_WORDS = 3
MOST_SENTENCES = 12
ENCODED_WORDS = 80  # Of more, the encoder may not see the end.
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+|,\s+(?=(?:and|but|also|oh|btw|et|mais)\b)")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class RedFlagDetector(GraphComponent):
    def __init__(
        self, storage: ModelStorage, resource: Resource, content: LiveContent, model: SentenceModel | None = None
    ) -> None:
        self._storage = storage
        self._resource = resource
        self._content = content
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "RedFlagDetector":
        return cls(model_storage, resource, live_content())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "RedFlagDetector":
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, live_content(), SentenceModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the dangers, and that all questions show none."""
        learned = [message for message in training_data.training_examples if vector_of(message) is not None]
        texts, flags = [one.get(TEXT) for one in learned], [one.get(RED_FLAG, NO_DANGER) for one in learned]
        vectors = np.stack([vector for vector in map(vector_of, learned) if vector is not None])
        self._model = SentenceModel.fit(texts, vectors, flags, lexes=LEXES, penalty=PENALTY)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        red_flags = self._content.current().red_flags
        for message in messages:
            text = message.get(TEXT) or ""
            heard = self._heard(message)
            heard_all = len(text.split()) <= ENCODED_WORDS and len(heard) <= MOST_SENTENCES
            flag = alarm(text, heard, red_flags, heard_all=heard_all)
            if flag:
                message.set(RED_FLAG, {"id": flag.id, "level": flag.level}, add_to_output=True)
        return messages

    def _heard(self, message: Message) -> list[Likelihoods]:
        """What is likely of the message, then of the sentences of a long one; nothing when that cannot be had."""
        text, vector = message.get(CORRECTED), vector_of(message)
        if self._model is None or not text or vector is None or not any(letter.isalpha() for letter in text):
            return []  # A number, such as the length of a session, shows no danger.
        try:
            sentences = list(_sentences(text))
            vectors = np.vstack([vector[None, :], encoder().encode(sentences)])
            scores = self._model.scores([text, *sentences], vectors)
        except Exception as error:  # The rules must decide, whatever broke.
            logger.error("dangers are not recognised, the rules decide alone: %s", type(error).__name__)
            return []
        return [dict(zip(self._model.labels, map(float, row), strict=True)) for row in scores]


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a long message, which would drown one of them; none of a short one."""
    if len(text.split()) >= LONG_WORDS:
        found = (one.strip() for one in _SENTENCE_END.split(text))
        spoken = [one for one in found if len(one.split()) >= SHORTEST_WORDS]
        if len(spoken) > 1:
            yield from spoken[:MOST_SENTENCES]
