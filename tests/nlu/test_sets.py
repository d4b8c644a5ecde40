"""The sets of messages: large enough to measure with, and nothing of them stands in the training data.

What is told of a message for evaluation is only its file, because whoever reads it could learn from it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from clinic.content import Content
from clinic.understanding import OUT_OF_SCOPE
from storage.training_files import Example, read_examples
from storage.yaml_file import read_yaml
from tests.running import ROOT

HERE = Path(__file__).parent
EVALUATION = HERE / "evaluation"
BY_TOPIC = ["sciatica", "massage", "sessions_stretches_self_care", "clinic", "assistant_services"]

MESSAGES_EACH = 10
MESSAGES_EACH_TO_DEVELOP_WITH = 6
OUT_OF_SCOPE_MESSAGES = 300
OUT_OF_SCOPE_MESSAGES_THAT_COME_NEAR = 200
FOLLOW_UPS = 60
DOUBLE_QUESTIONS = 60

LONG = 5  # words; from here on a word more or less makes no other message

Words = tuple[str, ...]


def rows(file: Path) -> list[dict]:
    return list(read_yaml(file, file.name))


def too_few(files: Iterable[Path], ids: set[str], least: int) -> dict[str, int]:
    """The ids with fewer messages than that, which count for the first of the answers that are right."""
    count = Counter(row["answers"][0] for file in files for row in rows(file))
    return {one: count[one] for one in sorted(ids) if count[one] < least}


def copies(
    training: Iterable[Example], sets: Mapping[str, Iterable[str]], *, trained_in: str = "data/nlu.yml"
) -> list[str]:
    """Each training sentence that is a message of a set, or nearly one, with the file of the set."""
    same: dict[Words, set[str]] = defaultdict(set)
    near: dict[Words, set[str]] = defaultdict(set)
    for file, messages in sets.items():
        for spoken in map(words, messages):
            same[spoken].add(file)
            for signature in signatures(spoken) if len(spoken) >= LONG else ():
                near[signature].add(file)
    found = []
    for example in training:
        spoken = words(example.text)
        known = same.get(spoken, set())
        alike = set().union(*(near[signature] for signature in signatures(spoken) if signature in near)) - known
        for how, files in {"is": known, "is but for a word": alike}.items():
            found += [
                f"{trained_in}:{example.line}: this {example.intent} sentence {how} a message of {file}: remove it here"
                for file in sorted(files)
            ]
    return found


def words(text: str) -> Words:
    spoken = re.findall(r"\w+", re.sub("['’‘`]", "", text.lower()))
    return tuple(spoken) or (text.strip(),)


def signatures(spoken: Words) -> set[Words]:
    """The words, and what they are without each one of them."""
    return {spoken, *(spoken[:place] + spoken[place + 1 :] for place in range(len(spoken)))}


# ---- Large enough


def test_every_id_that_can_be_asked_for_has_its_messages_for_evaluation(our_content: Content) -> None:
    files = [EVALUATION / f"{name}.yml" for name in BY_TOPIC]

    assert too_few(files, our_content.asked() - {OUT_OF_SCOPE}, MESSAGES_EACH) == {}


def test_every_id_that_can_be_asked_for_has_its_messages_to_develop_with(our_content: Content) -> None:
    assert too_few([HERE / "development.yml"], our_content.asked(), MESSAGES_EACH_TO_DEVELOP_WITH) == {}


def test_many_messages_are_out_of_scope_and_most_of_them_come_near_it() -> None:
    near = [row["kind"] != "far" for row in rows(EVALUATION / "out_of_scope.yml")]

    assert len(near) >= OUT_OF_SCOPE_MESSAGES
    assert sum(near) >= OUT_OF_SCOPE_MESSAGES_THAT_COME_NEAR


def test_there_are_enough_follow_ups() -> None:
    assert len(rows(EVALUATION / "follow_ups.yml")) >= FOLLOW_UPS


def test_there_are_enough_double_questions() -> None:
    kinds = Counter(row["kind"] for row in rows(EVALUATION / "double_questions.yml"))

    assert kinds["double"] >= DOUBLE_QUESTIONS


# ---- Nothing of them is learned


def test_no_message_of_a_set_is_a_training_sentence_or_nearly_one() -> None:
    files = [*EVALUATION.glob("*.yml"), *HERE.glob("development*.yml")]
    sets = {str(file.relative_to(HERE)): [row["text"] for row in rows(file)] for file in files}

    found = copies(read_examples(ROOT / "data" / "nlu.yml"), sets)

    assert not found, "\n".join(found)


# ---- The check itself


def found_in(training: str, message: str) -> list[str]:
    return copies([Example("sleep", training, 7)], {"evaluation/made_up.yml": [message]})


@pytest.mark.parametrize(
    ("training", "message"),
    [
        ("price", "price"),
        ("Don't you sleep?", "dont you  sleep"),
        ("Is it, well: safe", "is it well safe!"),
        ("don’t", "don't"),
        ("👍", " 👍 "),
    ],
)
def test_the_same_words_are_told_however_few(training: str, message: str) -> None:
    (told,) = found_in(training, message)

    assert told == "data/nlu.yml:7: this sleep sentence is a message of evaluation/made_up.yml: remove it here"


@pytest.mark.parametrize(
    "training",
    [
        "on which side should i sleep now",
        "so on which side should i sleep",
        "on which side i sleep",
        "on which side must i sleep",
        "on side which should i sleep",
    ],
)
def test_a_word_more_less_changed_or_moved_is_told(training: str) -> None:
    (told,) = found_in(training, "On which side should I sleep?")

    assert told.startswith("data/nlu.yml:7: this sleep sentence is but for a word a message of evaluation/made_up.yml")


@pytest.mark.parametrize("training", ["on which side must we sleep", "on which side", "i sleep on which side should"])
def test_two_words_make_another_message(training: str) -> None:
    assert found_in(training, "on which side should i sleep") == []


def test_a_word_makes_another_message_of_one_shorter_than_five() -> None:
    assert found_in("which side is best", "which side is good") == []
    assert found_in("which side is best now", "which side is good now") != []


def test_the_message_itself_is_never_told() -> None:
    (told,) = found_in("on which side should i sleep", "on which zebra should i sleep")

    assert "zebra" not in told and "which" not in told


def test_every_sentence_that_is_nearly_the_message_is_told() -> None:
    training = [Example("sleep", f"on which {word} should i sleep", line) for line, word in enumerate("abc")]

    found = copies(training, {"made_up.yml": ["on which side should i sleep"]})

    assert [told.split(":")[1] for told in found] == ["0", "1", "2"]
