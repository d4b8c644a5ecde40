"""Keeps call-back requests until the desk has handled them."""

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Engine

from clinic.call_backs import CallBack
from storage.database import erase_traces
from storage.tables import CALL_BACKS


class CallBacks:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, call_back: CallBack) -> None:
        with self._engine.begin() as connection:
            kept = {**call_back.dict(), "asked_at": call_back.asked_at.timestamp()}
            connection.execute(insert(CALL_BACKS).values(**kept))

    def open(self) -> list[tuple[int, CallBack]]:
        """Those not handled yet with their numbers, oldest first."""
        with self._engine.begin() as connection:
            rows = connection.execute(select(CALL_BACKS).order_by(CALL_BACKS.c.number)).mappings()
            return [(row["number"], _call_back(row)) for row in rows]

    def handled(self, number: int) -> bool:
        """Deletes one; False when there is none with this number."""
        with self._engine.begin() as connection:
            found = bool(connection.execute(delete(CALL_BACKS).where(CALL_BACKS.c.number == number)).rowcount)
        erase_traces(self._engine)
        return found


def _call_back(row: Mapping[str, Any]) -> CallBack:
    asked_at = datetime.fromtimestamp(row["asked_at"], timezone.utc)
    return CallBack(name=row["name"], phone=row["phone"], wish=row["wish"], asked_at=asked_at)
