"""The Chromium of this machine, and what a page in it may never do: disobey its policy or ask another address."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Request, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 15_000

# Runs in every page and frame before its own scripts do.
LISTEN = """
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) =>
  tellOfViolation(`${effectiveDirective} refused ${blockedURI} in ${sourceFile}`));
"""
POLICY_WORDS = ("Content Security Policy", "violates the following", "Trusted Type", "TrustedHTML", "TrustedScript")


@contextmanager
def launched() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, f"none of {', '.join(NAMES)} is on the PATH; scripts/browser installs one"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A visitor's browser, apart from every other's, that remembers whatever its pages should not have done."""

    def __init__(self, browser: Browser, address: str, **circumstances: Any) -> None:
        self.origin = _origin(address)
        self.wrongs: list[str] = []
        # Motion is off, so that nothing is measured or pictured while it fades in.
        self.context: BrowserContext = browser.new_context(
            **{"base_url": address, "reduced_motion": "reduce", "locale": "en-CA", **circumstances}
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.expose_binding("tellOfViolation", lambda _, told: self.wrongs.append(told))
        self.context.add_init_script(LISTEN)
        self.context.on("request", self._look_at_request)
        self.context.on("console", self._look_at_message)
        self.context.on("weberror", lambda error: self.wrongs.append(f"uncaught: {error.error}"))
        self.context.on("dialog", self._look_at_dialog)

    def _look_at_request(self, request: Request) -> None:
        if _origin(request.url) != self.origin:
            self.wrongs.append(f"asked {request.url}")

    def _look_at_message(self, message: ConsoleMessage) -> None:
        if any(word in message.text for word in POLICY_WORDS):
            self.wrongs.append(f"said {message.text}")

    def _look_at_dialog(self, dialog: Dialog) -> None:
        self.wrongs.append(f"opened a dialog: {dialog.message}")
        dialog.dismiss()

    def close(self) -> None:
        for page in self.context.pages:
            page.evaluate("scheduler.postTask(() => 0)")  # What is on its way to us comes before this.
        self.context.close()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
