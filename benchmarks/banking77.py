"""Measures how well and how fast intents are found in BANKING77, by ours and by what Rasa brings, in one run.

scripts/banking77 TRAIN.csv TEST.csv [--examples 10] [--seeds 3] [--without-diet] [--int8] [--quick]
"""

import argparse
import hashlib
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

from benchmarks.arguments import positive
from benchmarks.labelled import Labelled, draw, read_labelled
from benchmarks.measurements import Figures, ended_processes_seconds
from benchmarks.processes import environment, running
from benchmarks.recognizers.asking import MESSAGES, Asked, read_asked
from benchmarks.recognizers.recognizer import FLOAT32, OURS, Recognizer, diet, ours, sparse
from benchmarks.report import MB, MS, Row, columns
from benchmarks.stock_rasa import QUICK_EPOCHS, REQUIREMENTS
from clinic.errors import ClinicError
from encoder.sentence_encoder import GRAPH
from encoder.weights import WEIGHTS, WrongFile, read_weights
from scripts.fetch_encoder import NotFetched, fetch_published
from storage import clock
from storage.settings import ROOT, settings
from storage.training_files import add_intent

RESULTS = ROOT / "results"
PERCENT = 0.01
# Points of accuracy that a graph of a quarter of the size may cost, in the mean of the seeds. Set in November 2026,
# before it was measured.
INT8_MAY_LOSE_POINTS = 0.5


class Trial(NamedTuple):
    """What a recognizer did with one seed's sentences."""

    training_seconds: float  # from the start of the process to its end
    training_processor_seconds: float
    asked: Asked


def main() -> None:
    given = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The benchmark was stopped."))  # It stops its processes first.
    (RESULTS / "logs").mkdir(parents=True, exist_ok=True)
    try:
        run = measure(given)
    except (ClinicError, NotFetched, WrongFile) as error:
        sys.exit(str(error))
    file = RESULTS / f"banking77-{run['began']}.json"
    file.write_text(json.dumps(run, indent=2) + "\n")
    print(f"\n{columns(run['figures'], rows(run['seeds']))}\n\nSaved as {file.relative_to(ROOT)}.")
    if given.quick and not given.without_diet:
        print(f"Quick: DIET was trained for {QUICK_EPOCHS} epochs only. Do not quote its figures.")
    if given.int8 and (refused := int8_refused(run["figures"][OURS], run["figures"][FLOAT32])):
        sys.exit(refused)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/banking77", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("train", type=Path, metavar="TRAIN.csv", help="columns text and category")
    parser.add_argument("test", type=Path, metavar="TEST.csv", help="the same columns")
    parser.add_argument("--examples", type=positive, default=10, help="training sentences per intent (10)")
    parser.add_argument("--seeds", type=positive, default=3, help="how often they are drawn, with the seeds 1, 2, ...")
    parser.add_argument("--without-diet", action="store_true", help="leave out the stock Rasa, which takes longest")
    parser.add_argument("--int8", action="store_true", help="refuse int8 weights that are worse than float32 ones")
    parser.add_argument("--quick", action="store_true", help="hardly train DIET, to try the benchmark out")
    return parser.parse_args()


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """The figures of each recognizer and the circumstances. Raises ClinicError, NotFetched or WrongFile."""
    sentences, messages = read_labelled(given.train), read_labelled(given.test)
    seeds = list(range(1, given.seeds + 1))
    drawn = {seed: draw(sentences, of_each=given.examples, seed=seed) for seed in seeds}
    run: dict[str, Any] = {
        "began": f"{clock.real_now():%Y-%m-%dT%H%M}Z",
        "files_sha256": {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (given.train, given.test)
        },
        "examples_per_intent": given.examples,
        "sentences": len(drawn[1]),
        "messages": len(messages),
        "seeds": seeds,
        "stock": None if given.without_diet else REQUIREMENTS,
        "quick": given.quick,
        "processors": os.cpu_count(),
        "load": {},  # of the machine, when each part began: 1.0 is one busy processor
        "figures": {},
    }
    with TemporaryDirectory() as scratch, recognizers(given) as compared:
        tried: dict[str, list[Trial]] = {one.name: [] for one in compared}
        for seed in seeds:
            for one in compared:
                _begin(f"{one.name}, seed {seed}", run)
                folder = Path(scratch) / f"{_plain(one.name)}-{seed}"
                write_exercise(folder, drawn[seed], messages, one.files)
                tried[one.name].append(try_out(one, folder))
        truth = [message.intent for message in messages]
        run["figures"] = {name: figures(trials, truth, seeds) for name, trials in tried.items()}
    return run


@contextmanager
def recognizers(given: argparse.Namespace) -> Iterator[list[Recognizer]]:
    """Those that were asked for; the float32 graph is there as long as they are."""
    with TemporaryDirectory() as float32:
        compared = [ours(OURS, settings().encoder)]
        if given.int8:
            write_float32(Path(float32))
            compared.append(ours(FLOAT32, Path(float32)))
        compared.append(sparse())
        if not given.without_diet:
            compared.append(diet(quick=given.quick))
        yield compared


