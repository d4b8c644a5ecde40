"""The database, in one file or on a PostgreSQL server: its tables, and short transactions."""

import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import uniform
from time import monotonic, sleep
from typing import Any, TypeVar

from sqlalchemy import MetaData, create_engine, event, inspect, text
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import CreateColumn

from clinic.errors import SettingError
from storage.tables import METADATA

T = TypeVar("T")

MOST_TRIES = 5  # of one transaction
LONGEST_WAIT_MS = 5000  # for another writer
SQLITE_PRAGMAS = (
    "synchronous = NORMAL",
    f"busy_timeout = {LONGEST_WAIT_MS}",
    "secure_delete = ON",
)
LOCKED = "database is locked"
LOOK_AGAIN_SECONDS = (0.001, 0.01)
# A client that stalls in the middle of a transaction must not keep all others waiting.
POSTGRESQL_OPTIONS = f"-c lock_timeout={LONGEST_WAIT_MS} -c idle_in_transaction_session_timeout={2 * LONGEST_WAIT_MS}"
# serialization_failure, deadlock_detected, lock_not_available
PASSING = {"40001", "40P01", "55P03"}
TAKE_TURNS = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")


@cache
def open_database(address: str) -> Engine:
    """The database at an SQLAlchemy address, with all tables there. One engine per address and process.

    Raises SettingError when it cannot be used.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(url)
    try:
        create_tables(engine, METADATA)
    except DBAPIError as error:
        raise SettingError(_remedy(url, str(error.orig).strip())) from None
    return engine


def create_tables(engine: Engine, metadata: MetaData) -> None:
    """Those that are not there yet, and the columns that older ones lack, all or none. Several processes may do it
    at once."""
    with engine.begin() as connection:
        take_turns(connection, "tables")
        metadata.create_all(connection)
        _add_missing_columns(connection, metadata)


def make_engine(url: URL) -> Engine:
    """An engine whose transactions wait for others a few seconds, and no longer.

    On SQLite it writes ahead, waits its turn, and overwrites what is deleted. SQLAlchemy 1.4 opens a SQLite file
    anew for each transaction unless it is given a pool.
    """
    usual: dict[str, Any] = {"future": True, "hide_parameters": True}  # An error in a log tells nobody's name.
    if url.get_backend_name() != "sqlite":
        # A connection that the server has closed meanwhile is noticed before it is used.
        return create_engine(url, **usual, pool_pre_ping=True, connect_args={"options": POSTGRESQL_OPTIONS})
    engine = create_engine(url, **usual, poolclass=QueuePool, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", _begin_immediately)
    return engine


def for_reading(engine: Engine) -> Engine:
    """The same connections for statements that only read: they wait for no writer."""
    return engine.execution_options(only_reads=True)


def take_turns(connection: Connection, what: str) -> None:
    """Waits until no other transaction that called this with the same words is under way.

    On SQLite all transactions that write take turns anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(TAKE_TURNS, {"what": what})


def in_transaction(engine: Engine, work: Callable[[Connection], T]) -> T:
    """What the work returns, in a transaction of its own; all of it is done again when others were in its way.

    The work may be done twice, too, when the connection broke before the database could say that it was done.
    """
    for tries_left in reversed(range(MOST_TRIES)):
        try:
            with engine.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            if not tries_left or not _may_pass(error):
                raise
    raise AssertionError("the last try returns or raises")


def erase_traces(engine: Engine) -> None:
    """Takes what was deleted out of SQLite's write-ahead log too, where it would stay until the log is full."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def _add_missing_columns(connection: Connection, metadata: MetaData) -> None:
    """A column that came later has a server_default, which the rows get that are there already."""
    database = inspect(connection)
    for table in metadata.sorted_tables:
        there = {column["name"] for column in database.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                definition = CreateColumn(column).compile(dialect=connection.dialect)
                connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {definition}")


def _may_pass(error: DBAPIError) -> bool:
    code = getattr(error.orig, "pgcode", None)
    return error.connection_invalidated or code in PASSING or LOCKED in str(error.orig)


def _remedy(url: URL, why: str) -> str:
    if url.get_backend_name() == "sqlite":
        return f"The database {url.database} cannot be used: {why}. Is there room, and may this user write there?"
    shown = url.render_as_string(hide_password=True)
    return (
        f"DATABASE is {shown!r}, and it cannot be used: {why}\n"
        "Start that PostgreSQL, correct the address, or leave DATABASE unset for a file in var/."
    )


def _set_up_connection(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions; the driver must not.
    _wait_and_execute(connection, "PRAGMA journal_mode = WAL")  # For which SQLite itself does not wait.
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediately(connection: Any) -> None:
    """Writers queue at the start of a transaction, instead of failing in its middle.

    All look equally often whether it is their turn. SQLite has those who came last look most often: when 32 processes
    did nothing but book, one waited for 20 s that way (2026-11-23).
    """
    if connection.get_execution_options().get("only_reads"):
        return
    driver = connection.connection
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        _wait_and_execute(driver, "BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # The last try; its error is SQLAlchemy's.
    finally:
        driver.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT_MS}")


def _wait_and_execute(driver: Any, statement: str) -> None:
    """Executes a statement as soon as no other connection is in its way. Raises sqlite3.OperationalError."""
    deadline = monotonic() + LONGEST_WAIT_MS / 1000
    while True:
        try:
            driver.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if LOCKED not in str(error) or monotonic() >= deadline:
                raise
        sleep(uniform(*LOOK_AGAIN_SECONDS))
