"""Conversations that people are looking at now: whoever waits for an event gets it when it comes."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime

from storage.conversations import Conversations, Event, Intake

Batches = asyncio.Queue[list[Event]]
OVER: list[Event] = []  # Told instead of events when the conversation was forgotten.


class LiveConversations:
    """All in one event loop. The kept conversations are the truth; this hands on what is added to them."""

    def __init__(self, kept: Conversations) -> None:
        self.kept = kept
        self._watching: defaultdict[str, set[Batches]] = defaultdict(set)

    def accept(self, conversation: str, message: str, words: str, now: datetime, *, most_waiting: int) -> Intake:
        intake, events = self.kept.accept(conversation, message, words, now, most_waiting=most_waiting)
        self._tell(conversation, events)
        return intake

    def append(self, conversation: str, message: str, events: list[Event]) -> None:
        self._tell(conversation, self.kept.append(conversation, message, events))

    def end(self, conversation: str) -> None:
        """Ends all streams of a conversation that was forgotten."""
        for batches in self._watching.get(conversation, ()):
            batches.put_nowait(OVER)

    async def events_after(self, conversation: str, seq: int, *, wait_seconds: float) -> list[Event]:
        """The events after a number; waits for the first one, and is empty when none came in time."""
        with self._watched(conversation) as batches:
            events = self.kept.events_after(conversation, seq)
            if events or wait_seconds <= 0:
                return events
            return _after(seq, await _next(batches, wait_seconds) or OVER)

    async def stream(self, conversation: str, seq: int, *, ping_seconds: float) -> AsyncIterator[list[Event]]:
        """The events after a number, then each batch as it comes; an empty one whenever none came for so long.

        Ends when the conversation is forgotten.
        """
        with self._watched(conversation) as batches:
            events = self.kept.events_after(conversation, seq)
            while events is not OVER:
                yield events
                seq = events[-1]["seq"] if events else seq
                coming = await _next(batches, ping_seconds)
                if coming is OVER:
                    return
                events = _after(seq, coming or [])

    def _tell(self, conversation: str, events: list[Event]) -> None:
        if events:
            for batches in self._watching.get(conversation, ()):
                batches.put_nowait(events)

    @contextmanager
    def _watched(self, conversation: str) -> Iterator[Batches]:
        batches: Batches = asyncio.Queue()
        self._watching[conversation].add(batches)
        try:
            yield batches
        finally:
            self._watching[conversation].discard(batches)
            if not self._watching[conversation]:
                del self._watching[conversation]


async def _next(batches: Batches, seconds: float) -> list[Event] | None:
    """The next batch, or None when none came in time."""
    try:
        return await asyncio.wait_for(batches.get(), seconds)
    except asyncio.TimeoutError:
        return None


def _after(seq: int, events: list[Event]) -> list[Event]:
    return [event for event in events if event["seq"] > seq]
