"""Our changes to Rasa do what Rasa did."""

import copy

import pytest

pytest.importorskip("rasa")

from jsonschema import ValidationError  # noqa: E402
from rasa.core.actions.action import RemoteAction  # noqa: E402
from rasa.shared.core import events  # noqa: E402

STOCK_VALIDATION = RemoteAction._validate_action_result
STOCK_LOOKUP = events.Event.resolve_by_type

from server import rasa_changes  # noqa: E402

pytestmark = pytest.mark.slow

VALID = {
    "events": [
        {"event": "slot", "name": "day", "value": "monday", "timestamp": None},
        {"event": "active_loop", "name": None},
    ],
    "responses": [{"text": "hello", "buttons": []}],
}
INVALID = [{"events": [{"name": "no event"}]}, {"events": "no list"}, {"responses": ["no object"]}, []]


@pytest.fixture(autouse=True)
def _changed() -> None:
    rasa_changes.apply()


def test_a_valid_result_passes_both() -> None:
    action = RemoteAction("action_x", None)

    assert STOCK_VALIDATION(action, copy.deepcopy(VALID)) is True
    assert action._validate_action_result(copy.deepcopy(VALID)) is True


@pytest.mark.parametrize("result", INVALID, ids=str)
def test_an_invalid_result_fails_both(result: object) -> None:
    action = RemoteAction("action_x", None)

    with pytest.raises(ValidationError):
        STOCK_VALIDATION(action, copy.deepcopy(result))
    with pytest.raises(ValidationError):
        action._validate_action_result(copy.deepcopy(result))


@pytest.mark.parametrize("name", ["user", "bot", "slot", "action", "active_loop", "session_started", "reminder"])
def test_an_event_is_found_as_before(name: str) -> None:
    assert events.Event.resolve_by_type(name) is STOCK_LOOKUP(name)


def test_another_version_of_rasa_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasa.__version__", "3.7.0")
    monkeypatch.setattr(RemoteAction, "_validate_action_result", STOCK_VALIDATION)

    rasa_changes.apply()

    assert RemoteAction._validate_action_result is STOCK_VALIDATION
