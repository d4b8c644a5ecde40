"""The page that shows the chat as a clinic would have it, with the launcher out of the page's reach."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_page import ChatPage, embedded
from tests.browser.scenes import DESKTOP
from tests.running import Server

pytestmark = pytest.mark.slow

LONGEST_WAY = 20  # presses of Tab to the launcher
GIVEN_UP_MS = 12_000  # when the loader says that the chat cannot be reached


@pytest.fixture
def demo(server: Server, visit: Callable[..., Page]) -> Page:
    page = visit(server, viewport=DESKTOP)
    page.goto("/")
    page.locator("clinic-chat").wait_for(state="attached")
    return page


def tab_to_launcher(page: Page) -> None:
    for _ in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        if launcher_has_focus(page):
            return
    raise AssertionError(f"{LONGEST_WAY} presses of Tab did not reach the launcher")


def launcher_has_focus(page: Page) -> bool:
    return bool(page.evaluate("document.activeElement.localName === 'clinic-chat'"))


def launcher_expanded(page: Page) -> bool:
    (launcher,) = named(page, "button", "Ask a question")
    return bool({one["name"]: one["value"]["value"] for one in launcher["properties"]}["expanded"])


def named(page: Page, role: str, name: str) -> list[dict]:
    """What a screen reader finds on the page; it sees into the closed shadow root, which scripts do not."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        node for node in nodes if not node["ignored"] and (node["role"]["value"], node["name"]["value"]) == (role, name)
    ]


def test_the_page_says_that_it_is_a_demonstration(demo: Page) -> None:
    expect(demo.get_by_role("banner")).to_contain_text("Demonstration")
    expect(demo).to_have_title("Rutherford Massage Clinic (demo)")


def test_the_chat_opens_by_keyboard_alone_and_takes_the_focus(demo: Page) -> None:
    tab_to_launcher(demo)
    assert not launcher_expanded(demo)

    demo.keyboard.press("Enter")

    expect(ChatPage(embedded(demo)).composer).to_be_focused()
    assert launcher_expanded(demo)


def test_escape_closes_the_chat_and_gives_the_focus_back_to_the_launcher(demo: Page) -> None:
    tab_to_launcher(demo)
    demo.keyboard.press("Enter")
    chat = ChatPage(embedded(demo))
    expect(chat.composer).to_be_focused()

    demo.keyboard.press("Escape")

    expect(chat.composer).to_be_hidden()
    assert launcher_has_focus(demo)
    assert not launcher_expanded(demo)


def test_escape_gives_the_focus_back_to_the_link_that_opened_the_chat(demo: Page) -> None:
    link = demo.get_by_role("link", name="Ask the assistant")
    link.press("Enter")
    expect(ChatPage(embedded(demo)).composer).to_be_focused()

    demo.keyboard.press("Escape")

    expect(link).to_be_focused()


def test_a_visit_by_keyboard_alone_gets_its_answer_and_finds_it_again(demo: Page) -> None:
    link = demo.get_by_role("link", name="Ask the assistant")
    link.press("Enter")
    chat = ChatPage(embedded(demo))
    expect(chat.composer).to_be_focused()

    demo.keyboard.type("should i use heat or ice?")
    demo.keyboard.press("Enter")
    expect(chat.answers).to_have_count(1)
    demo.keyboard.press("Escape")
    expect(link).to_be_focused()  # The chat closes by a message to the page; until then the key would go to the chat.
    demo.keyboard.press("Enter")

    expect(chat.composer).to_be_focused()
    expect(chat.answers).to_have_count(1)


def test_on_a_phone_the_chat_fills_the_screen_and_its_own_button_closes_it(
    server: Server, visit: Callable[..., Page]
) -> None:
    page = visit(server, has_touch=True, is_mobile=True)
    page.goto("/")
    link = page.get_by_role("link", name="Ask the assistant")

    link.tap()
    chat = embedded(page)
    box = chat.frame_element().bounding_box()
    chat.get_by_role("button", name="Close the chat").tap()

    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    expect(link).to_be_focused()


def test_a_chat_that_does_not_load_leaves_the_clinics_number_and_911(demo: Page) -> None:
    demo.clock.install()
    demo.route("**/chat", lambda route: None)

    demo.get_by_role("link", name="Ask the assistant").click()
    demo.clock.fast_forward(GIVEN_UP_MS)

    assert named(demo, "link", "780-555-0142")
    assert named(demo, "link", "911")
