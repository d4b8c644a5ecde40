"""Asks the served assistant what visitors ask, and counts the right answers: scripts/evaluate.

The messages of tests/nlu/evaluation are for measuring only. Whoever improves the assistant must not see them, so the
terminal shows which answers were mixed up, never by which message; --set development shows the messages too.
"""

import argparse
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import requests

from benchmarks.assistant import assistant, chat
from benchmarks.evaluation_pictures import draw_confusions, draw_reliability
from benchmarks.evaluation_report import Judged, figures, markdown, mistakes
from benchmarks.first_scores import first_scores
from benchmarks.judgement import ASKED_BACK, NOT_TAKEN, Given, judge
from benchmarks.measurements import serving
from benchmarks.messages import GREETING
from benchmarks.processes import environment, running
from benchmarks.questions import IN_SCOPE, OUT_OF_SCOPE, SEED, SETS, Question, questions
from clinic.errors import ClinicError
from server.agent import newest_model
from storage import clock
from storage.settings import ROOT, settings

RESULTS = ROOT / "results"
LOGS = RESULTS / "logs"
MOST_AT_ONCE = 4
REFUSED_BY_THE_WIRE = (400, 413, 422)  # what cannot be read, is too long, is empty

Ask = Callable[[Question], Given]
"""Asks a question in a conversation of its own. Who answers is known to nobody else here."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=SETS, default="evaluation", dest="name", help="which messages to ask")
    parser.add_argument(
        "--at-once",
        choices=range(1, MOST_AT_ONCE + 1),
        default=1,
        type=int,
        help="conversations at a time; with more than one, a turn's time counts waiting for the others",
    )
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The evaluation was stopped."))  # It stops its server first.
    LOGS.mkdir(parents=True, exist_ok=True)
    try:
        evaluate(chosen.name, at_once=chosen.at_once)
    except ClinicError as error:
        sys.exit(str(error))


def evaluate(name: str, *, at_once: int) -> None:
    """Prints and saves what came out. Raises ClinicError when the assistant cannot be trained, started or asked."""
    asked = questions(name)
    run: dict[str, Any] = {
        "set": name,
        "began": f"{clock.now():%Y-%m-%dT%H%M}Z",
        "commit": _commit(),
        "seed": SEED,
        "at_once": at_once,
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),  # when it began: 1.0 is one busy processor
    }
    with TemporaryDirectory() as folder:
        scratch = Path(folder)
        _say("training, if anything changed")
        model = _trained(scratch / "models")
        served = assistant(scratch)
        served = served._replace(environment={**served.environment, "CLINIC_MODELS": str(model.parent)})
        _say("starting the assistant")
        with serving(served, GREETING, LOGS / "evaluation-serve.log"):
            _say(f"asking {len(asked)} messages")
            judged = ask_all(asked, of_assistant(served.address), at_once=at_once)
        _say("taking the classifier's scores")
        scores = first_scores(model, [one for one in asked if one.part in (IN_SCOPE, OUT_OF_SCOPE)])
    run |= {"model": model.name, "figures": figures(judged)}
    report = markdown(run)
    file = RESULTS / f"{name}-{run['began']}"
    rows = [_row(one) for one in judged]
    saved = {**run, "scores": [score._asdict() for score in scores], "rows": rows}
    file.with_suffix(".json").write_text(json.dumps(saved, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    file.with_suffix(".md").write_text(report + "\n", encoding="utf-8")
    draw_confusions(judged, file.with_name(f"{file.name}-confusions.png"))
    draw_reliability(scores, file.with_name(f"{file.name}-reliability.png"))
    print(f"\n{report}\n\n{mistakes(judged, with_messages=name != 'evaluation')}")
    print(f"\nSaved as {file.relative_to(ROOT)}.json, .md, -confusions.png and -reliability.png.")


def ask_all(asked: list[Question], ask: Ask, *, at_once: int) -> list[Judged]:
    """In the order of the questions. Raises ClinicError when an answer never comes."""

    def judged(question: Question) -> Judged:
        try:
            given = ask(question)
        except requests.RequestException as error:
            raise ClinicError(f"The assistant stopped answering: {type(error).__name__}.") from None
        return Judged(question, given, judge(question, given))

    with ThreadPoolExecutor(at_once) as workers:
        return list(workers.map(judged, asked))


def of_assistant(address: str) -> Ask:
    """The assistant that answers there, asked as the chat page asks. Advice to see a doctor before the answer is left
    out; the time is that of the last message."""

    def ask(question: Question) -> Given:
        with chat(address) as turn:
            for text in question.before:
                turn(text)
            began = perf_counter()
            try:
                events = turn(question.text)
            except requests.HTTPError as refusal:
                if refusal.response.status_code not in REFUSED_BY_THE_WIRE:
                    raise
                return Given((NOT_TAKEN,), frozenset(), perf_counter() - began)
            seconds = perf_counter() - began
        replies = [event for event in events if (event["answer"], event["alert"]) != ("see_doctor", "see_doctor")]
        asked_back = (reply["buttons"] for reply in replies if reply["answer"] == ASKED_BACK)
        return Given(
            answers=tuple(reply["answer"] for reply in replies),
            offered=frozenset(button["answer"] for buttons in asked_back for button in buttons),
            seconds=seconds,
        )

    return ask


def _trained(folder: Path) -> Path:
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


def _commit() -> str:
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


def _row(judged: Judged) -> dict[str, Any]:
    question, given, outcome = judged
    return {
        "part": question.part,
        "group": question.group,
        "register": question.register,
        "before": question.before,
        "text": question.text,
        "wanted": [sorted(group) for group in question.wanted],
        "given": given.answers,
        "offered": sorted(given.offered),
        "outcome": outcome.value,
        "seconds": round(given.seconds, 4),
    }


def _say(doing: str) -> None:
    print(f"{clock.now():%H:%M:%S} {doing}", flush=True)


if __name__ == "__main__":
    main()
