"""Talks to the assistant in the terminal: `make shell`. Nothing is kept."""

import asyncio
import sys
from typing import Any
from uuid import uuid4

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore

from clinic.errors import ClinicError
from clinic.evidence import spoken
from server.agent import ClinicAgent, newest_model
from server.logs import configure_logging
from server.turns import as_typed
from storage import clock
from storage.settings import settings


class Terminal(OutputChannel):
    """Prints replies, and numbers their buttons."""

    def __init__(self) -> None:
        self.buttons: list[dict[str, Any]] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        print("\n" + "\n\n".join(part.strip() for part in (message.get("text"), message.get("more")) if part))
        for card in message.get("cards") or []:
            print("\n".join(f"  {number}. {step['text']}" for number, step in enumerate(card["steps"], 1)))
        for source in message.get("sources") or []:
            print(f"  ({source['publisher']}: {source['title']})")
        self.buttons = message.get("buttons") or []
        for number, button in enumerate(self.buttons, 1):
            print(f"  [{number}] {button['title']}")


def main() -> None:
    configure_logging()
    try:
        agent = ClinicAgent.serving(newest_model(settings().models), InMemoryTrackerStore(None))
    except ClinicError as error:
        sys.exit(str(error))
    asyncio.run(talk(agent))


async def talk(agent: Agent) -> None:
    terminal, visitor = Terminal(), uuid4().hex
    print(f"{spoken(clock.today())}. Type a message, the number of a button, or nothing to end.")
    while True:
        try:
            typed = input("\n> ").strip()
        except EOFError:
            return
        if not typed:
            return
        pressed = typed.isdigit() and 1 <= int(typed) <= len(terminal.buttons)
        text = terminal.buttons[int(typed) - 1]["payload"] if pressed else as_typed(typed)
        terminal.buttons = []
        await agent.handle_message(UserMessage(text, terminal, visitor))


if __name__ == "__main__":
    main()
