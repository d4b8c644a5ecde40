"""Does a text assert something, or does it deny it, doubt it, ask about it? Judged by the words of one sentence.

A denial counts only as far as it reaches: "does not break up knots", but not "does not hurt and breaks up knots".
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# In a pattern, ~ stands for a few words between. A "no" among them must be over: "is not cheap, but it ...".
NO_WORD = r"(?:\b(?:no|not|never|none|nor|nobody|cannot)\b|n['’]t\b)"
GAP = rf"(?:(?!{NO_WORD}|;).|{NO_WORD}[^.;]{{0,50}}?\b(?:but|and)\b){{0,60}}?"

NO = re.compile(r"\b(?:no|not|none|never|nobody|nothing|neither|nor|cannot|without)\b|n['’]t\b", re.I)
NO_REAL_NO = re.compile(
    r"\bnot (?:only|just|merely|simply|to mention|a myth|a secret)\b"
    r"|\bnever fails?\b|\bwithout (?:doubt|question|fail)\b"
    r"|\bno (?:other|doubt|wonder|worries|problem|matter|question|surprise|secret|myth)\b"
    r"|\bnothing (?:beats|works better|is better)\b|\bwhy not\b",
    re.I,
)
DOUBLE_NO = re.compile(r"\b(?:doubt|disput|den(?:y|ies)|disagree)\w*", re.I)
OF_WHAT_IS_KNOWN = re.compile(
    r"\b(?:evidence|proof|prov(?:e|en|ed|es)|show[ns]?|showed|found|claim\w*|sa(?:y|id)|promise|suggest\w*|mean"
    r"|sign|stud(?:y|ies)|trials?|true|support\w*|establish\w*|know[ns]?|tell|expect)\b",
    re.I,
)
# A "no" before one of these says nothing about what comes after it; the latter still do after "no evidence that".
ENDS_A_NO = re.compile(
    r"[;:!?—]|\b(?:but|yet|however|although|though|whereas|while|instead)\b|,\s+(?:it|they|this|massage)\b", re.I
)
ENDS_A_PLAIN_NO = re.compile(r",|\b(?:and|so|because|since|when|if|which)\b", re.I)

NO_AFTERWARDS = re.compile(
    r"\b(?:is|are|was|were|has|have)(?:n['’]t| not| never)(?: yet)?(?: been)?"
    r" (?:supported|shown|proven|proved|backed|true|established|known|tested|confirmed|right|so)\b"
    r"|\b(?:is|are|remains?) (?:only |just )?"
    r"(?:unproven|opinions?|guesswork|a myth|myths|disputed|doubtful|outdated|wrong|unsupported|false)\b"
    r"|\bnobody has (?:shown|proved)\b",
    re.I,
)
WHAT_OTHERS_SAY = re.compile(
    r"\b(?:may|might)(?: also| often| sometimes)? (?:have )?(?:hear|heard|read|seen?)\b"
    r"|\b(?:the|this|that|an?) (?:\w+ )?(?:idea|theory|claim|belief)\b",
    re.I,
)
DOUBT = re.compile(NO.pattern + r"|\b(?:guesswork|disagree|disputed|unproven|opinions?|myths?)\b", re.I)

NO_AS_A_HEADING = re.compile(
    r"\bnot (?:been )?(?:shown|proven|true|supported)\b|\bno (?:good )?(?:evidence|proof)\b|\bdo not claim\b|\bmyths?\b"
    r"|\b(?:can['’]t|cannot) (?:do|promise)\b|\bdoes not do\b",
    re.I,
)
# Questions that take the answer for granted.
LEADING_QUESTION = re.compile(r"^\W*(?:why|how|did you know|want to|ready to|looking to|tired of)\b", re.I)

ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")


class Sentence(NamedTuple):
    text: str
    heading: str  # The line over the list in which it stands, if any.
    next: str  # The sentence after it.


def pattern(words: str) -> re.Pattern[str]:
    return re.compile(words.replace("~", GAP), re.I)


def sentences(text: str) -> list[Sentence]:
    """Those of a text in our Markdown, or of plain lines. An item of a list is read on from the line over it."""
    found: list[tuple[str, str]] = []
    heading = ""
    for line in filter(str.strip, text.splitlines()):
        item = bool(ITEM.match(line))
        words = ITEM.sub("", line).strip()
        bold = bool(re.fullmatch(r"\*\*[^*]+\*\*", words))
        words = words.replace("**", "")
        first, *rest = re.split(r"(?<=[.!?])[\"”’)]?\s+", words)
        over = heading if item else ""
        found += [(f"{over} {first}".strip(), over), *((one, over) for one in rest)]
        if not item:
            heading = (rest[-1] if rest else first) if bold or words.endswith(":") else ""
    following = [one for one, _ in found[1:]] + [""]
    return [Sentence(one, over, after) for (one, over), after in zip(found, following, strict=False)]


def asserted(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[str]:
    """The sentences of a text that say in earnest what one of the patterns stands for."""
    patterns = list(patterns)
    for sentence in sentences(text):
        matches = [match for one in patterns for match in one.finditer(sentence.text)]
        if any(not _taken_back(sentence, match) for match in matches):
            yield sentence.text


def _taken_back(sentence: Sentence, match: re.Match[str]) -> bool:
    before, after = sentence.text[: match.start()], sentence.text[match.end() :]
    if sentence.text.rstrip('"”’) ').endswith("?"):
        return not LEADING_QUESTION.match(sentence.text)
    return bool(
        (sentence.heading and NO_AS_A_HEADING.search(sentence.heading))
        or _says_no(before)
        or NO_AFTERWARDS.search(after)
        or (WHAT_OTHERS_SAY.search(before) and DOUBT.search(sentence.next))
    )


def _says_no(before: str) -> bool:
    """Whether a "no" in these words still holds at their end."""
    before = NO_REAL_NO.sub(lambda found: "_" * len(found[0]), before)
    for no in NO.finditer(before):
        between = before[no.end() :]
        if ENDS_A_NO.search(between) or DOUBLE_NO.search(between):
            continue
        if OF_WHAT_IS_KNOWN.search(between) or not ENDS_A_PLAIN_NO.search(between):
            return True
    return False
