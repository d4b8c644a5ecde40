"""Starts the assistant, or says at once why it cannot: `python -m server.launcher`."""

import os
import socket
import sys

from clinic.errors import ClinicError, SettingError
from storage.clock import require_right_zones
from storage.content_files import live_content
from storage.settings import Settings, settings


def main() -> None:
    try:
        own = settings()
        require_right_zones()
        require_free_port(own)
        live_content().current()
        serve(own)
    except ClinicError as error:
        sys.exit(f"The assistant cannot start.\n{error}")


def require_free_port(own: Settings) -> None:
    """Raises SettingError when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in own.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((own.host, own.port))
        except OSError as error:
            raise SettingError(
                f"Cannot listen on {own.host} port {own.port}: {error.strerror}. "
                "Stop the program that uses it, or choose another: PORT=5006 make run"
            ) from None


def serve(own: Settings) -> None:
    """Runs until it is told to stop. Raises SettingError."""
    # NumPy would multiply one small matrix on all cores, and keep the others spinning: twice the processor time a turn.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from server.logs import configure_logging  # From here on Rasa is imported, which takes seconds.

    configure_logging()
    from server.app import create_app

    app = create_app(own, live_content())
    app.run(host=own.host, port=own.port, access_log=False, motd=False)


if __name__ == "__main__":
    main()
