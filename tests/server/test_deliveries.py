"""Deliveries: what arrives at visitors and at the desk through a real mail server, when, and how often."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy.engine import Engine

from clinic.appointments import Appointment, Consent, Contact
from clinic.availability import Slot
from clinic.call_backs import CallBack
from clinic.content import Content
from clinic.errors import NotDelivered
from server.deliveries import Deliveries, calendar_handler
from server.notices import Notices
from storage import outbox
from storage.appointments import UNDO, Appointments
from storage.call_backs import CallBacks
from storage.outbox import Due, Outbox
from storage.settings import MailServer, Settings, SmsAccount, read_settings
from tests.builders import content, facts, letters
from tests.mail_server import Mailbox, running_mail_server
from tests.running import free_port
from web.appointments.visits import ADDRESS

ZONE = ZoneInfo("America/Edmonton")
NOW = datetime(2026, 7, 1, 16, tzinfo=timezone.utc)
NOON = datetime(2026, 7, 3, 18, tzinfo=timezone.utc)  # two days later, at the clinic
AFTERNOON = NOON + timedelta(hours=3)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ACCOUNT = SmsAccount("AC0123", "secret", sender="+15875550100")

BY_MAIL = Consent(channel="email", wording="Write to me.", at=NOW)
BY_SMS = Consent(channel="sms", wording="Text me.", at=NOW)
DAWN = Contact(name="Dawn Example", email="dawn@example.com", phone="780-555-0100", consents=(BY_MAIL,))

BODY = """\
Hello {name}
{when}
{treatment}, {minutes} minutes, with {therapist}, {price}
{reference}
"""
FOR_THE_DESK = f"{BODY}{{visitor_phone}}\n{{visitor_email}}\nSafety: {{safety}}\n"
CALL_BACK = "{name}\n{visitor_phone}\nWish: {wish}\n{window}\n{summary}\n{asked_at}\nmake call-backs done={number}"


def visitor_letter(subject: str, body: str = f"{BODY}{{manage_link}}") -> dict[str, str]:
    return {"subject": subject, "body": body, "sms": f"{subject}: {{when}}"}


LETTERS = letters(
    sender="{clinic_name}",
    confirmed=visitor_letter("Booked"),
    moved=visitor_letter("Moved"),
    cancelled=visitor_letter("Cancelled", BODY),
    reminder=visitor_letter("Reminder"),
    desk_confirmed={"subject": "New: {when}", "body": FOR_THE_DESK},
    desk_moved={"subject": "Moved: {when}", "body": FOR_THE_DESK},
    desk_cancelled={"subject": "Cancelled: {when}", "body": FOR_THE_DESK},
    desk_call_back={"subject": "Call-back {number}", "body": CALL_BACK},
)
CONTENT = content(letters=LETTERS, facts=facts(clinic_name="Made-up Clinic"))


def slot(start: datetime = NOON) -> Slot:
    return Slot("swedish_massage", 60, "mei", "room_1", start)


class Clinic:
    """The whole of what sends something, on a database of its own and a clock that stands still until it is told."""

    def __init__(self, database: Engine, server: MailServer, *, content: Content = CONTENT, sms: bool = False) -> None:
        self.moment = NOW
        self.database = database
        self.content = content
        self.own = _settings(server, sms=sms)
        self.texts: list[tuple[str, str, SmsAccount]] = []
        self.appointments = Appointments(database, now=self.now)
        self.call_backs = CallBacks(database)
        self.outbox = Outbox(database, now=self.now)
        self.deliveries = self.another_worker()

    def now(self) -> datetime:
        return self.moment

    def another_worker(self, **handlers: Any) -> Deliveries:
        notices = Notices(
            self.own,
            lambda: self.content,
            self.outbox,
            self.appointments,
            self.call_backs,
            now=self.now,
            zone=ZONE,
            send_sms=lambda *sms: self.texts.append(sms),
        )
        return Deliveries(self.outbox, notices.handlers() | handlers, now=self.now)

    def book(self, contact: Contact = DAWN, *, note: str = "", reminder_at: datetime | None = None) -> Appointment:
        self.appointments.hold(
            slot(),
            attempt="attempt",
            conversation="chat",
            blocked_until=NOON + HOUR,
            expires_at=self.moment + HOUR,
            most_open_holds=1,
        )
        return self.appointments.confirm("attempt", contact, price="$115", note=note, reminder_at=reminder_at)

    def move(self, appointment: Appointment, *, reminder_at: datetime | None = None) -> Appointment:
        later = slot(AFTERNOON)
        return self.appointments.move(appointment.id, later, blocked_until=later.end, reminder_at=reminder_at)

    def after(self, time: timedelta = UNDO) -> None:
        """Time goes by, and what is due by then is sent."""
        self.moment += time
        self.deliveries.deliver_due()


def _settings(server: MailServer, *, sms: bool) -> Settings:
    own = read_settings({"PUBLIC_ADDRESS": "https://assistant.example.com"})
    return own._replace(smtp=server, mail_from="clinic@example.org", sms=ACCOUNT if sms else None)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[MailServer]:
    with running_mail_server(mailbox) as server:
        yield server


@pytest.fixture
def clinic(database: Engine, server: MailServer) -> Clinic:
    return Clinic(database, server)


def subjects(mailbox: Mailbox, recipient: str = "dawn@example.com") -> list[str]:
    return [str(mail["subject"]) for mail in mailbox.mails if mail["to"] == recipient]


def text(mailbox: Mailbox, recipient: str = "dawn@example.com") -> list[str]:
    """The lines of the latest mail."""
    mail = [mail for mail in mailbox.mails if mail["to"] == recipient][-1]
    body = mail.get_body(("plain",))
    assert body is not None
    return list(body.get_content().splitlines())


def calendars(mailbox: Mailbox) -> list[tuple[str, int, datetime]]:
    """The method, the sequence and the start of each invitation."""
    found = [Calendar.from_ical(part.get_content()) for mail in mailbox.mails for part in mail.iter_attachments()]
    events = [(str(one["method"]), one.walk("VEVENT")[0]) for one in found]
    return [(method, int(event["sequence"]), event.decoded("dtstart")) for method, event in events]


# ---- A booking


def test_who_books_gets_a_letter_with_all_that_was_agreed_and_an_invitation(clinic: Clinic, mailbox: Mailbox) -> None:
    booked = clinic.book()

    clinic.after()

    *lines, link = text(mailbox)
    assert subjects(mailbox) == ["Booked"]
    assert lines == [
        "Hello Dawn Example",
        "Friday, July 3 at 12:00 pm, Edmonton time",
        "Swedish massage, 60 minutes, with Mei, $115",
        booked.shown_reference,
    ]
    assert link.startswith(f"https://assistant.example.com{ADDRESS}")
    assert clinic.appointments.by_manage_token(link.rsplit("/", 1)[-1]) == booked
    assert calendars(mailbox) == [("REQUEST", 0, NOON)]


def test_a_letter_comes_from_the_clinic_and_is_answered_to_the_desk(clinic: Clinic, mailbox: Mailbox) -> None:
    booked = clinic.book()

    clinic.after()

    mail = mailbox.mails[0]
    assert (mail["from"], mail["reply-to"]) == ("Made-up Clinic <clinic@example.org>", "desk@example.com")
    assert mail["message-id"] == f"<{booked.id}.0.confirmed@example.org>"


def test_the_desk_learns_who_comes_and_what_the_therapist_should_know(clinic: Clinic, mailbox: Mailbox) -> None:
    clinic.book(note="wound")

    clinic.after()

    assert subjects(mailbox, "desk@example.com") == ["New: Friday, July 3 at 12:00 pm, Edmonton time"]
    assert text(mailbox, "desk@example.com")[-3:] == ["780-555-0100", "dawn@example.com", "Safety: About wound."]
    assert "About wound." not in text(mailbox)


def test_nothing_is_sent_while_a_booking_can_be_undone(clinic: Clinic, mailbox: Mailbox) -> None:
    booked = clinic.book()
    clinic.after(UNDO - MINUTE)
    clinic.appointments.cancel(booked.id)

    clinic.after(HOUR)

    assert mailbox.mails == []


def test_who_did_not_agree_to_mail_gets_none(clinic: Clinic, mailbox: Mailbox) -> None:
    clinic.book(DAWN.copy(update={"consents": ()}))

    clinic.after()

    assert set(mailbox.recipients) == {"desk@example.com"}


def test_who_left_no_address_gets_no_mail(clinic: Clinic, mailbox: Mailbox) -> None:
    clinic.book(DAWN.copy(update={"email": None}))

    clinic.after()

    assert set(mailbox.recipients) == {"desk@example.com"}


@pytest.mark.parametrize(
    "name", ["Dawn\r\nBcc: all@example.com", "<b>Dawn</b>", "https://evil.example.com", "\0\x1b[2J"]
)
def test_a_hostile_name_changes_nothing_but_itself(clinic: Clinic, mailbox: Mailbox, name: str) -> None:
    clinic.book(DAWN.copy(update={"name": name}))

    clinic.after()

    assert sorted(mailbox.recipients) == ["dawn@example.com", "desk@example.com"]
    for mail in mailbox.mails:
        page = mail.get_body(("html",))
        assert "bcc" not in mail
        assert page is not None
        assert [part for part in ("<b>", "https://evil", "\0", "\x1b") if part in page.get_content()] == []


# ---- What comes after


def test_who_moves_gets_the_new_time_and_the_calendar_replaces_the_old_one(clinic: Clinic, mailbox: Mailbox) -> None:
    booked = clinic.book()
    clinic.after()

    clinic.move(booked)
    clinic.after(MINUTE)

    assert subjects(mailbox) == ["Booked", "Moved"]
    assert text(mailbox)[1] == "Friday, July 3 at 3:00 pm, Edmonton time"
    assert subjects(mailbox, "desk@example.com")[1:] == ["Moved: Friday, July 3 at 3:00 pm, Edmonton time"]
    assert calendars(mailbox) == [("REQUEST", 0, NOON), ("REQUEST", 1, AFTERNOON)]


def test_who_moves_before_anything_was_sent_gets_one_letter_with_the_new_time(clinic: Clinic, mailbox: Mailbox) -> None:
    clinic.move(clinic.book())

    clinic.after()

    assert subjects(mailbox) == ["Booked"]
    assert calendars(mailbox) == [("REQUEST", 1, AFTERNOON)]


def test_who_cancels_is_told_so_and_the_calendar_takes_it_out(clinic: Clinic, mailbox: Mailbox) -> None:
    booked = clinic.book()
    clinic.after()

    clinic.appointments.cancel(booked.id)
    clinic.after(MINUTE)

    assert subjects(mailbox) == ["Booked", "Cancelled"]
    assert subjects(mailbox, "desk@example.com")[1:] == ["Cancelled: Friday, July 3 at 12:00 pm, Edmonton time"]
    assert calendars(mailbox)[1:] == [("CANCEL", 1, NOON)]


def test_a_letter_that_waits_for_its_mail_server_is_not_sent_once_the_appointment_is_cancelled(
    clinic: Clinic, mailbox: Mailbox
) -> None:
    mailbox.refusals = ["451 later", "451 later"]
    booked = clinic.book()
    clinic.after()

    clinic.appointments.cancel(booked.id)
    clinic.after(HOUR)

    assert subjects(mailbox) == ["Cancelled"]


def test_what_changes_while_a_letter_is_written_is_not_sent_as_it_was(
    clinic: Clinic, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked = clinic.book()
    clinic.after()
    reading = clinic.appointments.by_id
    clinic.move(booked)

    def read_and_be_overtaken(id: str) -> Appointment | None:
        monkeypatch.undo()
        found = reading(id)
        clinic.appointments.cancel(id)
        return found

    monkeypatch.setattr(clinic.appointments, "by_id", read_and_be_overtaken)
    clinic.after(MINUTE)

    assert subjects(mailbox) == ["Booked", "Cancelled"]


# ---- Reminders


def test_a_reminder_comes_in_time_and_once(clinic: Clinic, mailbox: Mailbox) -> None:
    clinic.book(reminder_at=NOON - DAY)
    clinic.after()
    clinic.after(NOON - DAY - MINUTE - clinic.moment)
    before = subjects(mailbox)

    clinic.after(MINUTE)
    clinic.after(HOUR)

    assert (before, subjects(mailbox)) == (["Booked"], ["Booked", "Reminder"])
    assert len(calendars(mailbox)) == 1
    assert subjects(mailbox, "desk@example.com") == ["New: Friday, July 3 at 12:00 pm, Edmonton time"]


def test_who_books_too_late_for_a_reminder_gets_none(clinic: Clinic, mailbox: Mailbox) -> None:
    clinic.book(reminder_at=None)

    clinic.after(NOON - MINUTE - NOW)

    assert subjects(mailbox) == ["Booked"]


def test_a_reminder_moves_with_its_appointment(clinic: Clinic, mailbox: Mailbox) -> None:
    booked = clinic.book(reminder_at=NOON - DAY)
    clinic.after()
    clinic.move(booked, reminder_at=AFTERNOON - DAY)

    clinic.after(NOON - DAY - clinic.moment)
    at_the_old_time = subjects(mailbox)
    clinic.after(AFTERNOON - NOON)

    assert (at_the_old_time, subjects(mailbox)) == (["Booked", "Moved"], ["Booked", "Moved", "Reminder"])
    assert text(mailbox)[1] == "Friday, July 3 at 3:00 pm, Edmonton time"


def test_nobody_is_reminded_of_what_was_cancelled(clinic: Clinic, mailbox: Mailbox) -> None:
    booked = clinic.book(reminder_at=NOON - DAY)
    clinic.after()
    clinic.appointments.cancel(booked.id)

    clinic.after(NOON - MINUTE - clinic.moment)

    assert subjects(mailbox) == ["Booked", "Cancelled"]


def test_nobody_is_reminded_of_what_has_begun(clinic: Clinic, mailbox: Mailbox) -> None:
    clinic.book(reminder_at=NOON - DAY)
    clinic.after()

    clinic.after(NOON - clinic.moment)

    assert subjects(mailbox) == ["Booked"]
    assert clinic.outbox.oldest_waiting() is None


# ---- SMS


def test_who_agreed_to_sms_gets_them_in_words_that_tell_nothing(database: Engine, server: MailServer) -> None:
    clinic = Clinic(database, server, sms=True)
    clinic.book(DAWN.copy(update={"consents": (BY_SMS,)}))

    clinic.after()

    assert clinic.texts == [("Booked: Friday, July 3 at 12:00 pm, Edmonton time", "780-555-0100", ACCOUNT)]


def test_who_agreed_to_mail_only_gets_no_sms(database: Engine, server: MailServer, mailbox: Mailbox) -> None:
    clinic = Clinic(database, server, sms=True)
    clinic.book()

    clinic.after()

    assert clinic.texts == []
    assert subjects(mailbox) == ["Booked"]


# ---- Call-backs


def test_the_desk_learns_whom_to_call(clinic: Clinic, mailbox: Mailbox) -> None:
    clinic.call_backs.keep(CallBack(name="Dawn", phone="780-555-0100", wish="", asked_at=NOW))

    clinic.after(MINUTE)

    assert subjects(mailbox, "desk@example.com") == ["Call-back 1"]
    assert text(mailbox, "desk@example.com") == [
        *("Dawn", "780-555-0100", "Wednesday, July 1 at 10:00 am, Edmonton time", "make call-backs done=1"),
    ]
    assert len(clinic.call_backs.open()) == 1


def test_the_desk_learns_when_a_call_suits_and_what_was_talked_about(clinic: Clinic, mailbox: Mailbox) -> None:
    dawn = CallBack(name="Dawn", phone="780-555-0100", wish="", asked_at=NOW)
    clinic.call_backs.keep(dawn.copy(update={"window": "any time", "summary": "Asked about: Prices."}))

    clinic.after(MINUTE)

    assert text(mailbox, "desk@example.com")[2:4] == ["any time", "Asked about: Prices."]


def test_a_call_back_that_was_handled_already_is_not_mailed(clinic: Clinic, mailbox: Mailbox) -> None:
    clinic.call_backs.keep(CallBack(name="Dawn", phone="780-555-0100", wish="", asked_at=NOW))
    clinic.call_backs.handled(1)

    clinic.after(MINUTE)

    assert mailbox.mails == []


# ---- When something fails


def test_what_was_refused_for_now_arrives_later_and_once(clinic: Clinic, mailbox: Mailbox) -> None:
    mailbox.refusals = ["451 later", "451 later", "451 later"]
    clinic.book()

    for _ in range(10):
        clinic.after()

    assert sorted(mailbox.recipients) == ["dawn@example.com", "desk@example.com"]


def test_what_was_refused_for_good_is_given_up_and_keeps_nobody_else_waiting(
    clinic: Clinic, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    mailbox.refusals = ["550 no such user"]
    clinic.book()

    clinic.after()
    clinic.after(DAY)

    assert mailbox.recipients == ["desk@example.com"]
    assert [one.levelname for one in caplog.records] == ["WARNING", "ERROR"]
    assert "dawn" not in caplog.text.lower()


def test_a_mail_server_that_comes_back_gets_everything(clinic: Clinic, mailbox: Mailbox, server: MailServer) -> None:
    clinic.own = clinic.own._replace(smtp=MailServer("localhost", free_port()))
    clinic.deliveries = clinic.another_worker()
    clinic.book()
    clinic.after()
    before = mailbox.mails[:]

    clinic.own = clinic.own._replace(smtp=server)
    clinic.deliveries = clinic.another_worker()
    clinic.after(HOUR)

    assert before == []
    assert sorted(mailbox.recipients) == ["dawn@example.com", "desk@example.com"]


def test_two_workers_never_send_the_same_twice(clinic: Clinic, mailbox: Mailbox) -> None:
    for number in range(1, 9):
        clinic.call_backs.keep(CallBack(name="Dawn", phone=f"780-555-010{number}", wish="", asked_at=NOW))
    workers = [clinic.another_worker() for _ in range(2)]

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(Deliveries.deliver_due, workers))

    assert sorted(subjects(mailbox, "desk@example.com")) == [f"Call-back {number}" for number in range(1, 9)]


def test_what_a_killed_worker_did_not_send_is_sent_once_when_its_lease_ends(clinic: Clinic, mailbox: Mailbox) -> None:
    clinic.call_backs.keep(CallBack(name="Dawn", phone="780-555-0100", wish="", asked_at=NOW))

    class Killed(BaseException):
        pass

    def die(due: Due) -> None:
        raise Killed

    with pytest.raises(Killed):
        clinic.another_worker(desk=die).deliver_due()
    clinic.after(outbox.LEASE - MINUTE)
    during = mailbox.mails[:]
    clinic.after(MINUTE)
    clinic.after(outbox.LEASE)

    assert during == []
    assert subjects(mailbox, "desk@example.com") == ["Call-back 1"]


def test_a_deliverer_that_is_stopped_begins_nothing_more(clinic: Clinic, mailbox: Mailbox) -> None:
    clinic.book()
    clinic.deliveries.stop()

    clinic.after()

    assert mailbox.mails == []
    assert clinic.outbox.oldest_waiting() == NOW


def test_what_is_late_is_told_once_in_a_while_and_without_names(
    clinic: Clinic, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(due: Due) -> None:
        raise NotDelivered("the server sleeps")

    clinic.deliveries = clinic.another_worker(mail=fail)
    clinic.book()

    def told() -> list[str]:
        return [message for message in caplog.messages if message.startswith("messages wait")]

    clinic.after()
    clinic.after(10 * MINUTE)
    soon = told()
    clinic.after(MINUTE)
    clinic.after(MINUTE)
    later = told()

    assert soon == []
    assert later == ["messages wait to be sent, the oldest for 11 minutes"]
    assert "dawn" not in caplog.text.lower()


# ---- Channels


def test_without_a_mail_server_nothing_waits_and_it_is_said_once(
    clinic: Clinic, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    clinic.own = clinic.own._replace(smtp=None)
    clinic.deliveries = clinic.another_worker()
    clinic.book()

    with caplog.at_level(logging.INFO):
        clinic.after()

    assert not clinic.own.sends_mail
    assert clinic.outbox.oldest_waiting() is None
    assert sorted(caplog.messages) == [
        f"nothing is sent by {channel}: it is not set up" for channel in ("calendar", "desk", "mail", "sms")
    ]


def test_the_calendar_is_told_of_each_change_and_until_it_knows(clinic: Clinic) -> None:
    written: list[tuple[str, datetime]] = []

    def write(appointment: Appointment) -> None:
        if not written:
            written.append(("failed", appointment.start))
            raise NotDelivered("the calendar does not answer")
        written.append((appointment.status.value, appointment.start))

    clinic.deliveries = clinic.another_worker(calendar=calendar_handler(clinic.appointments, write))
    booked = clinic.book()
    clinic.after(timedelta())
    clinic.after(MINUTE)
    clinic.move(booked)
    clinic.after(MINUTE)
    clinic.appointments.cancel(booked.id)
    clinic.after(MINUTE)

    assert written == [("failed", NOON), ("confirmed", NOON), ("confirmed", AFTERNOON), ("cancelled", AFTERNOON)]


def test_our_own_letters_can_all_be_written(database: Engine, server: MailServer, our_content: Content) -> None:
    clinic = Clinic(database, server, content=our_content, sms=True)
    booked = clinic.book(DAWN.copy(update={"consents": (BY_MAIL, BY_SMS)}), note="", reminder_at=NOON - DAY)
    clinic.call_backs.keep(CallBack(name="Dawn", phone="780-555-0100", wish="Swedish massage", asked_at=NOW))
    clinic.after()
    clinic.move(booked, reminder_at=AFTERNOON - DAY)
    clinic.after(AFTERNOON - DAY - clinic.moment)
    clinic.appointments.cancel(booked.id)

    clinic.after(MINUTE)

    assert len(clinic.texts) == 4
    assert clinic.outbox.oldest_waiting() is None
