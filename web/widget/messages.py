"""Messages: what a browser may send, read strictly."""

import re
import unicodedata
from typing import Any, NamedTuple

ID = re.compile(r"[A-Za-z0-9-]{1,64}")  # of a message or a button
LONGEST_REASON = 500  # characters
HIGHEST_SEQ = 2**53  # What JSON numbers hold exactly, and databases too.


class BadMessage(Exception):
    """What was wrong, and what to do."""


class Message(NamedTuple):
    """Either a text or the id of an offered button."""

    id: str
    text: str | None
    button: str | None


class Feedback(NamedTuple):
    seq: int
    helpful: bool
    reason: str | None


def read_message(body: Any) -> Message:
    """Raises BadMessage."""
    message_id, text, button = (_object(body).get(key) for key in ("id", "text", "button"))
    if not isinstance(message_id, str) or not ID.fullmatch(message_id):
        raise BadMessage("The message needs an id of its own: a UUID made by the sender.")
    if (text is None) == (button is None):
        raise BadMessage("Send either a text or a button, not both and not neither.")
    if button is not None:
        if not isinstance(button, str) or not ID.fullmatch(button):
            raise BadMessage("The button must be the id of one that was offered.")
        return Message(message_id, None, button)
    if not isinstance(text, str):
        raise BadMessage("The text must be a text.")
    cleaned = clean(text)
    if not cleaned:
        raise BadMessage("The message is empty. Please type something.")
    return Message(message_id, cleaned, None)


def read_feedback(body: Any) -> Feedback:
    """Raises BadMessage."""
    seq, helpful, reason = (_object(body).get(key) for key in ("seq", "helpful", "reason"))
    if not isinstance(seq, int) or isinstance(seq, bool) or not isinstance(helpful, bool) or not 0 < seq < HIGHEST_SEQ:
        raise BadMessage("Feedback needs seq, the number of the answer, and helpful, true or false.")
    return Feedback(seq, helpful, clean(reason)[:LONGEST_REASON] if isinstance(reason, str) else None)


def clean(text: str) -> str:
    """The text without characters that show nothing, such as NUL and halves of broken emoji."""
    kept = (letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def _object(body: Any) -> dict:
    if not isinstance(body, dict):
        raise BadMessage('Send a JSON object, such as {"id": "...", "text": "..."}.')
    return body
