"""Training sentences: what is wrong with them, with file and line, and how a new intent is added."""

from collections import Counter
from pathlib import Path

import pytest

from clinic.content import Content
from clinic.errors import ContentError
from storage.settings import ROOT
from storage.training_files import (
    HARMLESS,
    Example,
    add_intent,
    danger_problems_in,
    problems_in,
    read_dangers,
    read_examples,
    read_sentences,
)
from storage.yaml_file import read_yaml
from tests.builders import edit, sentences_about, write_dangers, write_sentences


@pytest.fixture
def nlu(tmp_path: Path) -> Path:
    """Twenty sentences each about sleep (lines 5 to 24) and prices (lines 27 to 46)."""
    return write_sentences(tmp_path / "data" / "nlu.yml", sleep=sentences_about("sleep"), prices=sentences_about("it"))


def problems(nlu: Path) -> list[str]:
    return problems_in(nlu, {"sleep"}, {"prices"})


def test_sentences_are_read_with_their_intent_and_line(nlu: Path) -> None:
    examples = read_examples(nlu)

    assert len(examples) == 40
    assert examples[0] == Example("sleep", "sentence 1 about sleep", 5)
    assert examples[20] == Example("prices", "sentence 1 about it", 27)


def test_a_comment_or_an_empty_line_does_not_shift_the_lines(nlu: Path) -> None:
    edit(nlu, "nlu:\n", "# Sentences\n\nnlu:\n")
    edit(nlu, "      - sentence 1 about sleep\n", "      - sentence 1 about sleep\n\n")

    examples = read_examples(nlu)

    assert (examples[0].line, examples[1].line, examples[20].line) == (7, 9, 30)


def test_an_empty_file_has_no_sentences(tmp_path: Path) -> None:
    (tmp_path / "nlu.yml").write_text("")

    assert read_examples(tmp_path / "nlu.yml") == []
    assert list(read_sentences(tmp_path / "nlu.yml")) == []


def test_sentences_are_read_without_lines_too() -> None:
    ours = ROOT / "data" / "nlu.yml"

    assert list(read_sentences(ours)) == [(one.intent, one.text) for one in read_examples(ours)]


def test_sentences_of_another_layout_are_refused(tmp_path: Path) -> None:
    (tmp_path / "nlu.yml").write_text("nlu:\n  - sleep\n")

    with pytest.raises(ContentError, match="write `intent: its_name`"):
        list(read_sentences(tmp_path / "nlu.yml"))


def test_enough_different_sentences_are_no_problem(nlu: Path) -> None:
    assert problems(nlu) == []


def test_an_intent_with_too_few_sentences_is_told_with_its_line(nlu: Path) -> None:
    edit(nlu, "      - sentence 20 about sleep\n", "")

    assert problems(nlu) == ["data/nlu.yml:5: sleep has 19 examples: write at least 20"]


def test_an_answer_without_any_sentence_is_told(nlu: Path) -> None:
    told = problems_in(nlu, {"sleep", "cupping"}, {"prices"})

    assert told == ["data/nlu.yml: cupping has 0 examples: write at least 20"]


@pytest.mark.parametrize("again", ["sentence 3 about sleep", "Sentence 3, about sleep!", "  sentence 3 about  sleep"])
def test_a_sentence_that_stands_there_twice_is_told_with_both_lines(nlu: Path, again: str) -> None:
    edit(nlu, "sentence 5 about it", again)

    assert problems(nlu) == [f"data/nlu.yml:31: '{again.strip()}' stands in line 7 too: keep it once"]


def test_an_intent_without_an_answer_is_told(nlu: Path) -> None:
    edit(nlu, "intent: sleep", "intent: sleeep")

    told = problems(nlu)

    assert "data/nlu.yml:5: sleeep has no answer: add content/answers/sleeep.yml" in told


@pytest.mark.parametrize("sentence", ["-", "- /sleep", "- "])
def test_a_sentence_that_nobody_would_type_is_told(nlu: Path, sentence: str) -> None:
    edit(nlu, "- sentence 5 about it", sentence)

    (told,) = problems(nlu)

    assert told.startswith("data/nlu.yml:31: ")
    assert "write it as a visitor would" in told


def test_a_sentence_without_its_dash_is_told(nlu: Path) -> None:
    edit(nlu, "- sentence 5 about it", "sentence 5 about it")

    told = problems(nlu)

    assert "data/nlu.yml:31: 'sentence 5 about it' has no dash before it: put '- ' there" in told


def test_a_sentence_that_nobody_wrote_yet_is_told(nlu: Path) -> None:
    edit(nlu, "- sentence 5 about it", "- WRITE sentence 5 about it")

    (told,) = problems(nlu)

    assert told.startswith("data/nlu.yml:31: ")
    assert "WRITE" in told


