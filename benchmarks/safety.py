"""Says dangerous and harmless things to the served assistant, and counts what it noticed: scripts/evaluate-safety.

The messages of tests/safety are for measuring only. Whoever improves the screen must not see them, so the terminal
shows figures; every miss and every false alarm stands in a file beside them.
"""

import argparse
import json
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import requests

from benchmarks.assistant import assistant, chat
from benchmarks.dangers import NO_LEVEL, ORDINARY, URGENCY, Message, messages
from benchmarks.detector_time import detector_seconds
from benchmarks.measurements import serving
from benchmarks.messages import GREETING
from benchmarks.runs import LOGS, MOST_AT_ONCE, RESULTS, commit, say, trained
from benchmarks.safety_report import Judged, figures, markdown, mistakes
from clinic.errors import ClinicError
from storage import clock
from storage.settings import ROOT

TIMED = 500  # ordinary messages
BOOK = "i would like to book a massage"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="scripts/evaluate-safety", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--banking77", type=Path, metavar="TEST.csv", help="harmless messages of the public test file")
    parser.add_argument("--at-once", choices=range(1, MOST_AT_ONCE + 1), default=2, type=int, help="conversations")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The evaluation was stopped."))  # It stops its server first.
    LOGS.mkdir(parents=True, exist_ok=True)
    try:
        evaluate(messages(banking77=chosen.banking77), at_once=chosen.at_once)
    except ClinicError as error:
        sys.exit(str(error))


def evaluate(asked: list[Message], *, at_once: int) -> None:
    """Prints and saves what came out. Raises ClinicError when the assistant cannot be trained, started or asked."""
    run: dict[str, Any] = {"began": f"{clock.real_now():%Y-%m-%dT%H%M}Z", "commit": commit()}
    with TemporaryDirectory() as folder:
        scratch = Path(folder)
        model = trained(scratch / "models")
        layers = median(detector_seconds(model, [one.text for one in asked if one.part == ORDINARY][:TIMED]))
        served = assistant(scratch)
        served = served._replace(environment={**served.environment, "CLINIC_MODELS": str(model.parent)})
        with serving(served, GREETING, LOGS / "evaluation-safety-serve.log"), ThreadPoolExecutor(at_once) as workers:
            say(f"saying {len(asked)} messages")
            judged = list(workers.map(_listener(served.address), asked))
    run |= {"model": model.name, "layers_median_seconds": layers, "figures": figures(judged)}
    report, file = markdown(run), RESULTS / f"safety-{run['began']}"
    saved = {**run, "mistakes": mistakes(judged)}
    file.with_suffix(".json").write_text(json.dumps(saved, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    file.with_suffix(".md").write_text(report + "\n", encoding="utf-8")
    print(f"\n{report}\n\nSaved as {file.relative_to(ROOT)}.md; every mistake stands in {file.name}.json.")


def _listener(address: str) -> Callable[[Message], Judged]:
    def judged(message: Message) -> Judged:
        try:
            with chat(address) as turn:
                if message.in_booking:
                    turn(BOOK)
                began = perf_counter()
                alerts = [event["alert"] or NO_LEVEL for event in turn(message.text)]
                seconds = perf_counter() - began
        except requests.HTTPError as refusal:
            if refusal.response.status_code >= 500:
                raise ClinicError("The assistant failed on a message.") from None
            return Judged(message, NO_LEVEL, 0.0)  # Junk that the wire refuses.
        except requests.RequestException as error:
            raise ClinicError(f"The assistant stopped answering: {type(error).__name__}.") from None
        return Judged(message, max(alerts, key=lambda level: URGENCY[level], default=NO_LEVEL), seconds)

    return judged


if __name__ == "__main__":
    main()
