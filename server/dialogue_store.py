"""Rasa's memory of each dialogue in the embedded database, with what it lacks: forgetting, and not reading
each conversation again for each message. One process serves a conversation, so what it saved is what is there."""

from collections import OrderedDict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from storage.database import erase_traces, make_engine
from storage.settings import settings

FILE = "dialogue.db"
MOST_REMEMBERED = 500  # conversations, the latest ones


class DialogueStore(SQLTrackerStore):
    """Rasa's SQL tracker store, by default on a file in the data folder."""

    def __init__(self, domain: Domain | None = None, db: str = "", **given: Any) -> None:
        folder = settings().data
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(domain=domain, db=db or str(folder / FILE), **given)
        self.engine = make_engine(self.engine.url)  # type: ignore[has-type]
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._recent: OrderedDict[str, DialogueStateTracker] = OrderedDict()
        self._saved: dict[str, int] = {}  # How many events of the tracker at hand are in the database.

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's latest session, without reading and replaying what this process just saved.

        It is taken out of what is remembered: a turn that fails leaves nothing half done behind.
        """
        remembered = self._recent.pop(sender_id, None)
        if remembered is None:
            self._saved.pop(sender_id, None)
            return await super().retrieve(sender_id)
        return remembered

    async def save(self, tracker: DialogueStateTracker) -> None:
        await super().save(tracker)
        sessions = sum(isinstance(event, SessionStarted) for event in tracker.events)
        if sessions > 1:  # Rasa counts and reads from the last one only, so the tracker must be read anew.
            self._saved.pop(tracker.sender_id, None)
            return
        self._recent[tracker.sender_id], self._saved[tracker.sender_id] = tracker, len(tracker.events)
        if len(self._recent) > MOST_REMEMBERED:
            oldest, _ = self._recent.popitem(last=False)
            self._saved.pop(oldest, None)

    def _additional_events(self, session: Session, tracker: DialogueStateTracker) -> Iterator[Event]:
        saved = self._saved.get(tracker.sender_id)
        if saved is None:
            return super()._additional_events(session, tracker)
        return islice(tracker.events, saved, None)

    def forget(self, conversation: str) -> None:
        """Deletes all events of a conversation."""
        self._recent.pop(conversation, None)
        self._saved.pop(conversation, None)
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == conversation).delete()
            session.commit()
        erase_traces(self.engine)

    def ping(self) -> None:
        """Raises an error of SQLAlchemy when the database does not answer."""
        with self.session_scope() as session:
            session.execute(text("SELECT 1"))
