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
    chat.press("None of these")
    chat.press("Deep tissue massage")
    chat.say("thursday afternoon")
    done = chat.press("Priya (demo)")

    expect(booking_link(done)).to_have_attribute("href", f"{PAGE}?treatment=deep_tissue_massage&therapist=priya")
    expect(booking_link(done)).to_have_attribute("target", "_blank")


def test_a_booking_in_one_sentence_asks_only_for_what_is_missing(chat: ChatPage) -> None:
    chat.say("i would like to book a deep tissue massage with priya")
    asked = chat.press("None of these")
    expect(booking_link(asked)).to_have_count(0)

    done = chat.say("any day")

    expect(booking_link(done)).to_have_attribute("href", f"{PAGE}?treatment=deep_tissue_massage&therapist=priya")


# ---- The safety check


def test_the_safety_check_is_a_card_with_its_lines_and_a_button_for_each(chat: ChatPage) -> None:
    asked = chat.say("i would like to book a deep tissue massage with priya on friday")

    card = asked.get_by_role("region", name="A quick safety check")
    expect(card.get_by_role("heading")).to_have_text("A quick safety check")
    expect(card.get_by_role("listitem")).to_have_count(7)
    expect(card.get_by_role("listitem").first).to_contain_text("Numbness between your legs")
    expect(asked.locator(".choice")).to_have_count(8)


def test_the_lines_of_the_safety_check_are_read_out(chat: ChatPage) -> None:
    chat.say("i want to book a massage")

    expect(chat.announcer).to_contain_text("With it comes: A quick safety check. Numbness between your legs")
    expect(chat.announcer).not_to_contain_text("pictures")


def test_a_reason_to_ask_the_doctor_goes_with_the_booking_and_not_into_the_link(chat: ChatPage) -> None:
    chat.say("i would like to book a deep tissue massage with priya")
    chat.press("Blood thinners, pregnancy, illness")
    done = chat.say("any day")

    expect(done).to_contain_text("This is a request")
    expect(booking_link(done)).to_have_attribute("href", f"{PAGE}?treatment=deep_tissue_massage&therapist=priya")


def test_a_danger_told_by_a_button_raises_the_banner(chat: ChatPage) -> None:
    chat.say("i would like to book a deep tissue massage with priya")

    answer = chat.press("Numbness, bladder or bowels")

    expect(answer).to_have_attribute("data-answer", "emergency")
    expect(chat.banner.get_by_role("link", name="Call 911")).to_be_visible()
