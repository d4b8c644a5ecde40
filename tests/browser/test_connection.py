"""Nothing that a visitor says is lost or said twice, whatever becomes of the connection or the server."""

import re
import signal
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chat_page import ChatPage
from tests.browser.scenes import opened
from tests.running import Server

pytestmark = pytest.mark.slow

QUESTION = "should i use heat or ice?"
OTHER_QUESTION = "what is sciatica?"
RECOVERY_MS = 60_000  # The page waits longer and longer between its attempts, at most 20 s.
AGAIN = re.compile("^(Retry|Try again)")  # Not taken in by the server; taken in, and its turn cut.


def texts_kept(chat: ChatPage) -> list[str]:
    return [event["text"] for event in chat.kept_by_server("user")]


def test_what_was_said_around_the_death_of_the_server_is_answered_once_it_is_back(
    own_server: Server, visit: Callable[..., Page]
) -> None:
    own_server.start()
    early, late = (opened(visit(own_server)) for _ in range(2))
    for chat in (early, late):
        chat.say(QUESTION)
        assert texts_kept(chat) == [QUESTION]

    with early.page.expect_request("**/chat/messages"):
        early.send(OTHER_QUESTION)
    own_server.stop(signal.SIGKILL)
    late.send(OTHER_QUESTION)
    expect(late.said.last).to_contain_text("Not sent")
    expect(late.status).to_contain_text("No connection")
    own_server.start()

    for chat in (late, early):
        answer = chat.answers.nth(1)
        offer = chat.items.last.get_by_role("button", name=AGAIN)
        expect(answer.or_(offer).first).to_be_visible(timeout=RECOVERY_MS)
        if not answer.is_visible():
            offer.click()
        expect(answer).to_have_attribute("data-answer", "what_is_sciatica", timeout=RECOVERY_MS)
        expect(chat.answers).to_have_count(2)
        expect(chat.status).to_be_empty(timeout=RECOVERY_MS)
    expect(late.said).to_have_count(2)
    assert texts_kept(late) == [QUESTION, OTHER_QUESTION]


class TestOffline:
    @pytest.fixture
    def network(self, page: Page) -> BrowserContext:
        return page.context

    def test_a_message_goes_out_once_when_the_connection_comes_back(
        self, chat: ChatPage, network: BrowserContext
    ) -> None:
        chat.say(QUESTION)
        network.set_offline(True)
        chat.send(OTHER_QUESTION)
        expect(chat.said.last).to_contain_text("Sending")

        network.set_offline(False)

        expect(chat.answers).to_have_count(2)
        expect(chat.said).to_have_count(2)
        assert texts_kept(chat) == [QUESTION, OTHER_QUESTION]

    def test_a_message_that_could_not_go_out_waits_for_the_visitor(
        self, chat: ChatPage, network: BrowserContext
    ) -> None:
        chat.say(QUESTION)
        network.set_offline(True)
        chat.send(OTHER_QUESTION)
        expect(chat.said.last).to_contain_text("Not sent")
        assert chat.answers.count() == 1

        network.set_offline(False)
        chat.said.last.get_by_role("button", name="Retry").click()

        expect(chat.answers).to_have_count(2)
        expect(chat.said).to_have_count(2)
        assert texts_kept(chat) == [QUESTION, OTHER_QUESTION]

    def test_a_message_not_yet_sent_survives_a_reload(self, chat: ChatPage, page: Page) -> None:
        chat.say(QUESTION)
        page.route("**/chat/messages", lambda route: route.abort())
        chat.send(OTHER_QUESTION)
        expect(chat.said).to_have_count(2)

        page.unroute("**/chat/messages")
        page.reload()

        expect(chat.answers).to_have_count(2)
        expect(chat.said).to_have_count(2)
        assert texts_kept(chat) == [QUESTION, OTHER_QUESTION]


def test_without_a_stream_the_answers_are_fetched(page: Page) -> None:
    page.route("**/chat/stream", lambda route: route.abort())

    answer = opened(page).say(QUESTION)

    expect(answer).to_have_attribute("data-answer", "heat_and_cold")
