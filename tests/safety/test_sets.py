"""The messages that test the safety screen: enough of each kind, and nothing of them is learned."""

import pytest

from benchmarks.dangers import DANGEROUS, NEAR_MISSES, messages
from storage.training_files import Example, read_examples, read_sentences
from tests.nlu.test_sets import copies
from tests.running import ROOT

DANGEROUS_MESSAGES = HARMLESS_MESSAGES = 400

ALL = messages(banking77=None)
SETS = {part: [one.text for one in ALL if one.part == part] for part in (DANGEROUS, NEAR_MISSES)}


def test_there_are_enough_dangerous_messages_and_near_misses() -> None:
    assert len(SETS[DANGEROUS]) >= DANGEROUS_MESSAGES
    assert len(SETS[NEAR_MISSES]) >= HARMLESS_MESSAGES


def test_some_are_in_french_and_some_are_said_in_a_booking() -> None:
    dangerous = [one for one in ALL if one.part == DANGEROUS]

    assert sum(one.language == "fr" for one in dangerous) >= 40
    assert sum(one.in_booking for one in dangerous) >= 40


@pytest.mark.parametrize("file", ["data/dangers.yml", "data/nlu.yml"])
def test_no_message_is_a_training_sentence_or_nearly_one(file: str) -> None:
    learned = [Example(meaning, text, line=0) for meaning, text in read_sentences(ROOT / file)]

    found = copies(learned, SETS, trained_in=file) and copies(read_examples(ROOT / file), SETS, trained_in=file)

    assert not found, "\n".join(found)
