"""Answers the questions of a message from the content; a red flag that needs a doctor soon is said first."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clinic_action import ClinicAction, Events, questions_of, say
from clinic.held_alerts import HELD
from clinic.replies import answer_reply
from clinic.understanding import TOPICS, UNCLEAR, topics_after


class Answer(ClinicAction):
    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.advise_first(dispatcher, tracker)
        # A model may know an intent whose answer staff have removed since.
        known = [question for question in questions_of(tracker) if question in self.content.answers]
        for answer_id in known or ["not_understood"]:
            reply = answer_reply(self.content, answer_id, self.today)
            # After an alert nothing leads on to a massage or a booking.
            say(dispatcher, reply.copy(update={"buttons": []}) if tracker.get_slot(HELD) else reply)
        topics = topics_after(known, tracker.get_slot(TOPICS) or [], self.content.answers)
        return [SlotSet(TOPICS, topics), SlotSet(UNCLEAR, 0)]
