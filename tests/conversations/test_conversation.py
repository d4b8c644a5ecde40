"""Conversations: what is wrong in a file is told so that whoever wrote it can correct it."""

from pathlib import Path

import pytest

from tests.conversations.conversation import conversations_in

GOOD = """
- name: A visitor asks what it costs
  steps:
    - visitor: what does it cost?
      assistant: [{answer: prices, says: 60 minute}]
    - then:
        call_backs: []
"""


def write(folder: Path, text: str, file: str = "questions.yml") -> Path:
    (folder / file).write_text(text, encoding="utf-8")
    return folder


def test_a_conversation_is_read_with_its_steps(tmp_path: Path) -> None:
    (conversation,) = conversations_in(write(tmp_path, GOOD))

    assert conversation.name == "A visitor asks what it costs"
    assert [step.visitor for step in conversation.steps] == ["what does it cost?", None]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("assistant", "asistant", "steps > number 1 > asistant: is not a key known here; correct its name"),
        ("says", "sais", "steps > number 1 > assistant > number 1 > sais: is not a key known here; correct its name"),
        ("call_backs", "callbacks", "steps > number 2 > then > callbacks: is not a key known here; correct its name"),
        ("steps", "step", "step: is not a key known here; correct its name"),
        ("- name: A visitor asks what it costs\n ", "-", "name: is missing; add it"),
        ("answer: prices, ", "", "steps > number 1 > assistant > number 1 > answer: is missing; add it"),
        ("visitor: what does it cost?\n      ", "", "steps > number 1: must be `visitor` or `press` together with"),
        ("- then:\n        call_backs: []", "- press: Yes", "steps > number 2: must be `visitor` or `press` together"),
    ],
)
def test_a_mistake_is_told_with_file_conversation_and_step(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    folder = write(tmp_path, GOOD.replace(right, wrong, 1))

    with pytest.raises(ValueError) as refused:
        conversations_in(folder)

    assert str(refused.value).startswith("questions.yml, '")
    assert told in str(refused.value)


def test_two_conversations_of_one_name_are_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "again.yml")

    with pytest.raises(ValueError, match="questions.yml: there are two conversations named 'A visitor asks"):
        conversations_in(write(tmp_path, GOOD))


@pytest.mark.parametrize("text", ["", "name: A visitor asks", "- hello"])
def test_a_file_that_is_no_list_of_conversations_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="questions.yml: must be a list of conversations"):
        conversations_in(write(tmp_path, text))
