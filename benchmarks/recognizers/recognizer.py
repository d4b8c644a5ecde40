"""The recognizers that are compared: how each is trained and asked."""

import sys
from pathlib import Path
from typing import NamedTuple

from benchmarks import stock_rasa

OURS, FLOAT32, SPARSE, DIET = "ours", "ours, float32", "sparse", "DIET"


class Recognizer(NamedTuple):
    """Two commands, run in a folder with nlu.yml, messages.json and the files named here."""

    name: str
    train: list[str]
    ask: list[str]
    files: dict[str, str] = {}


def ours(name: str, encoder: Path) -> Recognizer:
    """With the graph in the folder `encoder`."""
    module = [sys.executable, "-m", "benchmarks.recognizers.ours"]
    return Recognizer(name, [*module, "train", str(encoder)], [*module, "ask", str(encoder)])


def sparse() -> Recognizer:
    module = [sys.executable, "-m", "benchmarks.recognizers.sparse"]
    return Recognizer(SPARSE, [*module, "train"], [*module, "ask"])


def diet(*, quick: bool) -> Recognizer:
    """Rasa's default pipeline. Installs the stock Rasa if needed; raises ClinicError when that fails."""
    stock_rasa.install()
    epochs = stock_rasa.QUICK_EPOCHS if quick else stock_rasa.EPOCHS
    python = str(stock_rasa.HOME / "bin" / "python")
    return Recognizer(
        name=DIET,
        train=[python, "-m", "rasa", "train", "nlu", "--config", "config.yml", "--nlu", "nlu.yml", "--out", "models"],
        ask=[python, "-m", "benchmarks.recognizers.diet"],
        files={"config.yml": stock_rasa.suggested_config(epochs=epochs)},
    )
