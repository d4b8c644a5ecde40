"""Stops everything and sends the visitor to the right help."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clinic_action import ClinicAction, Events, say
from clinic.replies import alert_reply, asking_reply


class RaiseAlert(ClinicAction):
    def name(self) -> str:
        return "action_raise_alert"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        level = tracker.latest_message["red_flag"]["level"]
        say(dispatcher, alert_reply(self.content, level, self.today))
        if not tracker.active_loop:
            return []
        if tracker.active_loop.get("name") == "booking_form":
            held = asking_reply(self.content, "book_appointment", "held", self.today)
            say(dispatcher, held.copy(update={"alert": level}))
        return [ActiveLoop(None), SlotSet("requested_slot", None)]
