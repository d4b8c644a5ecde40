"""Keeps what visitors see: the numbered events of each conversation, until it is forgotten.

The dialogue's own memory is Rasa's tracker store; this is the visitor's wire, which can be
read again from any number on, so that nothing is lost over a broken connection.
"""

import json
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Engine

from storage.database import erase_traces
from storage.tables import BUTTONS, CONVERSATIONS, EVENTS, FEEDBACK, MESSAGES

Event = dict[str, Any]


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

    def accept(self, conversation: str, message: str, text: str, now: datetime) -> bool:
        """Takes a message in, as the first event of its turn. False if that was done before, or the chat is gone."""
        with self._engine.begin() as connection:
            known = select(MESSAGES.c.id).where(MESSAGES.c.conversation == conversation, MESSAGES.c.id == message)
            if not _exists(connection, conversation) or connection.execute(known).first():
                return False
            connection.execute(insert(MESSAGES).values(conversation=conversation, id=message, answered=False))
            connection.execute(
                update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation).values(last_message_at=now.timestamp())
            )
            _append(connection, conversation, {"id": message, "in_reply_to": message, "kind": "user", "text": text})
            return True

    def is_known(self, conversation: str, message: str) -> bool:
        with self._engine.begin() as connection:
            found = select(MESSAGES.c.id).where(MESSAGES.c.conversation == conversation, MESSAGES.c.id == message)
            return connection.execute(found).first() is not None

    def append(self, conversation: str, message: str, kind: str, **fields: Any) -> Event | None:
        """The next event of the message's turn, numbered; None if the conversation was forgotten meanwhile.

        Buttons in `fields` get ids here, and their payloads stay here: only the server knows what they do.
        """
        with self._engine.begin() as connection:
            if not _exists(connection, conversation):
                return None
            if "buttons" in fields:
                fields["buttons"] = [_offer(connection, conversation, button) for button in fields["buttons"]]
            if kind == "turn_end":
                answered = update(MESSAGES).where(MESSAGES.c.conversation == conversation, MESSAGES.c.id == message)
                connection.execute(answered.values(answered=True))
            event = {"id": uuid4().hex, "in_reply_to": message, "kind": kind, **fields}
            return _append(connection, conversation, event)

    def events_after(self, conversation: str, seq: int) -> list[Event]:
        """All events with a higher number, in order."""
        wanted = select(EVENTS.c.body).where(EVENTS.c.conversation == conversation, EVENTS.c.seq > seq)
        with self._engine.begin() as connection:
            return [json.loads(body) for (body,) in connection.execute(wanted.order_by(EVENTS.c.seq))]

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
        wanted = select(func.count()).where(MESSAGES.c.conversation == conversation, MESSAGES.c.answered.is_(False))
        with self._engine.begin() as connection:
            return int(connection.execute(wanted).scalar_one())

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
    return connection.execute(select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.id == conversation)).first() is not None


def _append(connection: Connection, conversation: str, event: Event) -> Event:
    last = connection.execute(select(func.max(EVENTS.c.seq)).where(EVENTS.c.conversation == conversation)).scalar()
    numbered = {"seq": (last or 0) + 1, **event}
    body = json.dumps(numbered, ensure_ascii=False)
    connection.execute(insert(EVENTS).values(conversation=conversation, seq=numbered["seq"], body=body))
    return numbered


def _offer(connection: Connection, conversation: str, button: dict[str, str]) -> dict[str, str]:
    offered = uuid4().hex
    connection.execute(
        insert(BUTTONS).values(conversation=conversation, id=offered, title=button["title"], payload=button["payload"])
    )
    return {"id": offered, "title": button["title"], "answer": button["answer"]}
