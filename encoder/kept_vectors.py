"""Vectors kept by text, so that training again after one changed sentence encodes that sentence only."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from encoder.sentence_encoder import GRAPH, SIZE, SentenceEncoder

BATCH = 64  # texts; sorted by length so that little is padded
TextId = bytes  # the beginning of a text's SHA-256


class KeptVectors:
    """The vectors that an encoder made of texts, in one file beside it; another encoder begins anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        graph = hashlib.sha256((folder / GRAPH).read_bytes()).hexdigest()
        self._file = folder / f"vectors-{graph[:16]}.npz"

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """One row of length 1 per text: float32, texts x 384. What is not kept yet is encoded, on all processors."""
        known = self._read()
        ids = [_id(text) for text in texts]
        new = {text_id: text for text_id, text in zip(ids, texts, strict=True) if text_id not in known}
        if new:
            known.update(self._encode(new))
            self._write({text_id: known[text_id] for text_id in ids})
        return np.stack([known[text_id] for text_id in ids]) if ids else np.empty((0, SIZE), np.float32)

    def _encode(self, texts: dict[TextId, str]) -> dict[TextId, np.ndarray]:
        encoder = SentenceEncoder.load(self._folder, threads=0)
        by_length = sorted(texts, key=lambda text_id: len(texts[text_id]))
        batches = [by_length[start : start + BATCH] for start in range(0, len(by_length), BATCH)]
        return {
            text_id: vector
            for batch in batches
            for text_id, vector in zip(batch, encoder.encode([texts[one] for one in batch]), strict=True)
        }

    def _read(self) -> dict[TextId, np.ndarray]:
        try:
            with self._file.open("rb") as file, np.load(file) as kept:
                return dict(zip(map(bytes, kept["ids"]), kept["vectors"], strict=True))
        except Exception:  # None yet, or damaged in one of NumPy's many ways: they are made again.
            return {}

    def _write(self, kept: dict[TextId, np.ndarray]) -> None:
        """Only what the texts of now need; through a second file, so that a stop leaves no half of one."""
        for old in self._folder.glob("vectors-*.npz"):
            if old != self._file:
                old.unlink()
        beside = self._file.with_suffix(".new")
        with beside.open("wb") as file:
            np.savez(file, ids=np.array([list(one) for one in kept], np.uint8), vectors=np.stack(list(kept.values())))
        os.replace(beside, self._file)


def _id(text: str) -> TextId:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
