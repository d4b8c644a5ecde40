"""The changes we make to Rasa's behaviour, all of them, for the version they were written for.

The first five do what Rasa does, sooner; the last one lets a failure be heard:

1. Rasa checks what an action returned against a JSON schema, and first checks the schema itself,
   each time: 22 to 26 ms a call, most of a turn. The schema is constant; we check it once. What
   rasa_sdk put together in this process has that form by construction, and is not checked.
2. Rasa finds an event's class by walking all subclasses, for every stored event of every turn.
   The classes do not change; we remember the answer.
3. Rasa works out anew for each message, twice and more, in which order to run its graph. The graph
   does not change; we remember the order.
4. Rasa looks for rules that quote the visitor's words before those that name an intent. When no
   rule quotes words, we do not look.
5. Rasa holds every rule against the state of the dialogue. We hold those that end in the state's
   own last action and intent against it.
6. Rasa goes on when an action fails, with what others say in the turn, and logs the error, in which
   a visitor's words may be. We let the turn fail.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from functools import cache, lru_cache
from graphlib import TopologicalSorter
from typing import Any

import rasa
import rasa.core.processor
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import Action, ActionExecutionRejection, RemoteAction
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.constants import SHOULD_NOT_BE_SET
from rasa.shared.core.events import Event

from server.in_process_actions import InProcessActions

WRITTEN_FOR = "3.6.21"

State = dict[str, dict[str, Any]]
Ending = tuple[str | None, str | None]  # last action, intent


def apply() -> None:
    """Changes Rasa in this process, if it is the version these changes were written for."""
    if rasa.__version__ != WRITTEN_FOR or rasa.core.processor.DaskGraphRunner is OrderedGraphRunner:
        return
    RemoteAction._validate_action_result = _validate_action_result  # type: ignore[method-assign]
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))  # type: ignore[method-assign]
    rasa.core.processor.DaskGraphRunner = OrderedGraphRunner  # type: ignore[misc]
    RulePolicy._find_action_from_rules = _only_quoting_rules(RulePolicy._find_action_from_rules)  # type: ignore[method-assign]
    RulePolicy._get_possible_keys = _only_likely_rules(RulePolicy._get_possible_keys)  # type: ignore[method-assign]
    MessageProcessor._run_action = _failing_with(MessageProcessor._run_action)  # type: ignore[method-assign]


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """As in Rasa: True, or a ValidationError."""
    if isinstance(self.action_endpoint, InProcessActions):
        return True
    error = next(_validator().iter_errors(result), None)
    if error is not None:
        raise ValidationError(f"{error.message}. The result of the action {self.name()} is not valid.")
    return True


@cache
def _validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    return validator_for(schema)(schema)


class OrderedGraphRunner(DaskGraphRunner):
    """Runs the nodes one after another, in an order found once for each set of targets."""

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        wanted = targets or self._graph_schema.target_names
        done = {name: (name, value) for name, value in (inputs or {}).items()}
        for name in self._order(tuple(wanted)):
            parents = self._graph_schema.nodes[name].needs.values()
            done[name] = self._instantiated_nodes[name](*(done.get(parent, parent) for parent in parents))
        return {name: done[name][1] for name in wanted}

    def _order(self, targets: tuple[str, ...]) -> list[str]:
        orders: dict[tuple[str, ...], list[str]] = self.__dict__.setdefault("_orders", {})
        if targets not in orders:
            nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
            before = {name: [need for need in node.needs.values() if need in nodes] for name, node in nodes.items()}
            orders[targets] = list(TopologicalSorter(before).static_order())
        return orders[targets]


def _only_quoting_rules(find: Callable[..., Any]) -> Callable[..., Any]:
    def find_action(self: RulePolicy, tracker: Any, domain: Any, use_text_for_last_user_input: bool) -> Any:
        if use_text_for_last_user_input and not _rules_of(self, self.lookup[RULES]).quote_words:
            return None, None, False
        return find(self, tracker, domain, use_text_for_last_user_input)

    return find_action


def _only_likely_rules(possible: Callable[..., Any]) -> Callable[..., Any]:
    def get_possible_keys(self: RulePolicy, lookup: dict[str, str], states: list[State]) -> Any:
        likely = _rules_of(self, lookup).likely(states[-1]) if states else list(lookup)
        return possible(self, {key: lookup[key] for key in likely}, states)

    return get_possible_keys


class _Rules:
    """The rules of one lookup by how they end: the last action, and the intent if they name one."""

    def __init__(self, lookup: dict[str, str]) -> None:
        self.lookup, self.size = lookup, len(lookup)
        self._by_ending: defaultdict[Ending, list[str]] = defaultdict(list)
        self.quote_words = False
        for key in lookup:
            states = json.loads(key)
            self._by_ending[_ending(states[-1])].append(key)
            self.quote_words |= any("text" in state.get("user", {}) for state in states)

    def likely(self, state: State) -> list[str]:
        action, intent = _ending(state)
        if action is None:  # At its start a dialogue fits whatever a rule that begins one says of the visitor.
            return [key for ending, keys in self._by_ending.items() if ending[0] is None for key in keys]
        return [key for ending in {(action, intent), (action, None)} for key in self._by_ending.get(ending, ())]


def _rules_of(policy: RulePolicy, lookup: dict[str, str]) -> _Rules:
    known: dict[int, _Rules] = policy.__dict__.setdefault("_rules_by_lookup", {})
    rules = known.get(id(lookup))
    if rules is None or rules.lookup is not lookup or rules.size != len(lookup):
        rules = known[id(lookup)] = _Rules(lookup)
    return rules


def _ending(state: State) -> Ending:
    """Names that are to be absent count as not named: Rasa looks at those itself."""
    named = state.get("prev_action", {}).get("action_name"), state.get("user", {}).get("intent")
    return tuple(None if name == SHOULD_NOT_BE_SET else name for name in named)  # type: ignore[return-value]


def _failing_with(run: Callable[..., Any]) -> Callable[..., Any]:
    async def run_action(self: MessageProcessor, action: Action, *given: Any, **named: Any) -> bool:
        heard = _Heard(action)
        goes_on = await run(self, heard, *given, **named)
        if heard.failure:
            raise heard.failure
        return bool(goes_on)

    return run_action


class _Heard:
    """An action whose failure is noted here instead of thrown, as Rasa would catch it."""

    def __init__(self, action: Action) -> None:
        self._action = action
        self.failure: Exception | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._action, name)

    async def run(self, *given: Any) -> list[Event]:
        try:
            return await self._action.run(*given)
        except ActionExecutionRejection:  # An answer: another policy is to choose.
            raise
        except Exception as error:
            self.failure = error
            return []
