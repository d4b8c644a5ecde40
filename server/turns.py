"""Turns: one message in, its events out, whatever happens on the way.

A dangerous message gets its emergency text even when everything else fails.
"""

import asyncio
import logging
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from clinic.replies import FORGET, Reply, alert_reply, answer_reply
from server.logs import told
from storage import clock
from storage.content_files import LiveContent
from storage.conversations import Event
from web.widget.chat import Turn
from web.widget.live import LiveConversations

logger = logging.getLogger(__name__)

CHANNEL = "chat"
LONGEST_TURN_SECONDS = 30.0
TURN_END: Event = {"kind": "turn_end"}

HandleMessage = Callable[[UserMessage], Awaitable[Any]]
Redact = Callable[[str, Collection[str]], None]  # takes words out of what is kept of a conversation


class ChatOutput(OutputChannel):
    """Collects what the dialogue says, as `bot` events of one turn."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.forget: set[str] = set()  # Names and addresses that are needed no longer.

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.forget.update(message.get(FORGET) or ())
        known = {key: value for key, value in message.items() if key in Reply.__fields__ and value is not None}
        self.events.append(_bot(Reply(**{"answer": "not_understood", **known})))


class Turns:
    """Runs the turns of each conversation one after another, and those of different ones side by side."""

    def __init__(
        self, conversations: LiveConversations, content: LiveContent, handle: HandleMessage, redact: Redact
    ) -> None:
        self._conversations = conversations
        self._content = content
        self._handle = handle
        self._redact = redact
        self._trouble = self._trouble_now()  # Kept for when even the rules or the content fail.
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._running: set[asyncio.Task[None]] = set()

    def start(self, turn: Turn) -> None:
        """Runs the turn on its own: it goes on when the browser that asked has gone."""
        task = asyncio.get_running_loop().create_task(self._run(turn))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def close_unanswered(self) -> None:
        """Tells those whose turn was cut off by a stop of the server. Called once, at start."""
        for conversation, message in self._conversations.kept.unanswered():
            events = self._conversations.kept.events_after(conversation, 0)
            turn = [event for event in events if event["in_reply_to"] == message]
            answered = any(event["kind"] == "bot" for event in turn)
            missing = [] if answered else [self._apology(turn[0]["text"])]
            self._conversations.append(conversation, message, [*missing, TURN_END])

    async def _run(self, turn: Turn) -> None:
        lock = self._locks[turn.conversation]
        async with lock:
            output = ChatOutput()
            said = await self._said(turn, output) or [self._apology(turn.text)]
            try:
                self._conversations.append(turn.conversation, turn.message, [*said, TURN_END])
                if output.forget:
                    self._redact(turn.conversation, output.forget)
            except Exception as error:  # Nothing can be kept now; the next start closes the turn.
                logger.error("turn not kept: %s", told(error))
        if not lock.locked() and not lock._waiters:  # type: ignore[attr-defined]
            self._locks.pop(turn.conversation, None)

    async def _said(self, turn: Turn, output: ChatOutput) -> list[Event]:
        """What the dialogue says in a turn; of one that fails only the alerts, as the rest may be wrong."""
        try:
            await asyncio.wait_for(self._handle(self._message(turn, output)), LONGEST_TURN_SECONDS)
        except asyncio.CancelledError:  # The server stops; its next start closes the turn.
            raise
        except BaseException as error:  # The tokenizer, in Rust, can raise what is no Exception.
            logger.error("turn failed: %s", told(error))
            return [event for event in output.events if event["alert"]]
        return output.events

    def _message(self, turn: Turn, output: ChatOutput) -> UserMessage:
        text = turn.payload if turn.payload is not None else as_typed(turn.text)
        return UserMessage(text, output, turn.conversation, input_channel=CHANNEL, message_id=turn.message)

    def _apology(self, words: str) -> Event:
        """What is said for a silent dialogue: the rules' alert to a dangerous message, to others whom to call."""
        try:
            content = self._content.current()
            flag = content.red_flags.alert_for(words)
            return _bot(alert_reply(content, flag.level, clock.today())) if flag else self._trouble_now()
        except Exception as error:  # The rules themselves: nobody is left without the telephone numbers.
            logger.error("red flags failed: %s", told(error))
            return self._trouble

    def _trouble_now(self) -> Event:
        return {"kind": "error", "text": answer_reply(self._content.current(), "trouble", clock.today()).text}


def _bot(reply: Reply) -> Event:
    return {"kind": "bot", **reply.dict()}


def as_typed(text: str) -> str:
    """A visitor's text, which Rasa must not take for a command: it runs `/intent{...}` as one."""
    return re.sub(r"^[\s/]+", "", text) or "?"
