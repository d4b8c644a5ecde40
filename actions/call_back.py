"""The call-back form: a name and a number, kept for the desk."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clinic_action import ClinicAction, Events, intent_of, say, text_of
from clinic.call_backs import CallBack, name_in, phone_in, tries_a_number
from clinic.replies import asking_reply
from storage import clock
from storage.call_backs import CallBacks
from storage.database import open_database
from storage.settings import settings

SLOTS = ("name", "phone")


class ReadCallBack(ClinicAction):
    def name(self) -> str:
        return "action_read_call_back"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        text, requested = text_of(tracker), tracker.get_slot("requested_slot")
        phone = phone_in(text)
        if intent_of(tracker) == "stop" or (not phone and self._asks_something(tracker)):
            return []
        found = [SlotSet("phone", phone)] if phone else []
        name = name_in(text) if requested == "name" else None
        return [*found, SlotSet("name", name)] if name else found

    def _asks_something(self, tracker: Tracker) -> bool:
        """A name such as "Dawn Walker" is not a question, whatever it looks like to the classifier."""
        is_short = len(text_of(tracker).split()) <= 3
        return intent_of(tracker) in self.content.asked() and not is_short


class AskName(ClinicAction):
    def name(self) -> str:
        return "action_ask_call_back_form_name"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        say(dispatcher, asking_reply(self.content, "call_back_request", "name", self.today))
        return []


class AskPhone(ClinicAction):
    def name(self) -> str:
        return "action_ask_call_back_form_phone"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        ask = "bad_phone" if tries_a_number(text_of(tracker)) else "phone"
        say(dispatcher, asking_reply(self.content, "call_back_request", ask, self.today))
        return []


class KeepCallBack(ClinicAction):
    def __init__(self, call_backs: CallBacks | None = None, **given: Any) -> None:
        super().__init__(**given)
        self._call_backs = call_backs

    def name(self) -> str:
        return "action_keep_call_back"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        name, phone = tracker.get_slot("name"), tracker.get_slot("phone")
        self._kept().keep(CallBack(name=name, phone=phone, wish="", asked_at=clock.now()))
        said = {"name": name, "phone": phone}
        say(dispatcher, asking_reply(self.content, "call_back_request", "done", self.today, said))
        return [SlotSet(slot, None) for slot in SLOTS]

    def _kept(self) -> CallBacks:
        return self._call_backs or CallBacks(open_database(settings().database))


class StopCallBack(ClinicAction):
    def name(self) -> str:
        return "action_stop_call_back"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        say(dispatcher, asking_reply(self.content, "call_back_request", "stopped", self.today))
        return [SlotSet(slot, None) for slot in SLOTS]
