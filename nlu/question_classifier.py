"""Says which questions a message asks, on its own and after what was talked about before.

When it is not sure, the message gets the intent `nlu_fallback`; the ranking keeps the guesses, for "did you mean".
"""

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from clinic.content import STARTS_A_FORM
from clinic.understanding import TOPICS, Guess, Ranking, understand
from nlu.language_reader import LANGUAGE
from nlu.sentence_model import SentenceModel
from nlu.sentence_vectors import vector_of
from nlu.shared_encoder import encoder
from nlu.spelling_corrector import CORRECTED
from storage.content_files import LiveContent, live_content

RANKING_LENGTH = 10
QUESTIONS = "questions"  # in a message: all that it asks, in order


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionClassifier(GraphComponent):
    def __init__(
        self,
        storage: ModelStorage,
        resource: Resource,
        content: LiveContent,
        model: SentenceModel | None = None,
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
    ) -> "QuestionClassifier":
        return cls(model_storage, resource, live_content())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "QuestionClassifier":
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, live_content(), SentenceModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        messages = [message for message in training_data.intent_examples if vector_of(message) is not None]
        intents = [message.get(INTENT) for message in messages]
        if len(set(intents)) < 2:
            raise ValueError("data/nlu.yml holds examples of fewer than two intents: there is nothing to tell apart.")
        vectors = np.stack([vector for vector in map(vector_of, messages) if vector is not None])
        texts = [message.get(TEXT) for message in messages]
        self._model = SentenceModel.fit(texts, vectors, intents)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        answers = self._content.current().answers
        said = (tracker.slots[TOPICS].value if tracker and TOPICS in tracker.slots else None) or []
        topics = [answers[topic] for topic in said if topic in answers]
        for message in messages:
            text, vector = message.get(CORRECTED) or "", vector_of(message)
            whole = [] if vector is None else self._rank_with([text], vector[None, :])[0]
            understood = understand(text, whole, self._rank, topics, answers)
            if message.get(LANGUAGE) and not understood.names_a_topic:
                understood = understood._replace(questions=[])  # What looks foreign, and is: the action says so.
            first = _leading(understood.questions)
            confidence = understood.ranking[0].confidence if understood.ranking else 1.0
            message.set(INTENT, _as_rasa(Guess(first, confidence)), add_to_output=True)
            message.set(INTENT_RANKING_KEY, [_as_rasa(guess) for guess in understood.ranking], add_to_output=True)
            message.set(QUESTIONS, understood.questions, add_to_output=True)
        return messages

    def _rank(self, texts: list[str]) -> list[Ranking]:
        return self._rank_with(texts, encoder().encode(texts)) if texts else []

    def _rank_with(self, texts: list[str], vectors: np.ndarray) -> list[Ranking]:
        """For each text the likeliest intents first."""
        assert self._model is not None
        return [
            [Guess(self._model.labels[index], float(scores[index])) for index in np.argsort(-scores)[:RANKING_LENGTH]]
            for scores in self._model.scores(texts, vectors)
        ]


def _leading(questions: list[str]) -> str:
    """The intent that leads the turn: the one that collects something; what else is asked is answered before."""
    collecting = [question for question in questions if question in STARTS_A_FORM]
    return next(iter([*collecting, *questions]), DEFAULT_NLU_FALLBACK_INTENT_NAME)


def _as_rasa(guess: Guess) -> dict[str, Any]:
    return {"name": guess.intent, "confidence": guess.confidence}
