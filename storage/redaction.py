"""Takes words out of what is kept of a conversation: names and addresses that are needed there no longer."""

import re
from collections.abc import Collection
from typing import Any

REMOVED = "[removed]"


def redacted(value: Any, words: Collection[str]) -> Any:
    """The same JSON value with each of the words, wherever it stands alone in a text, replaced by REMOVED."""
    if isinstance(value, str):
        return _pattern(words).sub(REMOVED, value)
    if isinstance(value, list):
        return [redacted(one, words) for one in value]
    if isinstance(value, dict):
        return {key: redacted(one, words) for key, one in value.items()}
    return value


def _pattern(words: Collection[str]) -> "re.Pattern[str]":
    """Also as they were typed: a telephone number with other marks between its digits, a name with more spaces or a
    curled apostrophe."""
    longest_first = sorted(filter(None, words), key=len, reverse=True)
    ways = [_ways_of_number(word) if _is_number(word) else _ways_of_name(word) for word in longest_first]
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", re.I)


def _ways_of_number(word: str) -> str:
    return r"\W{0,3}".join(re.findall(r"\d", word))


def _ways_of_name(word: str) -> str:
    return r"\s+".join(re.escape(part).replace("'", "['’]") for part in word.split())


def _is_number(word: str) -> bool:
    return re.fullmatch(r"[\d\s().+-]{7,}", word) is not None
