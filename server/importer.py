"""Derives from content/ what Rasa must know of it, so that a new question touches two places only.

Rasa's own seam for this is the TrainingDataImporter named in config.yml.
"""

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from clinic.content import STARTS_A_FORM, Content
from storage.content_files import live_content


class ClinicImporter(RasaFileImporter):
    """Rasa's files, plus one intent per answer that can be asked for, and the rule that answers it."""

    def get_domain(self) -> Domain:
        intents = sorted(_content().asked())
        return super().get_domain().merge(Domain.from_dict({"version": "3.1", "intents": intents}))

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The sentences of data/nlu.yml, and each answer's own question."""
        content, data = _content(), super().get_nlu_data(language)
        for answer_id in sorted(content.asked()):
            data.training_examples.append(Message.build(content.answers[answer_id].question, intent=answer_id))
        return data

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        rules = YAMLStoryReader(self.get_domain()).read_from_parsed_yaml(_rules())
        return super().get_stories(exclusion_percentage).merge(StoryGraph(rules))


def _content() -> Content:
    return live_content().current()


def _rules() -> dict[str, Any]:
    answered = [{"intent": intent} for intent in sorted(_content().asked() - STARTS_A_FORM)]
    steps = [{"or": answered}, {"action": "action_answer"}]
    return {"version": "3.1", "rules": [{"rule": "Answer from the content", "steps": steps}]}
