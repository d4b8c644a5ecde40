"""A browser for the tests of the pages, and a chat open in it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chat_page import ChatPage
from tests.browser.chromium import Watched, launched
from tests.browser.scenes import PHONE, opened
from tests.running import Server


# Not for the session: while it runs, Playwright's event loop keeps other tests from running theirs.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Gives each caller a browser of their own; afterwards none may have broken a policy or asked another address."""
    visits: list[Watched] = []

    def begin(server: Server, **circumstances: object) -> Page:
        visits.append(Watched(browser, server.address, **{"viewport": PHONE, **circumstances}))
        return visits[-1].context.new_page()

    yield begin
    for one in visits:
        one.close()
    assert [wrong for one in visits for wrong in one.wrongs] == []


@pytest.fixture
def page(server: Server, visit: Callable[..., Page]) -> Page:
    return visit(server)


@pytest.fixture
def chat(page: Page) -> ChatPage:
    return opened(page)
