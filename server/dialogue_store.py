"""Rasa's memory of each dialogue in a database, with what it lacks: forgetting, and turns that do not
grow slower as a conversation grows longer. One process serves a conversation, so what it saved is what is there."""

import json
from collections import OrderedDict
from collections.abc import Collection
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import insert, text
from sqlalchemy.engine import URL, make_url

from storage.database import create_tables, erase_traces, make_engine
from storage.redaction import redacted
from storage.settings import Settings, settings

FILE = "dialogue.db"
MOST_REMEMBERED = 500  # conversations, the latest ones
# Rasa reads a whole dialogue several times a turn. No rule or story of ours looks further back than two turns.
MOST_TURNS = 4
TURNS_KEPT = 2


class DialogueStore(SQLTrackerStore):
    """Rasa's SQL tracker store, on a file in the data folder, or on the PostgreSQL that DATABASE names."""

    def __init__(self, domain: Domain | None = None, **given: Any) -> None:
        url = _address(settings())
        engine = make_engine(url)
        create_tables(engine, self.Base.metadata)  # Rasa would too, but several processes would fail at it.
        super().__init__(domain=domain, **{**given, "host": url.render_as_string(hide_password=False)})
        self.engine.dispose()  # type: ignore[has-type]
        self.engine = engine
        self.sessionmaker.configure(bind=self.engine)  # type: ignore[has-type]
        self._recent: OrderedDict[str, DialogueStateTracker] = OrderedDict()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The dialogue as it stands, without reading and replaying what this process just saved.

        It is taken out of what is remembered: a turn that fails leaves nothing half done behind.
        """
        tracker = self._recent.pop(sender_id, None) or await super().retrieve(sender_id)
        return None if tracker is None else _all_saved(shortened(tracker))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Adds what came since the dialogue was retrieved."""
        events = list(tracker.events)[_saved(tracker) :]
        if events:
            with self.engine.begin() as connection:
                connection.execute(insert(self.SQLEvent), [_row(tracker.sender_id, event) for event in events])
        self._recent[tracker.sender_id] = _all_saved(tracker)
        if len(self._recent) > MOST_REMEMBERED:
            self._recent.popitem(last=False)

    def forget(self, conversation: str) -> None:
        """Deletes all events of a conversation."""
        self._recent.pop(conversation, None)
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == conversation).delete()
            session.commit()
        erase_traces(self.engine)

    def redact(self, conversation: str, words: Collection[str]) -> None:
        """Takes words out of all events of a conversation."""
        self._recent.pop(conversation, None)  # Read anew, without them.
        with self.session_scope() as session:
            for event in session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == conversation):
                event.data = json.dumps(redacted(json.loads(event.data), words))
            session.commit()
        erase_traces(self.engine)

    def ping(self) -> None:
        """Raises an error of SQLAlchemy when the database does not answer."""
        with self.session_scope() as session:
            session.execute(text("SELECT 1"))


def _address(own: Settings) -> URL:
    """On SQLite the dialogues have a file of their own: who writes there waits for nobody else."""
    database = make_url(own.database)
    if database.get_backend_name() != "sqlite":
        return database
    own.data.mkdir(parents=True, exist_ok=True)
    return make_url(f"sqlite:///{own.data / FILE}")


def shortened(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """A dialogue of many turns with its last ones only; slots and the form in progress tell of those before."""
    events = list(tracker.events)
    turns = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(turns) <= MOST_TURNS:
        return tracker
    first = turns[-TURNS_KEPT]
    before = _replayed(tracker, events[:first])
    if before.active_loop and (before.active_loop.rejected or before.active_loop.is_interrupted):
        return tracker  # Shortened a turn later, when the form goes on.
    return _replayed(tracker, [*_standing(before), *events[first:]])


def _standing(tracker: DialogueStateTracker) -> list[Event]:
    """A beginning that leads to where the dialogue is: between two turns, perhaps in a form."""
    slots: list[Event] = [SlotSet(name, value) for name, value in tracker.current_slot_values().items() if value]
    form = tracker.active_loop_name
    loop: list[Event] = [ActionExecuted(form), ActiveLoop(form)] if form else []
    begin: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    return [*begin, *loop, *slots, ActionExecuted(ACTION_LISTEN_NAME)]


def _replayed(tracker: DialogueStateTracker, events: list[Event]) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(tracker.sender_id, events, tracker.slots.values())


def _saved(tracker: DialogueStateTracker) -> int:
    """How many of the tracker's events are in the database; none of a new dialogue."""
    return int(getattr(tracker, "saved_events", 0))


def _all_saved(tracker: DialogueStateTracker) -> DialogueStateTracker:
    tracker.saved_events = len(tracker.events)  # type: ignore[attr-defined]
    return tracker


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    """An event in the columns of Rasa's table."""
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
