"""Dialogues are kept whole, and read short: nothing is lost by it that the dialogue needs."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest.importorskip("rasa")

from rasa.core.agent import Agent  # noqa: E402
from rasa.core.tracker_store import InMemoryTrackerStore  # noqa: E402

from server import dialogue_store  # noqa: E402
from server.dialogue_store import DialogueStore  # noqa: E402
from storage.settings import read_settings  # noqa: E402
from tests.server.dialogue import LONG_TALK, agent_on, replies, talk  # noqa: E402

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Slot auto-fill:UserWarning")]


@pytest.fixture(scope="module")
def agent() -> Agent:
    """One loaded model for all tests; each gives it a store."""
    return agent_on(InMemoryTrackerStore(None))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The setting DATABASE, of which the store takes what it needs."""
    with ExitStack() as stack:
        on_postgres = request.param == "postgresql"
        address = stack.enter_context(request.getfixturevalue("postgres").database()) if on_postgres else ""
        own = read_settings({"CLINIC_DATA": str(tmp_path), "DATABASE": address})
        monkeypatch.setattr(dialogue_store, "settings", lambda: own)
        yield address


@pytest.fixture
def store(agent: Agent, database: str) -> Iterator[DialogueStore]:
    yield from _serving(agent, DialogueStore(agent.domain))


def _serving(agent: Agent, store: DialogueStore) -> Iterator[DialogueStore]:
    agent.tracker_store = agent.processor.tracker_store = store
    yield store
    store.engine.dispose()


def kept_events(store: DialogueStore, conversation: str) -> list[tuple]:
    with store.session_scope() as session:
        rows = session.query(store.SQLEvent).filter_by(sender_id=conversation).order_by(store.SQLEvent.id)
        return [(row.type_name, row.action_name, row.timestamp) for row in rows]


def test_a_long_talk_is_answered_the_same_however_little_of_it_is_read(
    agent: Agent, store: DialogueStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogue_store, "MOST_TURNS", 10_000)
    whole = replies(agent, "whole", LONG_TALK)
    monkeypatch.setattr(dialogue_store, "MOST_TURNS", dialogue_store.TURNS_KEPT)
    short = replies(agent, "short", LONG_TALK)

    assert short == whole
    assert len({bubble["answer"] for reply in whole for bubble in reply}) > 15


def test_what_is_read_stays_short(agent: Agent, store: DialogueStore) -> None:
    talk(agent, "long", LONG_TALK * 2)

    assert len(store._recent["long"].events) < 100
    assert len(kept_events(store, "long")) > 200


def test_every_event_is_kept_once(agent: Agent, store: DialogueStore) -> None:
    talk(agent, "long", LONG_TALK)

    kept = kept_events(store, "long")
    assert sum(kind == "user" for kind, _, _ in kept) == len(LONG_TALK)
    assert sum(kind == "session_started" for kind, _, _ in kept) == 1
    assert len(set(kept)) > 0.9 * len(kept)  # Some that come together carry the same moment.


def test_a_form_goes_on_after_the_process_was_started_anew(agent: Agent, store: DialogueStore) -> None:
    before = talk(agent, "patient", ["i want to book a massage", "none", "swedish", *["where can i park?"] * 8])
    again = DialogueStore(agent.domain)
    for _ in _serving(agent, again):
        after = replies(agent, "patient", ["60 minutes", "as soon as possible"])

    assert before[-1] == ["location_and_parking", "book_appointment"]
    assert {slot["treatment"] for slot in after[-1][0]["slots"]} == {"Swedish massage"}


def test_a_turn_that_fails_leaves_nothing_half_done(
    agent: Agent, store: DialogueStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(agent, "unlucky", ["hello"])
    kept = kept_events(store, "unlucky")

    async def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(agent.processor, "_run_prediction_loop", fail)
        talk(agent, "unlucky", ["what does a massage cost?"])

    assert kept_events(store, "unlucky") == kept
    assert talk(agent, "unlucky", ["what does a massage cost?"]) == [["prices"]]


def test_words_that_are_needed_no_longer_are_in_no_event(agent: Agent, store: DialogueStore) -> None:
    talk(agent, "private", ["call me back please", "Dana Test", "780-555-0199"])

    store.redact("private", ["Dana Test", "780-555-0199"])

    with store.session_scope() as session:
        kept = "".join(row.data for row in session.query(store.SQLEvent).filter_by(sender_id="private"))
    assert "[removed]" in kept
    assert "Dana" not in kept and "0199" not in kept
    assert talk(agent, "private", ["what does a massage cost?"])[0][0] == "prices"


def test_a_forgotten_dialogue_is_nowhere(agent: Agent, store: DialogueStore) -> None:
    talk(agent, "leaving", ["i want to book a massage", "none", "swedish"])

    store.forget("leaving")

    assert kept_events(store, "leaving") == []
    assert talk(agent, "leaving", ["friday"]) == [["clarify"]]
