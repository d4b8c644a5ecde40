"""One YAML reader for all content: strict, and able to say on which line a thing stands."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from clinic.errors import ContentError


def read_yaml(path: Path, shown: str) -> Any:
    """The content as plain lists and dictionaries. Raises ContentError naming the file as `shown`, and the line."""
    return _read(YAML(typ="safe"), path, shown)


def read_yaml_with_lines(path: Path, shown: str) -> Any:
    """The same in ten times the time, for `line_of`."""
    return _read(YAML(typ="rt", pure=True), path, shown)


def line_of(node: Any, keys: Sequence[object]) -> int:
    """The line, from 1, on which what is under these keys starts, or the nearest thing around it.

    The node is one read with its lines."""
    line = 0
    for key in keys:
        if isinstance(node, CommentedMap) and key in node:
            line = node.lc.key(key)[0]
        elif isinstance(node, CommentedSeq) and isinstance(key, int) and key < len(node):
            line = node.lc.item(key)[0]
        else:
            break
        node = node[key]
    return line + 1


def _read(yaml: YAML, path: Path, shown: str) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ContentError([f"{shown}: not a text in UTF-8 (byte {error.start}): save it as UTF-8"]) from None
    except MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        problem = " ".join(str(part) for part in (error.context, error.problem) if part)
        remedy = "check the spaces at the start of the line, and put a text with ': ' in it in quotes"
        raise ContentError([f"{shown}{line}: this is not YAML ({problem}): {remedy}"]) from None
    except YAMLError as error:
        raise ContentError(
            [f"{shown}: this is not YAML ({str(error).splitlines()[0]}): remove odd characters"]
        ) from None
