"""Reads the phrases of tests/clinic/spoken_times_evaluation.yml with the grammar, and counts the right readings.

    scripts/spoken-times [--failures] [--set tests/clinic/spoken_times_development.yml]

The phrases are for measuring only: whoever improves the grammar must not see them, so only --failures shows any.
Those to improve it on are in the set for development.

day right      The days of all ranges are exactly an acceptable set of days, and none of them is excluded.
window right   On each of these days the ranges, joined where they touch, have the bounds of an acceptable window.
               What of today is over by now counts neither in the reading nor in the window.

When the assistant ought to ask (`ambiguous: true`), an ambiguous reading is right in both, whatever its ranges; only
where no day is right (`days: none`) it must have none. One that is not ambiguous is judged by its ranges as ever, and
missing in "asked when it should have".

asked needlessly       The assistant ought not ask, and the reading is ambiguous; day and window are judged as ever.
nothing read           A time was said; there are no ranges, and the reading is not ambiguous. Nothing is booked by it.
wrong without asking   There are ranges, their days or a window are wrong, and the reading is not ambiguous: the
                       dangerous kind.

Aim: day and window right in at least 96 % of the phrases, wrong without asking in at most 1 %.
"""

import argparse
from pathlib import Path

from benchmarks.spoken_phrases import FILE, Phrase, phrases
from benchmarks.spoken_times_report import Judged, failures, judged, markdown
from clinic.spoken_times import read_times


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="scripts/spoken-times", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--failures", action="store_true", help="show the phrases that failed; not while improving")
    parser.add_argument("--set", type=Path, default=FILE, metavar="FILE", help="other phrases than those set aside")
    chosen = parser.parse_args()
    ones = [_read(phrase) for phrase in phrases(chosen.set)]
    print(markdown(ones))
    if chosen.failures:
        print(f"\n{failures(ones)}")


def _read(phrase: Phrase) -> Judged:
    reading = read_times(phrase.text, phrase.now)
    return judged(phrase, reading.ranges, ambiguous=reading.ambiguous)


if __name__ == "__main__":
    main()
