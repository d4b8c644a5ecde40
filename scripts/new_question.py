"""Starts a new question in both places it needs: scripts/new cupping"""

import re
import sys
from datetime import timedelta

from storage import clock
from storage.settings import ROOT, settings
from storage.training_files import FEWEST_EXAMPLES, add_intent, read_examples

ANSWER = """\
question: WRITE the question as a visitor would ask it, at most 60 characters
topic: clinic          # sciatica, massage, session, stretches, self-care, clinic, assistant or service
answer: |
  WRITE the answer itself first, in one to four short sentences.
more: |
  WRITE what else helps, or delete these two lines.
evidence: weak         # strong, mixed, weak, none or clinic fact
sources:               # delete this and the next three lines when the evidence is: clinic fact
  - title: WRITE the title of the page
    publisher: WRITE whose page it is
    url: https://WRITE-the-address
review:
  state: drafted       # reviewed, once a clinician has checked all of it
  by: WRITE your name
  on: {today}
  next: {next}
"""


def main() -> None:
    if len(sys.argv) != 2 or not re.fullmatch(r"[a-z][a-z0-9_]*", sys.argv[1]):
        sys.exit("Give the new question a name of small letters and underscores, for example: make new id=cupping")
    name, today = sys.argv[1], clock.today()
    answer, sentences = settings().content / "answers" / f"{name}.yml", ROOT / "data" / "nlu.yml"
    if answer.exists():
        sys.exit(f"{answer} exists already: change it there.")
    if name in {example.intent for example in read_examples(sentences)}:
        sys.exit(f"{sentences} has sentences called {name} already: choose another name.")
    answer.write_text(ANSWER.format(today=today, next=today + timedelta(days=180)), encoding="utf-8")
    add_intent(sentences, name, [f"WRITE sentence {number} about {name}" for number in range(1, FEWEST_EXAMPLES + 1)])
    print(
        f"Now fill in both places:\n  {answer}\n  {sentences} (at its end: {FEWEST_EXAMPLES} sentences or more)\n"
        f"Then: make check, make preview id={name}, and make train."
    )


if __name__ == "__main__":
    main()
