"""Ours, as nlu/ uses it but without Rasa around it: train ENCODER or ask ENCODER, in the working folder."""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.recognizers.asking import ask
from encoder.sentence_encoder import SIZE, SentenceEncoder
from nlu.sentence_model import SentenceModel

BATCH = 64  # texts; sorted by length so that little is padded, as in nlu/sentence_vectors.py


def main() -> None:
    doing, encoder = sys.argv[1], Path(sys.argv[2])
    train(encoder) if doing == "train" else answer(encoder)


def train(encoder: Path) -> None:
    """On all processors."""
    from storage.training_files import read_examples  # Not needed to answer, and would count as its memory.

    examples = read_examples(Path("nlu.yml"))
    texts = [example.text for example in examples]
    vectors = vectors_of(texts, SentenceEncoder.load(encoder, threads=0))
    SentenceModel.fit(texts, vectors, [example.intent for example in examples]).save(Path())


def vectors_of(texts: Sequence[str], encoder: SentenceEncoder) -> np.ndarray:
    """One row of length 1 per text: float32, texts x 384."""
    vectors = np.empty((len(texts), SIZE), np.float32)
    by_length = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    for start in range(0, len(texts), BATCH):
        batch = by_length[start : start + BATCH]
        vectors[batch] = encoder.encode([texts[number] for number in batch])
    return vectors


def answer(encoder: Path) -> None:
    """On one processor, as it is served."""
    vectors, model = SentenceEncoder.load(encoder), SentenceModel.load(Path())
    ask(lambda text: model.labels[int(model.scores([text], vectors.encode([text])).argmax())])


if __name__ == "__main__":
    main()
