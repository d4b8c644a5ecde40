"""Takes the measurements of one contender. Each figure's name ends in its unit."""

import math
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import NamedTuple

import requests

from benchmarks.contender import Contender, Say
from benchmarks.processes import memory, processor_seconds, running
from clinic.errors import ClinicError

FIRST_ANSWER_TIMEOUT_SECONDS = 300
KNOCK_AGAIN_SECONDS = 0.1

Figures = dict[str, float]


class Server(NamedTuple):
    contender: Contender
    process: "subprocess.Popen[bytes]"
    first_answer: Figures  # counted from the start of the process


class Talk(NamedTuple):
    """One conversation."""

    turn_seconds: list[float]
    processor_seconds: float
    unanswered_turns: int


def train(contender: Contender, log: Path) -> Figures:
    """Raises ClinicError when it fails."""
    computed, began = ended_processes_seconds(), perf_counter()
    with running(contender.train, folder=contender.folder, environment=contender.environment, log=log) as process:
        failed = process.wait()
        seconds = perf_counter() - began
    if failed:
        raise ClinicError(f"The {contender.name} could not be trained. {log} says why.")
    return {"training_seconds": seconds, "training_processor_seconds": ended_processes_seconds() - computed}


@contextmanager
def serving(contender: Contender, greeting: str, log: Path) -> Iterator[Server]:
    """The server, once it has answered the greeting. Raises ClinicError when it does not."""
    began = perf_counter()
    with running(contender.serve, folder=contender.folder, environment=contender.environment, log=log) as process:
        while not _answers(contender, greeting):
            if process.poll() is not None or perf_counter() - began > FIRST_ANSWER_TIMEOUT_SECONDS:
                raise ClinicError(f"The {contender.name} gave no answer. {log} says why.")
            sleep(KNOCK_AGAIN_SECONDS)
        seconds = perf_counter() - began
        first_answer = {
            "first_answer_seconds": seconds,
            "first_answer_processor_seconds": processor_seconds(process),
        }
        yield Server(contender, process, first_answer)


def converse(server: Server, messages: list[str]) -> Talk:
    """A new conversation, each message sent when the turn before it is over. Raises ClinicError when it breaks off."""
    computed = processor_seconds(server.process)
    try:
        with server.contender.conversation() as say:
            turns = [_turn(say, message) for message in messages]
    except requests.RequestException as error:
        raise ClinicError(f"The {server.contender.name} stopped answering: {type(error).__name__}.") from error
    return Talk(
        turn_seconds=[seconds for seconds, _ in turns],
        processor_seconds=processor_seconds(server.process) - computed,
        unanswered_turns=sum(replies == 0 for _, replies in turns),
    )


def of_turns(talks: list[Talk]) -> Figures:
    turns = [seconds for one in talks for seconds in one.turn_seconds]
    return {
        "turn_median_seconds": median(turns),
        "turn_95th_seconds": percentile(95, turns),
        "turn_99th_seconds": percentile(99, turns),
        "turn_processor_seconds": sum(one.processor_seconds for one in talks) / len(turns),
        "unanswered_turns": sum(one.unanswered_turns for one in talks),
    }


def of_memory(server: Server) -> Figures:
    used = memory(server.process)
    return {"memory_rss_bytes": used.rss, "memory_pss_bytes": used.pss}


def medians(several: list[Figures]) -> Figures:
    return {name: median(one[name] for one in several) for name in several[0]}


def percentile(percent: float, values: list[float]) -> float:
    """The smallest of the values that so many percent of them do not exceed."""
    return sorted(values)[math.ceil(percent / 100 * len(values)) - 1]


def _turn(say: Say, message: str) -> tuple[float, int]:
    began = perf_counter()
    replies = say(message)
    return perf_counter() - began, replies


def _answers(contender: Contender, greeting: str) -> bool:
    try:
        with contender.conversation() as say:
            return say(greeting) > 0
    except requests.RequestException:  # It does not listen yet.
        return False


def ended_processes_seconds() -> float:
    """What all processes that this one started, and that have ended, have computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
