"""Asks the served assistant what visitors ask, and counts the right answers: scripts/evaluate [--beside-stock].

The messages of tests/nlu/evaluation are for measuring only. Whoever improves the assistant must not see them, so the
terminal shows which answers were mixed up, never by which message; --set development shows the messages too.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.arguments import positive
from benchmarks.asking import COMPARED, ask_all, ask_both, of_assistant, of_stock_rasa
from benchmarks.assistant import assistant
from benchmarks.contender import Contender
from benchmarks.evaluation_pictures import draw_confusions, draw_reliability
from benchmarks.evaluation_report import Judged, figures, markdown, mistakes
from benchmarks.first_scores import first_scores
from benchmarks.measurements import serving, train
from benchmarks.messages import GREETING
from benchmarks.questions import IN_SCOPE, OUT_OF_SCOPE, SEED, SETS, Question, questions
from benchmarks.runs import LOGS, MOST_AT_ONCE, RESULTS, commit, say, trained
from benchmarks.stock_rasa import EPOCHS, REQUIREMENTS, remembering, stock_rasa, was_remembered
from clinic.errors import ClinicError
from storage import clock
from storage.settings import ROOT


def main() -> None:
    chosen = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The evaluation was stopped."))  # It stops its servers first.
    LOGS.mkdir(parents=True, exist_ok=True)
    try:
        evaluate(chosen.name, at_once=chosen.at_once, epochs=chosen.epochs)
    except ClinicError as error:
        sys.exit(str(error))


def evaluate(name: str, *, at_once: int, epochs: int) -> None:
    """Prints and saves what came out, beside a stock Rasa trained for so many epochs, if any. Raises ClinicError when
    one of them cannot be trained, started or asked."""
    asked = questions(name)
    run: dict[str, Any] = {
        "set": name,
        "began": f"{clock.real_now():%Y-%m-%dT%H%M}Z",
        "commit": commit(),
        "seed": SEED,
        "at_once": at_once,
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),  # when it began: 1.0 is one busy processor
    }
    with TemporaryDirectory() as folder:
        scratch = Path(folder)
        say("training, if anything changed")
        model = trained(scratch / "models")
        served = assistant(scratch)
        served = served._replace(environment={**served.environment, "CLINIC_MODELS": str(model.parent)})
        stock = stock_rasa(scratch, epochs=epochs) if epochs else None
        if stock:
            stock = remembering(stock)
            say(f"training the stock Rasa for {epochs} epochs, unless it was before")
            run["stock"] = {"installed": REQUIREMENTS, "epochs": epochs, **_stock_training(stock)}
        judged, of_stock = _asked(served, stock, asked, at_once=at_once)
        say("taking the classifier's scores")
        scores = first_scores(model, [one for one in asked if one.part in (IN_SCOPE, OUT_OF_SCOPE)])
    run |= {"model": model.name, "figures": figures(judged)}
    if stock:
        same = figures([one for one in judged if one.question.part in COMPARED])
        run["stock"] |= {"figures": figures(of_stock), "assistant_turn_seconds": same["turn_seconds"]}
    report = markdown(run)
    file = RESULTS / f"{name}-{run['began']}"
    rows = {"rows": [_row(one) for one in judged], "stock_rows": [_row(one) for one in of_stock]}
    saved = {**run, "scores": [score._asdict() for score in scores], **rows}
    file.with_suffix(".json").write_text(json.dumps(saved, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    file.with_suffix(".md").write_text(report + "\n", encoding="utf-8")
    draw_confusions(judged, file.with_name(f"{file.name}-confusions.png"))
    draw_reliability(scores, file.with_name(f"{file.name}-reliability.png"))
    print(f"\n{report}\n\n{mistakes(judged, with_messages=name != 'evaluation')}")
    print(f"\nSaved as {file.relative_to(ROOT)}.json, .md, -confusions.png and -reliability.png.")


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Of the command line when none are given. `epochs` is 0 when no stock Rasa is to be trained."""
    parser = argparse.ArgumentParser(
        prog="scripts/evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", choices=SETS, default="evaluation", dest="name", help="which messages to ask")
    parser.add_argument(
        "--at-once",
        choices=range(1, MOST_AT_ONCE + 1),
        default=1,
        type=int,
        help="conversations at a time; with more than one, a turn's time counts waiting for the others",
    )
    parser.add_argument("--beside-stock", action="store_true", help="ask a stock Rasa too, trained on the same data")
    parser.add_argument(
        "--epochs", type=positive, help=f"train the stock Rasa for so long, not the {EPOCHS} epochs of its default"
    )
    chosen = parser.parse_args(given)
    if chosen.epochs and not chosen.beside_stock:
        parser.error("--epochs is for training the stock Rasa: add --beside-stock")
    chosen.epochs = (chosen.epochs or EPOCHS) if chosen.beside_stock else 0
    return chosen


def _stock_training(stock: Contender) -> dict[str, Any]:
    log = LOGS / "evaluation-stock-train.log"
    return {**train(stock, log), "was_remembered": was_remembered(log)}


def _asked(
    served: Contender, stock: Contender | None, asked: list[Question], *, at_once: int
) -> tuple[list[Judged], list[Judged]]:
    """What the assistant gave, and what the stock Rasa gave, if there is one."""
    with ExitStack() as servers:
        say("starting")
        servers.enter_context(serving(served, GREETING, LOGS / "evaluation-serve.log"))
        if stock:
            servers.enter_context(serving(stock, GREETING, LOGS / "evaluation-stock-serve.log"))
        say(f"asking {len(asked)} messages")
        ask = of_assistant(served.address)
        if not stock:
            return ask_all(asked, ask, at_once=at_once), []
        return ask_both(asked, ask, of_stock_rasa(stock.address), at_once=at_once)


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


if __name__ == "__main__":
    main()
