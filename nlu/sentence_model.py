"""What a sentence means: which question it asks, or which danger it shows. One machine over its words, its letters
and its sentence vector.

The words and letters know the clinic's own vocabulary, letters also through typing errors; the vector knows what
means the same. One machine over all three does better than each
(docs/decisions/008-one-machine-for-questions.md). It is a ridge regression that asks which sentences the vector
resembles; where they are too many to compare with each, a linear support vector machine.
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
TOLERANCE = 0.1  # Finer takes longer and is no better: 64.2 % against 64.1 % of 1,940 sentences by new writers.
VECTOR_WEIGHT = 1.0  # of the sentence vector beside the words and the letters
# The ridge regression is better with 10, 20, 40 and 80 sentences an intent (BANKING77: 85, 88, 91 and 93 % against 83,
# 87, 90 and 92 %), but what it takes to learn grows with the square of all sentences: 340 MB and 9 s for so many.
MOST_EXAMPLES = 4000
# Its constants. Chosen on parts of the training file of BANKING77, November 2026.
NEARNESS = 3.0  # How fast a sentence resembles another less when their vectors part.
BAGS_WEIGHT = 0.1  # of the words and the letters beside that resemblance
RIDGE = 0.1
SHARPNESS = 8.0  # Turns distances from the planes into scores that a softmax makes comparable.
NOTHING_FITS = -0.5  # The distance at which no label at all is as likely as the nearest.

WEIGHTS, VOCABULARY = "sentence_model.npz", "vocabulary.json"


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


class SentenceModel:
    """Made by `fit` or `load`; the texts' vectors (texts x size, each of length 1) come from the sentence encoder."""

    def __init__(
        self, vectorizers: Sequence[TfidfVectorizer], labels: list[str], weights: np.ndarray, examples: np.ndarray
    ) -> None:
        self.labels = labels
        self._vectorizers = vectorizers
        self._weights = weights.astype(np.float16)  # features and one bias x labels; half of 27 MB for our sentences
        self._examples = examples  # the vectors that a text is compared with: none when there were too many
        self._bags, first = [], 0
        for vectorizer in vectorizers:
            self._bags.append(_Bag(vectorizer.build_analyzer(), vectorizer.vocabulary_, vectorizer.idf_, first))
            first += len(vectorizer.vocabulary_)
        self._of_vector, self._bias = (part.astype(np.float32) for part in (self._weights[first:-1], self._weights[-1]))

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        vectors: np.ndarray,
        labels: Sequence[str],
        *,
        lexes: tuple[Lexis, Lexis] = (LETTERS, WORDS),
        penalty: float = PENALTY,
    ) -> "SentenceModel":
        """`lexes` may leave out more of the rare pieces; `penalty` holds where there are more than MOST_EXAMPLES texts.
        Raises ValueError when there are fewer than two labels."""
        vectorizers = [_vectorizer(lexis) for lexis in lexes]
        bags = sparse.hstack([one.fit_transform(texts) for one in vectorizers]).tocsr()
        names, numbers = np.unique(labels, return_inverse=True)
        if len(names) < 2:
            raise ValueError(f"There must be at least 2 labels to tell apart, not {len(names)}.")
        if len(texts) <= MOST_EXAMPLES:
            weights, examples = _ridge(bags, vectors, numbers), vectors
        else:
            weights, examples = _planes(bags, vectors, numbers, penalty), vectors[:0]
        return cls(vectorizers, names.tolist(), weights, examples)

    def scores(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """One row per text with a score per label, in the order of `labels`: from 0 to 1, together at most 1."""
        seen = _resemblance(vectors, self._examples) if len(self._examples) else VECTOR_WEIGHT * vectors
        distances = seen @ self._of_vector + self._bias
        for row, text in zip(distances, texts, strict=True):
            for bag in self._bags:
                features, values = bag.of(text)
                row += values @ self._weights[features].astype(np.float32)
        sharpened = np.exp(SHARPNESS * distances)
        return sharpened / (sharpened.sum(axis=1, keepdims=True) + np.exp(SHARPNESS * NOTHING_FITS))

    def save(self, folder: Path) -> None:
        terms = [one.get_feature_names_out().tolist() for one in self._vectorizers]
        (folder / VOCABULARY).write_text(json.dumps({"labels": self.labels, "terms": terms}), encoding="utf-8")
        weighed = {f"idf_{number}": one.idf_.astype(np.float32) for number, one in enumerate(self._vectorizers)}
        np.savez(folder / WEIGHTS, weights=self._weights, examples=self._examples, **weighed)

    @classmethod
    def load(cls, folder: Path) -> "SentenceModel":
        stored, named = np.load(folder / WEIGHTS), json.loads((folder / VOCABULARY).read_text(encoding="utf-8"))
        vectorizers = []
        for number, (lexis, terms) in enumerate(zip((LETTERS, WORDS), named["terms"], strict=True)):
            vectorizer = _vectorizer(lexis, terms)
            vectorizer.idf_ = stored[f"idf_{number}"]
            vectorizer.vocabulary_ = {term: place for place, term in enumerate(terms)}
            vectorizers.append(vectorizer)
        return cls(vectorizers, named["labels"], stored["weights"], stored["examples"])


def _planes(bags: sparse.csr_matrix, vectors: np.ndarray, labels: np.ndarray, penalty: float) -> np.ndarray:
    """The weights of a plane for each label, and its bias; the distance is 1 on one side and -1 on the other."""
    features = sparse.hstack([bags, sparse.csr_matrix(VECTOR_WEIGHT * vectors)]).tocsr()
    machine = LinearSVC(C=penalty, tol=TOLERANCE, random_state=0).fit(features, labels)
    weights = np.vstack([machine.coef_.T, machine.intercept_])
    return np.hstack([-weights, weights]) if weights.shape[1] == 1 else weights  # One plane is kept for two labels.


def _ridge(bags: sparse.csr_matrix, examples: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The same for a kernel ridge regression, with a weight for each example in the place of the vector's."""
    true = np.eye(labels.max() + 1)[labels]
    alike = _resemblance(examples, examples) + BAGS_WEIGHT * (bags @ bags.T).toarray()
    # From -1 up, without a bias to learn: so a label is not likelier because it has more sentences.
    weights = np.linalg.solve(alike + RIDGE * np.eye(len(alike)), 2 * true)
    return np.vstack([BAGS_WEIGHT * (bags.T @ weights), weights, np.full((1, weights.shape[1]), -1.0)])


def _resemblance(vectors: np.ndarray, examples: np.ndarray) -> np.ndarray:
    """From 0 to 1, of each vector to each example."""
    return np.exp(NEARNESS * (vectors @ examples.T - 1))


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
