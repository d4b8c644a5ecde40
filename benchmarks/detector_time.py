"""How long the layers that look for danger take with a message, within the trained model, without a server."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore

from nlu.red_flag_detector import RedFlagDetector
from server.agent import ClinicAgent
from server.logs import configure_logging


def detector_seconds(model: Path, texts: Iterable[str]) -> list[float]:
    """Of each text; the encoding that understanding needs anyway is not counted, that of single sentences is."""
    configure_logging()
    return asyncio.run(_all(ClinicAgent.serving(model, InMemoryTrackerStore(None)), texts))


async def _all(agent: Agent, texts: Iterable[str]) -> list[float]:
    nodes = agent.processor.graph_runner._instantiated_nodes.values()  # type: ignore[union-attr]
    node = next(node for node in nodes if isinstance(node._component, RedFlagDetector))
    found, process = [], node._fn

    def timed(*given: Any, **named: Any) -> Any:
        began = perf_counter()
        read = process(*given, **named)
        found.append(perf_counter() - began)
        return read

    node._fn = timed
    for text in texts:
        await agent.parse_message(text)
    return found
