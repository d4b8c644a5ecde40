"""One running server for all tests of the wire; tests that break theirs start their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Server, running
from tests.visitor import Visitor


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server that is not started yet, and that the test may harm."""
    server = Server(tmp_path)
    server.prepare()
    yield server
    server.stop()


@pytest.fixture
def visitor(server: Server) -> Visitor:
    return Visitor(server.address)
