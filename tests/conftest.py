"""What tests of several folders are given."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from clinic.content import Content
from storage import clock
from storage.content_files import ContentReader
from storage.database import open_database
from storage.settings import ROOT
from tests.builders import write_content


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small content folder without problems."""
    return write_content(tmp_path / "content")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Engine]:
    """An empty database with all its tables."""
    engine = open_database(f"sqlite:///{tmp_path / 'test.db'}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def our_content() -> Content:
    """The content of this repository."""
    return ContentReader(ROOT / "content").read(clock.today())
