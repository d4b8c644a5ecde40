"""The call-back form: a name, a number, when it suits, and what the desk may read, kept for the desk."""

from abc import ABC
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_action import DRAFT, BookingAction
from actions.clinic_action import Events, asked_for, has_spoken, intent_of, named_in, say, text_of
from clinic.agreement import says_no, says_yes
from clinic.call_backs import (
    CallBack,
    has_letters_in_number,
    is_too_long_a_name,
    name_in,
    phone_in,
    summary,
    tells_a_name,
    tries_a_number,
    without_phone,
)
from clinic.call_windows import CLOSED, may_be_about_a_session, parts_offered, window_in
from clinic.parts import asks
from clinic.replies import Button, Reply, asking_reply
from clinic.spoken_times import read_times
from clinic.understanding import TOPICS
from clinic.wishes import ANY
from storage.call_backs import CallBacks
from storage.database import open_database
from storage.settings import settings

SLOTS = ("name", "phone", "window", "summary")
PART_OF_DAY = "part_of_day"


class CallBackAction(BookingAction, ABC):
    def asking(self, ask: str, **filled: str) -> Reply:
        return asking_reply(self.content, "call_back_request", ask, self.today, filled)

    def choice(self, title: str, payload: str) -> Button:
        return Button(title=title, answer="call_back_request", payload=payload)

    def window(self, tracker: Tracker) -> str | None:
        """What the latest message says of when to call; see `window_in`. A question of its own says nothing of it, but
        "mornings" is none, whatever the classifier takes it for."""
        text, now = text_of(tracker), self.local_now()
        asks_of_others = intent_of(tracker) in self.content.asked() - {"call_back_request"}
        if tracker.latest_message.get("red_flag") or (asks_of_others and asks(text.rstrip("? "))):
            return None
        spoken = "" if text.startswith("/") else without_phone(text)
        parts = [one.value for one in named_in(tracker) if one.category == PART_OF_DAY]
        return window_in(spoken, parts, read_times(spoken, now), self.content.schedule, now)

    def summary(self, tracker: Tracker) -> str:
        """What the desk would read of this conversation; empty when there is nothing to tell."""
        answers = self.content.answers
        asked = [answers[topic].question for topic in tracker.get_slot(TOPICS) or [] if topic in answers]
        titles = [self.content.facts.fill(question, self.today) for question in reversed(asked)]
        return summary(titles, self._wish(tracker))

    def ended(self, tracker: Tracker) -> Events:
        """Nothing is kept in the conversation, nor of a booking that came before."""
        self.let_go(self.draft(tracker))
        return [SlotSet(slot, None) for slot in (*SLOTS, DRAFT)]

    def _wish(self, tracker: Tracker) -> str:
        draft = self.draft(tracker)
        if draft is None:
            return ""
        therapist = next((one.name for one in self.content.therapists if one.id == draft.therapist), "")
        parts = [
            self.treatment_name(draft.treatment),
            f"{draft.minutes} minutes" if draft.minutes else "",
            f"with {therapist}" if therapist else "",
            self.wished_times(draft) if draft.ranges else "",
        ]
        return ", ".join(filter(None, parts))


class ReadCallBack(CallBackAction):
    def name(self) -> str:
        return "action_read_call_back"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        requested = asked_for(tracker, SLOTS)
        if intent_of(tracker) == "stop":
            return []
        found = self._found(tracker, requested)
        if requested and not found and self._asks_again(tracker, requested):
            return [SlotSet(requested, None)]  # A form that is given nothing would decline the turn.
        is_last = all(slot in found or tracker.get_slot(slot) for slot in ("name", "phone", "window"))
        if found and is_last and not self.summary(tracker):
            found["summary"] = False  # There is nothing to ask about.
        return [SlotSet(slot, value) for slot, value in found.items()]

    def _found(self, tracker: Tracker, requested: str | None) -> dict[str, Any]:
        text, intent = text_of(tracker), intent_of(tracker)
        found: dict[str, Any] = {}
        if phone := phone_in(text):
            found["phone"] = phone
        if requested == "name" and (phone or self._may_be_a_name(tracker)) and (name := name_in(text)):
            found["name"] = name
        tells_when = requested in ("window", "summary") or bool(requested == "phone" and phone)
        tells_when |= intent == "call_back_request" and not may_be_about_a_session(text)
        if tells_when and "name" not in found:  # April and Dawn are no times.
            window = self.window(tracker)
            found |= {"window": window} if window else {}
        answers = len(text.split()) <= 2 or intent not in self.content.asked()  # "Right leg hurts" agrees to nothing.
        if requested == "summary" and answers and (says_yes(text, intent) or says_no(text, intent)):
            found["summary"] = says_yes(text, intent)
        return found

    def _may_be_a_name(self, tracker: Tracker) -> bool:
        """A name such as "Dawn Walker" is not a question, whatever it looks like to the classifier."""
        text = text_of(tracker)
        if text.startswith("/") or tracker.latest_message.get("red_flag"):
            return False
        is_plain = len(text.split()) <= 3 or tells_a_name(text)
        return is_plain or intent_of(tracker) not in self.content.asked()

    def _asks_again(self, tracker: Tracker, requested: str) -> bool:
        """What was meant for an answer and is none is no question, nor is asking once more for the call."""
        text = text_of(tracker)
        tried = {
            "name": self._may_be_a_name(tracker) and is_too_long_a_name(text),
            "phone": tries_a_number(text) and "?" not in text,
            "window": self.window(tracker) == CLOSED,
        }
        return tried.get(requested, False) or intent_of(tracker) == "call_back_request"


