"""The embedded database: one file, its tables, and short transactions."""

from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.pool import QueuePool

from storage.tables import METADATA


@cache
def open_database(address: str) -> Engine:
    """The database at an SQLAlchemy address, with all tables there. One engine per address and process."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(url)
    METADATA.create_all(engine)
    return engine


def make_engine(url: URL) -> Engine:
    """An engine, which on SQLite writes ahead, waits its turn, and overwrites what is deleted.

    SQLAlchemy 1.4 opens a SQLite file anew for each transaction unless it is given a pool.
    """
    if url.get_backend_name() != "sqlite":
        return create_engine(url, future=True)
    engine = create_engine(url, future=True, poolclass=QueuePool, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", _begin_immediately)
    return engine


def for_reading(engine: Engine) -> Engine:
    """The same connections for statements that only read: they wait for no writer."""
    return engine.execution_options(only_reads=True)


def erase_traces(engine: Engine) -> None:
    """Takes what was deleted out of the write-ahead log too, where it would stay until the log is full."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def _set_up_connection(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions; the driver must not.
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 5000", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediately(connection: Any) -> None:
    """Writers queue at the start of a transaction, instead of failing in its middle."""
    if not connection.get_execution_options().get("only_reads"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
