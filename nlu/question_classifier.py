"""Guesses which question a message asks: logistic regression on the sentence vectors.

Trained with scikit-learn, applied with NumPy alone. When the first guess is not sure enough, the
message gets the intent `nlu_fallback`; the ranking keeps the guesses, for "did you mean".
"""

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from clinic.understanding import Guess, is_sure

RANKING_LENGTH = 10
FILE = "classifier.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionClassifier(GraphComponent):
    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._intents: list[str] = []
        self._weights = np.empty((0, 0), np.float32)  # intents x vector size
        self._biases = np.empty(0, np.float32)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # The inverse of regularisation: chosen by cross-validation on data/nlu.yml, November 2026.
        return {"C": 20.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "QuestionClassifier":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "QuestionClassifier":
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            stored = np.load(folder / FILE)
            component._intents = stored["intents"].tolist()
            component._weights, component._biases = stored["weights"], stored["biases"]
        return component

    def train(self, training_data: TrainingData) -> Resource:
        from sklearn.linear_model import LogisticRegression

        messages = [message for message in training_data.intent_examples if _vector(message) is not None]
        if len({message.get(INTENT) for message in messages}) < 2:
            raise ValueError("data/nlu.yml holds examples of fewer than two intents: there is nothing to tell apart.")
        regression = LogisticRegression(C=self._config["C"], class_weight="balanced", max_iter=1000)
        vectors = [vector for vector in map(_vector, messages) if vector is not None]
        regression.fit(np.stack(vectors), [message.get(INTENT) for message in messages])
        weights, biases = _one_row_per_class(regression.coef_, regression.intercept_)
        self._intents = regression.classes_.tolist()
        self._weights, self._biases = weights.astype(np.float32), biases.astype(np.float32)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / FILE, intents=self._intents, weights=self._weights, biases=self._biases)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = self._ranking(_vector(message))
            top = ranking[0] if ranking else Guess(DEFAULT_NLU_FALLBACK_INTENT_NAME, 1.0)
            if not is_sure(ranking):
                top = Guess(DEFAULT_NLU_FALLBACK_INTENT_NAME, top.confidence)
            message.set(INTENT, _as_rasa(top), add_to_output=True)
            message.set(INTENT_RANKING_KEY, [_as_rasa(guess) for guess in ranking], add_to_output=True)
        return messages

    def _ranking(self, vector: np.ndarray | None) -> list[Guess]:
        """The likeliest intents first; empty when the message has no vector."""
        if vector is None:
            return []
        scores = self._weights @ vector + self._biases
        confidences = np.exp(scores - scores.max())
        confidences /= confidences.sum()
        best = np.argsort(-confidences)[:RANKING_LENGTH]
        return [Guess(self._intents[index], float(confidences[index])) for index in best]


def _vector(message: Message) -> np.ndarray | None:
    _, sentence = message.get_dense_features(TEXT)
    return None if sentence is None else sentence.features[0]


def _one_row_per_class(weights: np.ndarray, biases: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Scikit-learn keeps a single row when there are two classes."""
    if len(weights) > 1:
        return weights, biases
    return np.vstack([-weights, weights]) / 2, np.concatenate([-biases, biases]) / 2


def _as_rasa(guess: Guess) -> dict[str, Any]:
    return {"name": guess.intent, "confidence": guess.confidence}
