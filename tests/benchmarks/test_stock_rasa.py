"""What a stock Rasa is trained from, and what it says to each intent."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from benchmarks import stock_rasa
from benchmarks.contender import Contender
from benchmarks.stock_rasa import SUGGESTED_CONFIG, remembering, suggested_config, was_remembered, write_project
from tests.builders import clinic_answer, content, write_sentences

SUGGESTED = """\
assistant_id: placeholder_default
pipeline:
  - name: DIETClassifier
    epochs: 100
  - name: FallbackClassifier
    threshold: 0.3
policies:
  - name: TEDPolicy
    epochs: 100
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Of a clinic that can be asked for its prices, and that hears a yes inside a booking."""
    sentences = write_sentences(tmp_path / "nlu.yml", prices=["how much", "what price"], affirm=["yes"])
    write_project(tmp_path / "stock", sentences, content(clinic_answer("prices")), SUGGESTED)
    return tmp_path / "stock"


def read(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


def said(project: Path, intent: str) -> str:
    """Follows the rule of an intent to what is said."""
    steps = {one["steps"][0]["intent"]: one["steps"][1]["action"] for one in read(project / "data/rules.yml")["rules"]}
    (response,) = read(project / "domain.yml")["responses"][steps[intent]]
    return str(response["text"])


@pytest.mark.parametrize(
    ("intent", "answer"), [("prices", "prices"), ("affirm", "clarify"), ("nlu_fallback", "not_understood")]
)
def test_each_intent_is_answered_as_the_assistant_answers_it(project: Path, intent: str, answer: str) -> None:
    assert said(project, intent) == answer


def test_it_learns_the_sentences_and_each_answers_own_question(project: Path) -> None:
    learned = {one["intent"]: one["examples"] for one in read(project / "data" / "questions.yml")["nlu"]}

    assert (project / "data" / "nlu.yml").read_text() == (project.parent / "nlu.yml").read_text()
    assert learned["prices"] == "- About prices?\n"
    assert "affirm" not in learned


def test_every_intent_it_learns_is_in_its_domain(project: Path) -> None:
    learned = [one["intent"] for file in ("nlu", "questions") for one in read(project / f"data/{file}.yml")["nlu"]]

    assert set(learned) == set(read(project / "domain.yml")["intents"])


@pytest.mark.parametrize("epochs", [2, 100])
def test_only_the_epochs_of_what_rasa_suggests_are_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epochs: int
) -> None:
    file = tmp_path / "lib" / "python3.10" / "site-packages" / SUGGESTED_CONFIG
    file.parent.mkdir(parents=True)
    file.write_text(SUGGESTED)
    monkeypatch.setattr(stock_rasa, "HOME", tmp_path)

    config = suggested_config(epochs=epochs)

    assert re.findall(r"epochs: (\d+)", config) == [str(epochs)] * 2
    assert config.replace(f"epochs: {epochs}", "epochs: 100") == SUGGESTED.replace("placeholder_default", "stock-rasa")


def test_what_it_learned_is_remembered_beside_its_packages_and_the_rest_stays() -> None:
    stock = Contender("stock", "", Path(), {"PATH": "/bin"}, [], [], lambda: pytest.fail(), Path(), 0, 0)

    environment = remembering(stock).environment

    assert environment == {"PATH": "/bin", "RASA_CACHE_DIRECTORY": str(stock_rasa.HOME / "cache")}
    assert stock.environment == {"PATH": "/bin"}


@pytest.mark.parametrize(
    ("line", "remembered"),
    [
        ("INFO  rasa.engine.training.hooks  - Restored component 'DIETClassifier' from cache.", True),
        ("INFO  rasa.engine.training.hooks  - Restored component 'RegexFeaturizer' from cache.", False),
        ("INFO  rasa.engine.training.hooks  - Starting to train component 'DIETClassifier'.", False),
    ],
)
def test_a_training_says_whether_its_classifier_was_remembered(tmp_path: Path, line: str, remembered: bool) -> None:
    log = tmp_path / "train.log"
    log.write_bytes(b"\xff\n" + line.encode())

    assert was_remembered(log) is remembered