def write_float32(folder: Path) -> None:
    """An encoder whose weights are not rounded. Raises NotFetched or WrongFile when they cannot be had."""
    import onnx  # Seconds to import.

    from encoder.conversion import build

    print("Fetching the weights of the sentence encoder (90 MB) ...", flush=True)
    fetch_published(folder, os.environ.get("ENCODER_SOURCE", ""))
    onnx.save(build(read_weights(folder / WEIGHTS)), folder / GRAPH)


def write_exercise(
    folder: Path, sentences: Sequence[Labelled], messages: Sequence[Labelled], files: dict[str, str]
) -> None:
    """The sentences with their intents, as Rasa reads them, and the messages without."""
    folder.mkdir()
    nlu = folder / "nlu.yml"
    nlu.write_text('version: "3.1"\n\nnlu:\n', encoding="utf-8")
    for intent in dict.fromkeys(sentence.intent for sentence in sentences):
        add_intent(nlu, intent, [sentence.text for sentence in sentences if sentence.intent == intent])
    (folder / MESSAGES).write_text(json.dumps([message.text for message in messages]), encoding="utf-8")
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")


def try_out(one: Recognizer, folder: Path) -> Trial:
    """Trains it, then asks it. Raises ClinicError when that fails."""
    computed, began = ended_processes_seconds(), perf_counter()
    _run(one.train, folder, f"{one.name} could not be trained", _log(one, "train"))
    seconds, processor_seconds = perf_counter() - began, ended_processes_seconds() - computed
    _run(one.ask, folder, f"{one.name} could not be asked", _log(one, "ask"))
    return Trial(seconds, processor_seconds, read_asked(folder))


def figures(trials: Sequence[Trial], truth: Sequence[str], seeds: Sequence[int]) -> Figures:
    """Accuracies are from 0 to 1. Training and memory are the medians of the trials, one for each seed."""
    accuracies = [accuracy(trial.asked.intents, truth) for trial in trials]
    return {
        **{_accuracy(seed): found for seed, found in zip(seeds, accuracies, strict=True)},
        "accuracy_mean": mean(accuracies),
        "training_seconds": median(trial.training_seconds for trial in trials),
        "training_processor_seconds": median(trial.training_processor_seconds for trial in trials),
        "message_median_seconds": median(seconds for trial in trials for seconds in trial.asked.message_seconds),
        "message_processor_seconds": mean(trial.asked.processor_seconds / len(truth) for trial in trials),
        "memory_rss_bytes": median(trial.asked.memory_rss_bytes for trial in trials),
    }


def accuracy(found: Sequence[str], truth: Sequence[str]) -> float:
    """The share that was found, from 0 to 1."""
    return mean(one == true for one, true in zip(found, truth, strict=True))


def rows(seeds: Sequence[int]) -> list[Row]:
    return [
        *(Row(_accuracy(seed), f"accuracy, seed {seed}, %", PERCENT) for seed in seeds),
        Row("accuracy_mean", "accuracy, mean, %", PERCENT, digits=2),
        Row("training_seconds", "training, s"),
        Row("training_processor_seconds", "  processor time, s"),
        Row("message_median_seconds", "message, median, ms", MS),
        Row("message_processor_seconds", "  processor time, mean, ms", MS),
        Row("memory_rss_bytes", "memory, RSS, MB", MB, digits=0),
    ]


def int8_refused(int8: Figures, float32: Figures) -> str | None:
    """Why the int8 graph must not be used; None when it may."""
    lost = round((float32["accuracy_mean"] - int8["accuracy_mean"]) / PERCENT, 6)
    if lost <= INT8_MAY_LOSE_POINTS:
        return None
    return (
        f"The int8 graph loses {lost:.2f} points of accuracy in the mean of the seeds, more than "
        f"{INT8_MAY_LOSE_POINTS}: {int8['accuracy_mean']:.2%}, float32 {float32['accuracy_mean']:.2%}. "
        "Look at encoder/conversion.py, which rounds its weights."
    )


def _accuracy(seed: int) -> str:
    return f"accuracy_seed_{seed}"


def _run(command: list[str], folder: Path, failure: str, log: Path) -> None:
    """Raises ClinicError when it fails."""
    with running(command, folder=folder, environment=environment(PYTHONPATH=str(ROOT)), log=log) as process:
        failed = process.wait()
    if failed:
        raise ClinicError(f"{failure}. {log} says why.")


def _begin(part: str, run: dict[str, Any]) -> None:
    load = os.getloadavg()[0]
    run["load"][part] = round(load, 2)
    print(f"{clock.real_now():%H:%M:%S} {part} (load {load:.1f})", flush=True)


def _log(one: Recognizer, doing: str) -> Path:
    return RESULTS / "logs" / f"banking77-{_plain(one.name)}-{doing}.log"


def _plain(name: str) -> str:
    return name.replace(", ", "-")


if __name__ == "__main__":
    main()
