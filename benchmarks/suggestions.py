"""Measures the suggestions while typing, beside those by titles alone: scripts/suggestions [--without-server].

The messages in scope of tests/nlu/development.yml are typed letter by letter; after some of them it is looked whether
an answer that is right for the whole message is among the first.
"""

import argparse
import gc
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

import requests

from benchmarks.assistant import assistant
from benchmarks.measurements import Figures, of_memory, percentile, serving
from benchmarks.messages import GREETING
from benchmarks.questions import IN_SCOPE, TYPING_ERRORS, Question, questions
from clinic.content import Content
from clinic.errors import ClinicError
from clinic.suggestions import Suggestions
from storage import clock
from storage.content_files import live_content
from storage.settings import ROOT
from storage.training_files import read_sentences

RESULTS = ROOT / "results"
LETTERS = (3, 6, 10, 15, 25)
WORDS = ("1 word", "2 words", "3 words", "4 words")
ALL = "all of it"
FIRST = (1, 3, 5)
OVER_HTTP = 1000  # of the typed texts, evenly chosen

Suggest = Callable[[str], list[str]]
"""The ids of the answers suggested for what is typed, best first."""


class Typed(NamedTuple):
    """The beginning of a message, and the answers that are right for all of it."""

    after: str  # how much was typed
    text: str
    right: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/suggestions", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--without-server", action="store_true", help="do not measure over HTTP, which needs a model")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The benchmark was stopped."))  # It stops its server first.
    (RESULTS / "logs").mkdir(parents=True, exist_ok=True)
    run = {"began": f"{clock.real_now():%Y-%m-%dT%H%M}Z", "load": round(os.getloadavg()[0], 2)}
    try:
        run |= measure(with_server=not given.without_server)
    except (ClinicError, requests.RequestException) as error:
        sys.exit(str(error))
    file = RESULTS / f"suggestions-{run['began']}.json"
    file.write_text(json.dumps(run, indent=2) + "\n")
    print(f"Saved as {file.relative_to(ROOT)}.")


def measure(*, with_server: bool) -> dict[str, object]:
    """Prints the figures and gives them. Raises ClinicError when the assistant cannot be started."""
    content = live_content().current()
    began, before = perf_counter(), _memory_bytes()
    suggestions = Suggestions(read_sentences(ROOT / "data" / "nlu.yml"))
    gc.collect()
    index = {"index_seconds": perf_counter() - began, "index_bytes": _memory_bytes() - before}
    ways: dict[str, Suggest] = {
        "titles": lambda text: by_titles(text, content),
        "suggestions": lambda text: [answer.id for answer in suggestions.best(text, content)],
    }
    found: dict[str, object] = {}
    for part in (IN_SCOPE, TYPING_ERRORS):
        asked = [one for one in questions("development") if one.part == part and one.acceptable & content.offered()]
        typed = [one for question in asked for one in beginnings(question)]
        shares = {name: right_shares(typed, suggest) for name, suggest in ways.items()}
        found[part] = shares
        print(f"\n{part}, {len(asked)} messages: a right answer among the first, %\n{table(shares)}")
        if part == IN_SCOPE:
            times = {name: times_of(suggest, [one.text for one in typed]) for name, suggest in ways.items()}
            timed = [one.text for one in typed]
    if with_server:
        times["over HTTP"], served = _over_http(timed[:: max(len(timed) // OVER_HTTP, 1)])
        found["served"] = served
    print(f"\n{'one call, ms':20}{'median':>10}{'99th':>10}")
    for name, figures in times.items():
        print(f"{name:20}{figures['median_seconds'] * 1000:10.2f}{figures['99th_seconds'] * 1000:10.2f}")
    print(f"\nindex: {index['index_seconds']:.1f} s, {index['index_bytes'] / 1e6:.0f} MB in a process of its own")
    return {**found, "times": times, "index": index}


def beginnings(question: Question) -> Iterator[Typed]:
    """What a visitor has typed after so many letters, and after each of the first words and the space behind it."""
    text, right = question.text, question.acceptable
    for letters in LETTERS:
        if len(text) >= letters:
            yield Typed(f"{letters} letters", text[:letters], right)
    ends = [word.end() for word in re.finditer(r"\S+\s?", text)]
    for name, end in zip(WORDS, ends, strict=False):
        yield Typed(name, text[:end], right)
    yield Typed(ALL, text, right)


def right_shares(typed: Iterable[Typed], suggest: Suggest) -> dict[str, list[float]]:
    """By how much was typed: how often, 0 to 1, a right answer is among the first of FIRST; and how many were shown."""
    hits: dict[str, list[list[float]]] = {}
    for one in typed:
        given = suggest(one.text)
        right = [float(not one.right.isdisjoint(given[:first])) for first in FIRST]
        hits.setdefault(one.after, []).append([*right, float(len(given))])
    return {after: [sum(column) / len(rows) for column in zip(*rows, strict=True)] for after, rows in hits.items()}


def times_of(suggest: Callable[[str], object], texts: Sequence[str]) -> Figures:
    seconds = []
    for text in texts:
        began = perf_counter()
        suggest(text)
        seconds.append(perf_counter() - began)
    return {"median_seconds": median(seconds), "99th_seconds": percentile(99, seconds)}


def table(shares: dict[str, dict[str, list[float]]]) -> str:
    """A line for how much was typed; for each way the shares in percent, and how many are shown."""
    heads = "".join(f"{name:>28}" for name in shares)
    columns = "".join(f"{f'top {first}':>7}" for first in FIRST) + f"{'shown':>7}"
    lines = [f"{'after':12}{heads}", f"{'':12}{columns * len(shares)}"]
    for after in (*(f"{letters} letters" for letters in LETTERS), *WORDS, ALL):
        cells = (
            "".join(f"{share * 100:7.1f}" for share in one[after][:-1]) + f"{one[after][-1]:7.1f}"
            for one in shares.values()
        )
        lines.append(f"{after:12}{''.join(cells)}")
    return "\n".join(lines)


def by_titles(typed: str, content: Content) -> list[str]:
    """As it was done before November 2026: the share of the typed words that begin a word of the title or the id."""
    words = re.findall(r"\w+", typed.lower())
    scored = []
    for answer_id in content.asked():
        offered = re.findall(r"\w+", content.answers[answer_id].question.lower()) + answer_id.split("_")
        fitting = [word for word in words if any(one.startswith(word) for one in offered)]
        if fitting:
            scored.append((-len(fitting) / len(words), answer_id))
    return [answer_id for _, answer_id in sorted(scored)[: max(FIRST)]]


def _over_http(texts: Sequence[str]) -> tuple[Figures, Figures]:
    """The times of a served assistant in one conversation, and what its process uses after them."""
    with TemporaryDirectory() as folder:
        contender = assistant(Path(folder))
        with serving(contender, GREETING, RESULTS / "logs" / "suggestions.log") as server, requests.Session() as http:
            http.trust_env = False  # A proxy of the environment has no part in this.
            opened = http.post(f"{contender.address}/chat/session", json={}, timeout=60)
            opened.raise_for_status()
            http.headers["Authorization"] = f"Bearer {opened.json()['token']}"

            def ask(text: str) -> None:
                http.get(f"{contender.address}/chat/suggestions", params={"q": text}, timeout=60).raise_for_status()

            ask("c")  # The first waits for the index.
            times = times_of(ask, texts)
            return times, {**server.first_answer, **of_memory(server)}


def _memory_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
