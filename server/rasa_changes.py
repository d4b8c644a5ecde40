"""The changes we make to Rasa's behaviour, all of them, for the version they were written for.

1. Rasa checks what an action returned against a JSON schema, and first checks the schema itself,
   each time: 22 to 26 ms a call, most of a turn. The schema is constant; we check it once.
2. Rasa finds an event's class by walking all subclasses, for every stored event of every turn.
   The classes do not change; we remember the answer.
"""

from functools import cache, lru_cache
from typing import Any

import rasa
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event

WRITTEN_FOR = "3.6.21"


def apply() -> None:
    """Changes Rasa in this process, if it is the version these changes were written for."""
    if rasa.__version__ != WRITTEN_FOR or isinstance(vars(RemoteAction)["_validate_action_result"], _Changed):
        return
    RemoteAction._validate_action_result = _Changed(_validate_action_result)  # type: ignore[method-assign]
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))  # type: ignore[method-assign]


class _Changed:
    """A method of ours in Rasa's place, recognisable as such."""

    def __init__(self, function: Any) -> None:
        self._function = function

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return self._function.__get__(instance, owner)


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """As in Rasa: True, or a ValidationError."""
    error = next(_validator().iter_errors(result), None)
    if error is not None:
        raise ValidationError(f"{error.message}. The result of the action {self.name()} is not valid.")
    return True


@cache
def _validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    return validator_for(schema)(schema)
