"""Stretches: how one is done, step by step with pictures, and when not to."""

from pydantic import ConstrainedInt, Field

from clinic.evidence import Supported
from clinic.record import Id, Record, Text


class HoldSeconds(ConstrainedInt):
    strict = True
    ge = 0
    le = 60


class Step(Record):
    text: Text
    picture: Text  # A file in content/stretches/pictures.
    alt: Text  # The picture in words, for those who cannot see it.
    seconds: HoldSeconds  # 0 when it is not a hold.


class Stretch(Supported):
    id: Id
    title: Text
    position: Text
    steps: list[Step] = Field(..., min_items=2)
    dose: Text
    both_sides: bool
    stop_if: list[Text] = Field(..., min_items=1)
    not_if: list[Text] = Field(..., min_items=1)

    def texts(self) -> list[str]:
        """Everything a visitor may read."""
        steps = [text for step in self.steps for text in (step.text, step.alt)]
        return [self.title, self.position, *steps, self.dose, *self.stop_if, *self.not_if]
