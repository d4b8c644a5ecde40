"""Answers: what the assistant says to a question. One file each in content/answers; the file's name is its id."""

from enum import Enum

from pydantic import Field

from clinic.evidence import Supported, Texts
from clinic.record import Id, Text

LONGEST_QUESTION = 60  # characters; it is the title of a button
LONGEST_ANSWER = 420  # characters; what a phone shows without scrolling
LONGEST_MORE = 1300


class Topic(str, Enum):
    SCIATICA = "sciatica"
    MASSAGE = "massage"
    SESSION = "session"
    STRETCHES = "stretches"
    SELF_CARE = "self-care"
    CLINIC = "clinic"
    ASSISTANT = "assistant"
    SERVICE = "service"  # What the assistant does, rather than says.


class AnswerText(Text):
    max_length = LONGEST_ANSWER


class MoreText(Text):
    max_length = LONGEST_MORE


class Question(Text):
    max_length = LONGEST_QUESTION


class Answer(Supported):
    """Texts may name facts in braces, `{phone}`; they are filled in when the answer is said."""

    id: Id
    question: Question
    name: Text | None  # What "it" and "that one" stand for once it was said, such as "the pelvic tilt".
    topic: Topic
    answer: AnswerText
    more: MoreText | None
    asks: dict[Id, Text] = {}  # What it says while it collects things, by name.
    languages: dict[Id, Text] = {}  # The same said in other languages, by ISO 639-1 code.
    stretch: Id | None  # The stretch shown with it.
    see_also: list[Id] = Field([], max_items=3)
    lists: list[Id] = []  # The answers it goes through in its text, in that order: for "and the second?".

    def texts(self) -> Texts:
        return {
            ("question",): self.question,
            ("answer",): self.answer,
            **({("more",): self.more} if self.more else {}),
            **{("asks", name): text for name, text in self.asks.items()},
            **{("languages", code): text for code, text in self.languages.items()},
        }
