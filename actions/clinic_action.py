"""What every action of ours has: the clinic's content, its day, and a way to say a reply."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from clinic.content import Content
from clinic.replies import FORGET, Reply, alert_reply, answer_reply
from clinic.understanding import Guess
from clinic.wishes import Named
from storage import clock
from storage.alert_counts import AlertCounts, Outcome
from storage.content_files import LiveContent, live_content
from storage.database import open_database
from storage.settings import settings

logger = logging.getLogger(__name__)

Events = list[dict[str, Any]]


class ClinicAction(Action, ABC):
    def __init__(self, live: LiveContent | None = None, today: Callable[[], date] = clock.today) -> None:
        self._live = live or live_content()
        self._today = today

    @abstractmethod
    def name(self) -> str:
        """Abstract, so that rasa_sdk does not take this class for an action."""

    @property
    def content(self) -> Content:
        return self._live.current()

    @property
    def today(self) -> date:
        return self._today()

    def advise_first(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
        """Says what a red flag asks for, ahead of everything else in the turn; whether there is one."""
        flag = tracker.latest_message.get("red_flag")
        if flag and not has_spoken(tracker):
            language = tracker.latest_message.get("language")
            say(dispatcher, alert_reply(self.content, flag["level"], self.today, language))
            self.count_alert("raised", flag["id"], flag["level"])
        return bool(flag)

    def count_alert(self, outcome: Outcome, red_flag: str, level: str) -> None:
        try:
            AlertCounts(open_database(settings().database)).add(outcome, red_flag, level, self.today)
        except Exception as error:  # Whatever is wrong with the database, it must not stop an alert.
            logger.error("alert not counted: %s", type(error).__name__)

    def begin(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        """Before something is collected: what a red flag asks for, and the answers to what else was asked."""
        if has_spoken(tracker):
            return
        self.advise_first(dispatcher, tracker)
        for question in questions_of(tracker):
            if question != intent_of(tracker) and question in self.content.answers:
                say(dispatcher, answer_reply(self.content, question, self.today))


def say(dispatcher: CollectingDispatcher, reply: Reply, *, forget: Collection[str] = ()) -> None:
    """One bubble. Fields that Rasa has no name for travel beside its own to the channel, and so do the words that
    nothing needs any longer."""
    fields = reply.dict(exclude_none=True)
    if forget:
        fields[FORGET] = list(forget)
    dispatcher.utter_message(**fields)


def has_spoken(tracker: Tracker) -> bool:
    """Whether another action has replied to the latest message already."""
    latest = next((event for event in reversed(tracker.events) if event["event"] in ("user", "bot")), None)
    return latest is not None and latest["event"] == "bot"


def intent_of(tracker: Tracker) -> str:
    return (tracker.latest_message.get("intent") or {}).get("name") or ""


def questions_of(tracker: Tracker) -> list[str]:
    """All that the latest message asks, in order; for a button that was pressed, what it stands for."""
    questions = tracker.latest_message.get("questions")
    return [intent_of(tracker)] if questions is None else questions


def ranking_of(tracker: Tracker) -> list[Guess]:
    """The likeliest intents of the latest message first."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    return [Guess(one["name"], one["confidence"]) for one in ranking]


def named_in(tracker: Tracker) -> list[Named]:
    """What the latest message names, with the words it used."""
    text = text_of(tracker)
    entities = tracker.latest_message.get("entities") or []
    return [Named(one["entity"], one["value"], text[one.get("start", 0) : one.get("end", 0)]) for one in entities]


def text_of(tracker: Tracker) -> str:
    """The latest message as it was typed; for a button that was pressed, what it sends."""
    return tracker.latest_message.get("text") or ""


def asked_for(tracker: Tracker, slots: Collection[str]) -> str | None:
    """Which of a form's slots was asked for last; None when it was another form that asked, or none."""
    requested = tracker.get_slot("requested_slot")
    return requested if requested in slots else None
