"""Settings: what the operator may set, and how a mistake is told."""

from pathlib import Path

import pytest

from clinic.errors import SettingError
from storage.settings import ROOT, read_settings

KEY = "0123456789abcdef" * 4


def refusal(**environment: str) -> str:
    with pytest.raises(SettingError) as refused:
        read_settings(environment)
    return str(refused.value)


def test_without_any_setting_it_serves_this_machine_from_this_folder() -> None:
    usual = read_settings({})

    assert (usual.host, usual.port, usual.signing_key) == ("127.0.0.1", 5005, "")
    assert (usual.content, usual.data) == (ROOT / "content", ROOT / "var")


def test_every_setting_is_taken(tmp_path: Path) -> None:
    environment = {"HOST": "0.0.0.0", "PORT": "80", "CLINIC_CONTENT": str(tmp_path), "SIGNING_KEY": KEY}

    own = read_settings({**environment, "CLINIC_DATA": str(tmp_path / "new")})

    assert (own.host, own.port, own.signing_key) == ("0.0.0.0", 80, KEY)
    assert (own.content, own.data) == (tmp_path, tmp_path / "new")
    assert own.database == f"sqlite:///{tmp_path}/new/clinic.db"


@pytest.mark.parametrize("port", ["1", "5005", "65535"])
def test_a_port_is_taken(port: str) -> None:
    assert read_settings({"PORT": port}).port == int(port)


@pytest.mark.parametrize(
    "port", ["", "0", "65536", "-1", "http", "80.5", " 80", "²", "9" * 5000], ids=lambda port: port[:8]
)
def test_what_is_no_port_is_refused_with_the_variable_and_the_remedy(port: str) -> None:
    sentence = refusal(PORT=port)

    assert sentence.startswith("PORT is ")
    assert "from 1 to 65535, such as 5005" in sentence


def test_a_content_folder_that_is_not_there_is_refused_with_the_remedy(tmp_path: Path) -> None:
    sentence = refusal(CLINIC_CONTENT=str(tmp_path / "nowhere"))

    assert sentence.startswith("CLINIC_CONTENT is ")
    assert "Leave it unset" in sentence


def test_a_file_is_no_content_folder(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("")

    sentence = refusal(CLINIC_CONTENT=str(tmp_path / "content"))

    assert "there is no such folder" in sentence


def test_a_key_of_32_characters_is_taken_and_a_shorter_one_refused_without_being_shown() -> None:
    sentence = refusal(SIGNING_KEY=KEY[:31])

    assert read_settings({"SIGNING_KEY": KEY[:32]}).signing_key == KEY[:32]
    assert sentence.startswith("SIGNING_KEY is shorter than 32")
    assert "openssl rand -hex 32" in sentence
    assert KEY[:31] not in sentence
