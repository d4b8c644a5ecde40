"""The scenes of a visit that must be well made in every circumstance: checked by tests, shown in the README."""

from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.chat_page import ChatPage

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
DANGER = "my back is bad and i have no feeling between my legs"


def demo_page(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def greeting(page: Page) -> None:
    opened(page)


def answer_with_open_details(page: Page) -> None:
    answer = opened(page).say("should i use heat or ice?")
    answer.get_by_role("button", name="More").click()
    answer.locator("summary").click()
    expect(answer.get_by_role("link").last).to_be_visible()


def stretch(page: Page) -> None:
    answer = opened(page).say("how do i do the piriformis stretch?")
    for picture in answer.get_by_role("img").all():
        picture.evaluate("picture => picture.decode()")


def safety_check(page: Page) -> None:
    opened(page).say("i want to book a massage")


def free_times(page: Page) -> None:
    chat = opened(page)
    chat.say("i would like to book a 60 minute deep tissue massage as soon as possible")
    expect(chat.press("None of these").locator(".slots .choice").first).to_be_visible()


def booked(page: Page) -> None:
    free_times(page)
    chat = ChatPage(page)
    chat.press(chat.answers.last.locator(".slots .choice").first.inner_text())
    chat.say("Visitor Example")
    chat.say(f"{uuid4().hex[:8]}@example.com")  # The clinic lets nobody book more than a few.
    expect(chat.press("Yes, book it")).to_contain_text("You're booked")


def emergency(page: Page) -> None:
    chat = opened(page)
    chat.say(DANGER)
    expect(chat.banner).to_be_visible()


def opened(page: Page) -> ChatPage:
    page.goto("/chat")
    return ChatPage(page).wait()


SCENES: dict[str, Callable[[Page], None]] = {
    scene.__name__: scene
    for scene in (
        *(demo_page, greeting, answer_with_open_details, stretch, safety_check, free_times, booked, emergency),
    )
}
