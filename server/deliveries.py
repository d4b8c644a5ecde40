"""Deliveries: sends what is due, one after the other, again and again until it went out."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from clinic.appointments import Appointment
from clinic.errors import ClinicError, Undeliverable
from server.notices import Handler, Notices
from storage import clock
from storage.appointments import Appointments
from storage.call_backs import CallBacks
from storage.content_files import LiveContent
from storage.database import open_database
from storage.outbox import Due, Outbox
from storage.settings import Settings

logger = logging.getLogger(__name__)

LATE = timedelta(minutes=10)  # What waits longer is worth a look at the mail server.


class Deliveries:
    def __init__(
        self, outbox: Outbox, handlers: Mapping[str, Handler], *, now: Callable[[], datetime] = clock.now
    ) -> None:
        """A handler for each channel; what is due on another one is dropped."""
        self._outbox = outbox
        self._handlers = handlers
        self._now = now
        self._switched_off: set[str] = set()  # Channels of which this was said already.
        self._warned_at: datetime | None = None
        self._stopped = False

    def deliver_due(self) -> None:
        """Sends all that is due. It may take a while: run it in a thread."""
        while not self._stopped and (due := self._outbox.claim()):
            self._deliver(due)
        self._warn_if_late()

    def stop(self) -> None:
        """Nothing is begun any more."""
        self._stopped = True

    def _deliver(self, due: Due) -> None:
        handler = self._handlers.get(due.channel)
        if handler is None:
            self._drop(due)
            return
        try:
            handler(due)
        except Exception as error:  # One that fails must not keep the others waiting.
            # Only our own sentences are free of names and addresses.
            reason = str(error) if isinstance(error, ClinicError) else type(error).__name__
            logger.warning("not sent: %s by %s, number %d: %s", due.message, due.channel, due.number, reason)
            self._outbox.failed(due, permanent=isinstance(error, Undeliverable))
        else:
            self._outbox.done(due)

    def _drop(self, due: Due) -> None:
        if due.channel not in self._switched_off:
            self._switched_off.add(due.channel)
            logger.info("nothing is sent by %s: it is not set up", due.channel)
        self._outbox.done(due)

    def _warn_if_late(self) -> None:
        now, oldest = self._now(), self._outbox.oldest_waiting()
        if oldest is None or now - oldest <= LATE or (self._warned_at and now - self._warned_at < LATE):
            return
        self._warned_at = now
        logger.warning("messages wait to be sent, the oldest for %d minutes", (now - oldest) // timedelta(minutes=1))


def open_deliveries(
    own: Settings, content: LiveContent, *, write_to_calendar: Callable[[Appointment], None] | None = None
) -> Deliveries:
    """What this server sends, by the channels that are set up."""
    engine = open_database(own.database)
    outbox, appointments = Outbox(engine), Appointments(engine)
    notices = Notices(
        own, content.current, outbox, appointments, CallBacks(engine), now=clock.now, zone=clock.clinic_zone()
    )
    handlers = notices.handlers()
    if write_to_calendar:
        handlers["calendar"] = calendar_handler(appointments, write_to_calendar)
    return Deliveries(outbox, handlers)


def calendar_handler(appointments: Appointments, write: Callable[[Appointment], None]) -> Handler:
    """Has the clinic's calendar show an appointment as it is."""

    def handle(due: Due) -> None:
        appointment = appointments.by_id(due.about)
        if appointment:
            write(appointment)

    return handle
