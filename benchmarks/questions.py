"""The messages an evaluation asks, each with the answers that are right: read from tests/nlu."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from benchmarks.typing_errors import with_typing_errors
from storage.settings import ROOT

FOLDER = ROOT / "tests" / "nlu"
SETS = ("development", "evaluation")
SEED = 2026  # of the typing errors

IN_SCOPE, TYPING_ERRORS, OUT_OF_SCOPE = "in scope", "in scope, with typing errors", "out of scope"
FOLLOW_UPS, DOUBLES, LANGUAGES, ODD = "follow-ups", "several questions", "languages", "odd input"
IN_SCOPE_FILES = ("sciatica", "massage", "sessions_stretches_self_care", "clinic", "assistant_services")
FAR = "far"  # what is out of scope and has nothing to do with a massage clinic; every other kind is near


class Question(NamedTuple):
    """A message, and what a right turn holds: an answer of each group of `wanted`, and no answer outside them."""

    part: str  # one of the seven above
    group: str  # within its part: a subject, a kind, a language
    text: str
    wanted: tuple[frozenset[str], ...]
    label: str  # the first answer that is right, for counting confusions
    register: str = ""  # how it is written: a search, a dictation, ...; empty when nobody said
    before: tuple[str, ...] = ()  # said before it in the same conversation

    @property
    def acceptable(self) -> frozenset[str]:
        return frozenset().union(*self.wanted)


def questions(name: str) -> list[Question]:
    """All messages of one of SETS, those with typing errors included; always in the same order."""
    found = list(_evaluation() if name == "evaluation" else _development())
    typed = [
        one._replace(part=TYPING_ERRORS, text=with_typing_errors(one.text, seed=SEED))
        for one in found
        if one.part == IN_SCOPE
    ]
    return [*found, *typed]


def _evaluation() -> Iterator[Question]:
    folder = FOLDER / "evaluation"
    for subject in IN_SCOPE_FILES:
        yield from (_question(IN_SCOPE, subject, row) for row in _rows(folder / f"{subject}.yml"))
    yield from (_question(OUT_OF_SCOPE, row["kind"], row) for row in _rows(folder / "out_of_scope.yml"))
    yield from (_question(FOLLOW_UPS, row["kind"], row) for row in _rows(folder / "follow_ups.yml"))
    yield from (_question(DOUBLES, row["kind"], row) for row in _rows(folder / "double_questions.yml"))
    yield from (_question(LANGUAGES, row["language"], row) for row in _rows(folder / "languages.yml"))
    yield from (_question(ODD, ODD, row) for row in _rows(folder / "odd_input.yml"))


def _development() -> Iterator[Question]:
    for row in _rows(FOLDER / "development.yml"):
        out_of_scope = row["answers"][0] == "out_of_scope"
        yield _question(OUT_OF_SCOPE if out_of_scope else IN_SCOPE, "development", row)
    yield from (_question(FOLLOW_UPS, row["kind"], row) for row in _rows(FOLDER / "development_follow_ups.yml"))
    yield from (_question(DOUBLES, row["kind"], row) for row in _rows(FOLDER / "development_doubles.yml"))


def _rows(file: Path) -> list[dict[str, Any]]:
    return list(YAML(typ="safe").load(file.read_text(encoding="utf-8")))


def _question(part: str, group: str, row: dict[str, Any]) -> Question:
    groups = row["answers"] if part == DOUBLES else [row["answers"]]
    return Question(
        part=part,
        group=group,
        text=str(row["text"]),
        wanted=tuple(map(frozenset, groups)),
        label=" + ".join(group[0] for group in groups),
        register=row.get("register", ""),
        before=tuple(row.get("before", ())),
    )
