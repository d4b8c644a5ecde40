"""A message, as it was understood."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from clinic.spoken_times import Reading
from clinic.wishes import Named


class Said(NamedTuple):
    text: str  # empty for a button
    named: Sequence[Named]
    intent: str
    asks_something: bool  # a question of its own
    times: Reading
    now: datetime  # of the clinic's own clock
    pressed: bool = False  # a button
