"""Measures the assistant beside a stock Rasa, in one run, in turn: scripts/benchmark [--quick]."""

import argparse
import json
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.assistant import assistant
from benchmarks.contender import Contender
from benchmarks.measurements import Figures, converse, medians, of_memory, of_turns, serving, train
from benchmarks.messages import GREETING, MESSAGES, PER_CONVERSATION, SEED, conversations
from benchmarks.report import table
from benchmarks.stock_rasa import EPOCHS, QUICK_EPOCHS, REQUIREMENTS, stock_rasa
from clinic.errors import ClinicError
from storage import clock
from storage.settings import ROOT

RESULTS = ROOT / "results"
STARTS = 3  # of each; the median counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="hardly train the stock Rasa, to try the benchmark out")
    quick = parser.parse_args().quick
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The benchmark was stopped."))  # It stops its processes first.
    (RESULTS / "logs").mkdir(parents=True, exist_ok=True)
    try:
        run = measure(quick=quick)
    except ClinicError as error:
        sys.exit(str(error))
    file = RESULTS / f"beside_stock-{run['began']}.json"
    file.write_text(json.dumps(run, indent=2) + "\n")
    print(f"\n{table(*run['figures'].values())}\n\nSaved as {file.relative_to(ROOT)}.")
    if quick:
        print(f"Quick: the stock Rasa was trained for {QUICK_EPOCHS} epochs only. Do not quote its training time.")


def measure(*, quick: bool) -> dict[str, Any]:
    """The figures of both, and the circumstances. Raises ClinicError when one of them does not work."""
    run: dict[str, Any] = {
        "began": f"{clock.real_now():%Y-%m-%dT%H%M}Z",
        "quick": quick,
        "stock": REQUIREMENTS,
        "seed": SEED,
        "messages": MESSAGES,
        "messages_per_conversation": PER_CONVERSATION,
        "starts": STARTS,
        "processors": os.cpu_count(),
        "load": {},  # of the machine, when each part began: 1.0 is one busy processor
        "figures": {},
    }
    with TemporaryDirectory() as scratch:
        epochs = QUICK_EPOCHS if quick else EPOCHS
        both = [assistant(Path(scratch)), stock_rasa(Path(scratch), epochs=epochs)]
        for one in both:
            _begin(f"training the {one.name}", run)
            trained = train(one, _log(one, "train"))
            run["figures"][one.name] = {**trained, "model_bytes": one.model_bytes, "packages_bytes": one.packages_bytes}
        for part, measured in (("starting", _starts), ("talking", _conversations)):
            _begin(part, run)
            for one, figures in zip(both, measured(both), strict=True):
                run["figures"][one.name].update(figures)
        _begin("finished", run)
    return run


def _starts(both: list[Contender]) -> list[Figures]:
    """Each alone, in turn."""
    starts: list[list[Figures]] = [[] for _ in both]
    for _ in range(STARTS):
        for one, found in zip(both, starts, strict=True):
            with serving(one, GREETING, _log(one, "start")) as server:
                found.append(server.first_answer)
    return [medians(found) for found in starts]


def _conversations(both: list[Contender]) -> list[Figures]:
    """Both stand ready, and have the same conversation one after the other, so that other work meets both."""
    with ExitStack() as servers:
        ready = [servers.enter_context(serving(one, GREETING, _log(one, "serve"))) for one in both]
        talks = [[converse(server, messages) for server in ready] for messages in conversations()]
        return [
            {**of_turns([pair[number] for pair in talks]), **of_memory(server)} for number, server in enumerate(ready)
        ]


def _begin(part: str, run: dict[str, Any]) -> None:
    load = os.getloadavg()[0]
    run["load"][part] = round(load, 2)
    print(f"{clock.real_now():%H:%M:%S} {part} (load {load:.1f})", flush=True)


def _log(one: Contender, doing: str) -> Path:
    return RESULTS / "logs" / f"{one.name.replace(' ', '-')}-{doing}.log"


if __name__ == "__main__":
    main()
