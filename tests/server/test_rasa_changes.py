"""Our changes to Rasa do what Rasa did."""

import copy

import pytest

pytest.importorskip("rasa")

import rasa.core.processor  # noqa: E402
from jsonschema import ValidationError  # noqa: E402
from rasa.core.actions.action import RemoteAction  # noqa: E402
from rasa.core.agent import Agent  # noqa: E402
from rasa.core.policies.rule_policy import RULES, RulePolicy  # noqa: E402
from rasa.core.tracker_store import InMemoryTrackerStore  # noqa: E402
from rasa.engine.runner.dask import DaskGraphRunner  # noqa: E402
from rasa.shared.core import events  # noqa: E402

STOCK_VALIDATION = RemoteAction._validate_action_result
STOCK_LOOKUP = events.Event.resolve_by_type
STOCK_SEARCH = RulePolicy._find_action_from_rules
STOCK_KEYS = RulePolicy._get_possible_keys

from server import rasa_changes  # noqa: E402
from tests.server.dialogue import LONG_TALK, agent_on, talk  # noqa: E402

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Slot auto-fill:UserWarning")]

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


def test_what_actions_in_this_process_return_is_valid_by_construction(
    agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    results, ours = [], RemoteAction._validate_action_result

    def both(action: RemoteAction, result: dict) -> bool:
        results.append((STOCK_VALIDATION(action, copy.deepcopy(result)), ours(action, result)))
        return True

    monkeypatch.setattr(RemoteAction, "_validate_action_result", both)
    talk(agent, "valid", LONG_TALK)

    assert len(results) >= len(LONG_TALK)
    assert all(stock is checked is True for stock, checked in results)


@pytest.mark.parametrize("name", ["user", "bot", "slot", "action", "active_loop", "session_started", "reminder"])
def test_an_event_is_found_as_before(name: str) -> None:
    assert events.Event.resolve_by_type(name) is STOCK_LOOKUP(name)


@pytest.fixture(scope="module")
def agent() -> Agent:
    return agent_on(InMemoryTrackerStore(None))


def test_the_graph_gives_what_it_gave(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    ordered, results = rasa_changes.OrderedGraphRunner.run, []

    def both(runner: DaskGraphRunner, inputs: dict, targets: list[str]) -> dict:
        results.append(
            [described(run(runner, copy.deepcopy(inputs), targets)) for run in (DaskGraphRunner.run, ordered)]
        )
        return ordered(runner, inputs, targets)

    monkeypatch.setattr(rasa_changes.OrderedGraphRunner, "run", both)
    talk(agent, "graph", LONG_TALK)

    assert len(results) > 2 * len(LONG_TALK)
    assert all(stock == ours for stock, ours in results)


def described(results: dict) -> list:
    """What a run gave: messages, or a prediction of the next action."""
    return [
        [message.as_dict(only_output_properties=True) for message in result]
        if isinstance(result, list)
        else (result.probabilities, result.policy_name, result.events)
        for result in results.values()
    ]


def test_the_same_rules_fit_and_decide(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    keys, search, compared = RulePolicy._get_possible_keys, RulePolicy._find_action_from_rules, []

    def both_keys(policy: RulePolicy, lookup: dict, states: list) -> set:
        compared.append((STOCK_KEYS(policy, lookup, states), keys(policy, lookup, states)))
        return compared[-1][1]

    def both_searches(policy: RulePolicy, tracker: object, domain: object, use_text_for_last_user_input: bool) -> tuple:
        stock = STOCK_SEARCH(policy, tracker, domain, use_text_for_last_user_input)
        ours = search(policy, tracker, domain, use_text_for_last_user_input)
        # Where no rule fits, Rasa also tells the state, which nobody reads for words.
        compared.append((stock[0::2], ours[0::2]))
        return ours

    monkeypatch.setattr(RulePolicy, "_get_possible_keys", both_keys)
    monkeypatch.setattr(RulePolicy, "_find_action_from_rules", both_searches)
    talk(agent, "rules", LONG_TALK)

    assert any(keys for keys, _ in compared)
    assert all(stock == ours for stock, ours in compared)


def test_a_rule_that_quotes_words_is_found(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = next(
        node._component
        for node in agent.processor.graph_runner._instantiated_nodes.values()
        if isinstance(node._component, RulePolicy)
    )
    quoting = '[{"prev_action": {"action_name": "action_listen"}, "user": {"text": "knock knock"}}]'
    monkeypatch.setitem(policy.lookup, RULES, {quoting: "action_clarify"})

    assert talk(agent, "quoting", ["knock knock"])[0][0] in ("clarify", "not_understood", "out_of_scope")


def test_another_version_of_rasa_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasa.__version__", "3.7.0")
    monkeypatch.setattr(RemoteAction, "_validate_action_result", STOCK_VALIDATION)
    monkeypatch.setattr(rasa.core.processor, "DaskGraphRunner", DaskGraphRunner)

    rasa_changes.apply()

    assert RemoteAction._validate_action_result is STOCK_VALIDATION
    assert rasa.core.processor.DaskGraphRunner is DaskGraphRunner
