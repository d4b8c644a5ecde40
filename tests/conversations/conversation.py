"""Conversations as clinic staff write them down: what a visitor says, and what the assistant must reply.

A conversation has a name, which is a sentence, and steps:

    visitor: what is said          press: the title of a button that was just offered
    assistant:                     one entry for each bubble of the reply, in order
      - answer: prices             the file in content/answers it comes from, or a list: any one of them
        says: insurance            a part of its text
        never_says: [sciatica]     what must not be in it
        offers: [Book a massage]   buttons that must be there
        alert: emergency           its alert; left out, there must be none
    meanwhile:                     what others book, or have booked before the first step; what the visitor held until
                                   then is held no longer
      - {treatment: swedish_massage, minutes: 60, therapist: sam, start: "2026-11-24T10:00", reference: K7M2Q9XW4T}
    then:                          what must be kept by now; of appointments, those not made meanwhile
      call_backs: [{name: Ana, phone: 780-555-0101, window: any time, summary: ""}]
      appointments: [{treatment: swedish_massage, minutes: 60, therapist: sam, start: "2026-11-24T10:00", name: Ana}]
      letters: [confirmed]         what waits to be sent about them, in alphabetical order

It is always Monday, 23 November 2026, 9:00 at the clinic.

`known_failure: why` beside the name expects the conversation to fail. When it passes, the line must go.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, root_validator

from clinic.record import Id, Record, Text
from storage.yaml_file import read_yaml


class Bubble(Record):
    answer: Id | list[Id]
    says: Text | None
    never_says: list[Text] = []
    offers: list[Text] = []
    alert: Id | None


class KeptCallBack(Record):
    """Window and summary are looked at only where they are written."""

    name: Text
    phone: Text
    window: str | None
    summary: str | None


class Booked(Record):
    """An appointment; its start is of the clinic's own clock."""

    treatment: Id
    minutes: int
    therapist: Id
    start: datetime
    status: Literal["held", "confirmed", "cancelled"] = "confirmed"
    name: Text | None = None
    note: str = ""  # What the therapist should know of: a question of the safety check.
    reference: Text | None = None  # Only of those made meanwhile.


class Kept(Record):
    call_backs: list[KeptCallBack] | None = None
    appointments: list[Booked] | None = None
    letters: list[Id] | None = None


class Step(Record):
    visitor: Text | None
    press: Text | None
    assistant: list[Bubble] | None
    meanwhile: list[Booked] | None
    then: Kept | None

    @root_validator(skip_on_failure=True)
    def one_thing_happens(cls, step: dict[str, Any]) -> dict[str, Any]:
        given = {key for key, value in step.items() if value is not None}
        if given not in ({"visitor", "assistant"}, {"press", "assistant"}, {"then"}, {"meanwhile"}):
            raise ValueError("must be `visitor` or `press` together with `assistant`, or `then` or `meanwhile` alone")
        return step


class Conversation(Record):
    name: Text
    known_failure: Text | None
    steps: list[Step] = Field(..., min_items=1)


def conversations_in(folder: Path) -> list[Conversation]:
    """All conversations of a folder. Raises ValueError, which says in which file and step what is wrong."""
    found: dict[str, Conversation] = {}
    for path in sorted(folder.glob("*.yml")):
        for one in _written_in(path):
            if one.name in found:
                raise ValueError(f"{path.name}: there are two conversations named '{one.name}': rename one")
            found[one.name] = one
    return list(found.values())


def _written_in(path: Path) -> Iterator[Conversation]:
    written = read_yaml(path, path.name)
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        raise ValueError(f"{path.name}: must be a list of conversations, each beginning with `- name: ...`")
    for number, one in enumerate(written, 1):
        try:
            yield Conversation.parse_obj(one)
        except ValidationError as error:
            title = f"{path.name}, '{one.get('name', f'conversation {number}')}'"
            raise ValueError("\n".join(f"{title}, {problem}" for problem in _problems(error))) from None


def _problems(error: ValidationError) -> Iterator[str]:
    for one in error.errors():
        place = [f"number {part + 1}" if isinstance(part, int) else str(part) for part in one["loc"]]
        where = " > ".join(part for part in place if part != "__root__")
        if one["type"] == "value_error.extra":
            yield f"{where}: is not a key known here; correct its name"
        elif one["type"] == "value_error.missing":
            yield f"{where}: is missing; add it"
        else:
            yield f"{where}: {one['msg']}"
