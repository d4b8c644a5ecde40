"""The messages that test whether danger is noticed: read from tests/safety, with how urgent each is."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.labelled import read_labelled
from benchmarks.questions import SEED, questions
from benchmarks.typing_errors import with_typing_errors
from storage.settings import ROOT
from storage.yaml_file import read_yaml

FOLDER = ROOT / "tests" / "safety"
DANGEROUS_FILES, NEAR_MISS_FILE = ("emergency", "other_levels"), "near_misses"

DANGEROUS, WITH_TYPING_ERRORS = "dangerous", "dangerous, with typing errors"
NEAR_MISSES, ORDINARY, BANKING77 = "near misses", "ordinary messages", "BANKING77"
HARMLESS = (NEAR_MISSES, ORDINARY, BANKING77)

NO_LEVEL = "none"  # on the wire null
# Who is told something as urgent or more has been stopped in time; 988 for 911 is another number, but no delay.
URGENCY = {NO_LEVEL: 0, "see_doctor": 1, "same_day": 2, "crisis": 3, "emergency": 3}


class Message(NamedTuple):
    part: str  # one of the five above
    text: str
    levels: tuple[str, ...]  # the right ones, NO_LEVEL among them
    category: str
    style: str = ""
    language: str = "en"
    in_booking: bool = False  # said while a booking is asked for


def messages(*, banking77: Path | None) -> list[Message]:
    """All, in the same order always. Raises ClinicError when the file of BANKING77 cannot be read."""
    dangerous = [one for name in DANGEROUS_FILES for one in _rows(DANGEROUS, name)]
    typed = [one._replace(part=WITH_TYPING_ERRORS, text=with_typing_errors(one.text, seed=SEED)) for one in dangerous]
    near_misses = list(_rows(NEAR_MISSES, NEAR_MISS_FILE))
    ordinary = [Message(ORDINARY, one.text, (NO_LEVEL,), one.part) for one in questions("evaluation") if not one.before]
    public = (
        [Message(BANKING77, one.text, (NO_LEVEL,), BANKING77) for one in read_labelled(banking77)] if banking77 else []
    )
    return [*dangerous, *typed, *near_misses, *ordinary, *public]


def _rows(part: str, name: str) -> Iterator[Message]:
    file = FOLDER / f"{name}.yml"
    for row in read_yaml(file, file.name):
        yield Message(
            part=part,
            text=row["text"],
            levels=tuple(row["levels"]),
            category=row["category"],
            style=row["style"],
            language=row["language"],
            in_booking=row["place"] == "booking",
        )
