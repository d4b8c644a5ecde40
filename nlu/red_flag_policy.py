"""Red flags come before everything: before rules, stories, and any form that is being filled in. What an alert holds
back stays held back until the visitor took it back."""

from typing import Any

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from clinic.held_alerts import HELD, LEVELS_THAT_HOLD, has_to_wait
from nlu.question_classifier import QUESTIONS
from nlu.red_flag_detector import RED_FLAG
from storage.content_files import live_content

# `see_doctor` only comes before the answer, which action_answer does.
RAISE, HOLD = "action_raise_alert", "action_hold_alert"
CALL_BACK_FORM = "call_back_form"
ABOVE_RULES = 100


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class RedFlagPolicy(Policy):
    """Predicts the alert, or that it is said again, then waits for the visitor. It learns nothing."""

    @staticmethod
    def supported_data() -> SupportedData:
        return SupportedData.ML_AND_RULE_DATA

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"priority": ABOVE_RULES}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "RedFlagPolicy":
        return cls(config, model_storage, resource, execution_context)

    def _create_featurizer(self) -> TrackerFeaturizer:
        return TrackerFeaturizer()

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **_: Any) -> Resource:
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **_: Any,
    ) -> PolicyPrediction:
        action = self._action(tracker)
        if action is None:
            return self._prediction(self._default_predictions(domain))
        probabilities = [0.0] * domain.num_actions
        probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities, is_no_user_prediction=True)

    def _action(self, tracker: DialogueStateTracker) -> str | None:
        message = tracker.latest_message
        flag = message.parse_data.get(RED_FLAG) if message else None
        if flag and flag["level"] in LEVELS_THAT_HOLD:
            action = RAISE
        elif message and tracker.get_slot(HELD) and self._begins(tracker) and self._has_to_wait(message, tracker):
            action = HOLD
        else:
            return None
        return ACTION_LISTEN_NAME if tracker.latest_action_name in (RAISE, HOLD) else action

    def _begins(self, tracker: DialogueStateTracker) -> bool:
        """Whether nothing has answered this message yet: a call-back that it completed has been passed on."""
        return tracker.latest_action_name in (ACTION_LISTEN_NAME, RAISE, HOLD)

    def _has_to_wait(self, message: UserUttered, tracker: DialogueStateTracker) -> bool:
        """A call-back is a way to a person, so its name and number pass; nothing of a booking does."""
        content, form = live_content().current(), tracker.active_loop_name
        questions = message.parse_data.get(QUESTIONS) or [message.intent_name]
        waiting = [question for question in questions if has_to_wait(question, content.answers)]
        if form == CALL_BACK_FORM:
            return any(question in content.asked() for question in waiting)
        return bool(waiting) or form is not None
