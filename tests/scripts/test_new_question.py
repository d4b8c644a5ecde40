"""Starting a new question: both places are made, nothing else is touched, and no placeholder is ever published."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from clinic.errors import ContentError
from scripts import check_content, new_question
from storage.content_files import ContentReader
from storage.settings import read_settings
from storage.training_files import read_examples
from tests.builders import DAY, edit, sentences_about, write_dangers, write_sentences

Start = Callable[..., None]

FILLED_IN = {
    "question: WRITE the question as a visitor would ask it, at most 60 characters": "question: What is cupping?",
    "  WRITE the answer itself first, in one to four short sentences.": "  Cups are put on the skin.",
    "  WRITE what else helps, or delete these two lines.": "  They may leave marks for some days.",
    "title: WRITE the title of the page": "title: Cupping",
    "publisher: WRITE whose page it is": "publisher: Made-up Institute",
    "url: https://WRITE-the-address": "url: https://example.org/cupping",
    "by: WRITE your name": "by: the project team",
}


@pytest.fixture
def project(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project: content, training sentences and a domain, all in order."""
    root = folder.parent
    asked = {name: sentences_about(name) for name in ("sleep", "prices", "stop")}
    write_sentences(root / "data" / "nlu.yml", **asked)
    write_dangers(root / "data" / "dangers.yml", **{name: sentences_about(name) for name in ("numb_foot", "none")})
    (root / "domain.yml").write_text("intents: [stop]\n")
    settings = read_settings({"CLINIC_CONTENT": str(folder), "CLINIC_DATA": str(root / "var")})
    for script in (new_question, check_content):
        monkeypatch.setattr(script, "ROOT", root)
        monkeypatch.setattr(script, "settings", lambda: settings)
        monkeypatch.setattr(script.clock, "today", lambda: DAY)
    return root


