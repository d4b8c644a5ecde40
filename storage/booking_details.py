"""What a visitor said of herself while a booking is being arranged: apart from the dialogue, and gone when it ends."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Engine

from clinic.contact_details import Details
from storage.database import erase_traces, for_reading
from storage.tables import BOOKING_DETAILS


class BookingDetails:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, attempt: str) -> Details:
        wanted = select(BOOKING_DETAILS).where(BOOKING_DETAILS.c.attempt == attempt)
        with for_reading(self._engine).begin() as connection:
            row = connection.execute(wanted).mappings().first()
        return Details(row["name"], row["email"], row["phone"]) if row else Details()

    def add(self, attempt: str, details: Details, now: datetime) -> None:
        """What is new; what was said before stays."""
        new = {key: value for key, value in details._asdict().items() if value is not None}
        new["said_at"] = now.timestamp()
        with self._engine.begin() as connection:
            where = BOOKING_DETAILS.c.attempt == attempt
            if not connection.execute(update(BOOKING_DETAILS).where(where).values(new)).rowcount:
                connection.execute(insert(BOOKING_DETAILS).values({**new, "attempt": attempt}))

    def forget(self, attempt: str) -> None:
        self._delete(BOOKING_DETAILS.c.attempt == attempt)

    def forget_before(self, moment: datetime) -> None:
        """Those of bookings that nobody went on with."""
        self._delete(BOOKING_DETAILS.c.said_at < moment.timestamp())

    def _delete(self, where: object) -> None:
        with self._engine.begin() as connection:
            gone = connection.execute(delete(BOOKING_DETAILS).where(where)).rowcount
        if gone:
            erase_traces(self._engine)