class AskName(CallBackAction):
    def name(self) -> str:
        return "action_ask_call_back_form_name"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        again = asked_for(tracker, SLOTS) == "name" and not has_spoken(tracker)
        self.begin(dispatcher, tracker)
        say(dispatcher, self.asking("long_name" if again and is_too_long_a_name(text_of(tracker)) else "name"))
        return []


class AskPhone(CallBackAction):
    def name(self) -> str:
        return "action_ask_call_back_form_phone"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.begin(dispatcher, tracker)
        text = text_of(tracker)
        refused = "letters_in_phone" if has_letters_in_number(text) else "bad_phone"
        say(dispatcher, self.asking(refused if tries_a_number(text) else "phone"))
        return []


class AskWindow(CallBackAction):
    """When it suits, with a button for each part of the day in which the clinic is open."""

    def name(self) -> str:
        return "action_ask_call_back_form_window"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        again = asked_for(tracker, SLOTS) == "window" and not has_spoken(tracker)
        self.begin(dispatcher, tracker)
        reply = self.asking("window")
        if again and self.window(tracker) == CLOSED:
            reply = reply.copy(update={"text": f"{self.asking('closed_then').text.strip()}\n\n{reply.text}"})
        parts = parts_offered(self.content.schedule)
        choices = [*((f"{part.capitalize()}, {hours}", part) for part, hours in parts.items()), ("Any time", ANY)]
        buttons = [self.choice(title, f'/inform{{"{PART_OF_DAY}": "{value}"}}') for title, value in choices]
        say(dispatcher, reply.copy(update={"buttons": buttons}))
        return []


class AskSummary(CallBackAction):
    """Whether the desk may read what was talked about; it is shown word for word."""

    def name(self) -> str:
        return "action_ask_call_back_form_summary"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.begin(dispatcher, tracker)
        buttons = [self.choice("Yes, add it", "/affirm"), self.choice("No, leave it out", "/deny")]
        say(dispatcher, self.asking("summary", summary=self.summary(tracker)).copy(update={"buttons": buttons}))
        return []


class KeepCallBack(CallBackAction):
    def __init__(self, call_backs: CallBacks | None = None, **given: Any) -> None:
        super().__init__(**given)
        self._call_backs = call_backs

    def name(self) -> str:
        return "action_keep_call_back"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        name, phone, window = (tracker.get_slot(slot) for slot in ("name", "phone", "window"))
        told = self.summary(tracker) if tracker.get_slot("summary") else ""
        call_back = CallBack(name=name, phone=phone, wish="", window=window, summary=told, asked_at=self.now())
        self._kept().keep(call_back)
        self.begin(dispatcher, tracker)
        # Name and number are taken out of the conversation with this turn, so it does not say them whole.
        say(dispatcher, self.asking("done", phone=phone[-4:], window=window), forget=[name, phone])
        return self.ended(tracker)

    def _kept(self) -> CallBacks:
        return self._call_backs or CallBacks(open_database(settings().database))


class StopCallBack(CallBackAction):
    def name(self) -> str:
        return "action_stop_call_back"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        self.begin(dispatcher, tracker)
        say(dispatcher, self.asking("stopped"))
        return self.ended(tracker)
