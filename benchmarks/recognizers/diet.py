"""Asks the model that `rasa train nlu` left in models/ of the working folder. The stock Rasa's Python runs it."""

import asyncio
from pathlib import Path

from rasa.core.agent import Agent

from benchmarks.recognizers.asking import ask

FALLBACK = "nlu_fallback"  # What Rasa's FallbackClassifier puts first when it is not sure.


def main() -> None:
    (model,) = Path("models").glob("*.tar.gz")
    agent, loop = Agent.load(model), asyncio.new_event_loop()
    ask(lambda text: likeliest(loop.run_until_complete(agent.parse_message(text))))


def likeliest(parsed: dict) -> str:
    """The first intent that is one: the others are never unsure, so it may not be either."""
    return next(str(one["name"]) for one in parsed["intent_ranking"] if one["name"] != FALLBACK)


if __name__ == "__main__":
    main()
