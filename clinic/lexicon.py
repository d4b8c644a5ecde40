"""The lexicon: words that name things the assistant must recognise, such as a body area or a day."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import Field

from clinic.offers import Offer
from clinic.record import Id, Record, Text


class Wording(NamedTuple):
    """One way to say one thing: `("side", "left", "lft")`."""

    category: str
    value: str
    text: str


class Lexicon(Record):
    """For each category, each value with the ways to say it, in small letters."""

    __root__: dict[Id, dict[Text, list[Text]]] = Field(...)

    def wordings(self) -> Iterator[Wording]:
        for category, values in self.__root__.items():
            for value, texts in values.items():
                yield from (Wording(category, value, text) for text in texts)


def wordings_of(category: str, offers: Sequence[Offer]) -> Iterator[Wording]:
    """How visitors name what can be booked; the value is the offer's id."""
    for offer in offers:
        yield from (Wording(category, offer.id, text) for text in offer.also_called)
