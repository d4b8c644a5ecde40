"""A sparse logistic regression, Rasa's classifier without a network: train or ask, in the working folder.

It does what Rasa's LogisticRegressionClassifier does over the two CountVectorsFeaturizer of the default pipeline:
counts of words, and of 1 to 4 letters within word boundaries; LogisticRegression with scikit-learn's defaults. Rasa
differs from those in balancing the intents, which changes nothing where each has as many sentences, and in counting
all numbers as one word.
"""

import pickle
import sys
from pathlib import Path

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from benchmarks.recognizers.asking import ask

MODEL = Path("sparse.pickle")


def main() -> None:
    train() if sys.argv[1] == "train" else answer()


def train() -> None:
    from storage.training_files import read_examples  # Not needed to answer, and would count as its memory.

    examples = read_examples(Path("nlu.yml"))
    fitted = untrained().fit([example.text for example in examples], [example.intent for example in examples])
    MODEL.write_bytes(pickle.dumps(fitted))


def untrained() -> Pipeline:
    words = CountVectorizer(token_pattern=r"(?u)\b\w+\b")
    letters = CountVectorizer(analyzer="char_wb", ngram_range=(1, 4))
    return make_pipeline(make_union(words, letters), LogisticRegression())


def answer() -> None:
    model = pickle.loads(MODEL.read_bytes())
    ask(lambda text: str(model.predict([text])[0]))


if __name__ == "__main__":
    main()
