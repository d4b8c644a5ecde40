"""Conversations that people are looking at now: whoever waits for an event is woken when it comes."""

import asyncio
from collections import defaultdict
from typing import Any

from storage.conversations import Conversations, Event


class LiveConversations:
    """All in one event loop; the kept conversations are the truth, this only tells when to look again."""

    def __init__(self, kept: Conversations) -> None:
        self.kept = kept
        self._waiting: defaultdict[str, set[asyncio.Future[None]]] = defaultdict(set)

    def append(self, conversation: str, message: str, kind: str, **fields: Any) -> Event | None:
        event = self.kept.append(conversation, message, kind, **fields)
        self.wake(conversation)
        return event

    def wake(self, conversation: str) -> None:
        for waiting in self._waiting.pop(conversation, set()):
            if not waiting.done():
                waiting.set_result(None)

    async def events_after(self, conversation: str, seq: int, *, wait_seconds: float) -> list[Event]:
        """The events after a number; waits for the first one, and is empty when none came in time."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[conversation].add(woken)
        try:
            events = self.kept.events_after(conversation, seq)
            if events or wait_seconds <= 0:
                return events
            await asyncio.wait([woken], timeout=wait_seconds)
            return self.kept.events_after(conversation, seq)
        finally:
            self._waiting[conversation].discard(woken)
            if not self._waiting[conversation]:
                del self._waiting[conversation]
