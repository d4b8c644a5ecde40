"""Asking and being answered."""

import json
import re
from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from tests.browser.chat_page import ChatPage
from tests.browser.scenes import opened
from tests.running import Server

pytestmark = pytest.mark.slow

QUESTION = "should i use heat or ice?"
OTHER_QUESTION = "what is sciatica?"

# Keeps every line ever put into the live region, which empties itself after a while.
LISTEN = """() => {
  window.spoken = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const { textContent } of addedNodes) spoken.push(textContent);
  }).observe(document.querySelector("#announcer"), { childList: true, subtree: true, characterData: true });
}"""


def test_a_question_gets_its_answer(chat: ChatPage) -> None:
    answer = chat.say(QUESTION)

    expect(answer).to_have_attribute("data-answer", "heat_and_cold")
    expect(chat.said).to_have_count(1)
    expect(chat.said).to_contain_text(QUESTION)


def test_the_evidence_and_the_sources_wait_behind_a_quiet_line(chat: ChatPage) -> None:
    answer = chat.say(QUESTION)
    source = answer.locator("details").get_by_role("link").first
    expect(source).to_be_hidden()

    answer.locator("summary").click()

    expect(source).to_be_visible()
    expect(source).to_have_attribute("href", re.compile("^https?://"))
    expect(source).to_have_attribute("rel", "noopener noreferrer")
    expect(answer.get_by_text("evidence:")).to_be_visible()
    expect(answer.get_by_text("not yet reviewed by a clinician")).to_be_visible()


def test_more_shows_the_rest_of_the_answer_and_hides_it_again(chat: ChatPage) -> None:
    answer = chat.say(QUESTION)
    more = answer.get_by_role("button", name="More")
    rest = answer.locator(".words").nth(1)
    expect(rest).to_be_hidden()

    more.click()
    expect(rest).to_be_visible()
    expect(more).to_have_attribute("aria-expanded", "true")

    more.click()
    expect(rest).to_be_hidden()
    expect(more).to_have_attribute("aria-expanded", "false")


def test_a_stretch_shows_its_pictures_with_their_descriptions(chat: ChatPage) -> None:
    answer = chat.say("how do i do the piriformis stretch?")

    pictures = answer.get_by_role("list").get_by_role("img").all()

    assert len(pictures) == 4
    for picture in pictures:
        assert len(picture.get_attribute("alt") or "") > 20
        assert width_of(picture) > 0


def width_of(picture: Locator) -> int:
    """The width of a loaded picture; fails for one that cannot be shown."""
    width: int = picture.evaluate("async (picture) => (await picture.decode(), picture.naturalWidth)")
    return width


def test_a_quick_reply_leads_on_and_cannot_be_pressed_twice(chat: ChatPage) -> None:
    answer = chat.say(QUESTION)
    reply, other = answer.locator(".choice").all()[:2]
    title = reply.inner_text()

    reply.dblclick()
    expect(chat.answers).to_have_count(2)
    reply.click(force=True)
    other.click(force=True)
    chat.say(OTHER_QUESTION)

    assert [event["text"] for event in chat.kept_by_server("user")] == [QUESTION, title, OTHER_QUESTION]
    expect(chat.said).to_have_count(3)
    expect(reply).to_have_attribute("aria-disabled", "true")
    expect(reply).to_contain_text("chosen")


def test_a_greeting_offers_a_beginning_to_who_does_not_know_how(chat: ChatPage) -> None:
    answer = chat.press("Does massage help with sciatica?")

    expect(answer).to_have_attribute("data-answer", "massage_helps_sciatica")


def test_a_reload_keeps_the_conversation_and_doubles_nothing(chat: ChatPage, page: Page) -> None:
    chat.say(QUESTION)
    chat.say(OTHER_QUESTION)
    before = words_in(chat)

    page.reload()

    expect(chat.answers).to_have_count(2)
    assert words_in(chat) == before
    chat.say("thanks")
    expect(chat.said).to_have_count(3)
    assert len(chat.kept_by_server("user")) == 3


