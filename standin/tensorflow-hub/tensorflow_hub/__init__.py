"""Stand-in for tensorflow-hub, see standin/README.md."""

from typing import Any

import tensorflow


def __getattr__(name: str) -> Any:
    return getattr(tensorflow.hub, name)
