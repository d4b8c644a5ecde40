"""What every evaluation run needs: a model, where its results go, and which commit it was."""

import shutil
import sys
from pathlib import Path

from benchmarks.processes import environment, running
from clinic.errors import ClinicError
from server.agent import newest_model
from storage import clock
from storage.settings import ROOT, settings

RESULTS = ROOT / "results"
LOGS = RESULTS / "logs"
MOST_AT_ONCE = 4


def trained(folder: Path) -> Path:
    """A copy of the newest model, trained before if need be: others may train while we ask."""
    log = LOGS / "evaluation-train.log"
    command = [sys.executable, "-m", "server.training"]
    own = settings()
    kept = environment(CLINIC_CONTENT=str(own.content), CLINIC_DATA=str(own.data), CLINIC_MODELS=str(own.models))
    with running(command, folder=ROOT, environment=kept, log=log) as process:
        if process.wait():
            raise ClinicError(f"The assistant could not be trained. {log} says why.")
    folder.mkdir()
    return Path(shutil.copy2(newest_model(own.models), folder))


def commit() -> str:
    """What is checked out; it says nothing about edits since. Empty outside a repository."""
    git = ROOT / ".git"
    if not (git / "HEAD").is_file():
        return ""
    head = (git / "HEAD").read_text().strip()
    if not head.startswith("ref: "):
        return head
    branch = head.removeprefix("ref: ")
    if (git / branch).is_file():
        return (git / branch).read_text().strip()
    packed = (git / "packed-refs").read_text().splitlines() if (git / "packed-refs").is_file() else []
    return next((line.split()[0] for line in packed if line.endswith(f" {branch}")), "")


def say(doing: str) -> None:
    print(f"{clock.real_now():%H:%M:%S} {doing}", flush=True)
