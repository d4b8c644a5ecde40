"""Rasa's agent as we serve it: the newest model, the stores of endpoints.yml, actions in this process."""

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.core.utils import AvailableEndpoints

from clinic.errors import SettingError
from server import rasa_changes
from server.in_process_actions import InProcessActions
from storage.settings import ROOT, Settings


class ClinicAgent(Agent):
    """Rasa's agent with actions in this process, and the tracker store as it is, without Rasa's wrapper:
    a store that fails must be heard of."""

    @classmethod
    def serving(cls, model: Path, store: TrackerStore) -> Agent:
        rasa_changes.apply()
        agent = cls(tracker_store=store, action_endpoint=InProcessActions())
        agent.load_model(model)
        return agent

    @staticmethod
    def _create_tracker_store(store: Any, domain: Any) -> TrackerStore:
        store.domain = domain
        return store


def load_agent(own: Settings) -> Agent:
    """Raises SettingError when there is no model, or when a store is not the configured one."""
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    return ClinicAgent.serving(newest_model(own.models), open_store(endpoints))


def newest_model(folder: Path) -> Path:
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise SettingError(f"There is no trained model in {folder}. Run: make train")
    return models[-1]


def open_store(endpoints: AvailableEndpoints) -> TrackerStore:
    """The configured store. Rasa would quietly keep dialogues in memory when it cannot be found."""
    wanted = endpoints.tracker_store.type if endpoints.tracker_store else None
    store = TrackerStore.create(endpoints.tracker_store)
    if isinstance(store, InMemoryTrackerStore) and wanted is not None:
        raise SettingError(f"endpoints.yml: there is no tracker store {wanted}. Correct tracker_store: type.")
    return store
