"""The operator's settings: every environment variable, read once, with its default."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from clinic.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent


class Settings(NamedTuple):
    host: str  # HOST: the address to listen on
    port: int  # PORT
    content: Path  # CLINIC_CONTENT: the folder of answers and facts
    data: Path  # CLINIC_DATA: the folder for what running leaves behind
    models: Path  # CLINIC_MODELS: the folder of trained models; the newest is served
    signing_key: str  # SIGNING_KEY: signs the visitors' sessions; made once when empty

    @property
    def database(self) -> str:
        """The address of the database, as SQLAlchemy names it."""
        return f"sqlite:///{self.data / 'clinic.db'}"

    @property
    def encoder(self) -> Path:
        return self.data / "encoder"


@cache
def settings() -> Settings:
    """The settings of this process. Raises SettingError."""
    return read_settings(os.environ)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Raises SettingError, which names the variable, what it was, and what it must be."""
    return Settings(
        host=environment.get("HOST", "127.0.0.1"),
        port=_port(environment.get("PORT", "5005")),
        content=_folder(environment.get("CLINIC_CONTENT", str(ROOT / "content"))),
        data=Path(environment.get("CLINIC_DATA", str(ROOT / "var"))).resolve(),
        models=Path(environment.get("CLINIC_MODELS", str(ROOT / "models"))).resolve(),
        signing_key=_signing_key(environment.get("SIGNING_KEY", "")),
    )


def _port(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 5 and 0 < int(text) < 65536):
        raise SettingError(f"PORT is {text!r}; it must be a whole number from 1 to 65535, such as 5005.")
    return int(text)


def _folder(text: str) -> Path:
    folder = Path(text).resolve()
    if not folder.is_dir():
        raise SettingError(f"CLINIC_CONTENT is {text!r}, and there is no such folder. Leave it unset for ./content.")
    return folder


def _signing_key(text: str) -> str:
    if text and len(text) < 32:
        raise SettingError("SIGNING_KEY is shorter than 32 characters; make one with: openssl rand -hex 32")
    return text
