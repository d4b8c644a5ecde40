"""Every refusal of ours.

ClinicError
├── ContentError        the content files have problems; carries all of them
├── UnknownAnswer       no answer has this id
├── UnknownFact         no fact has this name, or none holds yet on this day
├── ModelError          there is no trained model that can be used
└── SettingError        an environment variable cannot be used as it is
"""

from collections.abc import Sequence


class ClinicError(Exception):
    pass


class ContentError(ClinicError):
    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class UnknownAnswer(ClinicError):
    pass


class UnknownFact(ClinicError):
    pass


class ModelError(ClinicError):
    pass


class SettingError(ClinicError):
    pass
