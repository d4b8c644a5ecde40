"""Reads and extends the training sentences in data/nlu.yml and data/dangers.yml, and says what is wrong with them."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from clinic.alarms import NO_DANGER
from clinic.content import Content
from clinic.errors import ContentError
from clinic.record import PLACEHOLDER
from storage.yaml_file import line_of, read_yaml, read_yaml_with_lines

FEWEST_EXAMPLES = 20
HARMLESS = NO_DANGER  # what shows none: this, or this with _ and the reason
MEANING = {"nlu": "intent", "dangers": "danger"}  # what the sentences under a file's first key have


class Example(NamedTuple):
    intent: str
    text: str
    line: int


def read_examples(path: Path) -> list[Example]:
    """All training sentences with their lines. Raises ContentError when the file is not YAML, or of another layout."""
    return [_example(line) for line in _lines(path)]


def read_sentences(path: Path) -> Iterator[tuple[str, str]]:
    """The intent and the text of each, without lines: in a fiftieth of the time. Raises ContentError as read_examples
    does, and OSError."""
    shown = _shown(path)
    for _, intent, examples in _groups(read_yaml(path, shown), shown):
        for text in examples.splitlines():
            if text.strip():
                yield intent, text.strip().removeprefix("-").strip()


def read_dangers(path: Path) -> Iterator[tuple[str, str]]:
    """The red flag that each sentence shows, or HARMLESS, and its text. Raises as read_sentences does."""
    for danger, text in read_sentences(path):
        yield HARMLESS if _is_harmless(danger) else danger, text


def project_problems(root: Path, content: Content) -> list[str]:
    """What is wrong with the sentences of a project with this content."""
    said_in_forms = read_yaml_with_lines(root / "domain.yml", "domain.yml")["intents"]
    return [
        *problems_in(root / "data" / "nlu.yml", content.asked(), said_in_forms),
        *danger_problems_in(root / "data" / "dangers.yml", {flag.id for flag in content.red_flags.red_flags}),
    ]


def problems_in(path: Path, asked: Collection[str], others: Collection[str]) -> list[str]:
    """What is wrong with the sentences, given the answers that can be asked for and the other intents."""
    known = {*asked, *others}
    return _problems_in(path, known, known.__contains__, "{0} has no answer: add content/answers/{0}.yml")


def danger_problems_in(path: Path, red_flags: Collection[str]) -> list[str]:
    """What is wrong with the sentences about dangers, given the ids of content/red_flags.yml."""
    return _problems_in(
        path,
        {*red_flags, HARMLESS},
        lambda danger: danger in red_flags or _is_harmless(danger),
        f"there is no red flag {{0}}: write an id of content/red_flags.yml, {HARMLESS}, or {HARMLESS}_ and a reason",
    )


def _problems_in(path: Path, wanted: Collection[str], is_known: Callable[[str], bool], unknown: str) -> list[str]:
    lines, shown = _lines(path), _shown(path)
    examples = [_example(line) for line in lines]
    count = Counter(example.intent for example in examples)
    first_lines = {example.intent: f":{example.line}" for example in reversed(examples)}
    problems = [
        f"{shown}{first_lines.get(intent, '')}: {intent} has {count[intent]} examples: write at least {FEWEST_EXAMPLES}"
        for intent in sorted(wanted)
        if count[intent] < FEWEST_EXAMPLES
    ]
    problems += [
        f"{shown}:{line.number}: '{line.text}' has no dash before it: put '- ' there"
        for line in lines
        if not line.text.startswith("-")
    ]
    first: dict[str, Example] = {}
    for example in examples:
        where = f"{shown}:{example.line}"
        if not is_known(example.intent):
            problems.append(f"{where}: {unknown.format(example.intent)}")
        if not example.text or example.text.startswith(("/", PLACEHOLDER)):
            problems.append(
                f"{where}: a sentence is empty or starts with a slash or {PLACEHOLDER.strip()}: "
                "write it as a visitor would"
            )
        known = first.setdefault(_plain(example.text), example)
        if known is not example:
            problems.append(f"{where}: '{example.text}' stands in line {known.line} too: keep it once")
    return problems


def add_intent(path: Path, intent: str, sentences: Collection[str]) -> None:
    """Appends an intent, and leaves every other line as it was."""
    lines = [f"\n  - intent: {intent}", "    examples: |", *(f"      - {sentence}" for sentence in sentences)]
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(text + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


class _Line(NamedTuple):
    """A line under `examples: |`, as it stands there."""

    intent: str
    text: str
    number: int


def _example(line: _Line) -> Example:
    return Example(line.intent, line.text.removeprefix("-").strip(), line.number)


def _lines(path: Path) -> list[_Line]:
    """All that are not empty."""
    found, shown = [], _shown(path)
    for group, intent, examples in _groups(read_yaml_with_lines(path, shown), shown):
        first_line = line_of(group, ("examples",)) + 1
        for offset, text in enumerate(examples.splitlines()):
            if text.strip():
                found.append(_Line(intent, text.strip(), first_line + offset))
    return found


def _groups(file: Any, shown: str) -> Iterator[tuple[Any, str, str]]:
    """Each group of sentences as it was read, what they mean, and its examples as one text."""
    listed = next((key for key in MEANING if key in (file or {})), "nlu")
    for place, group in enumerate((file or {}).get(listed) or []):
        meaning, examples = (
            (group.get(key) for key in (MEANING[listed], "examples")) if isinstance(group, dict) else (0, 0)
        )
        if not isinstance(meaning, str) or not isinstance(examples, str):
            line = line_of(file, (listed, place))
            remedy = f"write `{MEANING[listed]}: its_name`, and below it `examples: |` and sentences"
            raise ContentError([f"{shown}:{line}: {remedy}"])
        yield group, meaning, examples


def _is_harmless(danger: str) -> bool:
    return danger == HARMLESS or danger.startswith(f"{HARMLESS}_")


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
