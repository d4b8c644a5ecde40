"""Plays the conversations of this folder with a real server, and looks at each reply."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from storage.call_backs import CallBacks
from storage.database import open_database
from tests.conversations.conversation import Bubble, Conversation, KeptCallBack, conversations_in
from tests.running import Server
from tests.visitor import Event, Visitor

CONVERSATIONS = conversations_in(Path(__file__).parent)


def case(conversation: Conversation) -> object:
    failing = pytest.mark.xfail(reason=conversation.known_failure or "", raises=AssertionError, strict=True)
    return pytest.param(conversation, marks=[failing] if conversation.known_failure else [], id=conversation.name)


@pytest.fixture(scope="module")
def servers_database(server: Server) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{server.data / 'clinic.db'}")
    yield engine
    engine.dispose()


@pytest.mark.slow
@pytest.mark.parametrize("conversation", [case(one) for one in CONVERSATIONS])
def test_conversation(conversation: Conversation, visitor: Visitor, servers_database: Engine) -> None:
    call_backs = CallBacks(servers_database)
    of_others = {number for number, _ in call_backs.open()}
    transcript: list[str] = []
    for step in conversation.steps:
        if step.then:
            kept = [
                KeptCallBack(name=one.name, phone=one.phone)
                for number, one in call_backs.open()
                if number not in of_others
            ]
            assert kept == step.then.call_backs, told(transcript, f"kept for the desk: {kept}")
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
        if words.lower() in str(reply).lower():
            yield f"{wanted.answer} says '{words}', and never should"
    offered = [button["title"] for button in reply.get("buttons", [])]
    for title in wanted.offers:
        if title not in offered:
            yield f"{wanted.answer} does not offer '{title}'"


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
