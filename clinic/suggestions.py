"""Suggestions while typing: the questions whose words start like the words typed so far."""

import re

from clinic.answers import Answer
from clinic.content import Content

MOST = 5


def suggestions(typed: str, content: Content) -> list[Answer]:
    """At most five answers, best first; empty when no word fits."""
    words = _words(typed)
    scored = [(_score(words, answer), answer.id) for answer in content.answers.values() if answer.id in content.asked()]
    best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))
    return [content.answers[answer_id] for _, answer_id in best[:MOST]]


def _score(words: list[str], answer: Answer) -> float:
    """The share of the typed words that begin a word of the question or of its id."""
    offered = _words(answer.question) + answer.id.split("_")
    fitting = [word for word in words if any(one.startswith(word) for one in offered)]
    return len(fitting) / len(words) if words else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
