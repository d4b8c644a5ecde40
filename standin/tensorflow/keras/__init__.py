"""The Keras side of the stand-in, see the package `tensorflow` beside it."""

from typing import Any

import tensorflow

__version__ = tensorflow.__version__
__path__: list = []


def __getattr__(name: str) -> Any:
    return getattr(tensorflow.keras, name)
