"""Drawing few messages of each intent from a public data set: the same for a seed, and never less than asked."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.labelled import Labelled, draw, read_labelled
from clinic.errors import ClinicError

MESSAGES = [Labelled(f"{number} about {intent}", intent) for number in range(20) for intent in ("pin", "card")]


def csv(tmp_path: Path, content: str) -> Path:
    file = tmp_path / "messages.csv"
    file.write_text(content, encoding="utf-8")
    return file


# ---- Drawing


def test_as_many_different_messages_of_each_intent_are_drawn_as_asked() -> None:
    drawn = draw(MESSAGES, of_each=5, seed=1)

    assert Counter(one.intent for one in drawn) == {"card": 5, "pin": 5}
    assert len(set(drawn)) == 10
    assert set(drawn) <= set(MESSAGES)


def test_a_seed_draws_the_same_again_and_another_seed_draws_others() -> None:
    drawn = draw(MESSAGES, of_each=5, seed=1)

    assert draw(MESSAGES, of_each=5, seed=1) == drawn
    assert draw(MESSAGES, of_each=5, seed=2) != drawn


def test_a_message_that_stands_there_twice_is_drawn_once() -> None:
    drawn = draw([*MESSAGES, *MESSAGES], of_each=20, seed=1)

    assert sorted(drawn) == sorted(MESSAGES)


def test_an_intent_with_too_few_messages_is_refused_with_both_numbers() -> None:
    with pytest.raises(ClinicError, match="card has 20 messages, 21 were to be drawn"):
        draw(MESSAGES, of_each=21, seed=1)


# ---- Reading


def test_messages_are_read_in_the_order_of_the_file_each_in_one_line(tmp_path: Path) -> None:
    file = csv(tmp_path, 'text,category\n"\nWhere is my card,\nplease?",card\nMy pin,pin\n')

    assert read_labelled(file) == [Labelled("Where is my card, please?", "card"), Labelled("My pin", "pin")]


@pytest.mark.parametrize("content", ["", "text,category\n", "text,label\nMy pin,pin\n"])
def test_a_file_of_another_layout_is_refused_with_the_columns_it_needs(tmp_path: Path, content: str) -> None:
    with pytest.raises(ClinicError, match="columns text and category"):
        read_labelled(csv(tmp_path, content))


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ClinicError, match=r"nowhere\.csv could not be read"):
        read_labelled(tmp_path / "nowhere.csv")
