"""Waiting for events: who waits is woken, and who does not find any is told so."""

import asyncio
from datetime import datetime, timezone

import pytest
from sqlalchemy.engine import Engine

from storage.conversations import Conversations, Event
from web.widget.live import LiveConversations


@pytest.fixture
def live(database: Engine) -> LiveConversations:
    return LiveConversations(Conversations(database))


@pytest.fixture
def conversation(live: LiveConversations) -> str:
    return live.kept.start(datetime(2026, 12, 1, tzinfo=timezone.utc))


def test_events_that_are_there_are_given_without_waiting(live: LiveConversations, conversation: str) -> None:
    live.append(conversation, "m1", [{"kind": "typing"}])

    events = asyncio.run(live.events_after(conversation, 0, wait_seconds=60))

    assert [event["kind"] for event in events] == ["typing"]


def test_who_waits_is_woken_by_the_next_event(live: LiveConversations, conversation: str) -> None:
    async def wait_and_append() -> list[Event]:
        waiting = asyncio.create_task(live.events_after(conversation, 0, wait_seconds=60))
        await asyncio.sleep(0)  # Lets it begin to wait.
        live.append(conversation, "m1", [{"kind": "typing"}])
        return await waiting

    events = asyncio.run(wait_and_append())

    assert [event["seq"] for event in events] == [1]


def test_two_who_wait_are_both_woken(live: LiveConversations, conversation: str) -> None:
    async def wait_and_append() -> list[list[Event]]:
        waiting = [asyncio.create_task(live.events_after(conversation, 0, wait_seconds=60)) for _ in range(2)]
        await asyncio.sleep(0)
        live.append(conversation, "m1", [{"kind": "typing"}])
        return await asyncio.gather(*waiting)

    first, second = asyncio.run(wait_and_append())

    assert first == second
    assert len(first) == 1


def test_an_event_of_another_conversation_wakes_nobody(live: LiveConversations, conversation: str) -> None:
    other = live.kept.start(datetime(2026, 12, 1, tzinfo=timezone.utc))

    async def wait_and_append() -> bool:
        waiting = asyncio.create_task(live.events_after(conversation, 0, wait_seconds=60))
        await asyncio.sleep(0)
        live.append(other, "m1", [{"kind": "typing"}])
        await asyncio.sleep(0)
        return waiting.cancel()

    still_waiting = asyncio.run(wait_and_append())

    assert still_waiting


def test_a_stream_begins_with_what_is_there_and_goes_on_until_the_conversation_ends(
    live: LiveConversations, conversation: str
) -> None:
    live.append(conversation, "m1", [{"kind": "typing"}])

    async def stream_to_the_end() -> list[list[int]]:
        batches = []
        async for events in live.stream(conversation, 0, ping_seconds=60):
            batches.append([event["seq"] for event in events])
            if len(batches) == 1:
                live.append(conversation, "m1", [{"kind": "bot"}, {"kind": "turn_end"}])
                live.end(conversation)
        return batches

    assert asyncio.run(stream_to_the_end()) == [[1], [2, 3]]


def test_a_stream_shows_that_it_lives_when_nothing_comes(live: LiveConversations, conversation: str) -> None:
    async def first_two_batches() -> list[list[Event]]:
        batches: list[list[Event]] = []
        async for events in live.stream(conversation, 0, ping_seconds=0):
            batches.append(events)
            if len(batches) == 2:
                break
        return batches

    assert asyncio.run(first_two_batches()) == [[], []]


def test_who_does_not_want_to_wait_gets_nothing_at_once(live: LiveConversations, conversation: str) -> None:
    events = asyncio.run(live.events_after(conversation, 0, wait_seconds=0))

    assert events == []
