"""The preview: one answer as a visitor sees it."""

import sys
from pathlib import Path

import pytest

from clinic.replies import answer_reply
from scripts import preview_answer
from scripts.preview_answer import drawn
from storage.settings import read_settings
from tests.builders import DAY, answer, clinic_answer, content, edit, stretch


def preview(folder: Path, *words: str, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(preview_answer, "settings", lambda: read_settings({"CLINIC_CONTENT": str(folder)}))
    patch.setattr(preview_answer.clock, "today", lambda: DAY)
    patch.setattr(sys, "argv", ["preview_answer", *words])
    preview_answer.main()


def test_all_that_a_visitor_sees_is_drawn() -> None:
    shown = answer("sleep", more="Call {phone}.", stretch="knee_to_chest", see_also=["prices"])
    whole = content(shown, clinic_answer("prices"), stretches={"knee_to_chest": stretch()})

    picture = drawn(answer_reply(whole, "sleep", DAY))

    for seen in ("About sleep?", "Call 780-555-0142.", "2. Hold one knee.", "Made-up Institute", "( About prices? )"):
        assert seen in picture
    assert "not yet reviewed" in picture


def test_the_command_shows_the_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    preview(folder, "sleep", patch=monkeypatch)

    assert "Lie in the way that hurts least." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"), [([], "Which answer"), (["cupping"], "content/answers has no file cupping.yml")]
)
def test_an_answer_that_is_not_there_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    with pytest.raises(SystemExit, match=told):
        preview(folder, *words, patch=monkeypatch)


def test_content_with_a_problem_is_refused_with_its_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(folder / "answers" / "sleep.yml", "How should I sleep?", "7")

    with pytest.raises(SystemExit, match=r"content/answers/sleep\.yml:1: "):
        preview(folder, "sleep", patch=monkeypatch)
