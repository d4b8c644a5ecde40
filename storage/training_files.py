"""Reads and extends the training sentences in data/nlu.yml, and says what is wrong with them."""

import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from storage.yaml_file import read_yaml

FEWEST_EXAMPLES = 20


class Example(NamedTuple):
    intent: str
    text: str
    line: int


def read_examples(path: Path) -> list[Example]:
    """All training sentences with their lines. Raises ContentError when the file is not YAML."""
    groups = (read_yaml(path, _shown(path)) or {}).get("nlu") or []
    found = []
    for group in groups:
        first_line = group.lc.key("examples")[0] + 2
        for offset, line in enumerate(str(group["examples"]).splitlines()):
            if line.strip():
                found.append(Example(group["intent"], line.strip()[1:].strip(), first_line + offset))
    return found


def problems_in(path: Path, asked: Collection[str], others: Collection[str]) -> list[str]:
    """What is wrong with the sentences, given the answers that can be asked for and the other intents."""
    examples, shown = read_examples(path), _shown(path)
    count = Counter(example.intent for example in examples)
    problems = [
        f"{shown}: {intent} has {count[intent]} examples: write at least {FEWEST_EXAMPLES}"
        for intent in sorted({*asked, *others})
        if count[intent] < FEWEST_EXAMPLES
    ]
    first: dict[str, Example] = {}
    for example in examples:
        where = f"{shown}:{example.line}"
        if example.intent not in asked and example.intent not in others:
            problems.append(f"{where}: {example.intent} has no answer: add content/answers/{example.intent}.yml")
        if not example.text or example.text.startswith("/"):
            problems.append(f"{where}: a sentence is empty or starts with a slash: write it as a visitor would")
        known = first.setdefault(_plain(example.text), example)
        if known is not example:
            problems.append(f"{where}: '{example.text}' stands in line {known.line} too: keep it once")
    return problems


def add_intent(path: Path, intent: str, sentences: Collection[str]) -> None:
    """Appends an intent, and leaves every other line as it was."""
    lines = [f"\n  - intent: {intent}", "    examples: |", *(f"      - {sentence}" for sentence in sentences)]
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(text + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
