"""A stock Rasa: its own virtual environment with TensorFlow, Rasa's suggested configuration, our sentences.

It refuses what its FallbackClassifier is not sure of, with Rasa's thresholds, and what it takes for `out_of_scope`.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import requests
from ruamel.yaml import YAML

from benchmarks.contender import Contender, Say
from benchmarks.judgement import ASKED_BACK
from benchmarks.processes import environment, free_port
from benchmarks.sizes import installed_bytes, site_packages
from clinic.content import Content
from clinic.errors import ClinicError
from storage import clock
from storage.content_files import ContentReader
from storage.settings import ROOT, settings
from storage.training_files import read_examples

HOME = ROOT / "var" / "stock-rasa"
UV = ROOT / "var" / "tools" / "bin" / "uv"
REQUIREMENTS = ["rasa==3.6.21", "setuptools<81"]  # Rasa imports pkg_resources, which newer ones lack.
SUGGESTED_CONFIG = "rasa/engine/recipes/config_files/default_config.yml"
EPOCHS = 100  # what it suggests
QUICK_EPOCHS = 2
UNSURE = "nlu_fallback"  # what its FallbackClassifier gives to a message it is not sure of
TURN_TIMEOUT_SECONDS = 60


def stock_rasa(scratch: Path, *, epochs: int) -> Contender:
    """Installs it if needed, and writes its project into `scratch`."""
    install()
    project, port = scratch / "stock", free_port()
    content = ContentReader(settings().content).read(clock.today())
    write_project(project, ROOT / "data" / "nlu.yml", content, suggested_config(epochs=epochs))
    rasa = [str(HOME / "bin" / "python"), "-m", "rasa"]
    address = f"http://127.0.0.1:{port}"
    return Contender(
        name="stock Rasa",
        address=address,
        folder=project,
        environment=environment(),
        train=[*rasa, "train"],
        serve=[*rasa, "run", "--interface", "127.0.0.1", "--port", str(port)],
        conversation=lambda: conversation(address),
        models=project / "models",
        other_model_bytes=0,
        packages_bytes=installed_bytes(site_packages(HOME)),
    )


def install() -> None:
    """Makes var/stock-rasa: 2.5 GB, once. Raises ClinicError when that fails."""
    stamp = HOME / "installed"
    if stamp.exists() and stamp.read_text() == "\n".join(REQUIREMENTS):
        return
    print("Installing a stock Rasa into var/stock-rasa ...", flush=True)
    python = os.path.realpath(sys.executable)  # the Python 3.10 that .venv was made from
    try:
        subprocess.run([UV, "venv", "-q", "--clear", "--python", python, HOME], check=True)
        subprocess.run([UV, "pip", "install", "-q", "--python", HOME / "bin" / "python", *REQUIREMENTS], check=True)
    except subprocess.CalledProcessError:
        raise ClinicError("The stock Rasa could not be installed; what uv printed above says why.") from None
    stamp.write_text("\n".join(REQUIREMENTS))


def write_project(folder: Path, sentences: Path, content: Content, config: str) -> None:
    """What the assistant learns from: the sentences, and each answer's own question. One response for each intent,
    which names the answer; one rule that gives it."""
    (folder / "data").mkdir(parents=True)
    shutil.copy(sentences, folder / "data" / "nlu.yml")
    answers = _answers({example.intent for example in read_examples(sentences)}, content)
    _write(folder / "data" / "questions.yml", {"version": "3.1", "nlu": _own_questions(content)})
    _write(folder / "data" / "rules.yml", {"version": "3.1", "rules": [_rule(one) for one in answers]})
    _write(folder / "domain.yml", _domain(answers))
    _write(folder / "credentials.yml", {"rest": {}})
    (folder / "config.yml").write_text(config)


def _answers(intents: set[str], content: Content) -> dict[str, str]:
    """By intent. What has a meaning only inside a booking is asked back, as data/rules.yml says for the assistant."""
    asked = content.asked()
    found = {intent: intent if intent in asked else ASKED_BACK for intent in sorted(intents | asked)}
    return {**found, UNSURE: "not_understood"}


def _own_questions(content: Content) -> list[dict[str, str]]:
    """As server/importer.py adds them for the assistant."""
    return [{"intent": one, "examples": f"- {content.answers[one].question}\n"} for one in sorted(content.asked())]


def _rule(intent: str) -> dict[str, object]:
    return {"rule": f"Answer {intent}", "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]}


def _domain(answers: dict[str, str]) -> dict[str, object]:
    responses = {f"utter_{intent}": [{"text": answer}] for intent, answer in answers.items()}
    return {"version": "3.1", "intents": [one for one in answers if one != UNSURE], "responses": responses}


def suggested_config(*, epochs: int) -> str:
    """What Rasa itself takes when a project says nothing else, trained for so long."""
    suggested = (site_packages(HOME) / SUGGESTED_CONFIG).read_text().replace("placeholder_default", "stock-rasa")
    return re.sub(r"epochs: \d+", f"epochs: {epochs}", suggested)


def _write(file: Path, content: dict[str, object]) -> None:
    YAML().dump(content, file)


def remembering(stock: Contender) -> Contender:
    """It, but what was trained from the same sentences for as many epochs is taken from var/stock-rasa/cache."""
    return stock._replace(environment={**stock.environment, "RASA_CACHE_DIRECTORY": str(HOME / "cache")})


def was_remembered(log: Path) -> bool:
    """Whether the training that wrote this log took its classifier from there."""
    return "Restored component 'DIETClassifier' from cache" in log.read_text(errors="replace")


@contextmanager
def conversation(address: str) -> Iterator[Say]:
    with chat(address) as turn:
        yield lambda text: len(turn(text))


@contextmanager
def chat(address: str) -> Iterator[Callable[[str], list[str]]]:
    """A new conversation: takes a message, returns the ids of the answers."""
    sender = str(uuid4())
    with requests.Session() as http:
        http.trust_env = False  # A proxy of the environment has no part in this.

        def turn(text: str) -> list[str]:
            message = {"sender": sender, "message": text}
            answer = http.post(f"{address}/webhooks/rest/webhook", json=message, timeout=TURN_TIMEOUT_SECONDS)
            answer.raise_for_status()
            return [reply["text"] for reply in answer.json()]

        yield turn
