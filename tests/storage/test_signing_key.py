"""The signing key: made once, kept from others, or given by the operator."""

import os
from pathlib import Path

import pytest

from clinic.errors import SettingError
from storage.settings import Settings, read_settings
from storage.signing_key import FILE, signing_key


def settings(data: Path, *, key: str = "") -> Settings:
    return read_settings({"CLINIC_DATA": str(data), "SIGNING_KEY": key})


def keep(data: Path, key: str, *, mode: int) -> Path:
    (data / FILE).write_text(key)
    (data / FILE).chmod(mode)
    return data


def test_a_key_is_made_once_and_stays_the_same(tmp_path: Path) -> None:
    first = signing_key(settings(tmp_path / "new"))
    second = signing_key(settings(tmp_path / "new"))

    assert first == second
    assert len(first) >= 32


def test_two_clinics_have_different_keys(tmp_path: Path) -> None:
    assert signing_key(settings(tmp_path / "one")) != signing_key(settings(tmp_path / "other"))


def test_only_the_owner_can_read_a_new_key(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        signing_key(settings(tmp_path))
    finally:
        os.umask(umask)

    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_a_kept_key_is_used(tmp_path: Path) -> None:
    keep(tmp_path, "k" * 32 + "\n", mode=0o600)

    assert signing_key(settings(tmp_path)) == "k" * 32


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_that_others_can_reach_is_refused_with_the_remedy(tmp_path: Path, mode: int) -> None:
    keep(tmp_path, "k" * 32, mode=mode)

    with pytest.raises(SettingError, match="can be read by others. Run: chmod 600"):
        signing_key(settings(tmp_path))


@pytest.mark.parametrize("key", ["", "\n", "k" * 31])
def test_a_key_that_is_too_short_is_refused_with_the_remedy(tmp_path: Path, key: str) -> None:
    keep(tmp_path, key, mode=0o600)

    with pytest.raises(SettingError, match="holds no usable key. Delete it"):
        signing_key(settings(tmp_path))


def test_the_operators_key_goes_before_a_kept_one(tmp_path: Path) -> None:
    keep(tmp_path, "k" * 32, mode=0o600)

    assert signing_key(settings(tmp_path, key="o" * 32)) == "o" * 32


def test_the_operators_key_is_not_written_down(tmp_path: Path) -> None:
    signing_key(settings(tmp_path, key="o" * 32))

    assert list(tmp_path.iterdir()) == []
