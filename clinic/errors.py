"""Every refusal of ours.

ClinicError
├── ContentError        the content files have problems; carries all of them
├── UnknownAnswer       no answer has this id
├── UnknownFact         no fact has this name, or none holds yet on this day
├── UnknownOffer        nobody gives this treatment, or no such therapist works here
├── SlotTaken           this time is not free: somebody was faster, it is blocked, or it is past
├── TooManyHolds        this visitor holds as many times as one may
├── UnknownAppointment  there is none, or none that this can be done to
├── AttemptSpent        this booking attempt ended already: with another contact, or in a cancellation
├── NotDelivered        a message did not go out, and may when it is tried again
├── Undeliverable       a message will never go out: its address does not exist, or takes nothing
├── CalendarError       the clinic's calendar did not do as it was asked; says what an operator can do
├── WrongTimeZones      the installed time zones are older than the clinic's law
├── ModelError          there is no trained model that can be used
└── SettingError        an environment variable cannot be used as it is
"""

from collections.abc import Sequence


class ClinicError(Exception):
    pass


class ContentError(ClinicError):
    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class UnknownAnswer(ClinicError):
    pass


class UnknownFact(ClinicError):
    pass


class UnknownOffer(ClinicError):
    pass


class SlotTaken(ClinicError):
    pass


class TooManyHolds(ClinicError):
    pass


class UnknownAppointment(ClinicError):
    pass


class AttemptSpent(ClinicError):
    pass


class NotDelivered(ClinicError):
    pass


class Undeliverable(ClinicError):
    pass


class CalendarError(ClinicError):
    pass


class WrongTimeZones(ClinicError):
    pass


class ModelError(ClinicError):
    pass


class SettingError(ClinicError):
    pass
