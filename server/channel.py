"""The chat as a Rasa channel: for our launcher, and for `rasa run` with credentials.yml."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic

from clinic.answers import Answer
from clinic.suggestions import Suggestions
from server.dialogue_store import DialogueStore
from server.suggestion_index import prepared
from server.turns import CHANNEL, Turns
from storage import clock
from storage.content_files import LiveContent, live_content
from storage.conversations import Conversations
from storage.database import open_database
from storage.settings import Settings, settings
from storage.signing_key import signing_key
from web.widget.chat import Chat, chat_blueprint
from web.widget.live import LiveConversations
from web.widget.sessions import Sessions


class ChatChannel(InputChannel):
    def __init__(self, own: Settings, content: LiveContent) -> None:
        self.conversations = LiveConversations(Conversations(open_database(own.database)))
        self.content = content
        self._sessions = Sessions(signing_key(own))
        self._app: Sanic | None = None
        self._suggestions: asyncio.Future[Suggestions] | None = None

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "ChatChannel":
        return cls(settings(), live_content())

    def url_prefix(self) -> str:
        return f"/{CHANNEL}"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        turns = Turns(self.conversations, self.content, on_new_message, self.redact)
        blueprint = chat_blueprint(
            Chat(self.conversations, self._sessions, self.suggest, turns.start, self.forget, clock.real_now)
        )

        @blueprint.listener("after_server_start")
        async def begin(app: Sanic, _: Any) -> None:
            self._app = app
            turns.close_unanswered()

        return blueprint

    async def suggest(self, typed: str) -> list[Answer]:
        """The questions that fit best what a visitor has typed so far."""
        suggestions = await self.prepare_suggestions()
        return suggestions.best(typed, self.content.current())

    async def prepare_suggestions(self) -> Suggestions:
        """Made once, which takes about a second."""
        if self._suggestions is None:
            self._suggestions = asyncio.get_running_loop().run_in_executor(None, prepared)
        return await asyncio.shield(self._suggestions)  # One visitor who leaves must not end it for the others.

    async def forget(self, conversation: str) -> None:
        """Deletes a conversation, both what was seen and what the dialogue remembers."""
        if store := self._dialogues():
            store.forget(conversation)
        self.conversations.kept.forget(conversation)
        self.conversations.end(conversation)

    def redact(self, conversation: str, words: Collection[str]) -> None:
        """Takes words out of a conversation, both of what was seen and of what the dialogue remembers."""
        if store := self._dialogues():
            store.redact(conversation, words)
        self.conversations.kept.redact(conversation, words)

    def _dialogues(self) -> DialogueStore | None:
        return dialogues_of(getattr(getattr(self._app, "ctx", None), "agent", None))


def dialogues_of(agent: Any) -> DialogueStore | None:
    """Rasa wraps its stores; ours is at the bottom."""
    store = getattr(agent, "tracker_store", None)
    while store is not None and not isinstance(store, DialogueStore):
        store = getattr(store, "_tracker_store", None)
    return store