def words_in(chat: ChatPage) -> list[str]:
    """The messages of both sides, without what only a new visitor is offered."""
    return chat.items.locator(":scope > .words").all_inner_texts()


def test_a_visitor_in_another_browser_sees_nothing_of_it(
    chat: ChatPage, server: Server, visit: Callable[..., Page]
) -> None:
    chat.say(QUESTION)

    other = opened(visit(server))
    other.say(OTHER_QUESTION)

    expect(other.said).to_have_count(1)
    expect(other.answers).to_have_count(1)
    expect(chat.said).to_have_count(1)
    expect(chat.said).to_contain_text(QUESTION)


def test_starting_over_forgets_the_conversation_on_the_server_too(chat: ChatPage, server: Server) -> None:
    chat.say(QUESTION)
    token = chat.token()
    assert status_with(token, server) == 200

    chat.start_over()

    expect(chat.said).to_have_count(0)
    expect(chat.answers).to_have_count(0)
    chat.wait()
    assert status_with(token, server) == 401
    chat.say(OTHER_QUESTION)
    expect(chat.said).to_have_count(1)


def test_starting_over_asks_first(chat: ChatPage, server: Server, page: Page) -> None:
    chat.say(QUESTION)

    page.get_by_role("button", name="Start over").click()
    page.get_by_role("button", name="Keep it").click()

    expect(chat.answers).to_have_count(1)
    assert status_with(chat.token(), server) == 200


def status_with(token: str, server: Server) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get(f"{server.address}/chat/messages", headers=headers, timeout=30).status_code


HOSTILE = [
    '<img src="/nothing" onerror="window.harmed = 1">',
    "<script>window.harmed = 1</script>",
    "[press me](javascript:window.harmed=1)",
    "javascript:window.harmed=1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_markup_is_shown_as_the_text_it_is(chat: ChatPage, page: Page, text: str) -> None:
    chat.say(text)

    expect(chat.said.locator(".words")).to_have_text(text)
    expect(chat.said.locator("img, script, a")).to_have_count(0)
    assert page.evaluate("window.harmed") is None


def test_markup_in_an_answer_is_shown_as_text_too(page: Page) -> None:
    everything = " ".join(HOSTILE)
    source = {"title": HOSTILE[0], "publisher": HOSTILE[1], "url": HOSTILE[3]}
    button = {"id": "1", "title": HOSTILE[0], "answer": "sleep"}
    let_server_say(
        page, text=everything, more=everything, review=everything, evidence="weak", sources=[source], buttons=[button]
    )

    answer = opened(page).answers.last
    answer.get_by_role("button", name="More").click()
    answer.locator("summary").click()

    expect(answer).to_contain_text(HOSTILE[0])
    expect(answer.locator("img, script, a")).to_have_count(0)
    assert page.evaluate("window.harmed") is None


def let_server_say(page: Page, **parts: object) -> None:
    """Puts an answer into the stream that our own server would not give."""
    event = {"seq": 1, "id": "1", "in_reply_to": "1", "kind": "bot", "answer": "sleep", "alert": None, **parts}
    stream = f"id: 1\ndata: {json.dumps(event)}\n\n"
    page.route("**/chat/stream", lambda route: route.fulfill(content_type="text/event-stream", body=stream))


def test_each_answer_is_announced_once(chat: ChatPage, page: Page) -> None:
    page.evaluate(LISTEN)

    chat.say(QUESTION)
    chat.say(OTHER_QUESTION)
    expect(chat.announcer.get_by_role("paragraph")).to_have_count(2)

    answers = [event["text"] for event in chat.kept_by_server("bot")]
    spoken = page.evaluate("spoken")
    assert [[answer in line for line in spoken] for answer in answers] == [[True, False], [False, True]]


def test_a_reload_announces_nothing_again(chat: ChatPage, page: Page) -> None:
    chat.say(QUESTION)
    page.add_init_script(f"addEventListener('DOMContentLoaded', {LISTEN})")

    page.reload()
    expect(chat.answers).to_have_count(1)
    chat.say(OTHER_QUESTION)
    expect(chat.announcer).not_to_be_empty()

    assert len(page.evaluate("spoken")) == 1
