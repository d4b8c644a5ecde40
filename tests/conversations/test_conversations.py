"""Plays the conversations of this folder with a real server, and looks at each reply."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from storage.database import open_database
from tests.conversations.clinic import NOW, Clinic
from tests.conversations.conversation import Bubble, Conversation, conversations_in
from tests.running import free_port, running
from tests.visitor import Event, Visitor

CONVERSATIONS = conversations_in(Path(__file__).parent)


def case(conversation: Conversation) -> object:
    failing = pytest.mark.xfail(reason=conversation.known_failure or "", raises=AssertionError, strict=True)
    return pytest.param(conversation, marks=[failing] if conversation.known_failure else [], id=conversation.name)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def clinic(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """A server on each of the databases, where it is always the same Monday."""
    folder = tmp_path_factory.mktemp("clinic")
    with ExitStack() as stack:
        if request.param == "sqlite":
            database = f"sqlite:///{folder / 'clinic.db'}"
        else:
            database = stack.enter_context(request.getfixturevalue("postgres").database())
        # Nobody takes mail there, so that all of it waits.
        mail = {"SMTP": f"smtp://127.0.0.1:{free_port()}", "PUBLIC_ADDRESS": "https://assistant.example.com"}
        server = stack.enter_context(running(folder, CLINIC_NOW=NOW, DATABASE=database, **mail))
        engine = open_database(database)
        stack.callback(engine.dispose)
        yield Clinic(server, engine)


@pytest.mark.slow
@pytest.mark.parametrize("conversation", [case(one) for one in CONVERSATIONS])
def test_conversation(conversation: Conversation, clinic: Clinic) -> None:
    clinic.begin_anew()
    visitor = Visitor(clinic.server.address)
    transcript: list[str] = []
    for step in conversation.steps:
        if step.meanwhile:
            for booked in step.meanwhile:
                clinic.book(booked)
            continue
        if step.then:
            complaints = list(clinic.differences(step.then))
            assert not complaints, told(transcript, *complaints)
            continue
        if step.press:
            titles = [button["title"] for event in visitor.last_turn for button in event.get("buttons", [])]
            assert step.press in titles, told(transcript, f"there is no button '{step.press}' to press")
        turn = visitor.press(step.press) if step.press else visitor.say(step.visitor or "")
        replies = [event for event in turn if event["kind"] in ("bot", "error")]
        transcript += [f"visitor:   {step.press or step.visitor}", *map(shown, replies)]
        wanted = step.assistant or []
        assert len(replies) == len(wanted), told(transcript, f"{len(wanted)} bubbles were wanted, not {len(replies)}")
        for bubble, reply in zip(wanted, replies, strict=True):
            assert not list(differences(bubble, reply)), told(transcript, *differences(bubble, reply))


def differences(wanted: Bubble, reply: Event) -> Iterator[str]:
    """In which ways a reply is not what was wanted."""
    if reply.get("answer") not in ([wanted.answer] if isinstance(wanted.answer, str) else wanted.answer):
        yield f"answer {wanted.answer} was wanted, not {reply.get('answer')}"
    if reply.get("alert") != wanted.alert:
        yield f"{wanted.answer}: alert {wanted.alert} was wanted, not {reply.get('alert')}"
    if wanted.says and wanted.says not in reply["text"]:
        yield f"{wanted.answer} does not say '{wanted.says}'"
    for words in wanted.never_says:
        if words.lower() in seen(reply):
            yield f"{wanted.answer} says '{words}', and never should"
    offered = [button["title"] for button in reply.get("buttons", [])]
    for title in wanted.offers:
        if title not in offered:
            yield f"{wanted.answer} does not offer '{title}'"


def seen(reply: Event) -> str:
    """All that a visitor gets of a reply, in small letters; not its ids, which may hold any word."""
    buttons = [button["title"] for button in reply.get("buttons", [])]
    without_ids = [{key: value for key, value in slot.items() if key != "id"} for slot in reply.get("slots", [])]
    return str({**reply, "id": "", "in_reply_to": "", "buttons": buttons, "slots": without_ids}).lower()


def shown(reply: Event) -> str:
    titles = [button["title"] for button in reply.get("buttons", [])]
    return f"assistant: {reply.get('answer')} {reply.get('alert') or ''} {reply['text'].strip()} {titles}"


def told(transcript: list[str], *complaints: str) -> str:
    return "\n".join([*complaints, "", *transcript])


# ---- The check itself


def wanted(**fields: object) -> Bubble:
    return Bubble.parse_obj({"answer": "prices", **fields})


def a_reply(**fields: object) -> Event:
    buttons = [{"id": "1", "title": "Book a massage", "answer": "book_appointment"}]
    return {"answer": "prices", "alert": None, "text": "An hour costs $115.", "buttons": buttons, **fields}


@pytest.mark.parametrize(
    "fields", [{}, {"says": "costs $115"}, {"offers": ["Book a massage"]}, {"never_says": ["$120", "Ana"]}]
)
def test_a_reply_as_it_should_be_has_no_differences(fields: dict) -> None:
    assert list(differences(wanted(**fields), a_reply())) == []


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"answer": "tipping"}, "answer tipping was wanted, not prices"),
        ({"alert": "emergency"}, "prices: alert emergency was wanted, not None"),
        ({"says": "costs $120"}, "prices does not say 'costs $120'"),
        ({"never_says": ["HOUR"]}, "prices says 'HOUR', and never should"),
        ({"offers": ["Call me"]}, "prices does not offer 'Call me'"),
    ],
)
def test_each_difference_is_told(fields: dict, complaint: str) -> None:
    assert list(differences(wanted(**fields), a_reply())) == [complaint]


def test_an_alert_that_nobody_wanted_is_a_difference() -> None:
    assert list(differences(wanted(), a_reply(alert="crisis"))) == ["prices: alert None was wanted, not crisis"]


def test_an_apology_of_the_server_is_a_difference() -> None:
    apology = {"kind": "error", "text": "I'm having trouble answering just now."}

    assert list(differences(wanted(), apology)) == ["answer prices was wanted, not None"]
