"""Mail: how a letter is put into a message that mail programs understand, and handed to the clinic's mail server."""

import smtplib
import ssl
from contextlib import suppress
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from clinic.errors import NotDelivered, Undeliverable
from clinic.letters import Written
from storage.invitation import Invitation
from storage.settings import MailServer

TIMEOUT_SECONDS = 20.0  # for one answer of the server; a message takes about ten, see storage/outbox.py's LEASE


def message(
    written: Written, *, id: str, sender: Address, to: str, reply_to: str, at: datetime, invitation: Invitation | None
) -> EmailMessage:
    """A mail; with an invitation, mail programs show it as one and calendars take it over.

    `id` is the same whenever the same letter is sent again, so that a mailbox can drop the second.
    Raises Undeliverable when `to` is no address.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = _address(to)
    mail["Reply-To"] = _address(reply_to)
    mail["Subject"] = written.subject
    mail["Date"] = at
    mail["Message-ID"] = f"<{id}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"  # So that no holiday notice comes back.
    mail.set_content(written.text)
    mail.add_alternative(written.html, subtype="html")
    if invitation:
        calendar = invitation.ics.decode()
        mail.add_alternative(calendar, subtype="calendar", params={"method": invitation.method})
        mail.add_attachment(invitation.ics, maintype="application", subtype="ics", filename="appointment.ics")
    return mail


def send(mail: EmailMessage, server: MailServer, *, trust: ssl.SSLContext | None = None) -> None:
    """Hands a mail over. `trust` says which certificates are believed; by default those that the system believes.

    Raises Undeliverable when the server will never take it, and NotDelivered whenever a later try may succeed: also
    when it refuses us or our sender, which the operator can put right.
    """
    connection = None
    try:
        connection = _connect(server, trust)
        connection.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        _raise_by_code(max(code for code, _ in error.recipients.values()), "the recipient")
    except smtplib.SMTPDataError as error:
        _raise_by_code(error.smtp_code, "the message")
    except smtplib.SMTPNotSupportedError as error:
        raise Undeliverable("the mail server does not take an address with such letters") from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotDelivered(f"the mail server does not take mail now: {_reason(error)}") from error
    finally:
        if connection:
            with suppress(smtplib.SMTPException, OSError):  # Whatever it says now, the mail was taken or not.
                connection.quit()


def _connect(server: MailServer, trust: ssl.SSLContext | None) -> smtplib.SMTP:
    if server.tls:
        trust = trust or ssl.create_default_context()
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=trust)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.ehlo_or_helo_if_needed()
        if not server.tls and connection.has_extn("starttls"):
            connection.starttls(context=trust or ssl.create_default_context())
            connection.ehlo()
        elif not server.tls and server.user:
            raise NotDelivered("the mail server offers no TLS, and a password is not sent in the open")
        if server.user:
            _log_in(connection, server)
    except BaseException:
        connection.close()
        raise
    return connection


def _log_in(connection: smtplib.SMTP, server: MailServer) -> None:
    try:
        connection.login(server.user, server.password)
    except smtplib.SMTPNotSupportedError as error:
        raise NotDelivered("the mail server takes no password: leave user and password out of SMTP") from error


def _raise_by_code(code: int, what: str) -> None:
    if code >= 500:
        raise Undeliverable(f"the mail server refuses {what} for good ({code})")
    raise NotDelivered(f"the mail server refuses {what} for now ({code})")


def _reason(error: Exception) -> str:
    """Without the server's own words, which may repeat an address."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _address(text: str) -> Address:
    try:
        return Address(addr_spec=text)
    except (ValueError, IndexError, HeaderParseError) as error:
        raise Undeliverable("this is no mail address") from error
