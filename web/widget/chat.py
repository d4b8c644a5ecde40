"""The visitor's wire: sessions, messages, the stream of events. Every refusal is `{"error": "..."}`."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from time import monotonic
from typing import Any, NamedTuple

from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from clinic.answers import Answer
from storage.conversations import Event, Intake
from web.widget.live import LiveConversations
from web.widget.messages import BadMessage, Message, read_feedback, read_message
from web.widget.sessions import Sessions

PING_SECONDS = 15.0  # Keeps proxies from closing a quiet stream.
LONGEST_WAIT_SECONDS = 25.0
LONGEST_STREAM_SECONDS = 3000.0  # The browser then asks again, from where it was.
LONGEST_TYPED = 200  # characters that suggestions look at
MOST_WAITING_MESSAGES = 20  # of one conversation
RECONNECT_MILLISECONDS = 1000

SESSION_OVER = "This chat has ended or was not started here. Start a new one."


class Turn(NamedTuple):
    """A message that was taken in and waits for its answer."""

    conversation: str
    message: str
    text: str
    payload: str | None = None  # What an offered button does.


class Refused(SanicException):
    """Becomes `{"error": "..."}` with its status."""


class Chat(NamedTuple):
    """What the addresses work with."""

    conversations: LiveConversations
    sessions: Sessions
    suggest: Callable[[str], Awaitable[list[Answer]]]
    start_turn: Callable[[Turn], None]
    forget: Callable[[str], Awaitable[None]]
    now: Callable[[], datetime]


def chat_blueprint(chat: Chat) -> Blueprint:
    """All addresses, relative to where the blueprint is put (`/chat`)."""
    blueprint = Blueprint("chat")

    @blueprint.post("/session")
    async def open_session(request: Request) -> HTTPResponse:
        now = chat.now()
        conversation = chat.conversations.kept.start(now)
        session = chat.sessions.open(conversation, now)
        opened = {"token": session.token, "conversation": conversation, "expires_at": session.expires_at.isoformat()}
        return json_response(opened, status=201)

    @blueprint.delete("/session")
    async def close_session(request: Request) -> HTTPResponse:
        conversation = _conversation(request, chat)
        await chat.forget(conversation)
        return empty()

    @blueprint.post("/messages")
    async def post_message(request: Request) -> HTTPResponse:
        conversation = _claimed(request, chat)
        turn = _turn(chat, conversation, _read(read_message, request))
        accept = chat.conversations.accept
        intake = accept(conversation, turn.message, turn.text, chat.now(), most_waiting=MOST_WAITING_MESSAGES)
        if intake is Intake.GONE:
            raise Refused(SESSION_OVER, 401)
        if intake is Intake.TOO_MANY:
            raise Refused("Too many messages at once. Please wait for the answers first.", 429)
        if intake is Intake.ACCEPTED:
            chat.start_turn(turn)
        return json_response({"id": turn.message, "status": intake.value}, status=202)

    @blueprint.get("/messages")
    async def get_messages(request: Request) -> HTTPResponse:
        conversation = _conversation(request, chat)
        after = _number(request, "after", 0.0)
        wait = min(_number(request, "wait", 0.0), LONGEST_WAIT_SECONDS)
        events = await chat.conversations.events_after(conversation, int(after), wait_seconds=wait)
        return json_response({"events": events}, headers={"Cache-Control": "no-store"})

    @blueprint.get("/stream")
    async def stream(request: Request) -> None:
        conversation = _conversation(request, chat)
        seen = _last_event_id(request)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        response = await request.respond(content_type="text/event-stream", headers=headers)
        await response.send(f"retry: {RECONNECT_MILLISECONDS}\n\n")
        ends_at = monotonic() + LONGEST_STREAM_SECONDS
        async for events in chat.conversations.stream(conversation, seen, ping_seconds=PING_SECONDS):
            await response.send("".join(map(_server_sent, events)) or ": still here\n\n")
            if monotonic() > ends_at:
                return

    @blueprint.get("/suggestions")
    async def get_suggestions(request: Request) -> HTTPResponse:
        _conversation(request, chat)
        found = await chat.suggest(str(request.args.get("q", ""))[:LONGEST_TYPED])
        return json_response({"suggestions": [{"title": one.question, "answer": one.id} for one in found]})

    @blueprint.post("/feedback")
    async def post_feedback(request: Request) -> HTTPResponse:
        conversation = _conversation(request, chat)
        given = _read(read_feedback, request)
        kept = chat.conversations.kept
        if not kept.keep_feedback(conversation, given.seq, helpful=given.helpful, reason=given.reason):
            raise Refused("There is no answer with this number in this chat.", 404)
        return empty()

    @blueprint.exception(Refused)
    async def refuse(request: Request, error: Refused) -> HTTPResponse:
        return refusal(str(error), error.status_code)

    return blueprint


def refusal(sentence: str, status: int) -> HTTPResponse:
    return json_response({"error": sentence}, status=status)


def _conversation(request: Request, chat: Chat) -> str:
    """The conversation of the request's token, which is still there. Raises Refused with 401."""
    conversation = _claimed(request, chat)
    if not chat.conversations.kept.exists(conversation):
        raise Refused(SESSION_OVER, 401)
    return conversation


def _claimed(request: Request, chat: Chat) -> str:
    """The conversation of the request's token, which may be forgotten by now. Raises Refused with 401."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    conversation = chat.sessions.conversation(token) if scheme.lower() == "bearer" else None
    if conversation is None:
        raise Refused(SESSION_OVER, 401)
    return conversation


def _read(read: Callable[[Any], Any], request: Request) -> Any:
    try:
        body = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refused("The request is not JSON in UTF-8.", 400) from None
    try:
        return read(body)
    except BadMessage as bad:
        raise Refused(str(bad), 422) from None


def _turn(chat: Chat, conversation: str, message: Message) -> Turn:
    if message.text is not None:
        return Turn(conversation, message.id, message.text)
    offered = chat.conversations.kept.button(conversation, str(message.button))
    if offered is None:
        if not chat.conversations.kept.exists(conversation):
            raise Refused(SESSION_OVER, 401)
        raise Refused("That button was not offered in this chat. Please type your question instead.", 422)
    return Turn(conversation, message.id, offered.title, offered.payload)


def _server_sent(event: Event) -> str:
    return f"id: {event['seq']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"


def _number(request: Request, name: str, default: float) -> float:
    text = str(request.args.get(name, default))
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < 2**53:
        raise Refused(f"{name} is {text[:20]!r}; it must be a number from 0.", 422)
    return number


def _last_event_id(request: Request) -> int:
    text = request.headers.get("Last-Event-ID", "0")
    if not text.isdecimal() or len(text) > 15:
        raise Refused(f"Last-Event-ID is {text[:20]!r}; it must be the number of an event.", 422)
    return int(text)
