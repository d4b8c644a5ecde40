"""Checks content/ and data/nlu.yml: every problem with its file, line and remedy."""

import sys

from clinic.errors import ContentError
from storage import clock
from storage.content_files import ContentReader
from storage.settings import ROOT, settings
from storage.training_files import project_problems


def main() -> None:
    reader, today = ContentReader(settings().content), clock.today()
    try:
        content = reader.read(today)
        problems = project_problems(ROOT, content)
    except ContentError as error:
        sys.exit("\n".join([*error.problems, f"{len(error.problems)} problems in the content."]))
    if problems:
        sys.exit("\n".join([*problems, f"{len(problems)} problems in the training sentences."]))
    for warning in reader.warnings(today):
        print(f"{warning} (only a warning)")
    print(f"The content is in order: {len(content.answers)} answers, {len(content.stretches)} stretches.")


if __name__ == "__main__":
    main()
