"""Dialogues without the wire: a trained model in this process, spoken to by way of Rasa."""

import asyncio
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import TrackerStore

from server.agent import ClinicAgent, newest_model
from server.turns import ChatOutput
from storage.settings import settings

# Questions, a booking with questions in between, a danger, a call-back that is stopped, and more questions.
LONG_TALK = [
    *["hello", "what does a massage cost?", "should i use heat or ice?", "thanks", "how long does sciatica last?"],
    *["i want to book a massage", "none of these", "swedish", "where can i park?", "what does it cost?"],
    *["are you open on sunday?", "friday", "do i need a doctor's note?", "how should i sleep?", "can i pay by card?"],
    *["no preference"],
    *["which stretches help?", "my groin has gone numb and i cannot pee", "is massage safe?", "call me back please"],
    *["what is sciatica?", "do you sell gift cards?", "does massage hurt?", "stop", "yes", "no", "bye"],
]


def agent_on(store: TrackerStore) -> Agent:
    return ClinicAgent.serving(newest_model(settings().models), store)


def talk(agent: Agent, conversation: str, messages: list[str]) -> list[list[str]]:
    """For each message, the ids of its answers."""
    return [[bubble["answer"] for bubble in reply] for reply in replies(agent, conversation, messages)]


def replies(agent: Agent, conversation: str, messages: list[str]) -> list[list[dict[str, Any]]]:
    async def say(message: str) -> list[dict[str, Any]]:
        output = ChatOutput()
        await agent.handle_message(UserMessage(message, output, conversation))
        return output.events

    async def say_all() -> list[list[dict[str, Any]]]:
        return [await say(message) for message in messages]

    return asyncio.run(say_all())
