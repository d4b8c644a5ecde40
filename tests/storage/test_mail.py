"""Mail, as a real mail server takes it and as a mail program reads it."""

import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from icalendar import Calendar

from clinic.errors import NotDelivered, Undeliverable
from clinic.letters import Entry, Written
from storage.invitation import invitation
from storage.mail import message, send
from storage.settings import MailServer
from tests.builders import appointment
from tests.mail_server import Mailbox, running_mail_server
from tests.running import free_port

NOW = datetime(2026, 11, 23, 16, tzinfo=timezone.utc)
LETTER = Written("Your appointment at Chez Renée", "Hello Renée\n\nIt is at 4:00 pm.", "<p>Hello Renée</p>")
INVITATION = invitation(
    appointment(),
    Entry("Appointment", "Made-up Street", "Call us."),
    method="REQUEST",
    organizer="desk@example.com",
    attendee="dawn@example.com",
    at=NOW,
)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[MailServer]:
    with running_mail_server(mailbox) as server:
        yield server


def a_mail(**different: Any) -> EmailMessage:
    usual: dict[str, Any] = {
        "written": LETTER,
        "id": "a1b2c3.0.confirmed",
        "sender": Address("Chez Renée", addr_spec="desk@example.com"),
        "to": "dawn@example.com",
        "reply_to": "help@example.com",
        "at": NOW,
        "invitation": INVITATION,
    }
    return message(**{**usual, **different})


# ---- What arrives


def test_a_letter_arrives_as_text_as_page_and_as_invitation(server: MailServer, mailbox: Mailbox) -> None:
    send(a_mail(), server)

    mail = mailbox.mail()
    assert mailbox.recipients == ["dawn@example.com"]
    assert [part.get_content_type() for part in mail.walk()] == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"),
    ]
    alternatives, attached = mail.iter_parts()
    text, page, calendar = alternatives.iter_parts()
    assert text.get_content().splitlines() == ["Hello Renée", "", "It is at 4:00 pm."]
    assert page.get_content().strip() == "<p>Hello Renée</p>"
    assert (calendar.get_param("method"), attached.get_filename()) == ("REQUEST", "appointment.ics")
    assert [Calendar.from_ical(part.get_content())["method"] for part in (calendar, attached)] == ["REQUEST"] * 2


def test_its_header_says_what_it_is(server: MailServer, mailbox: Mailbox) -> None:
    send(a_mail(), server)

    mail = mailbox.mail()
    assert mail["from"] == "Chez Renée <desk@example.com>"
    assert (mail["to"], mail["reply-to"]) == ("dawn@example.com", "help@example.com")
    assert mail["subject"] == "Your appointment at Chez Renée"
    assert mail["date"].datetime == NOW
    assert mail["message-id"] == "<a1b2c3.0.confirmed@example.com>"
    assert mail["auto-submitted"] == "auto-generated"
    assert [name for name in mail if name.lower().startswith(("list-", "bcc", "precedence"))] == []


def test_a_letter_without_an_invitation_has_no_attachment(server: MailServer, mailbox: Mailbox) -> None:
    send(a_mail(invitation=None), server)

    assert mailbox.mail().get_content_type() == "multipart/alternative"


# ---- What nobody can smuggle in


@pytest.mark.parametrize(
    "address",
    [
        *("dawn@example.com\r\nBcc: all@example.com", "dawn@example.com, all@example.com", "<dawn@example.com>"),
        *("Dawn <dawn@example.com>", "dawn", "@example.com", "", "dawn@example.com\0", "dáwn@example.com"),
    ],
)
def test_what_is_not_one_address_is_never_written_to(address: str) -> None:
    with pytest.raises(Undeliverable):
        a_mail(to=address)


