"""Notices: what goes out about an appointment or a call-back, written when it is sent, from what is so by then."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from email.headerregistry import Address
from zoneinfo import ZoneInfo

from clinic.appointments import Appointment, Status
from clinic.content import Content
from clinic.letters import Values, Written, entry, said_name, said_when, written
from clinic.offers import Offer
from storage import mail, sms
from storage.appointments import Appointments
from storage.call_backs import CallBacks
from storage.invitation import Invitation, Method, invitation
from storage.outbox import Due, Outbox
from storage.settings import Settings, SmsAccount
from web.appointments.visits import ADDRESS

logger = logging.getLogger(__name__)

Handler = Callable[[Due], None]

# What the visitor's calendar is told with it; nothing with a reminder.
METHODS: Mapping[str, Method] = {
    "confirmed": "REQUEST",
    "moved": "REQUEST",
    "cancelled": "CANCEL",
}


class Notices:
    """Sends what is due, or nothing when nobody wants it any more.

    A handler raises Undeliverable when it can never be sent, and any other error when it may be tried again.
    """

    def __init__(
        self,
        own: Settings,
        content: Callable[[], Content],
        outbox: Outbox,
        appointments: Appointments,
        call_backs: CallBacks,
        *,
        now: Callable[[], datetime],
        zone: ZoneInfo,
        send_sms: Callable[[str, str, SmsAccount], None] = sms.send,
    ) -> None:
        self._own = own
        self._content = content
        self._outbox = outbox
        self._appointments = appointments
        self._call_backs = call_backs
        self._now = now
        self._zone = zone
        self._send_sms = send_sms

    def handlers(self) -> dict[str, Handler]:
        """By channel; of a channel that is switched off there is none."""
        mailing: dict[str, Handler] = {"mail": self._mail, "desk": self._tell_desk} if self._own.sends_mail else {}
        texting: dict[str, Handler] = {"sms": self._text} if self._own.sends_sms else {}
        return mailing | texting

    def _mail(self, due: Due) -> None:
        appointment = self._wanted(due)
        contact = appointment.contact if appointment else None
        if not (appointment and contact and contact.email and "email" in _agreed(appointment)):
            return
        content = self._content()
        values = self._for_visitor(content, appointment)
        invited = None
        if method := METHODS.get(due.message):
            invited = invitation(
                appointment,
                entry(content.letters.calendar, values),
                method=method,
                organizer=self._desk(content),
                attendee=contact.email,
                at=self._now(),
            )
        letter = written(getattr(content.letters, due.message), values)
        self._send(due, content, letter, to=contact.email, id=_letter_id(appointment, due.message), invited=invited)

    def _text(self, due: Due) -> None:
        appointment = self._wanted(due)
        contact = appointment.contact if appointment else None
        if not (appointment and contact and contact.phone and "sms" in _agreed(appointment)):
            return
        assert self._own.sms  # Otherwise there is no handler.
        content = self._content()
        text = self._for_visitor(content, appointment).line(getattr(content.letters, due.message).sms)
        if self._outbox.holds(due):
            self._send_sms(text, contact.phone, self._own.sms)
            _log_sent(due)

    def _tell_desk(self, due: Due) -> None:
        if due.message == "call_back":
            self._tell_call_back(due)
        elif appointment := self._wanted(due):
            content = self._content()
            values = self._for_desk(content, appointment)
            letter = written(getattr(content.letters, f"desk_{due.message}"), values)
            id = _letter_id(appointment, f"desk_{due.message}")
            self._send(due, content, letter, to=self._desk(content), id=id)

    def _tell_call_back(self, due: Due) -> None:
        call_back = self._call_backs.by_number(int(due.about))
        if call_back is None:
            return
        content = self._content()
        given = {
            "number": due.about,
            "name": said_name(call_back.name),
            "visitor_phone": call_back.phone,
            "wish": call_back.wish,
            "window": call_back.window,
            "summary": call_back.summary,
            "asked_at": said_when(call_back.asked_at, self._zone),
        }
        letter = written(content.letters.desk_call_back, self._values(content, self._now(), given))
        id = f"call-back.{due.about}.{call_back.asked_at:%Y%m%dT%H%M%S}"
        self._send(due, content, letter, to=self._desk(content), id=id)

    def _wanted(self, due: Due) -> Appointment | None:
        """The appointment, unless there is nothing to tell of it any more."""
        status = Status.CANCELLED if due.message == "cancelled" else Status.CONFIRMED
        appointment = self._appointments.by_id(due.about)
        is_so = appointment is not None and appointment.status is status and appointment.start > self._now()
        return appointment if is_so else None

    def _for_visitor(self, content: Content, appointment: Appointment) -> Values:
        given = self._about(content, appointment)
        if appointment.status is Status.CONFIRMED:
            token = self._appointments.new_manage_token(appointment.id)
            given["manage_link"] = f"{self._own.public_address}{ADDRESS}{token}"
        return self._values(content, appointment.start, given)

    def _for_desk(self, content: Content, appointment: Appointment) -> Values:
        contact, question = appointment.contact, content.safety_check.question(appointment.note)
        given = {
            **self._about(content, appointment),
            "visitor_phone": (contact and contact.phone) or "",
            "visitor_email": (contact and contact.email) or "",
            "safety": question.text if question else "",
        }
        return self._values(content, appointment.start, given)

    def _about(self, content: Content, appointment: Appointment) -> dict[str, str]:
        return {
            "name": said_name(appointment.contact.name) if appointment.contact else "",
            "when": said_when(appointment.start, self._zone),
            "treatment": _named(appointment.treatment, content.treatments),
            "minutes": str(appointment.minutes),
            "therapist": _named(appointment.therapist, content.therapists),
            "price": appointment.price,
            "reference": appointment.shown_reference,
        }

    def _values(self, content: Content, moment: datetime, given: Mapping[str, str]) -> Values:
        """With the facts as they are on that day of the clinic."""
        return Values(content.facts, moment.astimezone(self._zone).date(), given)

    def _desk(self, content: Content) -> str:
        return self._own.desk_mail or self._values(content, self._now(), {}).line(content.letters.desk)

    def _send(
        self, due: Due, content: Content, letter: Written, *, to: str, id: str, invited: Invitation | None = None
    ) -> None:
        assert self._own.smtp  # Otherwise there is no handler.
        desk, name = self._desk(content), self._values(content, self._now(), {}).line(content.letters.sender)
        sender = Address(name, addr_spec=self._own.mail_from or desk)
        message = mail.message(letter, id=id, sender=sender, to=to, reply_to=desk, at=self._now(), invitation=invited)
        if self._outbox.holds(due):  # What the letter says is still so.
            mail.send(message, self._own.smtp)
            _log_sent(due)


def _letter_id(appointment: Appointment, message: str) -> str:
    """The same for each try of one letter, and of no other one."""
    return f"{appointment.id}.{appointment.sequence}.{message}"


def _agreed(appointment: Appointment) -> set[str]:
    return {consent.channel for consent in appointment.contact.consents} if appointment.contact else set()


def _named(id: str, offers: Iterable[Offer]) -> str:
    """As the clinic calls it; its id when it is not offered any more."""
    return next((offer.name for offer in offers if offer.id == id), id)


def _log_sent(due: Due) -> None:
    logger.info("sent: %s by %s, number %d", due.message, due.channel, due.number)
