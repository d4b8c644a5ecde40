"""Stretches: how one is done, step by step with pictures, and when not to."""

from pydantic import ConstrainedInt, Field

from clinic.evidence import Supported, Texts
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

    def texts(self) -> Texts:
        return {
            ("title",): self.title,
            ("position",): self.position,
            **{("steps", number, "text"): step.text for number, step in enumerate(self.steps)},
            **{("steps", number, "alt"): step.alt for number, step in enumerate(self.steps)},
            ("dose",): self.dose,
            **{("stop_if", number): text for number, text in enumerate(self.stop_if)},
            **{("not_if", number): text for number, text in enumerate(self.not_if)},
        }
