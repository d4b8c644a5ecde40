"""Runs the actions inside the server instead of over HTTP.

Rasa asks an endpoint to run an action; this endpoint calls rasa_sdk's executor directly. The stock
action server answers the same calls (`rasa run actions`), a connection and a copy of the
conversation later.
"""

import json
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException


class InProcessActions(EndpointConfig):
    def __init__(self, package: str = "actions") -> None:
        super().__init__(url=f"in-process://{package}")
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(self, method: str = "post", subpath: str | None = None, **call: Any) -> Any:
        """The action's events and responses. A rejection becomes the HTTP 400 that Rasa expects of it."""
        try:
            return await self._executor.run(call["json"])
        except (ActionExecutionRejection, ActionNotFoundException) as refused:
            reason = {"action_name": refused.action_name, "error": str(refused)}
            raise ClientResponseError(400, "the action was not executed", json.dumps(reason)) from refused
