"""The question model: what it learns from, what its scores are, and that a stored one is the same."""

from pathlib import Path

import numpy as np
import pytest

from nlu.sentence_model import MOST_EXAMPLES, SentenceModel

# Made up: an axis for each intent, and sentences that share their words.
AXES = {"sleep": 0, "prices": 1, "hours": 2}
SENTENCES = {
    "sleep": ["how should i sleep", "sleep on which side", "sleep with sciatica", "can i sleep on my back"],
    "prices": ["what is the price", "price of a massage", "price for an hour", "tell me the price please"],
    "hours": ["when are you open", "open on sunday", "are you open late", "open today or not"],
}
NOWHERE = np.zeros((1, 3), dtype=np.float32)


def pointing(*intents: str) -> np.ndarray:
    """A vector of length 1 for each intent, along its axis."""
    return np.eye(3, dtype=np.float32)[[AXES[intent] for intent in intents]]


def fitted(*intents: str, times: int = 1) -> SentenceModel:
    """From each sentence so many times."""
    labels = [intent for intent in intents for _ in SENTENCES[intent] * times]
    texts = [text for intent in intents for text in SENTENCES[intent] * times]
    return SentenceModel.fit(texts, pointing(*labels), labels)


def best(model: SentenceModel, text: str, vector: np.ndarray) -> str:
    return model.labels[int(model.scores([text], vector)[0].argmax())]


@pytest.fixture(scope="module", params=[1, MOST_EXAMPLES // 8 + 1], ids=["few sentences", "many sentences"])
def times(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def model(times: int) -> SentenceModel:
    return fitted(*AXES, times=times)


@pytest.mark.parametrize("intents", [("sleep", "prices"), ("sleep", "prices", "hours")])
def test_every_sentence_it_learned_from_gets_its_intent(intents: tuple[str, ...], times: int) -> None:
    model = fitted(*intents, times=times)

    for intent in intents:
        for text in SENTENCES[intent]:
            assert best(model, text, pointing(intent)) == intent


@pytest.mark.parametrize("intent", AXES)
def test_words_decide_where_the_vector_says_nothing(model: SentenceModel, intent: str) -> None:
    word = {"sleep": "sleep", "prices": "price", "hours": "open"}[intent]

    assert best(model, f"zzz {word}", NOWHERE) == intent


def test_letters_decide_through_a_typing_error(model: SentenceModel) -> None:
    assert best(model, "slepe", NOWHERE) == "sleep"
    assert best(model, "pricce", NOWHERE) == "prices"


@pytest.mark.parametrize("intent", AXES)
@pytest.mark.parametrize("text", ["zzz", ""])
def test_the_vector_decides_where_no_word_is_known(model: SentenceModel, text: str, intent: str) -> None:
    assert best(model, text, pointing(intent)) == intent


@pytest.mark.parametrize("intents", [("sleep", "prices"), ("sleep", "prices", "hours")])
def test_the_scores_of_a_text_are_one_per_intent_and_together_at_most_one(intents: tuple[str, ...], times: int) -> None:
    model = fitted(*intents, times=times)

    scores = model.scores(["price to sleep", "zzz"], np.vstack([pointing("sleep"), NOWHERE]))

    assert scores.shape == (2, len(intents)) == (2, len(model.labels))
    assert (scores >= 0).all()
    assert (scores.sum(axis=1) <= 1 + 1e-6).all()


def test_a_text_that_fits_nothing_leaves_more_of_the_score_to_none(model: SentenceModel) -> None:
    fits, fits_nothing = model.scores(["how should i sleep", "zzz"], np.vstack([pointing("sleep"), NOWHERE]))

    assert fits_nothing.sum() < fits.sum()
    assert fits_nothing.max() < fits.max()


def test_a_text_is_scored_the_same_alone_and_among_others(model: SentenceModel) -> None:
    together = model.scores(["sleep", "price"], pointing("sleep", "prices"))

    alone = model.scores(["price"], pointing("prices"))

    assert together[1] == pytest.approx(alone[0], abs=1e-6)


def test_the_same_sentences_make_the_same_model(model: SentenceModel, times: int) -> None:
    texts, vectors = ["price to sleep when open"], NOWHERE

    again = fitted(*AXES, times=times)

    assert (again.scores(texts, vectors) == model.scores(texts, vectors)).all()


def test_among_few_sentences_an_intent_is_no_likelier_for_having_more_of_them() -> None:
    labels = ["sleep"] * 20 + ["prices"] * 2
    model = SentenceModel.fit(["question"] * 22, pointing(*labels), labels)

    prices, sleep = model.scores(["question"], NOWHERE)[0]

    assert sleep == pytest.approx(prices, abs=0.05)


def test_among_few_sentences_the_vector_counts_more_than_the_words() -> None:
    assert best(fitted(*AXES), "sleep", pointing("prices")) == "prices"


@pytest.mark.parametrize("intents", [("sleep", "prices"), ("sleep", "prices", "hours")])
def test_a_stored_model_gives_the_same_scores(tmp_path: Path, intents: tuple[str, ...], times: int) -> None:
    model = fitted(*intents, times=times)
    texts = [*SENTENCES["sleep"], *SENTENCES["prices"], "zzz", ""]
    vectors = pointing(*["sleep"] * 4, *["prices"] * 4, "sleep", "prices")

    model.save(tmp_path)
    loaded = SentenceModel.load(tmp_path)

    assert loaded.labels == model.labels
    # The weights are stored in half the bytes.
    assert loaded.scores(texts, vectors) == pytest.approx(model.scores(texts, vectors), abs=0.01)
    assert loaded.scores(texts, NOWHERE.repeat(10, axis=0)) == pytest.approx(
        model.scores(texts, NOWHERE.repeat(10, axis=0)), abs=0.01
    )


def test_fewer_than_two_intents_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 2 labels"):
        fitted("sleep")
