"""Keeps call-back requests until the desk has handled them."""

from sqlalchemy import Column, DateTime, Integer, String, Table, delete, insert, select
from sqlalchemy.engine import Engine

from clinic.call_backs import CallBack
from storage.database import METADATA

CALL_BACKS = Table(
    "call_backs",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("wish", String, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
)


class CallBacks:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, call_back: CallBack) -> None:
        with self._engine.begin() as connection:
            connection.execute(insert(CALL_BACKS).values(**call_back.dict()))

    def open(self) -> list[tuple[int, CallBack]]:
        """Those not handled yet with their numbers, oldest first."""
        with self._engine.begin() as connection:
            rows = connection.execute(select(CALL_BACKS).order_by(CALL_BACKS.c.number)).mappings()
            return [(row["number"], CallBack(**{key: row[key] for key in CallBack.__fields__})) for row in rows]

    def handled(self, number: int) -> bool:
        """Deletes one; False when there is none with this number."""
        with self._engine.begin() as connection:
            return bool(connection.execute(delete(CALL_BACKS).where(CALL_BACKS.c.number == number)).rowcount)
