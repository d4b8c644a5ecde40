"""Derives from content/ what Rasa must know of it, so that a new question touches two places only.

Rasa's own seam for this is the TrainingDataImporter named in config.yml.
"""

import hashlib
from functools import cached_property
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from clinic.content import STARTS_A_FORM, Content
from nlu.red_flag_detector import RED_FLAG
from storage.content_files import live_content
from storage.settings import ROOT
from storage.training_files import read_dangers


class Sentence(Message):
    """A training sentence that is cheap to copy and to compare, which Rasa does with all of them some ten times."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "Sentence":
        return Sentence(self.data, set(self.output_properties), self.time, list(self.features))

    def fingerprint(self) -> str:
        """In hexadecimal digits. Rasa's own walks through everything that a message may hold."""
        if self.features or self.data.keys() not in ({TEXT, INTENT}, {TEXT, RED_FLAG}):
            return super().fingerprint()
        return hashlib.md5("\n".join(f"{key} {self.data[key]}" for key in sorted(self.data)).encode()).hexdigest()

    def is_e2e_message(self) -> bool:
        """Never: what shows a danger has no intent either, for which Rasa would take it for a line of a story, and
        would train and serve what learns from those."""
        return False


class ClinicImporter(RasaFileImporter):
    """Rasa's files, plus one intent per answer that can be asked for, and the rule that answers it."""

    def get_domain(self) -> Domain:
        intents = sorted(_content().asked())
        return super().get_domain().merge(Domain.from_dict({"version": "3.1", "intents": intents}))

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The sentences of data/nlu.yml, each answer's own question, and without an intent the sentences of
        data/dangers.yml. Read once; Rasa asks twice."""
        return self._sentences

    @cached_property
    def _sentences(self) -> TrainingData:
        content, data = _content(), super().get_nlu_data()
        data.training_examples = [Sentence(message.data) for message in data.training_examples]
        for answer_id in sorted(content.asked()):
            data.training_examples.append(Sentence.build(content.answers[answer_id].question, intent=answer_id))
        for danger, text in read_dangers(ROOT / "data" / "dangers.yml"):
            data.training_examples.append(Sentence({TEXT: text, RED_FLAG: danger}))
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
