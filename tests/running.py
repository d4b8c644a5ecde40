"""A real server in a process of its own, as an operator would start it, and stopped by its process id."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 90.0
STOP_SECONDS = 20.0


class Server:
    """A running assistant with a data folder, a content folder and a log of its own."""

    def __init__(self, folder: Path, port: int = 0, **environment: str) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.data = folder / "var"
        self.content = folder / "content"
        self.log = folder / "log"
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        if not self.content.exists():
            shutil.copytree(ROOT / "content", self.content)
        self.data.mkdir(exist_ok=True)
        if not (self.data / "encoder").exists():
            (self.data / "encoder").symlink_to(ROOT / "var" / "encoder")

    def launch(self, *command: str, **environment: str) -> None:
        """Starts a command (the launcher, unless another is given) without waiting for it."""
        self.prepare()
        given = {"PORT": str(self.port), "CLINIC_DATA": str(self.data), "CLINIC_CONTENT": str(self.content)}
        arguments = list(command) or [sys.executable, "-m", "server.launcher"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                arguments,
                cwd=ROOT,
                env={**os.environ, "RASA_TELEMETRY_ENABLED": "false", **given, **self.environment, **environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until(self, path: str, status: int) -> None:
        """Returns when an address answers with a status; fails with the log when it never does."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            try:
                if requests.get(self.address + path, timeout=5).status_code == status:
                    return
            except requests.ConnectionError:
                pass
            time.sleep(0.1)  # Between two looks; the deadline decides.
        raise AssertionError(f"{path} never answered {status}:\n{self.log.read_text()[-3000:]}")

    def start(self) -> "Server":
        self.launch()
        self.wait_until("/ready", 200)
        return self

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


@contextmanager
def running(folder: Path, **environment: str) -> Iterator[Server]:
    server = Server(folder, **environment)
    try:
        yield server.start()
    finally:
        server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
