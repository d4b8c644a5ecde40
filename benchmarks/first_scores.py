"""The classifier's first guess for a message and its score, taken from the trained model without a server."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore

from benchmarks.questions import Question
from server.agent import ClinicAgent
from server.logs import configure_logging


class FirstScore(NamedTuple):
    guess: str
    score: float  # 0 to 1
    right: bool


def first_scores(model: Path, questions: Iterable[Question]) -> list[FirstScore]:
    """Of each message that the classifier ranks at all, as if it were the first of a conversation."""
    configure_logging()
    return asyncio.run(_all(ClinicAgent.serving(model, InMemoryTrackerStore(None)), questions))


async def _all(agent: Agent, questions: Iterable[Question]) -> list[FirstScore]:
    found = []
    for question in questions:
        ranking = (await agent.parse_message(question.text))["intent_ranking"]
        if ranking:
            guess, score = ranking[0]["name"], ranking[0]["confidence"]
            found.append(FirstScore(guess, score, guess in question.acceptable))
    return found
