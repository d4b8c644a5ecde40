"""Rasa's own commands work on the project as people who know Rasa expect."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.running import ROOT, Server, free_port
from tests.visitor import Visitor, answers

pytestmark = pytest.mark.slow

RASA = str(Path(sys.executable).with_name("rasa"))
SHELL_SECONDS = 90.0


def test_the_training_data_is_valid_without_a_warning() -> None:
    command = [RASA, "data", "validate", "--domain", "domain.yml", "--data", "data", "--fail-on-warnings"]

    told = subprocess.run(command, cwd=ROOT, env=quiet(), capture_output=True, text=True, timeout=300)

    assert told.returncode == 0, told.stdout + told.stderr
    assert "UserWarning: T" not in told.stderr
    assert "No story structure conflicts found" in told.stdout + told.stderr


def test_rasa_run_with_an_action_server_of_its_own_answers_on_the_same_wire(own_server: Server) -> None:
    actions_port = free_port()
    endpoints = own_server.folder / "endpoints.yml"
    endpoints.write_text((ROOT / "endpoints.yml").read_text().replace("5055", str(actions_port)))
    actions = Server(own_server.folder, actions_port)
    try:
        actions.launch(RASA, "run", "actions", "--port", str(actions_port))
        actions.wait_until("/health", 200)
        own_server.launch(RASA, "run", "--port", str(own_server.port), "--endpoints", str(endpoints))
        own_server.wait_until("/", 200)
        visitor = Visitor(own_server.address)

        assert answers(visitor.say("should i use heat or ice?")) == ["heat_and_cold"]
        assert answers(visitor.say("book a deep tissue massage with priya on monday")) == ["book_appointment"]
        assert answers(visitor.press("None of these")) == ["book_appointment"]
        assert requests.post(f"{own_server.address}/webhooks/rest/webhook", json={}, timeout=10).status_code == 404
    finally:
        actions.stop()


def test_rasa_shell_talks(own_server: Server) -> None:
    actions_port = free_port()
    endpoints = own_server.folder / "endpoints.yml"
    endpoints.write_text((ROOT / "endpoints.yml").read_text().replace("5055", str(actions_port)))
    actions = Server(own_server.folder, actions_port)
    try:
        actions.launch(RASA, "run", "actions", "--port", str(actions_port))
        actions.wait_until("/health", 200)

        shown = talk([RASA, "shell", "--port", str(own_server.port), "--endpoints", str(endpoints)], own_server)

        assert re.search("warm pack|ice", shown)
    finally:
        actions.stop()


def talk(command: list[str], server: Server) -> str:
    """What a shell shows in a terminal after a question is typed."""
    terminal, inside = pty.openpty()
    environment = {**quiet(), "CLINIC_DATA": str(server.data), "CLINIC_CONTENT": str(server.content), "TERM": "dumb"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=inside, stdout=inside, stderr=inside)
    try:
        until(terminal, "Your input")
        os.write(terminal, b"should i use heat or ice?\r")
        return until(terminal, "sleep with sciatica")
    finally:
        process.kill()
        process.wait()
        os.close(terminal)
        os.close(inside)


def until(terminal: int, wanted: str) -> str:
    """What the terminal shows until a text comes."""
    shown, deadline = "", time.monotonic() + SHELL_SECONDS
    while wanted not in shown and time.monotonic() < deadline:
        if select.select([terminal], [], [], 1.0)[0]:
            shown += os.read(terminal, 65536).decode("utf-8", "replace")
    assert wanted in shown, shown[-2000:]
    return shown


def quiet() -> dict[str, str]:
    return {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
