"""Leads to a person: by telephone while the desk is open, else by a call-back."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_action import BookingAction
from actions.clinic_action import Events, questions_of, say
from clinic.held_alerts import HELD
from clinic.replies import asking_reply, person_reply, question_button
from clinic.understanding import TOPICS, UNCLEAR, topics_after


class TalkToHuman(BookingAction):
    def name(self) -> str:
        return "action_talk_to_human"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.begin(dispatcher, tracker)
        reply = person_reply(self.content, self.local_now())
        if tracker.get_slot(HELD):
            first = asking_reply(self.content, "talk_to_human", "held", self.today).text
            # After an alert nothing leads on to a massage or a booking.
            ways = [question_button(self.content, "call_back_request")]
            reply = reply.copy(update={"text": f"{first.strip()}\n\n{reply.text}", "buttons": ways})
        say(dispatcher, reply)
        known = [question for question in questions_of(tracker) if question in self.content.answers]
        topics = topics_after(known, tracker.get_slot(TOPICS) or [], self.content.answers)
        return [SlotSet(TOPICS, topics), SlotSet(UNCLEAR, 0)]
