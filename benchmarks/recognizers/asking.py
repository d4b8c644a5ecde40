"""Asks a recognizer one message after the other, within its process, and writes down what came.

The stock Rasa's environment runs this too: it needs the standard library only.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

MESSAGES, ASKED = "messages.json", "asked.json"

Recognize = Callable[[str], str]
"""The likeliest intent of a message."""


class Asked(NamedTuple):
    intents: list[str]  # found, one for each message
    message_seconds: list[float]
    processor_seconds: float  # computed for all of them
    memory_rss_bytes: int  # of the process, after the last message


def ask(recognize: Recognize) -> None:
    """Asks what the file MESSAGES in the working folder lists, and leaves ASKED beside it."""
    messages, computed = json.loads(Path(MESSAGES).read_text(encoding="utf-8")), process_time()
    answers = [_timed(recognize, text) for text in messages]
    asked = Asked(
        intents=[intent for intent, _ in answers],
        message_seconds=[seconds for _, seconds in answers],
        processor_seconds=process_time() - computed,
        memory_rss_bytes=_memory_rss_bytes(),
    )
    Path(ASKED).write_text(json.dumps(asked._asdict()), encoding="utf-8")


def read_asked(folder: Path) -> Asked:
    return Asked(**json.loads((folder / ASKED).read_text(encoding="utf-8")))


def _timed(recognize: Recognize, text: str) -> tuple[str, float]:
    began = perf_counter()
    intent = recognize(text)
    return intent, perf_counter() - began


def _memory_rss_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
