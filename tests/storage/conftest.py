"""The storage's tests run on both databases; on PostgreSQL they are slow ones, since it must be started."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from storage.database import open_database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Of an empty database, without any table."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            yield f"sqlite:///{tmp_path / 'test.db'}"
        else:
            yield stack.enter_context(request.getfixturevalue("postgres").database())


@pytest.fixture
def database(database_address: str) -> Iterator[Engine]:
    """An empty database with all its tables."""
    engine = open_database(database_address)
    yield engine
    engine.dispose()
