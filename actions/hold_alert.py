"""Keeps to the alert until the visitor says twice that it was a mistake."""

from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clinic_action import ClinicAction, Events, intent_of, say
from clinic.content import Content
from clinic.held_alerts import AFFIRM, FALSE_ALARM, HELD, THANKS, HeldAlert
from clinic.replies import Button, Reply, alert_reply, asking_reply, see_also_buttons


class HoldAlert(ClinicAction):
    def name(self) -> str:
        return "action_hold_alert"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        held, intent = HeldAlert(**tracker.get_slot(HELD)), intent_of(tracker)
        if intent == FALSE_ALARM and held.was_doubted:
            self.count_alert("taken_back", held.red_flag, held.level)
            go_on = asking_reply(self.content, "emergency", "go_on", self.today)
            say(dispatcher, go_on.copy(update={"buttons": see_also_buttons(self.content, "greeting")}))
            return [SlotSet(HELD, None)]
        if intent == FALSE_ALARM:
            say(dispatcher, self._says("sure", held, yes=FALSE_ALARM, no="deny"))
            return [SlotSet(HELD, held._replace(was_doubted=True)._asdict())]
        helped = intent in (AFFIRM, THANKS) and not held.was_doubted  # "Yes" to "is it certain?" may mean either.
        if helped:
            say(dispatcher, self._says("acknowledged", held, mistake=FALSE_ALARM))
        else:
            alert = alert_in_language(self.content, held.level, self.today, tracker)
            say(dispatcher, with_ways_on(self.content, alert))
        if helped and not held.was_acknowledged:
            self.count_alert("acknowledged", held.red_flag, held.level)
        kept = held._replace(was_doubted=False, was_acknowledged=held.was_acknowledged or helped)
        return [SlotSet(HELD, kept._asdict())]

    def _says(self, ask: str, held: HeldAlert, **buttons: str) -> Reply:
        reply = asking_reply(self.content, "emergency", ask, self.today)
        return reply.copy(update={"alert": held.level, "buttons": _buttons(self.content, buttons)})


def alert_in_language(content: Content, level: str, day: date, tracker: Tracker) -> Reply:
    """The advice, in the visitor's language too where it is written in it."""
    return alert_reply(content, level, day, language=tracker.latest_message.get("language"))


def with_ways_on(content: Content, reply: Reply) -> Reply:
    """With two buttons: help is being called, or it was a mistake."""
    return reply.copy(update={"buttons": _buttons(content, {"will_do": AFFIRM, "mistake": FALSE_ALARM})})


def _buttons(content: Content, leads_to: dict[str, str]) -> list[Button]:
    titles = content.answer("emergency").asks
    return [Button(title=titles[ask], answer="emergency", payload=f"/{intent}") for ask, intent in leads_to.items()]
