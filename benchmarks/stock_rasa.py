"""A stock Rasa: its own virtual environment with TensorFlow, Rasa's suggested configuration, our sentences."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import requests
from ruamel.yaml import YAML

from benchmarks.contender import Contender, Say
from benchmarks.processes import environment, free_port
from benchmarks.sizes import installed_bytes, site_packages
from clinic.errors import ClinicError
from storage.settings import ROOT
from storage.training_files import read_examples

HOME = ROOT / "var" / "stock-rasa"
UV = ROOT / "var" / "tools" / "bin" / "uv"
REQUIREMENTS = ["rasa==3.6.21", "setuptools<81"]  # Rasa imports pkg_resources, which newer ones lack.
SUGGESTED_CONFIG = "rasa/engine/recipes/config_files/default_config.yml"
QUICK_EPOCHS = 2
TURN_TIMEOUT_SECONDS = 60


def stock_rasa(scratch: Path, *, quick: bool) -> Contender:
    """Installs it if needed, and writes its project into `scratch`."""
    install()
    project, port = scratch / "stock", free_port()
    write_project(project, quick=quick)
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


def write_project(folder: Path, *, quick: bool) -> None:
    """The same sentences; one response for each intent, one rule that gives it."""
    (folder / "data").mkdir(parents=True)
    sentences = ROOT / "data" / "nlu.yml"
    shutil.copy(sentences, folder / "data" / "nlu.yml")
    intents = sorted({example.intent for example in read_examples(sentences)})
    _write(folder / "domain.yml", _domain(intents))
    _write(folder / "data" / "rules.yml", {"version": "3.1", "rules": [_rule(one) for one in _answered(intents)]})
    _write(folder / "credentials.yml", {"rest": {}})
    (folder / "config.yml").write_text(suggested_config(quick=quick))


def _domain(intents: list[str]) -> dict[str, object]:
    responses = {f"utter_{one}": [{"text": f"This is the answer to {one}."}] for one in _answered(intents)}
    return {"version": "3.1", "intents": intents, "responses": responses}


def _rule(intent: str) -> dict[str, object]:
    return {"rule": f"Answer {intent}", "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]}


def _answered(intents: Collection[str]) -> list[str]:
    """Also what its FallbackClassifier gives to a message it is not sure of."""
    return [*intents, "nlu_fallback"]


def suggested_config(*, quick: bool) -> str:
    """What Rasa itself takes when a project says nothing else."""
    suggested = (site_packages(HOME) / SUGGESTED_CONFIG).read_text().replace("placeholder_default", "stock-rasa")
    return re.sub(r"epochs: \d+", f"epochs: {QUICK_EPOCHS}", suggested) if quick else suggested


def _write(file: Path, content: dict[str, object]) -> None:
    YAML().dump(content, file)


@contextmanager
def conversation(address: str) -> Iterator[Say]:
    sender = str(uuid4())
    with requests.Session() as http:
        http.trust_env = False  # A proxy of the environment has no part in this.

        def say(text: str) -> int:
            message = {"sender": sender, "message": text}
            answer = http.post(f"{address}/webhooks/rest/webhook", json=message, timeout=TURN_TIMEOUT_SECONDS)
            answer.raise_for_status()
            return len(answer.json())

        yield say
