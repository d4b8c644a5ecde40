"""The encoder's files: a broken one is refused with what to do, before it makes vectors that mean nothing."""

from pathlib import Path

import pytest

from encoder.sentence_encoder import GRAPH, TOKENIZER, SentenceEncoder, UnusableEncoder, check, seal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An encoder's folder with two files that no library can read."""
    for name in (GRAPH, TOKENIZER):
        (tmp_path / name).write_bytes(b"made up")
    return tmp_path


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER])
def test_a_missing_file_is_refused_by_its_name_with_the_remedy(folder: Path, name: str) -> None:
    (folder / name).unlink()

    with pytest.raises(UnusableEncoder, match=f"{name} is missing. Run: make setup"):
        SentenceEncoder.load(folder)


@pytest.mark.parametrize("junk", [b"", b"{}", b"\x00junk\xff" * 1000], ids=["empty", "JSON", "junk"])
def test_a_file_that_cannot_be_read_is_refused_with_the_remedy(folder: Path, junk: bytes) -> None:
    for name in (GRAPH, TOKENIZER):
        (folder / name).write_bytes(junk)

    with pytest.raises(UnusableEncoder, match=r"is damaged \(\w+\). Delete both, and run: make setup"):
        SentenceEncoder.load(folder)


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER])
def test_a_file_that_changed_since_it_was_sealed_is_refused_and_a_sealed_one_is_not(folder: Path, name: str) -> None:
    seal(folder)
    check(folder)

    (folder / name).write_bytes(b"made uq")

    with pytest.raises(UnusableEncoder, match="is damaged. Run: make setup"):
        check(folder)
