"""The pages: the demo page, the chat page, the loader, pictures, and whether the server is well."""

from collections.abc import Callable
from pathlib import Path

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, file
from sanic.response import json as json_response

STATIC = Path(__file__).parent / "static"

POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "connect", "frame")),
        "img-src 'self' data:",
        *(f"{kind} 'none'" for kind in ("base-uri", "form-action")),
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",  # Asked again each time, answered "not modified" when it is not.
}
# Pictures style themselves, and may do nothing else.
PICTURE_HEADERS = {**HEADERS, "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}

KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html"}


def pages_blueprint(pictures: Path, not_ready: Callable[[], list[str]]) -> Blueprint:
    """`not_ready` lists, in words for the operator, what keeps the server from answering; empty when it can."""
    blueprint = Blueprint("pages")
    files = {path.relative_to(STATIC).as_posix(): path for path in STATIC.rglob("*") if path.suffix in KINDS}

    @blueprint.get("/")
    async def demo(request: Request) -> HTTPResponse:
        return await _page(files["demo.html"], HEADERS)

    @blueprint.get("/chat")
    async def chat(request: Request) -> HTTPResponse:
        return await _page(files["chat.html"], HEADERS)

    @blueprint.get("/loader.js")
    async def loader(request: Request) -> HTTPResponse:
        return await _page(files["loader.js"], HEADERS)

    @blueprint.get("/static/<name:path>")
    async def static(request: Request, name: str) -> HTTPResponse:
        return await _page(files[name], HEADERS) if name in files else _missing()

    @blueprint.get("/content/pictures/<name:str>")
    async def picture(request: Request, name: str) -> HTTPResponse:
        known: dict[str, Path] = {path.name: path for path in pictures.glob("*.svg")}
        return await _page(known[name], PICTURE_HEADERS) if name in known else _missing()

    @blueprint.get("/health")
    async def health(request: Request) -> HTTPResponse:
        return json_response({"status": "alive"})

    @blueprint.get("/ready")
    async def ready(request: Request) -> HTTPResponse:
        reasons = not_ready()
        if reasons:
            return json_response({"status": "not ready", "reasons": reasons}, status=503)
        return json_response({"status": "ready"})

    return blueprint


async def _page(path: Path, headers: dict[str, str]) -> HTTPResponse:
    return await file(path, headers=dict(headers), mime_type=f"{KINDS[path.suffix]}; charset=utf-8")


def _missing() -> HTTPResponse:
    return json_response({"error": "There is nothing at this address."}, status=404)
