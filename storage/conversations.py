"""Keeps what visitors see: the numbered events of each conversation, until it is forgotten.

The dialogue's own memory is Rasa's tracker store; this is the visitor's wire, which can be
read again from any number on, so that nothing is lost over a broken connection.
"""

import json
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.engine import Connection, Engine

from storage.database import erase_traces
from storage.tables import BUTTONS, CONVERSATIONS, EVENTS, FEEDBACK, MESSAGES

Event = dict[str, Any]

# What every turn runs, as text: SQLAlchemy would spend longer on building these than the database on running them.
EXISTS = text("SELECT 1 FROM conversations WHERE id = :conversation")
TOUCH = text("UPDATE conversations SET last_message_at = :now WHERE id = :conversation")
FIND_MESSAGE = text("SELECT 1 FROM chat_messages WHERE conversation = :conversation AND id = :message")
TAKE_MESSAGE = text(
    "INSERT INTO chat_messages (conversation, id, answered)"
    " SELECT id, :message, FALSE FROM conversations WHERE id = :conversation"
    " ON CONFLICT DO NOTHING"
)
COUNT_WAITING = text("SELECT count(*) FROM chat_messages WHERE conversation = :conversation AND NOT answered")
ANSWERED = text("UPDATE chat_messages SET answered = TRUE WHERE conversation = :conversation AND id = :message")
APPEND = text(
    "INSERT INTO chat_events (conversation, seq, body)"
    " SELECT id, (SELECT coalesce(max(seq), 0) + 1 FROM chat_events WHERE conversation = :conversation), :body"
    " FROM conversations WHERE id = :conversation"
    " RETURNING seq"
)
EVENTS_AFTER = text("SELECT seq, body FROM chat_events WHERE conversation = :conversation AND seq > :seq ORDER BY seq")
OFFER = text(
    "INSERT INTO offered_buttons (conversation, id, title, payload) VALUES (:conversation, :id, :title, :payload)"
)


class OfferedButton(NamedTuple):
    title: str
    payload: str


class Unanswered(NamedTuple):
    conversation: str
    message: str


class Conversations:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(self, now: datetime) -> str:
        """The id of a new conversation without events."""
        conversation = uuid4().hex
        with self._engine.begin() as connection:
            connection.execute(insert(CONVERSATIONS).values(id=conversation, last_message_at=now.timestamp()))
        return conversation

    def exists(self, conversation: str) -> bool:
        with self._engine.begin() as connection:
            return _exists(connection, conversation)

    def accept(self, conversation: str, message: str, words: str, now: datetime) -> bool:
        """Takes a message in, as the first event of its turn. False if that was done before, or the chat is gone."""
        said = {"id": message, "in_reply_to": message, "kind": "user", "text": words}
        with self._engine.begin() as connection:
            taken = connection.execute(TAKE_MESSAGE, {"conversation": conversation, "message": message})
            if not taken.rowcount:
                return False
            connection.execute(TOUCH, {"conversation": conversation, "now": now.timestamp()})
            _append(connection, conversation, said)
            return True

    def is_known(self, conversation: str, message: str) -> bool:
        with self._engine.begin() as connection:
            return (
                connection.execute(FIND_MESSAGE, {"conversation": conversation, "message": message}).first() is not None
            )

    def append(self, conversation: str, message: str, kind: str, **fields: Any) -> Event | None:
        """The next event of the message's turn, numbered; None if the conversation was forgotten meanwhile.

        Buttons in `fields` get ids here, and their payloads stay here: only the server knows what they do.
        """
        buttons = [{**button, "id": uuid4().hex} for button in fields.get("buttons", [])]
        if "buttons" in fields:
            fields["buttons"] = [{key: button[key] for key in ("id", "title", "answer")} for button in buttons]
        with self._engine.begin() as connection:
            event = _append(
                connection, conversation, {"id": uuid4().hex, "in_reply_to": message, "kind": kind, **fields}
            )
            if event is None:
                return None
            if buttons:
                connection.execute(OFFER, [{"conversation": conversation, **button} for button in buttons])
            if kind == "turn_end":
                connection.execute(ANSWERED, {"conversation": conversation, "message": message})
            return event

    def events_after(self, conversation: str, seq: int) -> list[Event]:
        """All events with a higher number, in order."""
        with self._engine.begin() as connection:
            rows = connection.execute(EVENTS_AFTER, {"conversation": conversation, "seq": seq})
            return [{"seq": number, **json.loads(body)} for number, body in rows]

    def button(self, conversation: str, button: str) -> OfferedButton | None:
        """The button with this id, if it was offered in this conversation."""
        wanted = select(BUTTONS.c.title, BUTTONS.c.payload)
        with self._engine.begin() as connection:
            row = connection.execute(
                wanted.where(BUTTONS.c.conversation == conversation, BUTTONS.c.id == button)
            ).first()
        return OfferedButton(*row) if row else None

    def waiting(self, conversation: str) -> int:
        """How many messages of the conversation have no answer yet."""
        with self._engine.begin() as connection:
            return int(connection.execute(COUNT_WAITING, {"conversation": conversation}).scalar_one())

    def unanswered(self) -> list[Unanswered]:
        """Messages whose turn never ended: the server was stopped in the middle."""
        wanted = select(MESSAGES.c.conversation, MESSAGES.c.id).where(MESSAGES.c.answered.is_(False))
        with self._engine.begin() as connection:
            return [Unanswered(*row) for row in connection.execute(wanted)]

    def keep_feedback(self, conversation: str, seq: int, *, helpful: bool, reason: str | None) -> bool:
        """False when there is no bot event with this number."""
        event = next((one for one in self.events_after(conversation, seq - 1) if one["seq"] == seq), None)
        if not event or event["kind"] != "bot":
            return False
        with self._engine.begin() as connection:
            given = {"conversation": conversation, "answer": event["answer"], "helpful": helpful, "reason": reason}
            connection.execute(insert(FEEDBACK).values(**given))
        return True

    def forget(self, conversation: str) -> None:
        """Deletes everything of a conversation but the counts of what helped."""
        with self._engine.begin() as connection:
            for table in (EVENTS, MESSAGES, BUTTONS):
                connection.execute(delete(table).where(table.c.conversation == conversation))
            anonymous = {"conversation": None, "reason": None}
            connection.execute(update(FEEDBACK).where(FEEDBACK.c.conversation == conversation).values(**anonymous))
            connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation))
        erase_traces(self._engine)

    def quiet_since(self, moment: datetime) -> list[str]:
        """The conversations whose last message came before a moment."""
        wanted = select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.last_message_at < moment.timestamp())
        with self._engine.begin() as connection:
            return list(connection.execute(wanted).scalars())


def _exists(connection: Connection, conversation: str) -> bool:
    return connection.execute(EXISTS, {"conversation": conversation}).first() is not None


def _append(connection: Connection, conversation: str, event: Event) -> Event | None:
    """The event with its number, or None when there is no such conversation."""
    body = json.dumps(event, ensure_ascii=False)
    seq = connection.execute(APPEND, {"conversation": conversation, "body": body}).scalar()
    return None if seq is None else {"seq": seq, **event}