def test_a_hostile_text_adds_neither_a_header_nor_a_part(server: MailServer, mailbox: Mailbox) -> None:
    hostile = "Dawn\r\nBcc: all@example.com\r\n\r\n.\r\nRCPT TO:<all@example.com>\r\n--===\r\n"

    send(a_mail(written=LETTER._replace(text=hostile, html=hostile)), server)

    assert mailbox.recipients == ["dawn@example.com"]
    assert "bcc" not in mailbox.mail()
    assert len(list(mailbox.mail().walk())) == 6


def test_a_hostile_subject_is_refused_rather_than_sent() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        a_mail(written=LETTER._replace(subject="Hello\r\nBcc: all@example.com"))


# ---- What is refused


@pytest.mark.parametrize(
    ("refusal", "expected"),
    [
        ("451 try again later", NotDelivered),
        ("421 too busy", NotDelivered),
        ("550 no such user dawn@example.com", Undeliverable),
        ("553 mailbox name not allowed", Undeliverable),
    ],
)
def test_a_refusal_is_for_now_or_for_good_and_its_words_are_not_repeated(
    server: MailServer, mailbox: Mailbox, refusal: str, expected: type[Exception]
) -> None:
    mailbox.refusals = [refusal]

    with pytest.raises(expected) as refused:
        send(a_mail(), server)

    assert f"({refusal[:3]})" in str(refused.value)
    assert "dawn" not in str(refused.value)
    assert mailbox.mails == []


def test_a_server_that_is_not_there_may_come_back() -> None:
    with pytest.raises(NotDelivered, match="ConnectionRefusedError"):
        send(a_mail(), MailServer("localhost", free_port()))


def test_a_password_is_not_sent_in_the_open(server: MailServer, mailbox: Mailbox) -> None:
    with pytest.raises(NotDelivered, match="no TLS"):
        send(a_mail(), server._replace(user="desk", password="right"))

    assert mailbox.mails == []


# ---- TLS


class Certificate:
    """One for localhost that nobody else believes."""

    def __init__(self, folder: Path) -> None:
        self.file, key_file = folder / "certificate.pem", folder / "key.pem"
        key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
        certificate = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(datetime.now(timezone.utc) - timedelta(days=1))
            .not_valid_after(datetime.now(timezone.utc) + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=True)
            .sign(key, hashes.SHA256())
        )
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, plain))
        self.served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.served.load_cert_chain(self.file, key_file)


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return Certificate(tmp_path)


@pytest.fixture
def with_tls(mailbox: Mailbox, certificate: Certificate) -> Iterator[MailServer]:
    with running_mail_server(mailbox, starttls=certificate.served) as server:
        yield server._replace(user="desk", password="right")


def test_where_tls_is_offered_mail_and_password_are_encrypted(
    with_tls: MailServer, mailbox: Mailbox, certificate: Certificate
) -> None:
    send(a_mail(), with_tls, trust=ssl.create_default_context(cafile=certificate.file))

    assert (mailbox.encrypted, mailbox.users) == ([True], ["desk"])


def test_a_server_that_encrypts_from_the_first_byte_gets_mail_too(mailbox: Mailbox, certificate: Certificate) -> None:
    with running_mail_server(mailbox, tls=certificate.served) as server:
        send(a_mail(), server, trust=ssl.create_default_context(cafile=certificate.file))

    assert mailbox.recipients == ["dawn@example.com"]


def test_a_certificate_that_nobody_vouches_for_is_not_believed(with_tls: MailServer, mailbox: Mailbox) -> None:
    with pytest.raises(NotDelivered, match="SSLCertVerificationError"):
        send(a_mail(), with_tls)

    assert mailbox.mails == []


def test_a_wrong_password_may_be_put_right(with_tls: MailServer, mailbox: Mailbox, certificate: Certificate) -> None:
    with pytest.raises(NotDelivered, match="SMTPAuthenticationError 535"):
        send(a_mail(), with_tls._replace(password="wrong"), trust=ssl.create_default_context(cafile=certificate.file))

    assert mailbox.mails == []
