"""Asks which question was meant, or says kindly that it did not understand."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.clinic_action import ClinicAction, Events, intent_of, ranking_of, say
from clinic.replies import answer_reply, clarify_reply
from clinic.understanding import OUT_OF_SCOPE, offers


class Clarify(ClinicAction):
    def name(self) -> str:
        return "action_clarify"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        if self.advise_first(dispatcher, tracker):
            return []
        ranking = ranking_of(tracker)
        names_a_wish = intent_of(tracker) == "inform"
        candidates = ["book_appointment"] if names_a_wish else offers(ranking, self.content.offered())
        if candidates:
            say(dispatcher, clarify_reply(self.content, candidates, self.today))
        else:
            unrelated = bool(ranking) and ranking[0].intent == OUT_OF_SCOPE
            say(dispatcher, answer_reply(self.content, OUT_OF_SCOPE if unrelated else "not_understood", self.today))
        return []
