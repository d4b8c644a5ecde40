"""The call-back form: a name and a number, kept for the desk."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clinic_action import ClinicAction, Events, asked_for, intent_of, say, text_of
from clinic.call_backs import CallBack, name_in, phone_in, tells_a_name, tries_a_number
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
        text, requested = text_of(tracker), asked_for(tracker, SLOTS)
        if intent_of(tracker) == "stop":
            return []
        phone = phone_in(text)
        name = name_in(text) if requested == "name" and (phone or self._may_be_a_name(tracker)) else None
        found = {"phone": phone, "name": name}
        if requested and not phone and not name and self._asks_again(tracker, requested):
            return [SlotSet(requested, None)]  # A form that is given nothing would decline the turn.
        return [SlotSet(slot, value) for slot, value in found.items() if value]

    def _may_be_a_name(self, tracker: Tracker) -> bool:
        """A name such as "Dawn Walker" is not a question, whatever it looks like to the classifier."""
        text = text_of(tracker)
        if text.startswith("/") or tracker.latest_message.get("red_flag"):
            return False
        is_plain = len(text.split()) <= 3 or tells_a_name(text)
        return is_plain or intent_of(tracker) not in self.content.asked()

    def _asks_again(self, tracker: Tracker, requested: str) -> bool:
        """A number that is not whole is no question, nor is asking once more for the call."""
        tried = requested == "phone" and tries_a_number(text_of(tracker)) and "?" not in text_of(tracker)
        return tried or intent_of(tracker) == "call_back_request"


class AskName(ClinicAction):
    def name(self) -> str:
        return "action_ask_call_back_form_name"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.begin(dispatcher, tracker)
        say(dispatcher, asking_reply(self.content, "call_back_request", "name", self.today))
        return []


class AskPhone(ClinicAction):
    def name(self) -> str:
        return "action_ask_call_back_form_phone"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.begin(dispatcher, tracker)
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
        self.begin(dispatcher, tracker)
        said = {"name": name, "phone": phone}
        say(dispatcher, asking_reply(self.content, "call_back_request", "done", self.today, said))
        return [SlotSet(slot, None) for slot in SLOTS]

    def _kept(self) -> CallBacks:
        return self._call_backs or CallBacks(open_database(settings().database))


class StopCallBack(ClinicAction):
    def name(self) -> str:
        return "action_stop_call_back"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.begin(dispatcher, tracker)
        say(dispatcher, asking_reply(self.content, "call_back_request", "stopped", self.today))
        return [SlotSet(slot, None) for slot in SLOTS]
