"""Agreement: whether a message says yes or no to what was just asked."""

import re

from clinic.parts import asks

_YES = re.compile(
    r"(yes|yep|yeah|yup|ya|sure|ok|okay|k|correct|right|perfect|great|good|fine|exactly|confirm(ed)?|agreed|deal|"
    r"((that|it|all) ?)?(sounds|looks|is|'?s) (good|great|right|fine|correct|perfect)|go ahead|do it|please do|"
    r"(please )?(book|take|cancel|move|change) it|that works|works( for me)?|i'?m sure|of course|absolutely|oui)\b"
)
_NO = re.compile(
    r"(no|nope|nah|not (yet|now|today|quite|right|really|that)|((that|it) ?(is|'?s) (not|wrong))|wrong|do(n'?t| not)|"
    r"wait|hold on|(keep|leave) it|non)\b"
)


_WANTS = re.compile(r"i(?:'d| would| want| wanna| need)\b")  # "Yes, I'd like that" asks nothing.


def says_yes(text: str, intent: str) -> bool:
    return "?" not in text and not says_no(text, intent) and (intent == "affirm" or _says(_YES, text))


def says_no(text: str, intent: str) -> bool:
    return intent == "deny" or _says(_NO, text)


def _says(pattern: "re.Pattern[str]", text: str) -> bool:
    """Not in "ok, what does it cost?" and "wait, is there parking", which ask something first."""
    plain = text.lower().replace("’", "'").strip(" .!")
    found = pattern.match(plain)
    if found is None:
        return False
    rest = plain[found.end() :].lstrip(" ,.!-")
    return not asks(rest) or bool(_WANTS.match(rest))
