"""Stops everything and sends the visitor to the right help."""

import logging
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_action import DRAFT, BookingAction
from actions.call_back import SLOTS as CALL_BACK
from actions.clinic_action import Events, say
from actions.hold_alert import alert_in_language, with_ways_on
from clinic.held_alerts import HELD, HeldAlert
from clinic.replies import asking_reply

logger = logging.getLogger(__name__)

FORGOTTEN = ("safety", DRAFT, *CALL_BACK)


class RaiseAlert(BookingAction):
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
        self._stop_booking(tracker)
        before = tracker.get_slot(HELD)
        kept = held.beside(HeldAlert(**before) if before else None)
        stopped = [ActiveLoop(None), SlotSet("requested_slot", None)] if loop else []
        return [SlotSet(HELD, kept._asdict()), *stopped, *(SlotSet(slot, None) for slot in FORGOTTEN)]

    def _stop_booking(self, tracker: Tracker) -> None:
        try:
            self.let_go(self.draft(tracker))
        except Exception as error:  # Whatever is wrong with the database, it must not stop an alert.
            logger.error("booking not stopped: %s", type(error).__name__)
