"""Which question a text asks: a linear support vector machine over its words, its letters and its sentence vector.

The words and letters know the clinic's own vocabulary, letters also through typing errors; the vector knows what
means the same. One machine over all three does better than each
(docs/decisions/008-one-machine-for-questions.md).
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

# Chosen on data/nlu.yml and tests/nlu/development.yml, November 2026.
PENALTY = 0.3  # LinearSVC's C
VECTOR_WEIGHT = 1.5  # of the sentence vector beside the words and the letters
SHARPNESS = 8.0  # Turns distances from the planes into scores that a softmax makes comparable.
NOTHING_FITS = -0.5  # The distance at which no intent at all is as likely as the nearest.

WEIGHTS, VOCABULARY = "question_model.npz", "vocabulary.json"


class Lexis(NamedTuple):
    """How a vectorizer cuts texts: an sklearn analyzer, and which lengths of its pieces count."""

    analyzer: str
    lengths: tuple[int, int]
    least_texts: int  # A piece that fewer texts hold says nothing.


LETTERS = Lexis("char_wb", (2, 4), 3)
WORDS = Lexis("word", (1, 2), 2)


class _Bag(NamedTuple):
    """What a vectorizer makes of one text. Its own `transform` takes a millisecond, most of it checks."""

    analyze: Callable[[str], list[str]]
    vocabulary: dict[str, int]
    idf: np.ndarray
    first: int  # of its features among all

    def of(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """The features that the text has, and their values: together of length 1."""
        counts = Counter(term for term in self.analyze(text) if term in self.vocabulary)
        terms = np.array([self.vocabulary[term] for term in counts], np.intp)
        values = (1 + np.log(np.array(list(counts.values()), np.float32))) * self.idf[terms]
        length = np.linalg.norm(values)
        return terms + self.first, values / length if length else values


class QuestionModel:
    """Made by `fit` or `load`; the texts' vectors (texts x size, each of length 1) come from the sentence encoder."""

    def __init__(self, vectorizers: Sequence[TfidfVectorizer], intents: list[str], weights: np.ndarray) -> None:
        self.intents = intents
        self._vectorizers = vectorizers
        self._weights = weights  # features and one bias x intents: float32
        self._bags, first = [], 0
        for vectorizer in vectorizers:
            self._bags.append(_Bag(vectorizer.build_analyzer(), vectorizer.vocabulary_, vectorizer.idf_, first))
            first += len(vectorizer.vocabulary_)
        self._of_vector = weights[first:-1]

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: np.ndarray, intents: Sequence[str]) -> "QuestionModel":
        """Raises ValueError when there are fewer than two intents."""
        vectorizers = [_vectorizer(lexis) for lexis in (LETTERS, WORDS)]
        features = sparse.hstack(
            [*(one.fit_transform(texts) for one in vectorizers), sparse.csr_matrix(VECTOR_WEIGHT * vectors)]
        )
        machine = LinearSVC(C=PENALTY, tol=1e-3, random_state=0).fit(features.tocsr(), intents)
        weights = np.vstack([machine.coef_.T, machine.intercept_]).astype(np.float32)
        if len(machine.classes_) == 2:  # Scikit-learn keeps one plane for two intents.
            weights = np.hstack([-weights, weights])
        return cls(vectorizers, machine.classes_.tolist(), weights)

    def scores(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """One row per text with a score per intent, in the order of `intents`: from 0 to 1, together at most 1."""
        distances = VECTOR_WEIGHT * vectors @ self._of_vector + self._weights[-1]
        for row, text in zip(distances, texts, strict=True):
            for bag in self._bags:
                features, values = bag.of(text)
                row += values @ self._weights[features]
        sharpened = np.exp(SHARPNESS * distances)
        return sharpened / (sharpened.sum(axis=1, keepdims=True) + np.exp(SHARPNESS * NOTHING_FITS))

    def save(self, folder: Path) -> None:
        terms = [one.get_feature_names_out().tolist() for one in self._vectorizers]
        (folder / VOCABULARY).write_text(json.dumps({"intents": self.intents, "terms": terms}), encoding="utf-8")
        weighed = {f"idf_{number}": one.idf_.astype(np.float32) for number, one in enumerate(self._vectorizers)}
        np.savez(folder / WEIGHTS, weights=self._weights.astype(np.float16), **weighed)

    @classmethod
    def load(cls, folder: Path) -> "QuestionModel":
        stored, named = np.load(folder / WEIGHTS), json.loads((folder / VOCABULARY).read_text(encoding="utf-8"))
        vectorizers = []
        for number, (lexis, terms) in enumerate(zip((LETTERS, WORDS), named["terms"], strict=True)):
            vectorizer = _vectorizer(lexis, terms)
            vectorizer.idf_ = stored[f"idf_{number}"]
            vectorizer.vocabulary_ = {term: place for place, term in enumerate(terms)}
            vectorizers.append(vectorizer)
        return cls(vectorizers, named["intents"], stored["weights"].astype(np.float32))


def _vectorizer(lexis: Lexis, terms: list[str] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer=lexis.analyzer,
        ngram_range=lexis.lengths,
        min_df=1 if terms else lexis.least_texts,
        vocabulary=terms,
        token_pattern=r"(?u)\b\w+\b",
        sublinear_tf=True,
        dtype=np.float32,
    )
