"""Keeps what visitors see: the numbered events of each conversation, until it is forgotten.

The dialogue's own memory is Rasa's tracker store; this is the visitor's wire, which can be
read again from any number on, so that nothing is lost over a broken connection.
"""

import json
from collections.abc import Collection
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.engine import Connection, Engine

from storage.database import erase_traces, for_reading, take_turns
from storage.redaction import redacted
from storage.tables import BUTTONS, CONVERSATIONS, EVENTS, FEEDBACK, MESSAGES

Event = dict[str, Any]

# What every turn runs, as text: SQLAlchemy would spend longer on building these than the database on running them.
EXISTS = text("SELECT 1 FROM conversations WHERE id = :conversation")
STANDING = text(
    "SELECT EXISTS (SELECT 1 FROM chat_messages WHERE conversation = :conversation AND id = :message) AS known,"
    " (SELECT count(*) FROM chat_messages WHERE conversation = :conversation AND NOT answered) AS waiting,"
    " (SELECT coalesce(max(seq), 0) FROM chat_events WHERE conversation = :conversation) AS last_seq"
    " FROM conversations WHERE id = :conversation"
)
TAKE_MESSAGE = text("INSERT INTO chat_messages (conversation, id, answered) VALUES (:conversation, :message, FALSE)")
TOUCH = text("UPDATE conversations SET last_message_at = :now WHERE id = :conversation")
ANSWERED = text("UPDATE chat_messages SET answered = TRUE WHERE conversation = :conversation AND id = :message")
LAST_SEQ = text(
    "SELECT (SELECT coalesce(max(seq), 0) FROM chat_events WHERE conversation = :conversation)"
    " FROM conversations WHERE id = :conversation"
)
APPEND = text("INSERT INTO chat_events (conversation, seq, body) VALUES (:conversation, :seq, :body)")
EVENTS_AFTER = text("SELECT seq, body FROM chat_events WHERE conversation = :conversation AND seq > :seq ORDER BY seq")
OFFER = text(
    "INSERT INTO offered_buttons (conversation, id, title, payload) VALUES (:conversation, :id, :title, :payload)"
)


