"""From a wish to the clinic's booking page, which no test visits."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chat_page import ChatPage

pytestmark = pytest.mark.slow

PAGE = "https://booking.example.com/rutherford-demo"


def booking_link(answer: Locator) -> Locator:
    return answer.get_by_role("link", name="booking page")


def test_a_booking_by_buttons_and_words_ends_at_the_booking_page(chat: ChatPage) -> None:
    chat.press("How do I book an appointment?")
    chat.press("Book a massage")
    chat.press("Deep tissue massage")
    chat.say("thursday afternoon")
    done = chat.press("Priya (demo)")

    expect(booking_link(done)).to_have_attribute("href", f"{PAGE}?treatment=deep_tissue_massage&therapist=priya")
    expect(booking_link(done)).to_have_attribute("target", "_blank")


def test_a_booking_in_one_sentence_asks_only_for_what_is_missing(chat: ChatPage) -> None:
    asked = chat.say("i would like to book a deep tissue massage with priya")
    expect(booking_link(asked)).to_have_count(0)

    done = chat.say("any day")

    expect(booking_link(done)).to_have_attribute("href", f"{PAGE}?treatment=deep_tissue_massage&therapist=priya")
