"""The watch over all browser tests sees what it should."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import Watched
from tests.running import Server

pytestmark = pytest.mark.slow


def wrongs_after(browser: Browser, server: Server, script: str) -> list[str]:
    watched = Watched(browser, server.address)
    page: Page = watched.context.new_page()
    page.goto("/chat")
    expect(page.get_by_role("heading", name="Hello")).to_be_visible()
    page.evaluate(script)
    watched.close()
    return watched.wrongs


def test_an_obedient_page_is_no_wrong(browser: Browser, server: Server) -> None:
    assert wrongs_after(browser, server, "fetch('/health')") == []


@pytest.mark.parametrize(
    "script",
    [
        "fetch('http://127.0.0.1:9/').catch(() => 0)",
        "new Image().src = 'http://127.0.0.1:9/'",
        "document.body.append(document.createElement('div')); document.body.lastChild.setAttribute('style', 'top: 0')",
        "try { document.body.innerHTML = '<b>'; } catch { 0; }",
        "new Promise((done) => (addEventListener('error', () => done()), setTimeout(() => { throw Error('odd'); })))",
    ],
)
def test_a_forbidden_act_is_seen(browser: Browser, server: Server, script: str) -> None:
    assert wrongs_after(browser, server, script)
