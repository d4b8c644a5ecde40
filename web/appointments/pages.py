"""The addresses behind the link in a confirmation. Looking changes nothing: mail scanners follow links.

The token in the path is the whole authority: 256 random bits, in nobody's cookies, in no log and no `Referer`. Another
site cannot make a visitor's browser send it, so a form needs no secret of its own; where browsers say that a form was
sent from elsewhere, it is not obeyed all the same.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sanic import Blueprint
from sanic.request import Request, RequestParameters
from sanic.response import HTTPResponse, file, html

from clinic.errors import UnknownAppointment
from storage import clock
from storage.appointments import Appointments
from storage.content_files import LiveContent
from web.appointments.visits import ADDRESS, Search, Visits
from web.appointments.week import read_day

logger = logging.getLogger(__name__)

STYLE = Path(__file__).parent / "static" / "appointment.css"
TROUBLE = Path(__file__).parent / "templates" / "trouble.html"  # It needs neither the content nor the database.

POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind} 'self'" for kind in ("style-src", "img-src", "form-action")),
        *(f"{kind} 'none'" for kind in ("base-uri", "frame-ancestors")),
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}


def appointments_blueprint(appointments: Appointments, content: LiveContent, now: Callable[[], datetime]) -> Blueprint:
    blueprint = Blueprint("appointments")
    visits = Visits(appointments, content, now, clock.clinic_zone())
    trouble = TROUBLE.read_text(encoding="utf-8")

    async def answer(work: Callable[..., HTTPResponse], *given: object, **options: object) -> HTTPResponse:
        """What a visit answers, in another thread: it waits for the database. Nothing else handles its errors, since
        that could log the address."""
        try:
            return _guarded(await asyncio.to_thread(work, *given, **options))
        except UnknownAppointment:
            return await answer(visits.nowhere)
        except Exception as error:  # Any fault is the same to the visitor.
            logger.error("an appointment's page failed: %s", type(error).__name__)
            return _guarded(html(trouble, status=503))

    @blueprint.get(ADDRESS)
    async def cut_off(request: Request) -> HTTPResponse:
        return await answer(visits.nowhere)

    @blueprint.get(f"{ADDRESS}<token:str>")
    async def show(request: Request, token: str) -> HTTPResponse:
        return await answer(visits.show, token, moved="moved" in request.args)

    @blueprint.get(f"{ADDRESS}<token:str>/move")
    async def free_times(request: Request, token: str) -> HTTPResponse:
        return await answer(visits.free_times, token, _search(request.args))

    @blueprint.post(f"{ADDRESS}<token:str>/move")
    async def move(request: Request, token: str) -> HTTPResponse:
        if _is_from_elsewhere(request):
            return await answer(visits.show, token)
        return await answer(visits.move, token, request.form.get("slot", ""), _search(request.form))

    @blueprint.get(f"{ADDRESS}<token:str>/cancel")
    async def ask_to_cancel(request: Request, token: str) -> HTTPResponse:
        return await answer(visits.ask_to_cancel, token)

    @blueprint.post(f"{ADDRESS}<token:str>/cancel")
    async def cancel(request: Request, token: str) -> HTTPResponse:
        if _is_from_elsewhere(request):
            return await answer(visits.show, token)
        return await answer(visits.cancel, token)

    @blueprint.get(f"{ADDRESS}<token:str>/calendar.ics")
    async def calendar(request: Request, token: str) -> HTTPResponse:
        return await answer(visits.calendar, token)

    @blueprint.get("/appointment.css")
    async def style(request: Request) -> HTTPResponse:
        return _guarded(await file(STYLE, mime_type="text/css; charset=utf-8"), **{"Cache-Control": "no-cache"})

    return blueprint


def _guarded(response: HTTPResponse, **different: str) -> HTTPResponse:
    response.headers.update({**HEADERS, **different})
    return response


def _search(said: RequestParameters) -> Search:
    return Search(read_day(said.get("from")), anyone=said.get("with") == "anyone")


def _is_from_elsewhere(request: Request) -> bool:
    """As browsers themselves say. Not by `Origin`: a page without a referrer sends it as null, ours too."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"
