"""Fetching the encoder: only the published files are taken, and a failure leaves nothing behind."""

import hashlib
from pathlib import Path

import pytest

from encoder import weights
from encoder.sentence_encoder import SEAL
from encoder.weights import SHA256, TOKENIZER, WEIGHTS, WrongFile, verify
from scripts import fetch_encoder
from scripts.fetch_encoder import GRAPH, NotFetched, fetch
from storage.settings import read_settings

PUBLISHED = {WEIGHTS: b"made-up weights", TOKENIZER: b"made-up tokenizer"}


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if our small files were the published ones, and converting them were quick."""
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in PUBLISHED.items()}
    for module in (weights, fetch_encoder):
        monkeypatch.setattr(module, "SHA256", hashes)
    monkeypatch.setattr(fetch_encoder, "_convert", lambda work: (work / GRAPH).write_bytes(b"made-up graph"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    for name, content in PUBLISHED.items():
        (folder / name).write_bytes(content)
    return folder


def run(data: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs the script with ENCODER_SOURCE set."""
    monkeypatch.setattr(fetch_encoder, "settings", lambda: read_settings({"CLINIC_DATA": str(data)}))
    monkeypatch.setenv("ENCODER_SOURCE", str(source))
    fetch_encoder.main()


# ---- Proof


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER])
def test_a_file_that_is_not_the_published_one_is_refused_with_both_hashes(name: str) -> None:
    found = hashlib.sha256(b"something else").hexdigest()

    with pytest.raises(WrongFile) as refused:
        verify(name, b"something else")

    assert name in str(refused.value)
    assert found in str(refused.value)
    assert SHA256[name] in str(refused.value)


@pytest.mark.usefixtures("published")
def test_the_published_file_comes_back_as_it_was() -> None:
    assert verify(TOKENIZER, PUBLISHED[TOKENIZER]) == PUBLISHED[TOKENIZER]


def test_the_hashes_are_the_published_ones() -> None:
    assert SHA256 == {
        "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    }


def test_tensors_are_read_as_they_were_written(tmp_path: Path) -> None:
    header = b'{"__metadata__":{},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}'
    numbers = b"\x00\x00\x80?\x00\x00\x00@"  # 1.0 and 2.0
    (tmp_path / WEIGHTS).write_bytes(len(header).to_bytes(8, "little") + header + numbers)

    tensors = weights.read_weights(tmp_path / WEIGHTS)

    assert list(tensors) == ["w"]
    assert tensors["w"].tolist() == [[1.0, 2.0]]


# ---- Fetching


@pytest.mark.usefixtures("published")
def test_the_graph_and_the_tokenizer_are_left_in_the_folder_and_nothing_else(tmp_path: Path, source: Path) -> None:
    fetch(tmp_path / "encoder", str(source))

    assert sorted(file.name for file in (tmp_path / "encoder").iterdir()) == sorted([GRAPH, TOKENIZER, SEAL])
    assert (tmp_path / "encoder" / TOKENIZER).read_bytes() == PUBLISHED[TOKENIZER]


@pytest.mark.usefixtures("published")
def test_files_on_a_web_address_are_fetched_too(tmp_path: Path, source: Path) -> None:
    fetch(tmp_path / "encoder", f"{source.as_uri()}/")

    assert (tmp_path / "encoder" / GRAPH).is_file()


def test_a_wrong_file_is_refused_and_leaves_nothing_behind(tmp_path: Path, source: Path) -> None:
    with pytest.raises(WrongFile, match="is not the published file"):
        fetch(tmp_path / "encoder", str(source))

    assert list((tmp_path / "encoder").iterdir()) == []


@pytest.mark.usefixtures("published")
def test_one_wrong_file_of_two_leaves_nothing_behind_either(tmp_path: Path, source: Path) -> None:
    (source / TOKENIZER).write_bytes(b"something else")

    with pytest.raises(WrongFile, match=TOKENIZER):
        fetch(tmp_path / "encoder", str(source))

    assert list((tmp_path / "encoder").iterdir()) == []


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("as_address", [False, True])
def test_a_source_that_is_not_there_is_refused_by_name(tmp_path: Path, as_address: bool) -> None:
    nowhere = tmp_path / "nowhere"
    source = nowhere.as_uri() if as_address else str(nowhere)

    with pytest.raises(NotFetched) as refused:
        fetch(tmp_path / "encoder", source)

    assert f"ENCODER_SOURCE is {source!r}" in str(refused.value)
    assert list((tmp_path / "encoder").iterdir()) == []


@pytest.mark.usefixtures("published")
def test_a_source_without_one_of_the_files_is_refused_with_its_name(tmp_path: Path, source: Path) -> None:
    (source / TOKENIZER).unlink()

    with pytest.raises(NotFetched, match=f"{TOKENIZER} could not be read"):
        fetch(tmp_path / "encoder", str(source))


# ---- The command


@pytest.mark.usefixtures("published")
def test_the_command_fetches_into_the_data_folder(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path / "var", source, monkeypatch)

    assert (tmp_path / "var" / "encoder" / GRAPH).is_file()


def test_the_command_says_what_went_wrong(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match="setup: .* is not the published file"):
        run(tmp_path / "var", source, monkeypatch)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("name", [GRAPH, TOKENIZER])
def test_the_command_fetches_anew_what_was_damaged_since(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    run(tmp_path / "var", source, monkeypatch)
    file = tmp_path / "var" / "encoder" / name
    sound = file.read_bytes()
    file.write_bytes(b"damaged")

    run(tmp_path / "var", source, monkeypatch)

    assert file.read_bytes() == sound


def test_the_command_does_nothing_when_it_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "var" / "encoder"
    folder.mkdir(parents=True)
    for name in (GRAPH, TOKENIZER):
        (folder / name).write_bytes(b"done before")

    run(tmp_path / "var", tmp_path / "nowhere", monkeypatch)

    assert capsys.readouterr().out == ""
