"""The server: Rasa's agent, our channel, the pages and the actions, in one process."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from rasa.core.channels.channel import UserMessage
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from server.agent import newest_model, open_agent
from server.calendar_sync import follow, open_calendar
from server.channel import ChatChannel
from server.deliveries import Deliveries, open_deliveries
from storage import clock
from storage.appointments import Appointments
from storage.booking_details import BookingDetails
from storage.content_files import LiveContent
from storage.database import open_database
from storage.settings import Settings
from web.appointments.pages import appointments_blueprint
from web.widget.chat import refusal
from web.widget.pages import pages_blueprint

logger = logging.getLogger(__name__)

LARGEST_REQUEST_BYTES = 512 * 1024  # 20,000 characters fit, even each written as an escape.
WATCH_CONTENT_SECONDS = 2.0
PURGE_SECONDS = 600.0
DELIVER_SECONDS = 5.0
STREAM_TIMEOUT_SECONDS = 3600  # Sanic's limit for one response; a stream is one.

Loaded = asyncio.Future  # Done once it is known whether there is a model.


def create_app(own: Settings, content: LiveContent) -> Sanic:
    """The server, which answers about its health at once and chats when the model is loaded."""
    app = Sanic("clinic", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_REQUEST_BYTES
    app.config.RESPONSE_TIMEOUT = STREAM_TIMEOUT_SECONDS
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.agent = None
    app.ctx.fault = ""  # Why there is no model, once that is known.
    if moment := clock.stands_at():
        logger.warning("CLINIC_NOW holds the clock at %s, for tests and demonstrations only", moment.isoformat())
    loaded: Loaded

    async def handle(message: UserMessage) -> Any:
        await asyncio.shield(loaded)
        if app.ctx.agent is None:
            return None
        return await app.ctx.agent.handle_message(message)  # Without a model it says nothing either.

    channel = ChatChannel(own, content)
    appointments, details = Appointments(open_database(own.database)), BookingDetails(open_database(own.database))
    calendar = open_calendar(own, content)
    write = calendar.calendar.write if calendar else None
    deliveries = open_deliveries(own, content, write_to_calendar=write)
    app.blueprint(channel.blueprint(handle), url_prefix=channel.url_prefix())
    app.blueprint(pages_blueprint(own.content / "stretches" / "pictures", lambda: not_ready(app, channel)))
    app.blueprint(appointments_blueprint(appointments, content, clock.now))
    app.error_handler.add(Exception, _refuse)
    works: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
        "watch": lambda: _watch(content),
        "purge": lambda: _purge(channel, appointments, details, loaded),
        "deliver": lambda: _deliver(deliveries),
    }
    if calendar:
        works["calendar"] = lambda: follow(calendar)

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
        for name, work in works.items():
            app.add_task(work(), name=name)

    @app.listener("before_server_stop")
    async def end(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        deliveries.stop()
        if calendar:
            calendar.stop()
        for name in works:
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


async def _purge(channel: ChatChannel, appointments: Appointments, details: BookingDetails, loaded: Loaded) -> None:
    """Forgets each conversation in time; the dialogues' store is there once the model is loaded."""
    await asyncio.wait([loaded])
    while True:
        try:
            forgotten = await purge(channel, appointments, details)
            if forgotten:
                logger.info("forgot %d conversations", forgotten)
        except Exception as error:  # Tried again; a purge that stops silently would break a promise.
            logger.error("purge failed: %s", type(error).__name__)
        await asyncio.sleep(PURGE_SECONDS)


async def purge(channel: ChatChannel, appointments: Appointments, details: BookingDetails) -> int:
    """Forgets what was kept for as long as the clinic promises; how many conversations there were."""
    facts, now = channel.content.current().facts, clock.real_now()
    kept_hours, kept_days = (
        float(facts.on(name, clock.today())) for name in ("conversation_kept_hours", "contact_kept_days")
    )
    quiet = channel.conversations.kept.quiet_since(now - timedelta(hours=kept_hours))
    for conversation in quiet:
        await channel.forget(conversation)
    details.forget_before(now - timedelta(hours=kept_hours))
    appointments.purge(now - timedelta(days=kept_days))
    return len(quiet)


async def _deliver(deliveries: Deliveries) -> None:
    """Sends what is due, in a thread: a mail server may take its time."""
    while True:
        try:
            await asyncio.get_running_loop().run_in_executor(None, deliveries.deliver_due)
        except Exception as error:  # The database, probably. Tried again.
            logger.error("deliveries failed: %s", type(error).__name__)
        await asyncio.sleep(DELIVER_SECONDS)


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
