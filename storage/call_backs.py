"""Keeps call-back requests until the desk has handled them."""

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Engine

from clinic.call_backs import CallBack
from storage import outbox
from storage.database import erase_traces, for_reading
from storage.tables import CALL_BACKS


class CallBacks:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, call_back: CallBack) -> None:
        """Keeps it, and has the desk told of it."""
        with self._engine.begin() as connection:
            kept = {**call_back.dict(), "asked_at": call_back.asked_at.timestamp()}
            (number,) = connection.execute(insert(CALL_BACKS).values(**kept)).inserted_primary_key
            outbox.add(connection, "call_back", str(number), due_at=call_back.asked_at)

    def open(self) -> list[tuple[int, CallBack]]:
        """Those not handled yet with their numbers, oldest first."""
        with self._engine.begin() as connection:
            rows = connection.execute(select(CALL_BACKS).order_by(CALL_BACKS.c.number)).mappings()
            return [(row["number"], _call_back(row)) for row in rows]

    def by_number(self, number: int) -> CallBack | None:
        """None once it was handled."""
        wanted = select(CALL_BACKS).where(CALL_BACKS.c.number == number)
        with for_reading(self._engine).begin() as connection:
            row = connection.execute(wanted).mappings().first()
        return _call_back(row) if row else None

    def handled(self, number: int) -> bool:
        """Deletes one; False when there is none with this number."""
        with self._engine.begin() as connection:
            found = bool(connection.execute(delete(CALL_BACKS).where(CALL_BACKS.c.number == number)).rowcount)
        erase_traces(self._engine)
        return found


def _call_back(row: Mapping[str, Any]) -> CallBack:
    asked_at = datetime.fromtimestamp(row["asked_at"], timezone.utc)
    words = {key: row[key] for key in ("name", "phone", "wish", "window", "summary")}
    return CallBack(**words, asked_at=asked_at)
