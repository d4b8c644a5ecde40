"""What is logged: events, never a visitor's words."""

import logging
import os
import traceback
import warnings

import sanic  # noqa: F401 - sets its own warning filters when first imported
from rasa.utils.log_utils import configure_structlog


def configure_logging() -> None:
    """Our own events at LOG_LEVEL (default INFO); of the libraries, only warnings."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("server", "storage", "web"):
        logging.getLogger(name).setLevel(os.environ.get("LOG_LEVEL", "INFO"))
    configure_structlog(logging.WARNING)
    # Sanic switches these on for every library; they are for the libraries' authors.
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", message="Slot auto-fill has been removed")  # Said whatever the domain holds.


def told(error: BaseException) -> str:
    """What failed and where, without what the errors say of it: that may be a visitor's words."""
    kind = type(error).__name__
    lines = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    cause = f"\nbecause of {told(error.__cause__)}" if error.__cause__ else ""
    return f"{kind}\n{lines}{cause}"
