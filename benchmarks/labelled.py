"""Messages with the intent of each, as public data sets give them: read from CSV, and few of each intent drawn."""

import csv
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from clinic.errors import ClinicError

COLUMNS = ("text", "category")


class Labelled(NamedTuple):
    text: str  # in one line
    intent: str


def read_labelled(file: Path) -> list[Labelled]:
    """In the order of the file. Raises ClinicError when it cannot be read, lacks a column, or holds no messages."""
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except OSError as error:
        raise ClinicError(f"{file} could not be read: {error.strerror}.") from None
    if not rows or not all(rows[0].get(column) for column in COLUMNS):
        raise ClinicError(f"{file} must be a CSV file with the columns {' and '.join(COLUMNS)}, and with messages.")
    return [Labelled(" ".join(row["text"].split()), row["category"]) for row in rows]


def draw(messages: Sequence[Labelled], *, of_each: int, seed: int) -> list[Labelled]:
    """So many different messages of each intent, intents in alphabetical order; the same for the same seed.

    Raises ClinicError when an intent has fewer.
    """
    by_intent: dict[str, list[Labelled]] = defaultdict(list)
    for message in dict.fromkeys(messages):
        by_intent[message.intent].append(message)
    if short := sorted(intent for intent, found in by_intent.items() if len(found) < of_each):
        raise ClinicError(
            f"{short[0]} has {len(by_intent[short[0]])} messages, {of_each} were to be drawn: ask for less."
        )
    chance = random.Random(seed)
    return [message for intent in sorted(by_intent) for message in chance.sample(by_intent[intent], of_each)]
