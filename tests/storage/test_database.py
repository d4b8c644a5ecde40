"""The database: whoever opens it finds its tables, who is in another's way waits, and a wrong address is explained."""

import multiprocessing
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import Barrier as ThreadBarrier
from threading import Thread

import pytest
from sqlalchemy import event, inspect, text
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import OperationalError, ProgrammingError

from clinic.errors import SettingError
from storage import database as storage_database
from storage.database import MOST_TRIES, create_tables, in_transaction, make_engine, open_database, take_turns
from storage.tables import METADATA
from tests.postgres import Postgres
from tests.running import free_port

PROCESSES = 6


def open_together(address: str, together: Barrier) -> None:
    """In a process of its own."""
    together.wait()
    engine = make_engine(make_url(address))
    create_tables(engine, METADATA)
    create_tables(engine, METADATA)
    engine.dispose()


def test_many_processes_open_an_empty_database_at_once(database_address: str) -> None:
    context = multiprocessing.get_context("fork")
    together = context.Barrier(PROCESSES)
    processes = [context.Process(target=open_together, args=(database_address, together)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    engine = open_database(database_address)
    tables = set(inspect(engine).get_table_names())
    engine.dispose()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    assert tables >= set(METADATA.tables)


def test_tables_are_made_together_with_what_guards_them(database_address: str) -> None:
    engine = make_engine(make_url(database_address))

    def stop_at_the_guard(connection: Connection, cursor: object, statement: str, *_: object) -> None:
        if "claims_never_overlap" in statement:
            raise InterruptedError

    event.listen(engine, "before_cursor_execute", stop_at_the_guard)
    with pytest.raises(InterruptedError):
        create_tables(engine, METADATA)

    assert inspect(engine).get_table_names() == []
    engine.dispose()


# ---- Who is in another's way


def test_a_transaction_that_was_in_anothers_way_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage_database, "LONGEST_WAIT_MS", 20)
    engine = open_database(f"sqlite:///{tmp_path / 'test.db'}")
    with closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        def make_way(_: object) -> None:
            other.execute("ROLLBACK")

        event.listen(engine, "handle_error", make_way, once=True)

        done = in_transaction(engine, lambda connection: connection.execute(text("SELECT 1")).scalar())

    engine.dispose()
    assert done == 1


def test_a_transaction_is_given_up_when_another_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage_database, "LONGEST_WAIT_MS", 20)
    engine = open_database(f"sqlite:///{tmp_path / 'test.db'}")
    failures: list[object] = []
    event.listen(engine, "handle_error", failures.append)
    with closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(OperationalError, match="locked"):
            in_transaction(engine, lambda _: None)

    engine.dispose()
    assert len(failures) == MOST_TRIES


def test_an_error_does_not_tell_what_was_to_be_kept(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'test.db'}")
    with pytest.raises(OperationalError) as wrong, engine.begin() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "Dawn Example"})

    engine.dispose()
    assert "nowhere" in str(wrong.value)
    assert "Dawn" not in str(wrong.value)


def test_what_will_not_pass_is_not_tried_again(database: Engine) -> None:
    tries = []

    def wrong(connection: Connection) -> None:
        tries.append(1)
        connection.execute(text("SELECT * FROM nowhere"))

    with pytest.raises((OperationalError, ProgrammingError), match="nowhere"):
        in_transaction(database, wrong)

    assert len(tries) == 1


@pytest.fixture
def on_postgres(postgres: Postgres) -> Iterator[Engine]:
    with postgres.database() as address:
        engine = open_database(address)
        yield engine
        engine.dispose()


@pytest.mark.slow
def test_two_who_wait_for_each_other_are_both_done_in_the_end(on_postgres: Engine) -> None:
    together = ThreadBarrier(2)
    done: list[str] = []

    def work(first: str, second: str) -> Callable[[Connection], None]:
        waits = iter([True])

        def lock_both(connection: Connection) -> None:
            take_turns(connection, first)
            if next(waits, False):
                together.wait()
            take_turns(connection, second)

        return lock_both

    def run(first: str, second: str) -> None:
        in_transaction(on_postgres, work(first, second))
        done.append(first)

    threads = [Thread(target=run, args=names) for names in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == ["a", "b"]


@pytest.mark.slow
def test_a_connection_that_broke_is_replaced(on_postgres: Engine) -> None:
    broken = iter([True])

    def work(connection: Connection) -> object:
        if next(broken, False):
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return connection.execute(text("SELECT 1")).scalar()

    assert in_transaction(on_postgres, work) == 1


# ---- A wrong address


def test_a_server_that_does_not_answer_is_explained_without_the_password() -> None:
    port = free_port()

    with pytest.raises(SettingError) as refused:
        open_database(f"postgresql://clinic:my-made-up-secret@127.0.0.1:{port}/clinic")

    sentence = str(refused.value)
    assert sentence.startswith(
        f"DATABASE is 'postgresql://clinic:***@127.0.0.1:{port}/clinic', and it cannot be used: "
    )
    assert "Start that PostgreSQL, correct the address, or leave DATABASE unset" in sentence
    assert "my-made-up-secret" not in sentence


@pytest.mark.slow
def test_a_database_that_is_not_there_is_explained(postgres: Postgres) -> None:
    with pytest.raises(SettingError, match='database "nowhere" does not exist'):
        open_database(postgres.address("nowhere"))


@pytest.mark.slow
def test_a_user_who_may_make_no_tables_is_told_so(postgres: Postgres) -> None:
    with postgres.database() as address:
        engine = make_engine(make_url(address))
        with engine.begin() as connection:
            connection.execute(text("CREATE ROLE stranger LOGIN"))
        engine.dispose()

        with pytest.raises(SettingError, match="permission denied"):
            open_database(address.replace("clinic@", "stranger@"))


def test_a_folder_is_no_database_file(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="Is there room, and may this user write there"):
        open_database(f"sqlite:///{tmp_path}")
