"""Trains a model if anything it is made of has changed since the last one.

python -m server.training [--force]
"""

import argparse
import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

from clinic.errors import ClinicError, ContentError
from encoder.sentence_encoder import GRAPH
from server.logs import configure_logging
from storage import clock
from storage.content_files import ContentReader
from storage.settings import ROOT, Settings, settings
from storage.training_files import project_problems

KEPT_MODELS = 3
STAMP = "trained_from"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--force", action="store_true", help="train even when nothing changed")
    configure_logging()
    try:
        train(settings(), force=parser.parse_args().force)
    except ClinicError as error:
        sys.exit(f"Training cannot start.\n{error}")


def train(own: Settings, *, force: bool) -> None:
    """Leaves a model for what is there now. Raises ContentError."""
    content = ContentReader(own.content).read(clock.today())
    questions = [f"{answer_id}: {content.answers[answer_id].question}" for answer_id in content.asked()]
    state, stamp = _digest(_parts(own), questions), own.data / STAMP
    if not force and stamp.exists() and stamp.read_text() == state and list(own.models.glob("*.tar.gz")):
        print("The model is up to date.")
        return
    problems = project_problems(ROOT, content)
    if problems:
        raise ContentError(problems)
    started = perf_counter()
    _rasa_train(own)
    stamp.write_text(state)
    _delete_old(own.models)
    print(f"Trained in {perf_counter() - started:.0f} seconds.")


def _rasa_train(own: Settings) -> None:
    from rasa.model_training import train as rasa_train  # Costs seconds; not needed when nothing changed.
    from rasa.shared.exceptions import RasaException

    try:
        result = rasa_train(
            domain=str(ROOT / "domain.yml"),
            config=str(ROOT / "config.yml"),
            training_files=str(ROOT / "data"),
            output=str(own.models),
            force_training=True,
        )
    except (RasaException, ImportError) as error:
        raise ClinicError(f"Rasa refuses config.yml, domain.yml or data/: {error}") from error
    if result.code != 0 or result.model is None:
        raise ClinicError("Rasa trained no model; what it printed above says why.")


def _parts(own: Settings) -> list[Path]:
    code = [path for folder in ("nlu", "server", "encoder") for path in sorted((ROOT / folder).glob("*.py"))]
    return [
        ROOT / "config.yml",
        ROOT / "domain.yml",
        *sorted((ROOT / "data").glob("*.yml")),
        ROOT / "clinic" / "content.py",  # which answers can be asked for, and which begin a form
        *code,
        own.encoder / GRAPH,
    ]


def _digest(files: Iterable[Path], questions: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    digest.update("\n".join(sorted(questions)).encode())
    return digest.hexdigest()


def _delete_old(models: Path) -> None:
    newest_first = sorted(models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for model in newest_first[KEPT_MODELS:]:
        model.unlink()


if __name__ == "__main__":
    main()
