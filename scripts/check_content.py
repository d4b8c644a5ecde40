"""Checks content/ and data/nlu.yml: every problem with its file, line and remedy."""

import sys

from clinic.errors import ContentError
from storage import clock
from storage.content_files import ContentReader
from storage.settings import ROOT, settings
from storage.training_files import problems_in
from storage.yaml_file import read_yaml


def main() -> None:
    reader, today = ContentReader(settings().content), clock.today()
    try:
        content = reader.read(today)
        said_in_forms = read_yaml(ROOT / "domain.yml", "domain.yml")["intents"]
        problems = problems_in(ROOT / "data" / "nlu.yml", content.asked(), said_in_forms)
    except ContentError as error:
        sys.exit("\n".join([*error.problems, f"{len(error.problems)} problems in the content."]))
    if problems:
        sys.exit("\n".join([*problems, f"{len(problems)} problems in the training sentences."]))
    for warning in reader.warnings(today):
        print(f"{warning} (only a warning)")
    print(f"The content is in order: {len(content.answers)} answers, {len(content.stretches)} stretches.")


if __name__ == "__main__":
    main()
