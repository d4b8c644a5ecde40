"""Answers a question from the content; a red flag that needs a doctor soon is said first."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.clinic_action import ClinicAction, Events, intent_of, say
from clinic.replies import answer_reply


class Answer(ClinicAction):
    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.advise_first(dispatcher, tracker)
        intent = intent_of(tracker)
        # A model may know an intent whose answer staff have removed since.
        answer_id = intent if intent in self.content.answers else "not_understood"
        say(dispatcher, answer_reply(self.content, answer_id, self.today))
        return []
