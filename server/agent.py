"""Rasa's agent as we serve it: the newest model, the stores of endpoints.yml, actions in this process."""

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.core.utils import AvailableEndpoints

from clinic.errors import ModelError, SettingError
from encoder.sentence_encoder import UnusableEncoder
from server import rasa_changes
from server.in_process_actions import InProcessActions
from storage.settings import ROOT


class ClinicAgent(Agent):
    """Rasa's agent with actions in this process, and the tracker store as it is, without Rasa's wrapper:
    a store that fails must be heard of."""

    @classmethod
    def on(cls, store: TrackerStore) -> "ClinicAgent":
        """Without a model yet: it can forget, and has nothing to say."""
        rasa_changes.apply()
        return cls(tracker_store=store, action_endpoint=InProcessActions())

    @classmethod
    def serving(cls, model: Path, store: TrackerStore) -> "ClinicAgent":
        """Raises ModelError."""
        agent = cls.on(store)
        agent.serve(model)
        return agent

    def serve(self, model: Path) -> None:
        """Raises ModelError, which names the part that is broken and the remedy."""
        try:
            self.load_model(model)
        except Exception as error:  # Of Rasa and of all that our components use.
            raise ModelError(_why_not(model, error)) from error
        self.processor.on_circuit_break = _fail_turn

    @staticmethod
    def _create_tracker_store(store: Any, domain: Any) -> TrackerStore:
        store.domain = domain
        return store


def open_agent() -> ClinicAgent:
    """The agent without a model. Raises SettingError when its store is not the configured one."""
    return ClinicAgent.on(open_store(AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))))


def newest_model(folder: Path) -> Path:
    """Raises ModelError."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise ModelError(f"There is no trained model in {folder}. Run: make train")
    return models[-1]


def open_store(endpoints: AvailableEndpoints) -> TrackerStore:
    """The configured store. Rasa would quietly keep dialogues in memory when it cannot be found."""
    wanted = endpoints.tracker_store.type if endpoints.tracker_store else None
    store = TrackerStore.create(endpoints.tracker_store)
    if isinstance(store, InMemoryTrackerStore) and wanted is not None:
        raise SettingError(f"endpoints.yml: there is no tracker store {wanted}. Correct tracker_store: type.")
    return store


def _fail_turn(*_: Any) -> None:
    """Instead of showing what was said until Rasa stopped it."""
    raise RuntimeError("The policies never wait for the visitor.")


def _why_not(model: Path, error: BaseException) -> str:
    """What is broken, and the remedy; Rasa wraps the error that says so."""
    while error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, UnusableEncoder):
        return str(error)
    return f"The model {model.name} cannot be loaded ({type(error).__name__}: {error}). Run: scripts/train --force"
