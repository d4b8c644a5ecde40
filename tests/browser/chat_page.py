"""The chat as a visitor meets it: what can be seen, said and pressed."""

from typing import Any

from playwright.sync_api import Frame, Locator, Page, expect

from tests.visitor import Event

FETCH_EVENTS = """async () => {
  const { token } = JSON.parse(sessionStorage.getItem("clinic-chat-session"));
  const events = [];
  for (let fresh = true; fresh.length !== 0 && events.at(-1)?.kind !== "turn_end"; events.push(...fresh)) {
    const asked = `/chat/messages?after=${events.length}&wait=${events.length && 10}`;
    const answer = await fetch(asked, { headers: { Authorization: `Bearer ${token}` } });
    fresh = (await answer.json()).events;
  }
  return events;
}"""


def embedded(page: Page) -> Frame:
    """The chat's frame on a page that shows the chat, once it is there."""
    if not page.frame(url="**/chat"):
        page.wait_for_event("framenavigated", lambda frame: frame.url.endswith("/chat"))
    frame = page.frame(url="**/chat")
    assert frame
    return frame


class ChatPage:
    def __init__(self, view: Page | Frame) -> None:
        self.view = view
        self.page = view if isinstance(view, Page) else view.page
        self.items = view.locator("#list > li")
        self.said = view.locator("#list > li.user")
        self.answers = view.locator("#list > li[data-answer]")
        self.composer = view.get_by_role("textbox", name="Your message")
        self.care_line = view.get_by_role("complementary")
        self.scroller = view.get_by_role("main")
        self.banner = view.locator("#banner")
        self.status = view.locator("#status")
        self.announcer = view.get_by_role("log")

    def wait(self) -> "ChatPage":
        """Returns when the greeting is there and the visitor can type."""
        expect(self.view.get_by_role("heading", name="Hello")).to_be_visible()
        expect(self.composer).to_be_visible()
        return self

    def send(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def say(self, text: str) -> Locator:
        """Sends a text and returns the first answer to it."""
        coming = self._next_answer()
        self.send(text)
        expect(coming).to_be_visible()
        return coming

    def press(self, title: str) -> Locator:
        """Presses a button by its title, the newest of that name, and returns the first answer to it."""
        coming = self._next_answer()
        self.view.get_by_role("button", name=title, exact=True).last.click()
        expect(coming).to_be_visible()
        return coming

    def _next_answer(self) -> Locator:
        return self.answers.nth(self.answers.count())

    def start_over(self) -> None:
        self.view.get_by_role("button", name="Start over").click()
        self.view.get_by_role("button", name="Delete and start over").click()

    def token(self) -> str:
        token: str = self.view.evaluate('JSON.parse(sessionStorage.getItem("clinic-chat-session")).token')
        return token

    def kept_by_server(self, kind: str) -> list[Event]:
        """The events of a kind that the server has of this conversation, once the turn that runs has ended."""
        events: list[dict[str, Any]] = self.view.evaluate(FETCH_EVENTS)
        return [event for event in events if event["kind"] == kind]
