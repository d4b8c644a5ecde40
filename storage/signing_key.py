"""The key that signs the visitors' sessions: the operator's, or one made once and kept readable by nobody else."""

import os
import secrets
from pathlib import Path

from clinic.errors import SettingError
from storage.settings import Settings

SHORTEST = 32  # characters
FILE = "signing_key"


def signing_key(settings: Settings) -> str:
    """Raises SettingError when the kept key can be read by others, or is too short."""
    if settings.signing_key:
        return settings.signing_key
    path = settings.data / FILE
    settings.data.mkdir(parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept(path)
    with os.fdopen(file, "w") as opened:
        opened.write(secrets.token_hex(32))
    return _kept(path)


def _kept(path: Path) -> str:
    if path.stat().st_mode & 0o077:
        raise SettingError(f"{path} can be read by others. Run: chmod 600 {path}")
    key = path.read_text().strip()
    if len(key) < SHORTEST:
        raise SettingError(f"{path} holds no usable key. Delete it; a new one is made, and open chats start anew.")
    return key
