"""Looks like TensorFlow to code that only imports it, and refuses to work for code that uses it.

Every attribute of every module below `tensorflow` and `keras` is an inert class:
it can be subclassed, named in annotations and used as a decorator while modules
are being imported. Called later, it raises `StandInError`.
"""

import sys
from collections.abc import Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import FrameType, ModuleType
from typing import Any

__version__ = "2.12.0+standin"
__path__: list = []

# Their absence tells thinc (and so spaCy) that there is no TensorFlow to work with.
_MISSING = ("tensorflow.experimental",)


class StandInError(ImportError):
    """Something asked TensorFlow to compute, and only its stand-in is installed."""


class _Inert(type):
    """The type of everything the stand-in offers."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _inert(f"{cls.__qualname__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if not _importing():
            raise StandInError(_refusal(cls.__qualname__))
        decorates = len(args) == 1 and callable(args[0]) and not kwargs
        return args[0] if decorates else cls


def _inert(name: str) -> _Inert:
    return _Inert(name, (), {"__module__": __name__})


def _importing() -> bool:
    return any("importlib._bootstrap" in frame.f_code.co_filename for frame in _callers())


def _refusal(wanted: str) -> str:
    return (
        f"{_component()} needs TensorFlow ({wanted}), which is not installed: this project runs "
        "without it. Take the component out of config.yml, or install TensorFlow as "
        "standin/README.md shows."
    )


def _component() -> str:
    """The Rasa class that asked, or the module when it was a plain function."""
    for frame in _callers():
        module = frame.f_globals.get("__name__", "")
        if module != __name__:
            owner = frame.f_locals.get("self", frame.f_locals.get("cls"))
            if owner is None:
                return f"The module {module}"
            kind = owner if isinstance(owner, type) else type(owner)
            if not isinstance(kind, _Inert):
                return f"The component {kind.__name__}"
    return "Something"


def _callers() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        yield frame
        frame = frame.f_back


class _Module(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _inert(f"{self.__name__}.{name}")


class _Finder(MetaPathFinder, Loader):
    """Finds every submodule of `tensorflow` and `keras`, except those that must stay missing."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not name.startswith(("tensorflow.", "tensorflow_hub.", "keras.")) or name.startswith(_MISSING):
            return None
        return ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


def __getattr__(name: str) -> Any:
    if name.startswith("__") or f"tensorflow.{name}".startswith(_MISSING):
        raise AttributeError(name)
    return _inert(f"tensorflow.{name}")


sys.meta_path.append(_Finder())
