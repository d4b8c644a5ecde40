"""Recognises what a message names (treatment, body area, duration, ...) with a spaCy pipeline made of content/."""

from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language

from clinic.content import Content
from nlu.spelling_corrector import LONGEST_CHARACTERS
from storage.content_files import LiveContent, live_content

UNITS = [
    "min",
    "mins",
    "minute",
    "minutes",
    "hr",
    "hrs",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LexiconEntities(GraphComponent):
    def __init__(self, content: LiveContent) -> None:
        self._live = content
        self._content: Content | None = None
        self._pipeline = spacy.blank("en")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LexiconEntities":
        return cls(live_content())

    def process(self, messages: list[Message]) -> list[Message]:
        pipeline = self._current_pipeline()
        for message in messages:
            text = message.get(TEXT)
            if text:
                found = [
                    {
                        "entity": span.label_,
                        "value": span.ent_id_ or span.text,
                        "start": span.start_char,
                        "end": span.end_char,
                        "extractor": type(self).__name__,
                    }
                    for span in pipeline(text[:LONGEST_CHARACTERS]).ents
                ]
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _current_pipeline(self) -> Language:
        """The pipeline for the content as it is now; staff may have added a word or a therapist."""
        content = self._live.current()
        if content is not self._content:
            self._content, self._pipeline = content, build_pipeline(content)
        return self._pipeline


def build_pipeline(content: Content) -> Language:
    """A blank English pipeline with one ruler; `ent_id_` holds what the wording stands for."""
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(
        [{"label": one.category, "pattern": one.text, "id": one.value} for one in content.wordings()]
        + [{"label": "duration", "pattern": [{"LIKE_NUM": True}, {"LOWER": {"IN": UNITS}}]}]
        + [
            {
                "label": "duration",
                "pattern": [
                    {"LOWER": {"IN": ["a", "an", "half"]}},
                    {"LOWER": "an", "OP": "?"},
                    {"LOWER": {"IN": UNITS}},
                ],
            }
        ]
    )
    return pipeline
