"""Rasa's memory of each dialogue in the embedded database, with the one thing it lacks: forgetting."""

from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy import text
from sqlalchemy.orm import sessionmaker

from storage.database import erase_traces, make_engine
from storage.settings import settings

FILE = "dialogue.db"


class DialogueStore(SQLTrackerStore):
    """Rasa's SQL tracker store, by default on a file in the data folder."""

    def __init__(self, domain: Domain | None = None, db: str = "", **given: Any) -> None:
        folder = settings().data
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(domain=domain, db=db or str(folder / FILE), **given)
        self.engine = make_engine(self.engine.url)  # type: ignore[has-type]
        self.sessionmaker = sessionmaker(bind=self.engine)

    def forget(self, conversation: str) -> None:
        """Deletes all events of a conversation."""
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == conversation).delete()
            session.commit()
        erase_traces(self.engine)

    def ping(self) -> None:
        """Raises an error of SQLAlchemy when the database does not answer."""
        with self.session_scope() as session:
            session.execute(text("SELECT 1"))
