"""One of the two that are measured: how to train it, start it, and talk to it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

Say = Callable[[str], int]
"""Sends a message, returns when its turn is over: how many replies it brought."""


class Contender(NamedTuple):
    name: str
    address: str  # where its server answers
    folder: Path  # where its commands run
    environment: dict[str, str]
    train: list[str]
    serve: list[str]
    conversation: Callable[[], AbstractContextManager[Say]]  # opens a new one
    models: Path  # the folder in which training leaves *.tar.gz
    other_model_bytes: int  # what it needs for understanding beside that
    packages_bytes: int

    @property
    def model_bytes(self) -> int:
        """The newest model, and what it cannot work without."""
        newest = max(self.models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
        return newest.stat().st_size + self.other_model_bytes
