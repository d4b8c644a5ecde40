"""One message as an action finds it, and what the action says and sets."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class Done(NamedTuple):
    said: list[dict[str, Any]]
    slots: dict[str, Any]

    @property
    def text(self) -> str:
        """What was said last."""
        return str(self.said[-1]["text"])

    @property
    def titles(self) -> list[str]:
        """The buttons of what was said last."""
        return [button["title"] for button in self.said[-1]["buttons"]]


def done_by(
    action: Action,
    text: str = "",
    *,
    intent: str = "nlu_fallback",
    slots: Mapping[str, Any] = MappingProxyType({}),
    **heard: Any,
) -> Done:
    """What an action does after a message; `heard` is what else the pipeline made of it, such as `entities`."""
    message = {"text": text, "intent": {"name": intent}, **heard}
    tracker = Tracker("someone", dict(slots), message, [{"event": "user"}], False, None, {}, None)
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, tracker, {}))
    said = [{**message, **message.pop("custom", {})} for message in dispatcher.messages]
    return Done(said, {event["name"]: event["value"] for event in events if event["event"] == "slot"})