@pytest.fixture
def start(project: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Runs `scripts/new` with these words."""

    def run(*words: str) -> None:
        monkeypatch.setattr(sys, "argv", ["new_question", *words])
        new_question.main()

    return run


def answer_file(project: Path) -> Path:
    return project / "content" / "answers" / "cupping.yml"


def sentences(project: Path) -> Path:
    return project / "data" / "nlu.yml"


def fill_in(project: Path, *, but: str = "") -> None:
    """Fills in every placeholder of the new answer but one."""
    for placeholder, text in FILLED_IN.items():
        if placeholder != but:
            edit(answer_file(project), placeholder, text)


def check(project: Path) -> str:
    """What the checker says when it refuses; empty when all is in order."""
    try:
        check_content.main()
    except SystemExit as refused:
        return str(refused.code)
    return ""


def test_a_new_question_begins_in_both_places(project: Path, start: Start) -> None:
    start("cupping")

    assert answer_file(project).is_file()
    assert len([one for one in read_examples(sentences(project)) if one.intent == "cupping"]) == 20


def test_every_other_line_stays_as_it_was(project: Path, start: Start) -> None:
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}

    start("cupping")

    after = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    assert set(after) - set(before) == {answer_file(project)}
    assert {file for file in before if after[file] != before[file]} == {sentences(project)}
    assert after[sentences(project)].startswith(before[sentences(project)])


def test_the_new_answer_is_a_draft_of_today(project: Path, start: Start) -> None:
    start("cupping")

    text = answer_file(project).read_text()
    assert "state: drafted" in text
    assert f"on: {DAY}" in text


def test_who_starts_is_told_where_to_go_on(project: Path, start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    start("cupping")

    told = capsys.readouterr().out
    assert str(answer_file(project)) in told
    assert str(sentences(project)) in told


@pytest.mark.parametrize("words", [[], ["Cupping"], ["cup ping"], ["2cups"], ["../cupping"], [""], ["cup", "ping"]])
def test_a_bad_name_is_refused_and_nothing_is_made(project: Path, start: Start, words: list[str]) -> None:
    before = sorted(project.rglob("*"))

    with pytest.raises(SystemExit, match="small letters and underscores"):
        start(*words)

    assert sorted(project.rglob("*")) == before


def test_the_name_of_an_answer_is_refused_and_the_answer_kept(project: Path, start: Start) -> None:
    answer, before = project / "content" / "answers" / "sleep.yml", sentences(project).read_bytes()
    kept = answer.read_bytes()

    with pytest.raises(SystemExit, match="exists already"):
        start("sleep")

    assert answer.read_bytes() == kept
    assert sentences(project).read_bytes() == before


def test_the_name_of_other_sentences_is_refused_and_nothing_is_made(project: Path, start: Start) -> None:
    before = sentences(project).read_bytes()

    with pytest.raises(SystemExit, match="stop"):
        start("stop")

    assert not (project / "content" / "answers" / "stop.yml").exists()
    assert sentences(project).read_bytes() == before


# ---- The checker


def test_a_project_in_order_passes_the_check(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused = check(project)

    assert refused == ""
    assert "The content is in order: 10 answers, 1 stretches." in capsys.readouterr().out


def test_an_untouched_new_question_is_refused(project: Path, start: Start) -> None:
    start("cupping")

    refused = check(project)

    assert "content/answers/cupping.yml:1: question: " in refused
    assert refused.splitlines()[-1].endswith("problems in the content.")


def test_what_is_filled_in_are_all_the_placeholders_there_are(project: Path, start: Start) -> None:
    start("cupping")

    assert answer_file(project).read_text().count("WRITE") == len(FILLED_IN)


@pytest.mark.parametrize("placeholder", FILLED_IN)
def test_any_placeholder_left_in_the_answer_is_refused_with_its_line(
    project: Path, start: Start, placeholder: str
) -> None:
    start("cupping")
    fill_in(project, but=placeholder)
    answer = answer_file(project)
    at = next(number for number, line in enumerate(answer.read_text().splitlines(), 1) if "WRITE" in line)
    is_below_its_key = placeholder.startswith("  ")

    with pytest.raises(ContentError) as refused:
        ContentReader(project / "content").read(DAY)

    assert [sentence.split(": ")[0] for sentence in refused.value.problems] == [
        f"content/answers/cupping.yml:{at - 1 if is_below_its_key else at}"
    ]


def test_a_short_placeholder_is_refused_too(project: Path, start: Start) -> None:
    start("cupping")
    fill_in(project)
    edit(answer_file(project), "question: What is cupping?", "question: WRITE it")

    assert "content/answers/cupping.yml:1: question: still says 'WRITE ...'" in check(project)


def test_every_sentence_left_as_a_placeholder_is_refused_with_its_line(project: Path, start: Start) -> None:
    start("cupping")
    fill_in(project)

    refused = check(project)

    lines = sentences(project).read_text().splitlines()
    placeholders = [number for number, line in enumerate(lines, 1) if "WRITE" in line]
    assert len(placeholders) == 20
    assert re.findall(r"data/nlu\.yml:(\d+): ", refused) == [str(number) for number in placeholders]


def test_a_new_question_that_is_filled_in_passes_the_check(project: Path, start: Start) -> None:
    start("cupping")
    fill_in(project)
    nlu = sentences(project)
    nlu.write_text(nlu.read_text().replace("WRITE sentence", "question"))

    assert check(project) == ""


def test_problems_of_the_sentences_are_told_with_file_and_line(project: Path) -> None:
    edit(sentences(project), "- sentence 2 about sleep", "- sentence 1 about sleep")

    refused = check(project)

    assert refused.splitlines() == [
        "data/nlu.yml:6: 'sentence 1 about sleep' stands in line 5 too: keep it once",
        "1 problems in the training sentences.",
    ]


def test_an_overdue_review_is_told_and_passes_the_check(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(project / "content" / "answers" / "sleep.yml", "on: 2026-11-22", "on: 2026-01-22")
    edit(project / "content" / "answers" / "sleep.yml", "next: 2027-05-22", "next: 2026-11-21")

    refused = check(project)

    assert refused == ""
    assert "the review was due on 2026-11-21 (only a warning)" in capsys.readouterr().out
