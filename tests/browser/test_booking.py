"""From a wish to an appointment, and from the mail about it to another day, and to none."""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chat_page import ChatPage
from tests.browser.scenes import opened
from tests.builders import edit
from tests.mail_server import Mailbox, running_mail_server
from tests.running import Server

pytestmark = pytest.mark.slow

LETTER_SECONDS = 60.0


def offered(question: Locator) -> Locator:
    """The buttons with free times."""
    return question.locator(".slots .choice")


# ---- An appointment, its mail, and what the mail leads to


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def mailing_server(tmp_path: Path, mailbox: Mailbox) -> Iterator[Server]:
    """A clinic that sends its letters at once."""
    with running_mail_server(mailbox) as mail:
        server = Server(tmp_path)
        server.prepare()
        schedule = server.content / "facts" / "schedule.yml"
        edit(schedule, "undo_minutes: 3", "undo_minutes: 0")
        server.environment |= {
            "SMTP": f"smtp://{mail.host}:{mail.port}",
            "PUBLIC_ADDRESS": server.address,
            "DESK_MAIL": "desk@example.com",
        }
        try:
            yield server.start()
        finally:
            server.stop()


def letter(mailbox: Mailbox, page: Page, subject: str) -> EmailMessage:
    """The visitor's letter of this subject, as soon as it has come."""
    deadline = int(LETTER_SECONDS * 10)
    for _ in range(deadline):
        for mail in mailbox.mails:
            if "visitor@example.com" in str(mail["To"]) and re.search(subject, str(mail["Subject"]), re.I):
                return mail
        page.wait_for_timeout(100)  # Between two looks; the deadline decides.
    raise AssertionError(f"no letter {subject!r} among {[str(mail['Subject']) for mail in mailbox.mails]}")


def text_of(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content())


def test_a_visitor_books_gets_the_mail_moves_the_appointment_and_cancels_it(
    mailing_server: Server, mailbox: Mailbox, visit: Callable[..., Page]
) -> None:
    page = visit(mailing_server)
    chat = opened(page)

    chat.say("i would like to book a 60 minute swedish massage next week")
    times = chat.press("None of these")
    chat.press(offered(times).last.inner_text())
    chat.say("Visitor Example")
    summary = chat.say("visitor@example.com")
    expect(summary).to_contain_text("Swedish massage, 60 minutes")
    done = chat.press("Yes, book it")
    expect(done).to_contain_text("You're booked")

    confirmed = letter(mailbox, page, "appointment")
    (link,) = set(re.findall(rf"{mailing_server.address}/appointment/[\w-]+", text_of(confirmed)))
    assert any(part.get_content_type() == "text/calendar" for part in confirmed.walk())
    page.goto(link)
    expect(page.get_by_role("main")).to_contain_text("Swedish massage")

    page.get_by_role("link", name=re.compile("Move")).click()
    page.get_by_role("radio").last.check()
    page.get_by_role("button", name=re.compile("Move")).click()
    letter(mailbox, page, "moved|new time")

    page.get_by_role("link", name=re.compile("Cancel")).click()
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This appointment is cancelled")
    letter(mailbox, page, "cancelled")


# ---- In the chat


def test_a_booking_by_buttons_and_words_ends_with_a_reference(chat: ChatPage) -> None:
    chat.press("How do I book an appointment?")
    chat.press("Book a massage")
    chat.press("None of these")
    chat.press("Deep tissue massage")
    chat.press("60 minutes, $115")
    times = chat.press("As soon as possible")
    chat.press(offered(times).first.inner_text())
    chat.say("Visitor Example")
    chat.say("i'd rather not give an email")
    chat.say("780-555-0123")

    done = chat.press("Yes, book it")

    expect(done).to_contain_text(re.compile(r"Your reference is [0-9A-Z]{5}-[0-9A-Z]{5}"))


def test_a_name_that_is_needed_no_longer_is_gone_when_the_chat_is_read_again(chat: ChatPage, page: Page) -> None:
    chat.say("i would like to book a 60 minute deep tissue massage as soon as possible")
    times = chat.press("None of these")
    chat.press(offered(times).first.inner_text())
    chat.say("Somebody Example")
    chat.say("somebody@example.com")
    chat.press("Yes, book it")

    page.reload()

    expect(chat.scroller).to_contain_text("You're booked")
    expect(chat.scroller).not_to_contain_text("somebody@example.com")
    expect(chat.scroller).not_to_contain_text("Somebody Example")


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


def test_a_reason_to_ask_the_doctor_makes_the_booking_a_request(chat: ChatPage) -> None:
    chat.say("i would like to book a deep tissue massage")
    chat.press("Blood thinners, pregnancy, illness")
    chat.say("any day")
    chat.say("Visitor Example")
    chat.say("780-555-0123")

    done = chat.press("Yes, book it")

    expect(done).to_contain_text("This is a request")
    expect(done).to_contain_text("Nothing is booked yet")


def test_a_danger_told_by_a_button_raises_the_banner(chat: ChatPage) -> None:
    chat.say("i would like to book a deep tissue massage with priya")

    answer = chat.press("Numbness, bladder or bowels")

    expect(answer).to_have_attribute("data-answer", "emergency")
    expect(chat.banner.get_by_role("link", name="Call 911")).to_be_visible()
