"""What a visitor in danger sees."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_page import ChatPage
from tests.browser.scenes import DANGER

pytestmark = pytest.mark.slow


def scroll(chat: ChatPage, *, to_end: bool) -> None:
    chat.scroller.evaluate("(view, toEnd) => (view.scrollTop = toEnd ? view.scrollHeight : 0)", to_end)


def test_the_urgent_numbers_are_in_sight_from_the_first_moment(chat: ChatPage) -> None:
    for number in ("911", "811", "988"):
        link = chat.care_line.get_by_role("link", name=number)

        expect(link).to_be_in_viewport(ratio=1)
        expect(link).to_have_attribute("href", f"tel:{number}")


def test_the_urgent_numbers_stay_in_sight_in_a_long_conversation(chat: ChatPage) -> None:
    for text in ("how do i do the piriformis stretch?", "what is sciatica?", "should i use heat or ice?"):
        chat.say(text)

    for to_end in (True, False):
        scroll(chat, to_end=to_end)
        for number in ("911", "811", "988"):
            expect(chat.care_line.get_by_role("link", name=number)).to_be_in_viewport(ratio=1)


def test_an_emergency_raises_a_banner_that_calls_911(chat: ChatPage) -> None:
    chat.say(DANGER)

    call = chat.banner.get_by_role("link", name="Call 911")
    expect(chat.banner).to_have_role("alert")
    expect(call).to_be_in_viewport(ratio=1)
    expect(call).to_have_attribute("href", "tel:911")


def test_a_harmless_question_raises_no_banner(chat: ChatPage) -> None:
    chat.say("should i use heat or ice?")

    expect(chat.banner).to_be_empty()


def test_the_banner_stays_while_scrolling_and_after_further_messages(chat: ChatPage) -> None:
    chat.say(DANGER)
    call = chat.banner.get_by_role("link", name="Call 911")

    for text in ("how do i do the piriformis stretch?", "thanks"):
        chat.say(text)
        for to_end in (True, False):
            scroll(chat, to_end=to_end)
            expect(call).to_be_in_viewport(ratio=1)


def test_the_banner_is_there_again_after_a_reload(chat: ChatPage, page: Page) -> None:
    chat.say(DANGER)

    page.reload()

    expect(chat.banner.get_by_role("link", name="Call 911")).to_be_in_viewport(ratio=1)


def test_beside_an_emergency_stands_neither_a_stretch_nor_a_booking(chat: ChatPage) -> None:
    chat.say("i want to book a massage")

    emergency = chat.say(DANGER)
    expect(chat.answers).to_have_count(3)

    for answer in (emergency, chat.answers.last):
        expect(answer.locator(".card")).to_have_count(0)
    expect(emergency.get_by_role("button")).to_have_count(0)
    expect(chat.answers.last.get_by_role("button")).to_have_text(["I'll get help now", "That was a mistake"])


def test_what_was_offered_before_an_emergency_is_withdrawn(chat: ChatPage) -> None:
    chat.say("i want to book a massage")
    offers = chat.items.locator(".choice")
    expect(offers.filter(visible=True)).to_have_count(11)

    chat.say(DANGER)

    expect(offers.filter(visible=True)).to_have_text(["I'll get help now", "That was a mistake"])


def test_an_emergency_is_in_view_although_what_was_withdrawn_has_moved_the_view(chat: ChatPage) -> None:
    chat.say("i'd like to book a deep tissue with priya on friday")
    chat.say("i'm on blood thinners")

    emergency = chat.say(DANGER)

    expect(emergency.get_by_role("link", name="911")).to_be_in_viewport(ratio=1)


def test_what_was_chosen_before_an_emergency_stays_to_be_read(chat: ChatPage) -> None:
    chat.press("How do I book an appointment?")

    chat.say(DANGER)

    expect(chat.items.first.locator(".choice")).to_have_count(3)
    expect(chat.items.first.locator(".choice").last).to_be_visible()
    expect(chat.items.first.locator(".choice").last).to_be_disabled()


def test_starting_over_takes_the_banner_away(chat: ChatPage) -> None:
    chat.say(DANGER)

    chat.start_over()

    expect(chat.banner).to_be_empty()


def test_suicidal_words_lead_to_988_by_call_and_by_text(chat: ChatPage) -> None:
    chat.say("the pain is so bad i want to kill myself")

    expect(chat.banner.get_by_role("link", name="Call 988")).to_have_attribute("href", "tel:988")
    expect(chat.banner.get_by_role("link", name="Text 988")).to_have_attribute("href", "sms:988")


def test_the_banner_goes_when_it_was_a_mistake_said_twice(chat: ChatPage) -> None:
    chat.say(DANGER)
    chat.press("That was a mistake")
    expect(chat.banner.get_by_role("link", name="Call 911")).to_be_visible()

    chat.press("Yes, it was a mistake")

    expect(chat.banner).to_be_empty()
