"""What can be booked: the treatments, and the therapists who give them."""

from enum import Enum

from pydantic import Field

from clinic.record import Id, Record, Text


class Gender(str, Enum):
    WOMAN = "woman"
    MAN = "man"


class Offer(Record):
    id: Id
    name: Text
    also_called: list[Text] = Field(..., min_items=1)  # As visitors name it, in small letters.


class Treatment(Offer):
    pass


class Therapist(Offer):
    gender: Gender
