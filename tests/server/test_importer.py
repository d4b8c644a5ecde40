"""The importer: what it derives from the content, and that its sentences are Rasa's messages."""

from copy import deepcopy

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from clinic.content import Content
from nlu.red_flag_detector import RED_FLAG
from server.importer import ClinicImporter, Sentence
from storage.settings import ROOT


def importer() -> ClinicImporter:
    return ClinicImporter(str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")])


def test_each_answer_that_can_be_asked_for_is_learned_by_its_own_question(our_content: Content) -> None:
    learned = {(one.get(INTENT), one.get(TEXT)) for one in importer().get_nlu_data().training_examples}

    assert {(answer, our_content.answers[answer].question) for answer in our_content.asked()} <= learned


def test_what_rasa_asks_for_twice_is_read_once() -> None:
    rasa = importer()

    assert rasa.get_nlu_data() is rasa.get_nlu_data("en")


def test_a_changed_copy_leaves_the_sentence_as_it_was() -> None:
    sentence = Sentence.build("when are you open", intent="opening_hours")
    copied = deepcopy(sentence)
    assert copied == sentence

    copied.set(INTENT, "prices", add_to_output=True)
    assert copied != sentence
    assert (sentence.get(INTENT), sentence.output_properties) == ("opening_hours", {TEXT})


def test_a_sentence_with_more_than_a_text_and_an_intent_is_told_from_one_without() -> None:
    sentence = Sentence.build("when are you open", intent="opening_hours")
    seen = deepcopy(sentence)
    seen.set("tokens", ["when"])

    assert seen != sentence


def test_rasa_merges_sentences_without_losing_or_doubling_one() -> None:
    one, other = Sentence.build("hi", intent="greeting"), Sentence.build("hi", intent="thanks")
    merged = TrainingData([one]).merge(TrainingData([deepcopy(one), other]))

    assert [(message.get(TEXT), message.get(INTENT)) for message in merged.training_examples] == [
        ("hi", "greeting"),
        ("hi", "thanks"),
    ]


def test_a_danger_is_learned_without_an_intent() -> None:
    data = importer().get_nlu_data()

    dangers = [sentence for sentence in data.training_examples if sentence.get(RED_FLAG)]

    assert {sentence.get(RED_FLAG) for sentence in dangers} > {"cannot_pee", "suicidal_thoughts", "none"}
    assert not any(sentence.get(INTENT) for sentence in dangers)
    assert not data.has_e2e_examples()


def test_two_dangers_of_the_same_words_are_told_apart() -> None:
    one, other = Sentence({TEXT: "numb", RED_FLAG: "numb_bottom"}), Sentence({TEXT: "numb", RED_FLAG: "none"})

    assert one.fingerprint() != other.fingerprint()
