"""Asks which question was meant, or says kindly that it did not understand, the second time with a way to a person."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_action import DRAFT
from actions.clinic_action import ClinicAction, Events, intent_of, questions_of, ranking_of, say
from clinic.replies import answer_reply, asking_reply, clarify_reply, language_reply, see_also_buttons
from clinic.understanding import OUT_OF_SCOPE, UNCLEAR, offers


class Clarify(ClinicAction):
    def name(self) -> str:
        return "action_clarify"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        if self.advise_first(dispatcher, tracker):
            return []
        language = tracker.latest_message.get("language")
        if language and not questions_of(tracker):
            say(dispatcher, language_reply(self.content, language, self.today))
            return []
        if tracker.get_slot(DRAFT) and not (tracker.active_loop or {}).get("name"):
            return [FollowupAction("booking_form")]  # It names so much that it must be a wish to book.
        unclear = tracker.get_slot(UNCLEAR) or 0
        ranking = ranking_of(tracker)
        names_a_wish = intent_of(tracker) == "inform"
        candidates = ["book_appointment"] if names_a_wish else offers(ranking, self.content.offered())
        if unclear:
            again = asking_reply(self.content, "not_understood", "again", self.today)
            say(dispatcher, again.copy(update={"buttons": see_also_buttons(self.content, "not_understood")}))
        elif candidates:
            say(dispatcher, clarify_reply(self.content, candidates, self.today))
        else:
            unrelated = bool(ranking) and ranking[0].intent == OUT_OF_SCOPE
            say(dispatcher, answer_reply(self.content, OUT_OF_SCOPE if unrelated else "not_understood", self.today))
        return [SlotSet(UNCLEAR, unclear + 1)]
