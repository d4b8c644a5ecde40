"""The encoder at work: ONNX Runtime and the tokenizer, from the files that set-up made."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from encoder.weights import TOKENIZER

GRAPH = "encoder.onnx"
SIZE = 384
# The model was trained on at most 128 word pieces; more costs time and gains nothing.
LONGEST_TOKENS = 128
SHORTEST_WORD = 4


class SentenceEncoder:
    def __init__(self, session: InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path, *, threads: int = 1) -> "SentenceEncoder":
        """The encoder in `folder`; `threads` of 0 are all there are. Raises FileNotFoundError that names the remedy."""
        for name in (GRAPH, TOKENIZER):
            if not (folder / name).is_file():
                raise FileNotFoundError(f"{folder / name} is missing: run scripts/setup, which fetches the encoder.")
        options = SessionOptions()
        options.intra_op_num_threads = threads
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        tokenizer.enable_truncation(LONGEST_TOKENS)
        tokenizer.enable_padding()
        return cls(InferenceSession(str(folder / GRAPH), options, ["CPUExecutionProvider"]), tokenizer)

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
