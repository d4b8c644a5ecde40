"""Counts alerts by day, red flag and level, and how they ended; never who raised them or in which words."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine

from storage.database import for_reading, take_turns
from storage.tables import ALERT_COUNTS

Outcome = Literal["raised", "acknowledged", "taken_back"]


class AlertCount(NamedTuple):
    day: str  # 2026-11-22
    red_flag: str
    level: str
    raised: int
    acknowledged: int
    taken_back: int


class AlertCounts:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, outcome: Outcome, red_flag: str, level: str, day: date) -> None:
        """One more of these on a day of the clinic."""
        column = ALERT_COUNTS.c[outcome]
        key = {"day": f"{day:%Y-%m-%d}", "red_flag": red_flag, "level": level}
        where = [ALERT_COUNTS.c[name] == value for name, value in key.items()]
        with self._engine.begin() as connection:
            take_turns(connection, "alert_counts")
            if not connection.execute(update(ALERT_COUNTS).where(*where).values({column: column + 1})).rowcount:
                connection.execute(insert(ALERT_COUNTS).values({**key, outcome: 1}))

    def all(self) -> Iterator[AlertCount]:
        """The latest day first."""
        ordered = select(ALERT_COUNTS).order_by(ALERT_COUNTS.c.day.desc(), ALERT_COUNTS.c.red_flag)
        with for_reading(self._engine).begin() as connection:
            yield from (AlertCount(**row) for row in connection.execute(ordered).mappings())
