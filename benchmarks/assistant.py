"""This project's assistant, on a data folder of its own, spoken to as the chat page does."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests

from benchmarks.contender import Contender, Say
from benchmarks.processes import environment, free_port
from benchmarks.sizes import installed_bytes, site_packages
from encoder.sentence_encoder import GRAPH
from encoder.weights import TOKENIZER
from storage.settings import ROOT, settings

TURN_TIMEOUT_SECONDS = 60

Event = dict[str, Any]


def assistant(scratch: Path) -> Contender:
    """Trains into ./models, as `make train` does; everything else it leaves is in `scratch`. It begins without the
    vectors that earlier trainings kept."""
    own, data, port = settings(), scratch / "data", free_port()
    (data / "encoder").mkdir(parents=True)
    for file in (GRAPH, TOKENIZER):
        (data / "encoder" / file).symlink_to(own.encoder / file)
    address = f"http://127.0.0.1:{port}"
    return Contender(
        name="assistant",
        address=address,
        folder=ROOT,
        environment=environment(HOST="127.0.0.1", PORT=str(port), CLINIC_DATA=str(data)),
        train=[sys.executable, "-m", "server.training", "--force"],
        serve=[sys.executable, "-m", "server.launcher"],
        conversation=lambda: conversation(address),
        models=own.models,
        other_model_bytes=sum((own.encoder / file).stat().st_size for file in (GRAPH, TOKENIZER)),
        packages_bytes=installed_bytes(site_packages(Path(sys.prefix)), listed_in=ROOT / "requirements.txt"),
    )


@contextmanager
def conversation(address: str) -> Iterator[Say]:
    with chat(address) as turn:
        yield lambda text: len(turn(text))


@contextmanager
def chat(address: str) -> Iterator[Callable[[str], list[Event]]]:
    """A new conversation: takes a message, returns the assistant's events of its turn when that is over."""
    with requests.Session() as http:
        http.trust_env = False  # A proxy of the environment has no part in this.
        opened = http.post(f"{address}/chat/session", json={}, timeout=TURN_TIMEOUT_SECONDS)
        opened.raise_for_status()
        http.headers["Authorization"] = f"Bearer {opened.json()['token']}"
        with http.get(f"{address}/chat/stream", stream=True, timeout=TURN_TIMEOUT_SECONDS) as stream:
            stream.raise_for_status()
            events = _events(stream)
            yield lambda text: _turn(http, address, events, text)


def _turn(http: requests.Session, address: str, events: Iterator[Event], text: str) -> list[Event]:
    message, replies = str(uuid4()), []
    sent = http.post(f"{address}/chat/messages", json={"id": message, "text": text}, timeout=TURN_TIMEOUT_SECONDS)
    sent.raise_for_status()
    for event in events:
        if event["in_reply_to"] != message:
            continue
        if event["kind"] == "bot":
            replies.append(event)
        if event["kind"] == "turn_end":
            return replies
    raise requests.ConnectionError("The stream ended before the turn did.")


def _events(stream: requests.Response) -> Iterator[Event]:
    for line in stream.iter_lines():
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))
