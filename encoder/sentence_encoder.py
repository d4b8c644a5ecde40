"""The encoder at work: ONNX Runtime and the tokenizer, from the files that set-up made."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from encoder.weights import TOKENIZER

GRAPH = "encoder.onnx"
SEAL = "encoder.sha256"
SIZE = 384
# The model was trained on at most 128 word pieces; more costs time and gains nothing.
LONGEST_TOKENS = 128
SHORTEST_WORD = 4


class UnusableEncoder(Exception):
    """Which file of the encoder is missing or damaged, and what to do."""


def seal(folder: Path) -> None:
    """Notes what the files are like, so that a damaged one is told from a sound one: it may load, and talk nonsense."""
    (folder / SEAL).write_text(_digest(folder))


def check(folder: Path) -> None:
    """Raises UnusableEncoder unless the files are there, and are as they were when they were sealed."""
    for name in (GRAPH, TOKENIZER):
        if not (folder / name).is_file():
            raise UnusableEncoder(f"{folder.name}/{name} is missing. Run: make setup")
    if (folder / SEAL).is_file() and (folder / SEAL).read_text() != _digest(folder):
        raise UnusableEncoder(f"{folder.name}/{GRAPH} or {TOKENIZER} is damaged. Run: make setup")


class SentenceEncoder:
    def __init__(self, session: InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path, *, threads: int = 1) -> "SentenceEncoder":
        """The encoder in `folder`; `threads` of 0 are all there are. Raises UnusableEncoder."""
        check(folder)
        options = SessionOptions()
        options.intra_op_num_threads = threads
        try:
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            session = InferenceSession(str(folder / GRAPH), options, ["CPUExecutionProvider"])
        except Exception as error:  # Each library has its own for a file that it cannot read.
            damaged = f"{folder.name}/{GRAPH} or {TOKENIZER} is damaged ({type(error).__name__})"
            raise UnusableEncoder(f"{damaged}. Delete both, and run: make setup") from None
        tokenizer.enable_truncation(LONGEST_TOKENS)
        tokenizer.enable_padding()
        return cls(session, tokenizer)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row of length 1 per text: float32, texts x 384."""
        if not texts:
            return np.empty((0, SIZE), np.float32)
        encoded = self._tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in encoded], np.int64)
        mask = np.array([one.attention_mask for one in encoded], np.int64)
        return self._session.run(["vectors"], {"ids": ids, "mask": mask})[0]

    def words(self) -> set[str]:
        """The whole words of four letters and more that the encoder knows; shorter pieces are often none."""
        return {word for word in self._tokenizer.get_vocab() if word.isalpha() and len(word) >= SHORTEST_WORD}


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in (GRAPH, TOKENIZER):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
