"""Conversations as they are kept: numbered events, offered buttons, feedback, and forgetting."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from storage.conversations import Conversations, Event, Intake
from storage.database import open_database
from storage.tables import FEEDBACK, METADATA

NOON = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)
BUTTON = {"title": "What does it cost?", "answer": "prices", "payload": '/inform{"treatment": "swedish_massage"}'}


@pytest.fixture
def kept(database: Engine) -> Conversations:
    return Conversations(database)


@pytest.fixture
def conversation(kept: Conversations) -> str:
    return kept.start(NOON)


def take(kept: Conversations, conversation: str, message: str, words: str = "Hello", *, now: datetime = NOON) -> Intake:
    return kept.accept(conversation, message, words, now, most_waiting=20)[0]


def say(kept: Conversations, conversation: str, kind: str, **fields: object) -> list[Event]:
    return kept.append(conversation, "m1", [{"kind": kind, **fields}])


def offered_button(kept: Conversations, conversation: str) -> dict[str, str]:
    (event,) = say(kept, conversation, "bot", text="Next?", answer="sleep", buttons=[BUTTON])
    return dict(event["buttons"][0])


def everything_in(database: Engine) -> str:
    """All that the database holds, as one text."""
    with database.begin() as connection:
        rows = [tuple(row) for table in METADATA.sorted_tables for row in connection.execute(select(table))]
    return json.dumps(rows, default=str)


def feedback_in(database: Engine) -> list[tuple]:
    columns = FEEDBACK.c.conversation, FEEDBACK.c.answer, FEEDBACK.c.helpful, FEEDBACK.c.reason
    with database.begin() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


# ---- Events


def test_a_new_conversation_has_no_events(kept: Conversations, conversation: str) -> None:
    assert kept.exists(conversation)
    assert kept.events_after(conversation, 0) == []


def test_events_are_numbered_from_one_without_gaps(kept: Conversations, conversation: str) -> None:
    take(kept, conversation, "m1")
    kept.append(conversation, "m1", [{"kind": "bot", "text": "Hello.", "answer": "greeting"}, {"kind": "turn_end"}])

    events = kept.events_after(conversation, 0)

    assert [event["seq"] for event in events] == [1, 2, 3, 4]
    assert [event["kind"] for event in events] == ["user", "typing", "bot", "turn_end"]
    assert {event["in_reply_to"] for event in events} == {"m1"}


def test_each_conversation_counts_for_itself(kept: Conversations, conversation: str) -> None:
    other = kept.start(NOON)
    take(kept, conversation, "m1")

    take(kept, other, "m1")

    assert [event["seq"] for event in kept.events_after(other, 0)] == [1, 2]


def test_only_the_events_after_a_number_are_read(kept: Conversations, conversation: str) -> None:
    for _ in range(3):
        say(kept, conversation, "typing")

    assert [event["seq"] for event in kept.events_after(conversation, 2)] == [3]
    assert kept.events_after(conversation, 3) == []


def test_a_visitors_words_come_back_as_they_were(kept: Conversations, conversation: str) -> None:
    words = 'Ça va? 李 "quoted" \\ 😀\nsecond line'

    take(kept, conversation, "m1", words)

    assert kept.events_after(conversation, 0)[0]["text"] == words


def test_what_is_kept_outlives_the_process(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'made' / 'here' / 'clinic.db'}"
    engine = open_database(address)
    conversation = Conversations(engine).start(NOON)
    engine.dispose()

    open_database.cache_clear()
    again = open_database(address)

    assert again is not engine
    assert Conversations(again).exists(conversation)
    again.dispose()


def test_two_threads_leave_no_gap_and_no_number_twice(kept: Conversations, conversation: str) -> None:
    together = Barrier(2)

    def append_many(message: str) -> list[Event]:
        together.wait()
        return [kept.append(conversation, message, [{"kind": "typing"}])[0] for _ in range(40)]

    with ThreadPoolExecutor(2) as threads:
        appended = [event for events in threads.map(append_many, ["m1", "m2"]) for event in events]

    assert sorted(event["seq"] for event in appended) == list(range(1, 81))
    assert [event["seq"] for event in kept.events_after(conversation, 0)] == list(range(1, 81))


# ---- Messages


def test_a_message_sent_twice_is_taken_in_once(kept: Conversations, conversation: str) -> None:
    first = take(kept, conversation, "m1")
    second = take(kept, conversation, "m1")

    assert (first, second) == (Intake.ACCEPTED, Intake.DUPLICATE)
    assert len(kept.events_after(conversation, 0)) == 2


def test_two_threads_cannot_both_take_the_same_message(kept: Conversations, conversation: str) -> None:
    together = Barrier(2)

    def accept(_: int) -> Intake:
        together.wait()
        return take(kept, conversation, "m1")

    with ThreadPoolExecutor(2) as threads:
        intakes = set(threads.map(accept, range(2)))

    assert intakes == {Intake.ACCEPTED, Intake.DUPLICATE}


def test_two_visitors_may_use_the_same_message_id(kept: Conversations, conversation: str) -> None:
    other = kept.start(NOON)
    take(kept, conversation, "m1")

    assert take(kept, other, "m1") is Intake.ACCEPTED


def test_no_more_messages_are_taken_in_than_may_wait(kept: Conversations, conversation: str) -> None:
    for number in range(20):
        take(kept, conversation, f"m{number}")

    assert take(kept, conversation, "one too many") is Intake.TOO_MANY
    assert take(kept, conversation, "m1") is Intake.DUPLICATE
    assert take(kept, kept.start(NOON), "m1") is Intake.ACCEPTED


def test_a_message_to_an_unknown_conversation_is_not_taken_in(kept: Conversations, database: Engine) -> None:
    taken = take(kept, "nobody", "m1", "my made-up secret")

    assert taken is Intake.GONE
    assert "made-up secret" not in everything_in(database)


def test_a_message_is_unanswered_until_its_turn_ends(kept: Conversations, conversation: str) -> None:
    take(kept, conversation, "m1")
    take(kept, conversation, "m2", "And?")
    say(kept, conversation, "bot", text="Hello.", answer="greeting")
    before = kept.unanswered()

    say(kept, conversation, "turn_end")

    assert before == [(conversation, "m1"), (conversation, "m2")]
    assert kept.unanswered() == [(conversation, "m2")]


# ---- Buttons


def test_an_offered_button_is_found_by_its_id(kept: Conversations, conversation: str) -> None:
    button = offered_button(kept, conversation)

    assert kept.button(conversation, button["id"]) == (BUTTON["title"], BUTTON["payload"])


def test_another_conversation_cannot_press_it(kept: Conversations, conversation: str) -> None:
    button = offered_button(kept, conversation)
    other = kept.start(NOON)

    assert kept.button(other, button["id"]) is None
    assert kept.button(conversation, "made-up") is None


def test_the_visitor_never_sees_what_a_button_does(kept: Conversations, conversation: str) -> None:
    button = offered_button(kept, conversation)

    events = kept.events_after(conversation, 0)

    assert set(button) == {"id", "title", "answer"}
    assert "payload" not in json.dumps(events)
    assert "/inform" not in json.dumps(events)


def test_the_same_question_offered_twice_is_two_buttons(kept: Conversations, conversation: str) -> None:
    first, second = offered_button(kept, conversation), offered_button(kept, conversation)

    assert first["id"] != second["id"]
    assert kept.button(conversation, first["id"]) == kept.button(conversation, second["id"])


# ---- Feedback


def test_feedback_is_kept_with_the_answer_it_is_about(kept: Conversations, conversation: str, database: Engine) -> None:
    (event,) = say(kept, conversation, "bot", text="Sleep well.", answer="sleep")

    taken = kept.keep_feedback(conversation, event["seq"], helpful=False, reason="too long")

    assert taken
    assert feedback_in(database) == [(conversation, "sleep", False, "too long")]


@pytest.mark.parametrize("seq", [0, -1, 2, 99])
def test_feedback_on_what_is_no_answer_is_not_kept(
    kept: Conversations, conversation: str, database: Engine, seq: int
) -> None:
    say(kept, conversation, "bot", text="Sleep well.", answer="sleep")
    say(kept, conversation, "turn_end")

    taken = kept.keep_feedback(conversation, seq, helpful=True, reason=None)

    assert not taken
    assert feedback_in(database) == []


def test_feedback_on_another_conversation_is_not_kept(kept: Conversations, conversation: str, database: Engine) -> None:
    say(kept, conversation, "bot", text="Sleep well.", answer="sleep")
    other = kept.start(NOON)

    taken = kept.keep_feedback(other, 1, helpful=True, reason=None)

    assert not taken
    assert feedback_in(database) == []


# ---- Forgetting


def test_forgetting_leaves_nothing_but_anonymous_feedback(
    kept: Conversations, conversation: str, database: Engine
) -> None:
    take(kept, conversation, "m1", "my made-up secret")
    say(kept, conversation, "bot", text="Sleep well.", answer="sleep", buttons=[BUTTON])
    kept.keep_feedback(conversation, 3, helpful=True, reason="my made-up reason")

    kept.forget(conversation)

    left = everything_in(database)
    assert feedback_in(database) == [(None, "sleep", True, None)]
    assert not any(word in left for word in (conversation, "secret", "reason", "m1", "swedish"))
    assert not kept.exists(conversation)


def test_forgetting_leaves_no_word_in_the_files_while_somebody_else_has_them_open(tmp_path: Path) -> None:
    def files() -> bytes:
        return b"".join(file.read_bytes() for file in tmp_path.glob("clinic.db*"))

    engine = open_database(f"sqlite:///{tmp_path / 'clinic.db'}")
    kept = Conversations(engine)
    conversation = kept.start(NOON)
    with closing(sqlite3.connect(tmp_path / "clinic.db")) as other:
        other.execute("SELECT count(*) FROM conversations").fetchall()
        take(kept, conversation, "m1", "my made-up secret")
        before = files()

        kept.forget(conversation)

        after = files()
    engine.dispose()
    assert b"made-up secret" in before
    assert b"made-up secret" not in after


def test_forgetting_one_conversation_leaves_the_others(kept: Conversations, conversation: str) -> None:
    other = kept.start(NOON)
    take(kept, other, "m1")
    button = offered_button(kept, other)

    kept.forget(conversation)

    assert len(kept.events_after(other, 0)) == 3
    assert kept.button(other, button["id"]) is not None


def test_an_answer_that_comes_after_forgetting_is_not_kept(
    kept: Conversations, conversation: str, database: Engine
) -> None:
    take(kept, conversation, "m1")
    kept.forget(conversation)

    events = say(kept, conversation, "bot", text="too late", answer="sleep", buttons=[BUTTON])

    assert events == []
    assert kept.events_after(conversation, 0) == []
    assert not any(word in everything_in(database) for word in ("too late", "swedish"))


def test_forgetting_what_is_not_there_does_nothing(kept: Conversations, conversation: str) -> None:
    kept.forget("nobody")

    assert kept.exists(conversation)


def test_conversations_are_quiet_when_their_last_message_is_older(kept: Conversations) -> None:
    quiet, talking = kept.start(NOON), kept.start(NOON)

    take(kept, talking, "m1", now=NOON + timedelta(hours=2))

    assert kept.quiet_since(NOON + timedelta(hours=1)) == [quiet]


def test_a_conversation_is_not_quiet_at_the_very_moment(kept: Conversations, conversation: str) -> None:
    assert kept.quiet_since(NOON) == []
    assert kept.quiet_since(NOON + timedelta(seconds=1)) == [conversation]


# ---- Redaction


def test_words_that_are_needed_no_longer_are_taken_out_of_all_events(
    kept: Conversations, conversation: str, database: Engine
) -> None:
    take(kept, conversation, "m1", "i'm Dana Test, dana@example.com")
    say(kept, conversation, "bot", text="For Dana Test.", answer="book_appointment")

    kept.redact(conversation, ["Dana Test", "dana@example.com"])

    texts = [event["text"] for event in kept.events_after(conversation, 0) if "text" in event]
    assert texts == ["i'm [removed], [removed]", "For [removed]."]
    assert "dana@example.com" not in everything_in(database)


def test_other_conversations_keep_their_words(kept: Conversations, conversation: str) -> None:
    other = kept.start(NOON)
    take(kept, other, "m1", "i'm Dana Test")

    kept.redact(conversation, ["Dana Test"])

    assert kept.events_after(other, 0)[0]["text"] == "i'm Dana Test"


# ---- Times to choose from


def test_a_time_that_is_offered_is_chosen_by_its_button(kept: Conversations, conversation: str) -> None:
    button = {"title": "Thu Nov 26, 4:00 pm", "answer": "book_appointment", "payload": '/inform{"time": "a"}'}
    slot = {"start": "2026-11-26T16:00:00-06:00", "payload": button["payload"]}

    (event,) = say(kept, conversation, "bot", text="When?", answer="book_appointment", buttons=[button], slots=[slot])

    (offered,), (chosen,) = event["slots"], event["buttons"]
    assert offered == {"start": slot["start"], "id": chosen["id"]}
