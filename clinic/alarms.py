"""Whether a message raises an alarm: by the rules of the red flags, and by what it resembles.

The rules say for certain what they were written for and miss the rest; a classifier that learned from
data/dangers.yml knows other wordings and is wrong now and then. Each corrects the other. Without the classifier the
rules decide alone.
"""

from collections.abc import Mapping, Sequence
from math import log

from clinic.red_flags import LEVELS, Level, RedFlag, RedFlags

NO_DANGER = "none"
# How many times likelier danger must be than none, as a logarithm. Chosen on sentences by new writers before they were
# learned, November 2026 (docs/safety.md).
RESEMBLES: Mapping[Level, float] = {"emergency": -2.0, "crisis": -2.0, "same_day": -2.0, "see_doctor": -1.0}
OUT_OF_CONTEXT = 3.0  # So much more is asked of one sentence of a long message: the others may explain it.
ONLY_MENTIONED = 6.0  # So much more where the rules know the sign and find it denied, long ago, or asked in general.
CONFIRMS = -4.0  # Enough where a rule holds too; below, it was a question in general, or a story of long ago.
NEXT_TO_NOTHING = 1e-9

Likelihoods = Mapping[str, float]  # of each red flag, and of NO_DANGER


def alarm(text: str, heard: Sequence[Likelihoods], red_flags: RedFlags, *, heard_all: bool = True) -> RedFlag | None:
    """The red flag that a message raises. `heard` is what the classifier made of it whole, then of its sentences where
    it is long; empty when there is no classifier. When that was not all of it, or the flag is new to it, the rules are
    believed."""
    by_rule = red_flags.alert_for(text)
    if not heard:
        return by_rule
    is_believed = not heard_all or max(map(danger_in, heard)) >= CONFIRMS
    found = [by_rule] if by_rule and (is_believed or by_rule.id not in heard[0]) else []
    handicap = ONLY_MENTIONED if not by_rule and red_flags.mentions_one(text) else 0.0
    for place, one in enumerate(heard):
        likeliest = _likeliest(one, red_flags, handicap + (OUT_OF_CONTEXT if place else 0.0))
        found += [likeliest] if likeliest else []
    return min(found, key=_place) if found else None


def _place(flag: RedFlag) -> int:
    """How urgent: the most urgent level is 0."""
    return LEVELS.index(flag.level)


def danger_in(likelihoods: Likelihoods) -> float:
    """How many times likelier any danger is than none, as a logarithm."""
    danger = sum(likelihood for flag, likelihood in likelihoods.items() if flag != NO_DANGER)
    return log(danger + NEXT_TO_NOTHING) - log(likelihoods.get(NO_DANGER, 0.0) + NEXT_TO_NOTHING)


def _likeliest(likelihoods: Likelihoods, red_flags: RedFlags, handicap: float) -> RedFlag | None:
    """The likeliest flag of the likeliest level, if danger is likely enough for it."""
    known = [flag for flag in red_flags.red_flags if flag.id in likelihoods]
    by_level = {level: sum(likelihoods[flag.id] for flag in known if flag.level == level) for level in LEVELS}
    level = max(LEVELS, key=lambda one: by_level[one])
    if not by_level[level] or danger_in(likelihoods) < RESEMBLES[level] + handicap:
        return None
    return max((flag for flag in known if flag.level == level), key=lambda flag: likelihoods[flag.id])