class Intake(Enum):
    """What became of a message that came in."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    TOO_MANY = "too many wait"
    GONE = "the conversation was forgotten"


class OfferedButton(NamedTuple):
    title: str
    payload: str


class Unanswered(NamedTuple):
    conversation: str
    message: str


class Conversations:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = for_reading(engine)

    def start(self, now: datetime) -> str:
        """The id of a new conversation without events."""
        conversation = uuid4().hex
        with self._engine.begin() as connection:
            connection.execute(insert(CONVERSATIONS).values(id=conversation, last_message_at=now.timestamp()))
        return conversation

    def exists(self, conversation: str) -> bool:
        with self._reading.begin() as connection:
            return connection.execute(EXISTS, {"conversation": conversation}).first() is not None

    def accept(
        self, conversation: str, message: str, words: str, now: datetime, *, most_waiting: int
    ) -> tuple[Intake, list[Event]]:
        """Takes a message in, once, unless so many others wait for their answers.

        Its turn begins with two events: what the visitor said, and that an answer is being written.
        """
        named = {"conversation": conversation, "message": message}
        with self._engine.begin() as connection:
            take_turns(connection, conversation)
            standing = connection.execute(STANDING, named).first()
            if standing is None:
                return Intake.GONE, []
            if standing.known:
                return Intake.DUPLICATE, []
            if standing.waiting >= most_waiting:
                return Intake.TOO_MANY, []
            connection.execute(TAKE_MESSAGE, named)
            connection.execute(TOUCH, {"conversation": conversation, "now": now.timestamp()})
            said = {"id": message, "in_reply_to": message, "kind": "user", "text": words}
            typing = {"id": uuid4().hex, "in_reply_to": message, "kind": "typing"}
            return Intake.ACCEPTED, _append(connection, conversation, standing.last_seq, [said, typing])

    def append(self, conversation: str, message: str, events: list[Event]) -> list[Event]:
        """The next events of the message's turn, numbered; none if the conversation was forgotten meanwhile.

        Each needs a `kind`. Buttons get ids here, and their payloads stay here: only the server knows what they do.
        """
        offered: list[dict[str, str]] = []
        complete = [{"id": uuid4().hex, "in_reply_to": message, **_with_button_ids(event, offered)} for event in events]
        with self._engine.begin() as connection:
            take_turns(connection, conversation)
            last_seq = connection.execute(LAST_SEQ, {"conversation": conversation}).scalar()
            if last_seq is None:
                return []
            if offered:
                connection.execute(OFFER, [{"conversation": conversation, **button} for button in offered])
            if any(event["kind"] == "turn_end" for event in events):
                connection.execute(ANSWERED, {"conversation": conversation, "message": message})
            return _append(connection, conversation, last_seq, complete)

    def events_after(self, conversation: str, seq: int) -> list[Event]:
        """All events with a higher number, in order."""
        with self._reading.begin() as connection:
            rows = connection.execute(EVENTS_AFTER, {"conversation": conversation, "seq": seq})
            return [{"seq": number, **json.loads(body)} for number, body in rows]

    def button(self, conversation: str, button: str) -> OfferedButton | None:
        """The button with this id, if it was offered in this conversation."""
        wanted = select(BUTTONS.c.title, BUTTONS.c.payload)
        with self._reading.begin() as connection:
            row = connection.execute(
                wanted.where(BUTTONS.c.conversation == conversation, BUTTONS.c.id == button)
            ).first()
        return OfferedButton(*row) if row else None

    def unanswered(self) -> list[Unanswered]:
        """Messages whose turn never ended: the server was stopped in the middle."""
        wanted = select(MESSAGES.c.conversation, MESSAGES.c.id).where(MESSAGES.c.answered.is_(False))
        with self._reading.begin() as connection:
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
            take_turns(connection, conversation)
            for table in (EVENTS, MESSAGES, BUTTONS):
                connection.execute(delete(table).where(table.c.conversation == conversation))
            anonymous = {"conversation": None, "reason": None}
            connection.execute(update(FEEDBACK).where(FEEDBACK.c.conversation == conversation).values(**anonymous))
            connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation))
        erase_traces(self._engine)

    def redact(self, conversation: str, words: Collection[str]) -> None:
        """Takes words out of all that is kept of a conversation."""
        rows = select(EVENTS.c.seq, EVENTS.c.body).where(EVENTS.c.conversation == conversation)
        mine = EVENTS.c.conversation == conversation
        with self._engine.begin() as connection:
            for seq, body in connection.execute(rows).all():
                plain = json.dumps(redacted(json.loads(body), words), ensure_ascii=False)
                if plain != body:
                    connection.execute(update(EVENTS).where(mine, EVENTS.c.seq == seq).values(body=plain))
        erase_traces(self._engine)

    def quiet_since(self, moment: datetime) -> list[str]:
        """The conversations whose last message came before a moment."""
        wanted = select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.last_message_at < moment.timestamp())
        with self._reading.begin() as connection:
            return list(connection.execute(wanted).scalars())


def _append(connection: Connection, conversation: str, last_seq: int, events: list[Event]) -> list[Event]:
    """The events with the numbers that follow."""
    numbered = list(enumerate(events, last_seq + 1))
    rows = [
        {"conversation": conversation, "seq": seq, "body": json.dumps(event, ensure_ascii=False)}
        for seq, event in numbered
    ]
    connection.execute(APPEND, rows)
    return [{"seq": seq, **event} for seq, event in numbered]


def _with_button_ids(event: Event, offered: list[dict[str, str]]) -> Event:
    """The event as the visitor gets it; what its buttons do is added to `offered`."""
    if "buttons" not in event:
        return event
    buttons = [{**button, "id": uuid4().hex} for button in event["buttons"]]
    offered += buttons
    shown = {**event, "buttons": [{key: button[key] for key in ("id", "title", "answer")} for button in buttons]}
    if event.get("slots"):  # A time is chosen by its button.
        ids = {button["payload"]: button["id"] for button in buttons}
        shown["slots"] = [_without_payload(slot) | {"id": ids[slot["payload"]]} for slot in event["slots"]]
    return shown


def _without_payload(slot: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in slot.items() if key != "payload"}
