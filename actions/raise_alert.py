"""Stops everything and sends the visitor to the right help."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clinic_action import ClinicAction, Events, say
from actions.hold_alert import alert_in_language, with_ways_on
from clinic.held_alerts import HELD, HeldAlert
from clinic.replies import asking_reply

FORGOTTEN = ("safety", "name", "phone")  # What a booking named is kept for when it goes on.


class RaiseAlert(ClinicAction):
    def name(self) -> str:
        return "action_raise_alert"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        flag = tracker.latest_message["red_flag"]
        held = HeldAlert(flag["id"], flag["level"])
        replies = [alert_in_language(self.content, held.level, self.today, tracker)]
        loop = (tracker.active_loop or {}).get("name")
        if loop == "booking_form":
            booking = asking_reply(self.content, "book_appointment", "held", self.today)
            replies.append(booking.copy(update={"alert": held.level}))
        replies[-1] = with_ways_on(self.content, replies[-1])
        for reply in replies:
            say(dispatcher, reply)
        self.count_alert("raised", held.red_flag, held.level)
        before = tracker.get_slot(HELD)
        kept = held.beside(HeldAlert(**before) if before else None)
        stopped = [ActiveLoop(None), SlotSet("requested_slot", None)] if loop else []
        return [SlotSet(HELD, kept._asdict()), *stopped, *(SlotSet(slot, None) for slot in FORGOTTEN)]
