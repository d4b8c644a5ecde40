"""What all records read from content files have in common: they are frozen, and refuse keys they do not know."""

import re
from typing import TYPE_CHECKING

from pydantic import BaseModel, Extra, StrictStr

PLACEHOLDER = "WRITE "  # So begins, in a new file, what somebody still has to write.


class Record(BaseModel):
    class Config:
        allow_mutation = False
        frozen = True
        extra = Extra.forbid


if TYPE_CHECKING:
    Text = str
    Id = str
else:

    class Text(StrictStr):
        """A text that says something, without spaces around it."""

        min_length = 1
        strip_whitespace = True

        @classmethod
        def validate(cls, value: str) -> str:
            if value.startswith(PLACEHOLDER):
                raise ValueError(f"still says '{PLACEHOLDER}...': put the text itself there")
            return super().validate(value)

    class Id(StrictStr):
        """A name that files, intents and buttons share: small letters, digits and underscores."""

        regex = re.compile(r"[a-z][a-z0-9_]*$")
