"""The server: Rasa's agent, our channel, the pages and the actions, in one process."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

from rasa.core.channels.channel import UserMessage
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from server.agent import newest_model, open_agent
from server.channel import ChatChannel
from storage import clock
from storage.content_files import LiveContent
from storage.settings import Settings
from web.widget.chat import refusal
from web.widget.pages import pages_blueprint

logger = logging.getLogger(__name__)

LARGEST_REQUEST_BYTES = 512 * 1024  # 20,000 characters fit, even each written as an escape.
WATCH_CONTENT_SECONDS = 2.0
PURGE_SECONDS = 600.0
STREAM_TIMEOUT_SECONDS = 3600  # Sanic's limit for one response; a stream is one.


def create_app(own: Settings, content: LiveContent) -> Sanic:
    """The server, which answers about its health at once and chats when the model is loaded."""
    app = Sanic("clinic", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_REQUEST_BYTES
    app.config.RESPONSE_TIMEOUT = STREAM_TIMEOUT_SECONDS
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.agent = None
    app.ctx.fault = ""  # Why there is no model, once that is known.
    loaded: asyncio.Future[None]

    async def handle(message: UserMessage) -> Any:
        await asyncio.shield(loaded)
        if app.ctx.agent is None:
            return None
        return await app.ctx.agent.handle_message(message)  # Without a model it says nothing either.

    channel = ChatChannel(own, content)
    app.blueprint(channel.blueprint(handle), url_prefix=channel.url_prefix())
    app.blueprint(pages_blueprint(own.content / "stretches" / "pictures", lambda: not_ready(app, channel)))
    app.error_handler.add(Exception, _refuse)

    @app.listener("before_server_start")
    async def prepare(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        nonlocal loaded
        loaded = loop.create_future()

    @app.listener("after_server_start")
    async def begin(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        async def load() -> None:
            try:
                app.ctx.agent = await loop.run_in_executor(None, open_agent)
                await loop.run_in_executor(None, lambda: app.ctx.agent.serve(newest_model(own.models)))
            except Exception as error:  # The server stays up: emergencies are answered without a model.
                app.ctx.fault = str(error) or type(error).__name__
                logger.error("there is no model, only the red flags' rules answer: %s", app.ctx.fault)
            finally:
                loaded.set_result(None)
            if not app.ctx.fault:
                print(f"The assistant answers at http://{own.host}:{own.port}", flush=True)
                await channel.prepare_suggestions()  # Not before: the start is as fast as it can be.

        app.add_task(load())
        for name, work in (("watch", _watch(content)), ("purge", _purge(channel, loaded))):
            app.add_task(work, name=name)

    @app.listener("before_server_stop")
    async def end(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        for name in ("watch", "purge"):
            await app.cancel_task(name, raise_exception=False)

    return app


def not_ready(app: Sanic, channel: ChatChannel) -> list[str]:
    """What keeps the server from answering now, for the operator; empty when nothing does."""
    reasons = []
    if app.ctx.agent is None or not app.ctx.agent.is_ready():
        reasons.append(f"the model is not loaded: {app.ctx.fault}" if app.ctx.fault else "the model is not loaded yet")
    try:
        channel.conversations.kept.exists("")
        if app.ctx.agent is not None:
            app.ctx.agent.tracker_store.ping()
    except Exception as error:  # Any fault of a store is the same to whoever asks.
        reasons.append(f"a store does not answer: {type(error).__name__}")
    return reasons


async def _watch(content: LiveContent) -> None:
    """Takes an edit over, and reports a faulty one, without waiting for a visitor."""
    while True:
        content.current()
        await asyncio.sleep(WATCH_CONTENT_SECONDS)


async def _purge(channel: ChatChannel, loaded: "asyncio.Future[None]") -> None:
    """Forgets each conversation in time; the dialogues' store is there once the model is loaded."""
    await asyncio.wait([loaded])
    while True:
        try:
            forgotten = await purge(channel)
            if forgotten:
                logger.info("forgot %d conversations", forgotten)
        except Exception as error:  # Tried again; a purge that stops silently would break a promise.
            logger.error("purge failed: %s", type(error).__name__)
        await asyncio.sleep(PURGE_SECONDS)


async def purge(channel: ChatChannel) -> int:
    """Forgets what was quiet for longer than the clinic promises; how many there were."""
    hours = float(channel.content.current().facts.on("conversation_kept_hours", clock.today()))
    quiet = channel.conversations.kept.quiet_since(clock.now() - timedelta(hours=hours))
    for conversation in quiet:
        await channel.forget(conversation)
    return len(quiet)


async def _refuse(request: Request, error: Exception) -> HTTPResponse:
    """What no handler of ours refused: a sentence, and no inner details."""
    if isinstance(error, SanicException):
        return refusal(SENTENCES.get(error.status_code, "This request cannot be answered."), error.status_code)
    logger.error("request failed: %s %s", request.path, type(error).__name__)
    return refusal("Something went wrong on our side. Please try again in a moment.", 503)


SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    408: "The request took too long to arrive. Please send it again.",
    413: "The message is too long. Please send a shorter one.",
}
