"""Turns: one message in, its events out, whatever happens on the way.

A dangerous message gets its emergency text even when everything else fails.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from clinic.replies import Reply, alert_reply, answer_reply
from storage import clock
from storage.content_files import LiveContent
from web.widget.chat import Turn
from web.widget.live import LiveConversations

logger = logging.getLogger(__name__)

CHANNEL = "chat"
LONGEST_TURN_SECONDS = 30.0

HandleMessage = Callable[[UserMessage], Awaitable[Any]]


class ChatOutput(OutputChannel):
    """Writes what the dialogue says into the conversation, as `bot` events of one turn."""

    def __init__(self, conversations: LiveConversations, turn: Turn) -> None:
        self._conversations = conversations
        self._turn = turn
        self.said_anything = False

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        known = {key: value for key, value in message.items() if key in Reply.__fields__ and value is not None}
        self.say(Reply(**{"answer": "not_understood", **known}))

    def say(self, reply: Reply) -> None:
        self.said_anything = True
        self._conversations.append(self._turn.conversation, self._turn.message, "bot", **reply.dict())


class Turns:
    """Runs the turns of each conversation one after another, and those of different ones side by side."""

    def __init__(self, conversations: LiveConversations, content: LiveContent, handle: HandleMessage) -> None:
        self._conversations = conversations
        self._content = content
        self._handle = handle
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
            if not any(event["kind"] == "bot" for event in turn):
                self._apologise(Turn(conversation, message, turn[0]["text"]))
            self._conversations.append(conversation, message, "turn_end")

    async def _run(self, turn: Turn) -> None:
        lock = self._locks[turn.conversation]
        async with lock:
            output = ChatOutput(self._conversations, turn)
            self._conversations.append(turn.conversation, turn.message, "typing")
            try:
                await asyncio.wait_for(self._handle(self._message(turn, output)), LONGEST_TURN_SECONDS)
            except Exception as error:  # Whatever broke, the visitor must not be left alone with it.
                logger.error("turn failed: %s", type(error).__name__, exc_info=_without_words(error))
            if not output.said_anything:
                self._apologise(turn)
            self._conversations.append(turn.conversation, turn.message, "turn_end")
        if not lock.locked() and not lock._waiters:  # type: ignore[attr-defined]
            self._locks.pop(turn.conversation, None)

    def _message(self, turn: Turn, output: ChatOutput) -> UserMessage:
        text = turn.payload if turn.payload is not None else as_typed(turn.text)
        return UserMessage(text, output, turn.conversation, input_channel=CHANNEL, message_id=turn.message)

    def _apologise(self, turn: Turn) -> None:
        """What is said when the dialogue said nothing: the alert to a dangerous message, to others that it failed."""
        content = self._content.current()
        flag = content.red_flags.alert_for(turn.text)
        if flag:
            ChatOutput(self._conversations, turn).say(alert_reply(content, flag.level, clock.today()))
        else:
            text = answer_reply(content, "trouble", clock.today()).text
            self._conversations.append(turn.conversation, turn.message, "error", text=text)


def as_typed(text: str) -> str:
    """A visitor's text, which Rasa must not take for a command: it runs `/intent{...}` as one."""
    return text.lstrip("/ \t\n") or "?"


def _without_words(error: Exception) -> Exception | None:
    """The traceback, unless the error's own text may hold what the visitor said."""
    return None if error.args and any(isinstance(one, str) for one in error.args) else error
