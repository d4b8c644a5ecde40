"""A real mail server on this machine, which remembers what it took and refuses what it is told to refuse."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Protocol
from aiosmtpd.smtp import AuthResult, Envelope, Session

from storage.settings import MailServer
from tests.running import free_port


class Mailbox:
    """What arrived; `refusals` are its next answers to a recipient, in their order, before it takes any."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refusals: list[str] = []
        self.encrypted: list[bool] = []
        self.users: list[str] = []

    def mail(self) -> EmailMessage:
        """The only one."""
        (one,) = self.mails
        return one

    async def handle_RCPT(
        self, server: Protocol, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Protocol, session: Session, envelope: Envelope) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        self.recipients.extend(envelope.rcpt_tos)
        self.encrypted.append(session.ssl is not None)
        return "250 taken"

    def log_in(self, server: Protocol, session: Session, envelope: Envelope, method: str, given: Any) -> AuthResult:
        right = given.password == b"right"
        if right:
            self.users.append(given.login.decode())
        return AuthResult(success=right, handled=right)  # Else it answers 535 itself.


@contextmanager
def running_mail_server(
    mailbox: Mailbox, *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[MailServer]:
    """Its address. Where it offers STARTTLS, it asks for a password afterwards, which is "right"."""
    asks: dict[str, Any] = {"ssl_context": tls} if tls else {}
    if starttls:
        asks = {"tls_context": starttls, "authenticator": mailbox.log_in, "auth_required": True}
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), **asks)
    controller.start()
    try:
        yield MailServer("localhost", controller.port, tls=bool(tls))
    finally:
        controller.stop()
