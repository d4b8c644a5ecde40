"""A PostgreSQL of one's own: from the system's packages, on a free port of this machine, gone afterwards."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg2
import pytest
from psycopg2 import sql

from benchmarks.processes import free_port

PROGRAMS = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"  # of the system's package; root may not run a PostgreSQL
START_SECONDS = 30.0
STOP_SECONDS = 20.0
SERVER_OPTIONS = ("listen_addresses=127.0.0.1", "max_connections=200")


class Postgres:
    """A running server, in which anybody of this machine may do anything."""

    def __init__(self, port: int) -> None:
        self._port = port

    def address(self, database: str = "postgres") -> str:
        """As the setting DATABASE takes it."""
        return f"postgresql://clinic@127.0.0.1:{self._port}/{database}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of an empty database, which is gone afterwards, whoever still uses it."""
        name = f"test_{uuid4().hex}"
        self._run("CREATE DATABASE {}", name)
        try:
            yield self.address(name)
        finally:
            self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, statement: str, name: str) -> None:
        connection = psycopg2.connect(self.address())
        try:
            connection.autocommit = True
            connection.cursor().execute(sql.SQL(statement).format(sql.Identifier(name)))
        finally:
            connection.close()


@contextmanager
def running_postgres(*, durable: bool) -> Iterator[Postgres]:
    """A server that ends with the block, and with this process.

    Unless it is durable, what it keeps need not reach the disk: it outlives killed clients, not a power cut.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # A socket's path must be short.
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, ACCOUNT, ACCOUNT)
        with (folder / "log").open("wb") as log:
            data = str(folder / "data")
            initdb = [_program("initdb"), "-D", data, "-U", "clinic", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
            subprocess.run([*_as_account(), *initdb], check=True, cwd="/", stdout=log, stderr=log)
            port = free_port()
            careless = () if durable else ("fsync=off", "full_page_writes=off")
            options = [f"-c{option}" for option in (*SERVER_OPTIONS, *careless, f"unix_socket_directories={folder}")]
            command = [*_as_account(), _program("postgres"), "-D", data, "-p", str(port), *options]
            server = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, start_new_session=True)
            try:
                _wait_until_it_answers(server, Postgres(port), folder / "log")
                yield Postgres(port)
            finally:
                _stop(server)
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres(durable=False) as server:
        yield server


def _program(name: str) -> str:
    found = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    assert found, "There is no PostgreSQL on this machine: run scripts/postgres."
    return str(found[-1])


def _as_account() -> list[str]:
    """What makes a command end with this process, and run as somebody who is not root."""
    somebody = [f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--init-groups"] if os.geteuid() == 0 else []
    return ["setpriv", "--pdeathsig=INT", *somebody, "--"]


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", postgres: Postgres, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg2.connect(postgres.address()).close()
            return
        except psycopg2.OperationalError:
            time.sleep(0.05)  # Between two looks; the deadline decides.
    raise AssertionError(f"PostgreSQL did not start:\n{log.read_text()[-3000:]}")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
