"""A draft: what is known of an appointment that a visitor is arranging, and what is still to be asked.

It never holds a name or an address: these wait beside it, where they can be removed (storage/booking_details.py).
"""

from datetime import datetime
from enum import Enum

from clinic.record import Record
from clinic.schedule import BookingMode

Span = tuple[datetime, datetime]  # of the clinic's own clock, its end included
ALWAYS: Span = (datetime(1970, 1, 1), datetime(9999, 1, 1))


class Purpose(str, Enum):
    BOOK = "book"
    MOVE = "move"
    CANCEL = "cancel"
    CHECK = "check"


class Step(str, Enum):
    """What may be asked; each has a text of that name in content/answers/book_appointment.yml."""

    REFERENCE = "reference"
    TREATMENT = "treatment"
    MINUTES = "minutes"
    WHEN = "when"
    TIME = "time"
    NAME = "name"
    EMAIL = "email"
    EMAIL_TYPO = "email_typo"
    PHONE = "phone"
    CONFIRM = "confirm"
    CHANGE = "change"


STEPS = {
    (Purpose.BOOK, BookingMode.APPOINTMENTS): (
        *(Step.TREATMENT, Step.MINUTES, Step.WHEN, Step.TIME, Step.NAME),
        *(Step.EMAIL, Step.EMAIL_TYPO, Step.PHONE, Step.CONFIRM),
    ),
    (Purpose.BOOK, BookingMode.REQUEST): (Step.TREATMENT, Step.WHEN, Step.NAME, Step.PHONE, Step.CONFIRM),
    (Purpose.BOOK, BookingMode.LINK): (Step.TREATMENT,),
    (Purpose.MOVE, BookingMode.APPOINTMENTS): (Step.REFERENCE, Step.WHEN, Step.TIME, Step.CONFIRM),
    (Purpose.CANCEL, BookingMode.APPOINTMENTS): (Step.REFERENCE, Step.CONFIRM),
    (Purpose.CHECK, BookingMode.APPOINTMENTS): (Step.REFERENCE,),
}

MOST_TRIES = 5  # at a reference
LATER = "later"  # Instead of a time: those after the ones just offered.
OTHER = "other"  # Instead of a time: to be asked anew.


class OfferedTime(Record):
    """A time that was offered, of the clinic's own clock."""

    id: str
    start: datetime
    therapist: str


class Draft(Record):
    attempt: str  # The key under which a time is held, and under which it is booked once.
    purpose: Purpose = Purpose.BOOK
    mode: BookingMode = BookingMode.APPOINTMENTS
    appointment: str | None = None  # The id of the one that is moved, cancelled or looked up.
    tries: int = 0  # References that were wrong.
    treatment: str | None = None
    minutes: int | None = None
    therapist: str | None = None
    avoided: tuple[str, ...] = ()
    people: int = 1
    ranges: tuple[Span, ...] = ()  # When the visitor can come, of the clinic's own clock.
    excluded: tuple[Span, ...] = ()  # When not.
    unclear: tuple[Span, ...] = ()  # Days of which only one is meant.
    offered: tuple[OfferedTime, ...] = ()
    after: datetime | None = None  # Offer only what begins later than this.
    slot: str | None = None  # The id of the time that was chosen.
    has_name: bool = False
    has_email: bool = False
    typo: bool = False  # The address looks misspelt, which is asked about.
    without_email: bool = False
    has_phone: bool = False
    confirmed: bool = False
    changing: bool = False  # The summary was not right.
    asked: Step | None = None
    remark: str | None = None  # What is said before the next question, once: the name of a text.

    def having(self, **changes: object) -> "Draft":
        return self.copy(update=changes)


def next_step(draft: Draft) -> Step | None:
    """What to ask next; None when all is known."""
    if draft.changing:
        return Step.CHANGE
    known = {
        Step.REFERENCE: draft.appointment,
        Step.TREATMENT: draft.treatment,
        Step.MINUTES: draft.minutes,
        Step.WHEN: (draft.ranges or draft.excluded) and not draft.unclear,
        Step.TIME: draft.slot,
        Step.NAME: draft.has_name,
        Step.EMAIL: draft.has_email or draft.without_email or draft.has_phone,
        Step.EMAIL_TYPO: not draft.typo,
        Step.PHONE: draft.has_phone or (draft.has_email and draft.mode is BookingMode.APPOINTMENTS),
        Step.CONFIRM: draft.confirmed,
    }
    return next((step for step in STEPS[draft.purpose, draft.mode] if not known[step]), None)