def test_several_problems_are_told_at_once(nlu: Path) -> None:
    edit(nlu, "- sentence 5 about it", "- /prices")
    edit(nlu, "- sentence 6 about it", "- sentence 6 about sleep")

    assert [sentence.split(": ")[0] for sentence in problems(nlu)] == ["data/nlu.yml:31", "data/nlu.yml:32"]


def test_a_broken_file_is_told_with_its_line(nlu: Path) -> None:
    edit(nlu, "  - intent: prices", "   - intent: prices")

    with pytest.raises(ContentError, match=r"data/nlu\.yml:25: this is not YAML"):
        problems(nlu)


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [("    examples: |\n      - sentence 1 about it", "    example: |\n      - sentence 1 about it", 25)]
    + [("  - intent: prices", "  - intnet: prices", 25), ("  - intent: prices", "  - intent: 7", 25)]
    + [("    examples: |\n      - sentence 1 about it", "    examples:\n      - sentence 1 about it", 25)],
    ids=["example", "intnet", "a number", "a list"],
)
def test_a_group_without_an_intent_or_its_sentences_is_told_with_its_line(
    nlu: Path, old: str, new: str, at: int
) -> None:
    edit(nlu, old, new)

    with pytest.raises(ContentError, match=rf"data/nlu\.yml:{at}: .*intent.*examples"):
        problems(nlu)


# ---- A new intent


def test_a_new_intent_is_added_and_every_other_line_left_as_it_was(nlu: Path) -> None:
    nlu.write_text("\n# Ours\n" + nlu.read_text())
    before = nlu.read_text()

    add_intent(nlu, "cupping", ["first about cupping", "second about cupping"])

    after = nlu.read_text()
    assert after.startswith(before)
    assert after.count("cupping") == 3
    assert [one.text for one in read_examples(nlu)[-2:]] == ["first about cupping", "second about cupping"]
    assert read_examples(nlu)[-1].intent == "cupping"


def test_a_new_intent_can_be_added_to_a_file_without_a_last_line_end(nlu: Path) -> None:
    nlu.write_text(nlu.read_text().rstrip("\n"))

    add_intent(nlu, "cupping", ["first about cupping"])

    assert len(read_examples(nlu)) == 41


# ---- Our own


def test_our_sentences_have_no_problems(our_content: Content) -> None:
    said_in_forms = read_yaml(ROOT / "domain.yml", "domain.yml")["intents"]

    told = problems_in(ROOT / "data" / "nlu.yml", our_content.asked(), said_in_forms)

    assert told == []


def test_an_example_stands_on_the_line_that_is_told() -> None:
    lines = (ROOT / "data" / "nlu.yml").read_text(encoding="utf-8").splitlines()

    examples = read_examples(ROOT / "data" / "nlu.yml")

    assert all(lines[one.line - 1].strip() == f"- {one.text}" for one in examples)


# ---- Dangers


@pytest.fixture
def dangers(tmp_path: Path) -> Path:
    """Twenty sentences each that show numb_bottom, none_denied and none."""
    shown = {"numb_bottom": "a numb bottom", "none_denied": "no numbness", "none": "the weather"}
    groups = {danger: sentences_about(about) for danger, about in shown.items()}
    return write_dangers(tmp_path / "data" / "dangers.yml", **groups)


def test_each_danger_sentence_is_read_with_the_red_flag_it_shows(dangers: Path) -> None:
    read = list(read_dangers(dangers))

    assert read[0] == ("numb_bottom", "sentence 1 about a numb bottom")
    assert Counter(shown for shown, _ in read) == {"numb_bottom": 20, HARMLESS: 40}


def test_dangers_in_order_are_no_problem(dangers: Path) -> None:
    assert danger_problems_in(dangers, {"numb_bottom"}) == []


def test_a_red_flag_without_sentences_is_told(dangers: Path) -> None:
    told = danger_problems_in(dangers, {"numb_bottom", "swollen_calf"})

    assert told == ["data/dangers.yml: swollen_calf has 0 examples: write at least 20"]


def test_a_red_flag_that_nobody_knows_is_told_with_its_line(dangers: Path) -> None:
    edit(dangers, "danger: none_denied", "danger: nun_denied")

    told = danger_problems_in(dangers, {"numb_bottom"})

    assert told[0].startswith(
        "data/dangers.yml:26: there is no red flag nun_denied: write an id of content/red_flags.yml"
    )


def test_dangers_of_another_layout_are_refused(dangers: Path) -> None:
    dangers.write_text("dangers:\n  - intent: sleep\n    examples: |\n      - a\n")

    with pytest.raises(ContentError, match="write `danger: its_name`"):
        list(read_dangers(dangers))
