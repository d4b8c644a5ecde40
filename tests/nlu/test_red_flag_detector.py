"""The red flag detector: the rules and the classifier together, and the rules alone when the classifier breaks."""

from typing import Any

import numpy as np
import pytest
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from clinic.alarms import NO_DANGER
from clinic.content import Content
from nlu.red_flag_detector import LONG_WORDS, RED_FLAG, RedFlagDetector, _sentences
from nlu.spelling_corrector import CORRECTED

pytestmark = pytest.mark.slow  # Rasa is imported.

NUMB, CALM = "my crotch is numb since this morning", "what a nice day"


class Model:
    """Finds danger in texts with a word, wherever the rules find none; or breaks."""

    labels = ["cannot_pee", NO_DANGER]

    def __init__(self, word: str | None) -> None:
        self._word = word
        self.heard: list[str] = []

    def scores(self, texts: list[str], vectors: np.ndarray) -> np.ndarray:
        if self._word is None:
            raise RuntimeError("broken")
        self.heard = texts
        return np.array([[0.99, 0.01] if self._word in text else [0.1, 0.9] for text in texts])


class Live:
    def __init__(self, content: Content) -> None:
        self._content = content

    def current(self) -> Content:
        return self._content


class Encoder:
    def encode(self, texts: list[str]) -> np.ndarray:
        return np.zeros((len(texts), 2), np.float32)


@pytest.fixture(autouse=True)
def no_real_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlu.red_flag_detector.encoder", Encoder)


def read(content: Content, text: str, model: Model | None) -> dict[str, Any] | None:
    detector = RedFlagDetector(None, Resource("dangers"), Live(content), model)  # type: ignore[arg-type]
    message = Message({TEXT: text, CORRECTED: text})
    message.add_features(Features(np.zeros((1, 2), np.float32), "sentence", TEXT, "encoder"))
    flag: dict[str, Any] | None = detector.process([message])[0].get(RED_FLAG)
    return flag


def test_what_only_the_classifier_knows_is_found(our_content: Content) -> None:
    flag = read(our_content, "the tap would not open", Model("tap"))

    assert flag == {"id": "cannot_pee", "level": "emergency"}


def test_what_only_a_rule_knows_is_found(our_content: Content) -> None:
    flag = read(our_content, NUMB, Model("tap"))

    assert flag is not None and flag["level"] == "emergency"


def test_nothing_is_found_in_a_harmless_message(our_content: Content) -> None:
    assert read(our_content, CALM, Model("tap")) is None


def test_a_number_alone_shows_no_danger_whatever_the_classifier_makes_of_it(our_content: Content) -> None:
    assert read(our_content, "90", Model("90")) is None


@pytest.mark.parametrize("model", [None, Model(None)])
def test_without_a_classifier_or_with_a_broken_one_the_rules_decide_alone(
    our_content: Content, model: Model | None, caplog: pytest.LogCaptureFixture
) -> None:
    flag = read(our_content, NUMB, model)

    assert flag is not None and flag["level"] == "emergency"
    assert read(our_content, CALM, model) is None
    assert "crotch" not in caplog.text and "nice" not in caplog.text


def test_each_sentence_of_a_long_message_is_heard_too(our_content: Content) -> None:
    long = f"{CALM}. the tap would not open. {'and so on and on ' * LONG_WORDS}"
    model = Model("tap")

    read(our_content, long, model)

    assert "the tap would not open." in model.heard[1:]


def test_a_short_message_is_heard_once(our_content: Content) -> None:
    model = Model("tap")

    read(our_content, "nice day. the tap would not open.", model)

    assert len(model.heard) == 1


@pytest.mark.parametrize("text", ["", "a word " * LONG_WORDS, "! ? . " * 50, "\n" * 100])
def test_a_text_without_several_sentences_has_none(text: str) -> None:
    assert list(_sentences(text)) == []
