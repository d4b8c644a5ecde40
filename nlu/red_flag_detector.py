"""Holds every message, whole, against the red flags; what it finds is the message's `red_flag`."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from storage.content_files import LiveContent, live_content

RED_FLAG = "red_flag"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class RedFlagDetector(GraphComponent):
    def __init__(self, content: LiveContent) -> None:
        self._content = content

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "RedFlagDetector":
        return cls(live_content())

    def process(self, messages: list[Message]) -> list[Message]:
        red_flags = self._content.current().red_flags
        for message in messages:
            flag = red_flags.alert_for(message.get(TEXT) or "")
            if flag:
                message.set(RED_FLAG, {"id": flag.id, "level": flag.level}, add_to_output=True)
        return messages
