"""A visitor who talks to a running server over the wire, as the widget does."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import requests

TURN_SECONDS = 60

Event = dict[str, Any]


class Visitor:
    def __init__(self, address: str) -> None:
        self.chat = f"{address}/chat"
        opened = requests.post(f"{self.chat}/session", json={}, timeout=TURN_SECONDS)
        assert opened.status_code == 201, opened.text
        self.session = opened.json()
        self.headers = {"Authorization": f"Bearer {self.session['token']}"}
        self.seq = 0
        self.last_turn: list[Event] = []

    def say(self, text: str) -> list[Event]:
        """Sends a text and returns the events of its turn, the visitor's own included."""
        return self._turn({"text": text})

    def press(self, title: str) -> list[Event]:
        """Presses a button of the last turn by its title."""
        offered = [button for event in self.last_turn for button in event.get("buttons", [])]
        button = next(one for one in offered if one["title"] == title)
        return self._turn({"button": button["id"]})

    def post(self, **body: Any) -> requests.Response:
        return requests.post(f"{self.chat}/messages", json=body, headers=self.headers, timeout=TURN_SECONDS)

    def events(self, after: int = 0, wait: float = 0) -> list[Event]:
        asked = {"after": after, "wait": wait}
        answer = requests.get(f"{self.chat}/messages", params=asked, headers=self.headers, timeout=TURN_SECONDS)
        assert answer.status_code == 200, answer.text
        events: list[Event] = answer.json()["events"]
        return events

    def _turn(self, body: dict[str, str]) -> list[Event]:
        message = str(uuid4())
        accepted = self.post(id=message, **body)
        assert accepted.status_code == 202, accepted.text
        return self.turn_of(message)

    def turn_of(self, message: str) -> list[Event]:
        """Waits for the end of a message's turn and returns its events."""
        turn: list[Event] = []
        while not turn or turn[-1]["kind"] != "turn_end":
            new = self.events(self.seq, wait=20)
            assert new, f"the turn did not end; so far: {turn}"
            self.seq = new[-1]["seq"]
            turn += [event for event in new if event["in_reply_to"] == message]
        self.last_turn = turn
        return turn


def bots(turn: list[Event]) -> list[Event]:
    return [event for event in turn if event["kind"] == "bot"]


def answers(turn: list[Event]) -> list[str]:
    """The ids of what was answered in a turn."""
    return [event["answer"] for event in bots(turn)]
