"""Kept vectors: a text is encoded once, and kept no longer than it is needed."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from encoder.kept_vectors import BATCH, KeptVectors
from encoder.sentence_encoder import GRAPH, SIZE, SentenceEncoder


class CountingEncoder:
    """Makes a vector from a text's letters, and notes what it was given."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.loads: list[tuple[Path, int]] = []

    @property
    def encoded(self) -> list[str]:
        return sorted(text for batch in self.batches for text in batch)

    def load(self, folder: Path, *, threads: int = 1) -> "CountingEncoder":
        self.loads.append((folder, threads))
        return self

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.batches.append(list(texts))
        return np.stack([vector(text) for text in texts])

    def forget(self) -> None:
        self.batches, self.loads = [], []


def vector(text: str) -> np.ndarray:
    """Another one for each text, and always the same; of length 1 like the real ones."""
    drawn = np.random.default_rng(list(text.encode("utf-8", "surrogatepass"))).normal(size=SIZE)
    return (drawn / np.linalg.norm(drawn)).astype(np.float32)


def expected(texts: Sequence[str]) -> np.ndarray:
    return np.stack([vector(text) for text in texts])


def kept_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("vectors-*"))


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> CountingEncoder:
    counting = CountingEncoder()
    monkeypatch.setattr(SentenceEncoder, "load", counting.load)
    return counting


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an encoder in it."""
    (tmp_path / GRAPH).write_bytes(b"made-up graph")
    return tmp_path


# ---- What is returned


def test_the_rows_are_in_the_order_of_the_texts(encoder: CountingEncoder, folder: Path) -> None:
    texts = ["a much longer text than the others", "short", "of middle length"]

    made = KeptVectors(folder).of(texts)
    read = KeptVectors(folder).of(texts[::-1])

    np.testing.assert_array_equal(made, expected(texts))
    np.testing.assert_array_equal(read, expected(texts[::-1]))


@pytest.mark.parametrize("texts", [[], ["one"], ["one", "two", "three"]])
def test_there_is_one_row_of_numbers_per_text(encoder: CountingEncoder, folder: Path, texts: list[str]) -> None:
    vectors = KeptVectors(folder).of(texts)

    assert vectors.shape == (len(texts), SIZE)
    assert vectors.dtype == np.float32


def test_no_texts_need_no_encoder_and_leave_no_file(encoder: CountingEncoder, folder: Path) -> None:
    KeptVectors(folder).of([])

    assert encoder.loads == []
    assert kept_files(folder) == []


def test_a_text_that_comes_twice_is_encoded_once_and_has_two_rows(encoder: CountingEncoder, folder: Path) -> None:
    texts = ["again", "between", "again"]

    vectors = KeptVectors(folder).of(texts)

    assert encoder.encoded == ["again", "between"]
    np.testing.assert_array_equal(vectors, expected(texts))


def test_more_texts_than_one_batch_are_all_encoded_the_short_ones_together(
    encoder: CountingEncoder, folder: Path
) -> None:
    texts = ["x" * length for length in range(2 * BATCH + 1, 0, -1)]

    vectors = KeptVectors(folder).of(texts)

    assert [len(batch) for batch in encoder.batches] == [BATCH, BATCH, 1]
    assert sorted(encoder.batches[0]) == sorted(texts[-BATCH:])
    np.testing.assert_array_equal(vectors, expected(texts))


@pytest.mark.parametrize("text", ["", "naïve café ☕", "half of a pair \ud83d", "nul \0 and\nline"])
def test_any_text_can_be_kept(encoder: CountingEncoder, folder: Path, text: str) -> None:
    KeptVectors(folder).of([text])
    encoder.forget()

    np.testing.assert_array_equal(KeptVectors(folder).of([text]), expected([text]))
    assert encoder.encoded == []


# ---- What is encoded


def test_the_encoder_of_the_folder_works_on_all_processors(encoder: CountingEncoder, folder: Path) -> None:
    KeptVectors(folder).of(["one", "two"])

    assert encoder.loads == [(folder, 0)]


def test_texts_that_are_kept_need_no_encoder(encoder: CountingEncoder, folder: Path) -> None:
    KeptVectors(folder).of(["one", "two"])
    encoder.forget()

    KeptVectors(folder).of(["two", "one"])

    assert encoder.loads == []


def test_only_new_texts_are_encoded(encoder: CountingEncoder, folder: Path) -> None:
    KeptVectors(folder).of(["one", "two"])
    encoder.forget()

    vectors = KeptVectors(folder).of(["one", "new", "two"])

    assert encoder.encoded == ["new"]
    np.testing.assert_array_equal(vectors, expected(["one", "new", "two"]))


def test_a_text_changed_in_one_letter_is_new(encoder: CountingEncoder, folder: Path) -> None:
    KeptVectors(folder).of(["where are you?"])
    encoder.forget()

    KeptVectors(folder).of(["Where are you?"])

    assert encoder.encoded == ["Where are you?"]


# ---- What is kept


def test_texts_that_are_gone_are_dropped_when_new_ones_come(encoder: CountingEncoder, folder: Path) -> None:
    KeptVectors(folder).of(["gone", "stays"])
    KeptVectors(folder).of(["stays", "new"])
    encoder.forget()

    KeptVectors(folder).of(["stays", "new", "gone"])

    assert encoder.encoded == ["gone"]


def test_fewer_texts_alone_drop_nothing(encoder: CountingEncoder, folder: Path) -> None:
    KeptVectors(folder).of(["one", "two"])
    KeptVectors(folder).of(["one"])
    encoder.forget()

    KeptVectors(folder).of(["one", "two"])

    assert encoder.encoded == []


def test_there_is_one_file_and_nothing_half_written(encoder: CountingEncoder, folder: Path) -> None:
    KeptVectors(folder).of(["one"])
    KeptVectors(folder).of(["one", "two"])

    (file,) = kept_files(folder)
    assert file.suffix == ".npz"


# ---- A file that cannot be used


DAMAGES = {
    "empty": lambda file: file.write_bytes(b""),
    "cut short": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "without its beginning": lambda file: file.write_bytes(file.read_bytes()[100:]),
    "something else": lambda file: file.write_text("not vectors"),
    "changed in the middle": lambda file: file.write_bytes(_changed(file.read_bytes())),
    "without vectors": lambda file: np.savez(file, ids=np.zeros((2, 16), np.uint8)),
    "with fewer vectors than texts": lambda file: np.savez(
        file, ids=np.zeros((2, 16), np.uint8), vectors=np.zeros((1, SIZE), np.float32)
    ),
}


def _changed(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes(255 - byte for byte in content[middle : middle + 8]) + content[middle + 8 :]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_made_anew(encoder: CountingEncoder, folder: Path, damage: str) -> None:
    KeptVectors(folder).of(["one", "two"])
    (file,) = kept_files(folder)
    DAMAGES[damage](file)
    encoder.forget()

    vectors = KeptVectors(folder).of(["one", "two"])

    assert encoder.encoded == ["one", "two"]
    np.testing.assert_array_equal(vectors, expected(["one", "two"]))
    encoder.forget()
    KeptVectors(folder).of(["one", "two"])
    assert encoder.encoded == []


def test_another_encoders_file_is_not_used_and_is_removed(encoder: CountingEncoder, folder: Path) -> None:
    KeptVectors(folder).of(["one", "two"])
    before = kept_files(folder)
    (folder / GRAPH).write_bytes(b"another graph")
    encoder.forget()

    KeptVectors(folder).of(["one", "two"])

    assert encoder.encoded == ["one", "two"]
    assert len(kept_files(folder)) == 1
    assert kept_files(folder) != before
