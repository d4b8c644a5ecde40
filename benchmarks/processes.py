"""Starts and stops the measured processes, and says what they use.

Each is started in a session of its own, so that whatever it starts in turn is found by its id.
"""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

STOP_TIMEOUT_SECONDS = 15


class Memory(NamedTuple):
    rss: int  # bytes in memory
    pss: int  # bytes, with pages shared with other processes counted in part


def environment(**own: str) -> dict[str, str]:
    """This process's environment with our settings removed, and those given."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("CLINIC_")}
    return {**others, "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", **own}


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: list[str], *, folder: Path, environment: dict[str, str], log: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    """The started process, which writes to `log`; stopped at the end, whatever happens."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            yield process
        finally:
            stop(process)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ends it and whatever it started."""
    _signal(process, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_TIMEOUT_SECONDS)
    _signal(process, signal.SIGKILL)
    process.wait()


def _signal(process: "subprocess.Popen[bytes]", number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def memory(process: "subprocess.Popen[bytes]") -> Memory:
    """Of the process and whatever it started, now."""
    rss = pss = 0
    for folder in _of_session(process.pid):
        used = dict(line.split(":") for line in (folder / "smaps_rollup").read_text().splitlines()[1:])
        rss += int(used["Rss"].split()[0]) * 1024
        pss += int(used["Pss"].split()[0]) * 1024
    return Memory(rss, pss)


def processor_seconds(process: "subprocess.Popen[bytes]") -> float:
    """What the process and whatever it started have computed so far."""
    ticks = sum(int(ticks) for folder in _of_session(process.pid) for ticks in _stat(folder)[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def _of_session(session: int) -> list[Path]:
    return [folder for folder in Path("/proc").glob("[0-9]*") if _session(folder) == session]


def _session(folder: Path) -> int | None:
    with suppress(FileNotFoundError, ProcessLookupError):  # It has just ended.
        return int(_stat(folder)[3])
    return None


def _stat(folder: Path) -> list[str]:
    """The fields of proc(5) from the state on: the name before them may hold spaces."""
    return (folder / "stat").read_text().rpartition(")")[2].split()
