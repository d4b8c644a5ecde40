"""The suggestions as another process makes them."""

from pathlib import Path

import pytest

from server import suggestion_index
from server.suggestion_index import prepared
from tests.builders import clinic_answer, content

OTHERS = [clinic_answer(name) for name in ("tipping", "privacy", "contact")]
CONTENT = content(clinic_answer("prices", question="What does a massage cost?"), *OTHERS)


def test_they_know_the_words_of_the_sentences() -> None:
    assert prepared().best("how much money", CONTENT)[0].id == "prices"


def test_when_they_cannot_be_made_the_titles_are_left_and_the_log_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(suggestion_index, "ROOT", tmp_path)

    suggestions = prepared()

    assert suggestions.best("how much money", CONTENT) == []
    assert [one.id for one in suggestions.best("cost", CONTENT)] == ["prices"]
    assert "the sentences could not be read" in caplog.text
