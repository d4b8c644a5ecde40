"""Spoken words: a message about times in one spelling of each word, so that the grammar needs to know only that one."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from clinic.spoken_slips import nearest

WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = tuple(
    "january february march april may june july august september october november december".split(),
)

_FORGIVEN = (
    *WEEKDAYS,
    *(month for month in MONTHS if month not in ("march", "may", "june", "july")),  # March: match, much.
    *"today tomorrow tonight morning afternoon evening weekend weekday week noon midday lunch anytime".split(),
    *"after before between until around about next this half quarter except anything earliest christmas beginning".split(),
)
"""Words in which a slip of the finger is undone."""

_REAL_WORDS = frozenset(
    (
        "abort aground alter aster augusta bout bunch christian earlier earnest easiest excerpt ground hunch launch midway "
        "moaning moon moons mooring mourning neither nothing punch quartet remember round saturate sturdy sundae sundry teen thins "
        "toady toddy weed weeds"
    ).split()
)
"""Words near to those, which are meant as they stand."""

_SHORT = {
    "monday": "mon mons",
    "tuesday": "tue",
    "wednesday": "wed weds",
    "thursday": "thu thr thrs thrus",
    "friday": "fri fris",
    "saturday": "sat sats",
    "sunday": "sun suns",
    "today": "2day tdy",
    "tomorrow": "tmrw tmr tmw tmrrw tmrow tmoro tomo tomm tomoz 2moro 2morrow 2mrw",
    "this evening": "tonight tonite 2nite 2night",
    "weekend": "wknd wkend",
    "weekday evening": "weeknight weeknights",
    "morning": "morn mornin mornin' forenoon",
    "evening": "evng",
    "afternoon": "aft arvo aftn",
    "noon": "noontime",
    "next": "nxt",
    "week": "wk",
    "weeks": "wks",
    "about": "abt arnd",
    "between": "btwn btw betw",
    "before": "b4",
    "until": "til till 'til",
    "through": "thru",
    "quarter": "qtr",
    "night": "nite nght",
    "work": "wrk wrok",
    "you": "u",
    "and": "nad adn",
    "the": "teh hte",
}
_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_NUMBERS |= {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ).split(),
        1,
    )
}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def wording(*lines: str) -> str:
    """A pattern for any of what " | " parts; the whole is one group."""
    return "(?:{})".format("|".join(one for line in lines for one in line.split(" | ")))


def _nth(number: int) -> str:
    return f"{number}{_ENDINGS.get(number % 10 if number > 20 else number, 'th')}"


_PLAIN = {
    **{short: word for word, shorts in _SHORT.items() for short in shorts.split()},
    **{word: str(number) for word, number in _NUMBERS.items() if word != "one"},  # "The early one".
    **{word: _nth(number) for word, number in _ORDINALS.items() if number > 2},  # "First available", "a second".
    "thirtieth": "30th",
}

_A_DAY = f"(?:{'|'.join(WEEKDAYS)}|today|tomorrow)"
_SHORT_NAME = "(?:{})[a-z]{{0,6}}".format("|".join(name[:3] for name in (*WEEKDAYS, *MONTHS)))
_A_PART = "(?:morning|afternoon|evening|night)"
_TENS = "twenty|thirty|forty"
_UNITS = "one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_HOURS = "|".join(word for word, number in _NUMBERS.items() if number <= 12)
_MINUTES = {"fifteen": 15, "thirty": 30, "forty-five": 45, "forty five": 45}


def _tens(found: re.Match[str]) -> str:
    tens, unit = _NUMBERS[found[1]], found[2]
    return _nth(tens + _ORDINALS[unit]) if unit in _ORDINALS else str(tens + _NUMBERS[unit])


def _one(found: re.Match[str]) -> str:
    return f"{found[1]} 1" if found[1] else "1"


def _each_next(found: re.Match[str]) -> str:
    """ "Next tuesday or friday"."""
    return re.sub(rf" (?={_A_DAY})", " next ", found[0].removeprefix("next"))[1:]


Rewriting = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _rewritings(*wordings: tuple[str, str | Callable[[re.Match[str]], str]]) -> list[Rewriting]:
    return [(re.compile(wording), plain) for wording, plain in wordings]


_BEFORE_WORDS = _rewritings(
    ("[’‘‛`´ʼ′＇]", "'"),
    ("[–—−‑]", "-"),
    (r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|https?://\S{1,200}", " "),
    (r"\.{2,}|…", ", "),
    (r"\n", ". "),
    (r"\b([ap])[.,] ?m\b\.?", r"\1m"),
    (r"\bo ?'? ?clock\b", "o'clock"),
    (r"\b(?:u+h+m*|u+m+|e+rm*|h+m+)\b,?", " "),
    (r"\b(earlier|sooner|later|rather) (?:then|as)\b", r"\1 than"),
    (r"\bthe (?:next|following) day\b(?! or)", "the day after"),
    (r"\bnext to next (\w+)", r"\1 after next"),
    (r"\bb/w\b", "between"),
    (r"\b4 (?=me\b|us\b|my\b|u\b)", "for "),
    ("@", " at "),
    ("~", " around "),
    (r"(?<!\S)\*(?=[a-z])", " i meant "),
    (r"([^,.;?!]{1,30}) i meant(?= ?(?:$|[.!?]))", r" i meant \1"),
    ("&", " and "),
    (r"(?<=[0-9m])\+", " or later "),
    (r"(?<=[a-z])\.?/(?=[a-z])", " or "),
    (r"\b(week|mid)[ -](?=(?:ends?|days?|morning|afternoon|week)\b)", r"\1"),
    (r"\bto (?=(?:day|morrow)\b)", "to"),
    (r"\b(?:the )?month ?end\b", "the end of the month"),
    # Verbs and weather that look like days.
    (r"\b(i|i've|ive|i have|i'm|im|i am|he|she|we|they|you|who|been) sat\b", r"\1 seated"),
    (r"\bsat (?=(?:down|still|here|there|too|up)\b)", "seated "),
    (r"\b(the|in|hot|enough) sun\b", r"\1 sunshine"),
    (r"\bwed (?=(?:like|love|prefer|rather|want|be|need|both|appreciate|have)\b)", "we would "),
    # Numbers
    (rf"\b({_SHORT_NAME})(?=[0-9])|(?<=[0-9])(?={_SHORT_NAME})", lambda f: f"{f[1] or ''} "),
    (rf"\b({_HOURS})[ -](fifteen|thirty|forty[ -]five)\b(?! ?-?min)", lambda f: f"{_NUMBERS[f[1]]}:{_MINUTES[f[2]]}"),
    (rf"\bat ({_HOURS}) (ten|twenty|forty|fifty)\b(?! ?-?min)", lambda f: f"at {_NUMBERS[f[1]]}:{_NUMBERS[f[2]]}"),
    (rf"\b({_TENS})[ -]?({_UNITS})\b", _tens),
    (r"\b(?:a )?(?:couple|cpl)(?: of)?\b", "2"),
    (r"\band one (?=on the\b)", "and another "),
    (r"\bin (?:a )?few(?= )", "in about 3"),
    (r"\b(?:a )?few(?= )", "3"),
    (
        r"\b(at|after|before|past|until|till|til|by|from|around|about|half|between|to|in|and) one\b"
        r"(?! (?:of|more|day|time|hour|therapist)\b)|\bone(?= (?:am|pm|o'clock|to|until|week|month|or two)\b)",
        _one,
    ),
)
_AFTER_WORDS = _rewritings(
    # Slips beside numbers: "4p m", "3om", "8yh", "4;30", "9thof", "after4".
    (r"(?<=[0-9]) ?(?:([ap]) m|([ap])\2m|([ap])mm)\b", lambda f: f" {f[1] or f[2] or f[3]}m"),
    (r"(?<=[0-9])(?:[ol]m|pn)\b", "pm"),
    (r"(?<=[0-9])(?:[sq]m|an)\b", "am"),
    (r"(?<=[0-9])(?:[yrgf]h|t[gjy]|ht|hth|tth)(?=\b|at\b|of\b)", "th"),
    (r"(?<=[0-9])o\b", "0"),
    (r"\b([0-9]{1,2})/([0-9]{1,2}) ?([ap]m)\b", r"\1 or \2 \3"),
    (r"\b([12]?[0-9]|3[01]) (th|nd|rd)\b", r"\1\2"),
    (rf"\b(?:ne[a-z]t|nex[a-z])(?= (?:week|{_A_DAY})\b)", "next"),
    (r"(?<=\bnext )we[a-z]{1,2}\b", "week"),
    (r"(?<=[0-9])dn\b", "nd"),
    (r"(?<=[0-9])dr\b", "rd"),
    (r"\b([0-9]{1,2});(?=[0-5][0-9]\b)|(?<=at )([0-9]{1,2}),(?=[0-5][0-9]\b)", lambda f: f"{f[1] or f[2]}:"),
    (r"(?<=[0-9])(am|pm|th|nd|rd)(?=(?:at|on|of|in|or|and|to|next|this|[a-z]+day)\b)", r"\1 "),
    (rf"\b(at|after|before|until|from|around|on|or|and)(?=[0-9]|{_A_DAY}\b)", r"\1 "),
    (r"(?<=[0-9]) an?d? (?=[0-9])|(?<=[0-9]) n (?=[0-9])", " and "),
    # Hours and years as other languages have them
    (r"(?<![0-9] )(?<!an )\b(?:hours? |(?:hour|time) is )([0-9]{1,2})\b(?! min)(?![:.])", r"\1 o'clock"),
    (r"\b([0-9]{1,2}) and (?:a )?quarter\b", r"\1:15"),
    (r"\b([0-9]{1,2}) and (?:a )?half\b(?! ?(?:an )?(?:hour|hrs?|h\b|min|day|week|month|year|decade))", r"\1:30"),
    (r"\b(at|from|after|before|until|around|to|the) ([0-9]{1,2}) ?h\b", r"\1 \2:00"),
    (r"\b([0-9]{1,2})(?: ?h)? ?(?:-|to|until) ?([0-9]{1,2}) ?h\b", r"\1:00 to \2:00"),
    (r"\bsince (?=[0-9][0-9:.hapm ]{0,7} (?:until|to) [0-9])", "from "),
    (rf"\bthe (?={'|'.join(month for month in MONTHS if month not in ('march', 'may'))})", ""),
    (
        r"\b(?:on|for) the day ([12][0-9]?|3[01]?|[4-9])\b|\bday ([12][0-9]?|3[01]?|[4-9])(?= at )",
        lambda f: "the " + _nth(int(f[1] or f[2])),
    ),
    (r"\b2 thousand (?:and )?([0-9]{2})\b", r"20\1"),
    (r"(?<=[a-z]) or so\b", ""),
    # Slips of the space bar: "thursdaymorning", "nextweek", "mon day", "anyt ime".
    (
        rf"\b({_A_DAY}|{_A_PART})(?=(?:{_A_PART}|at|after|before|around|between|until|or|and|next|this|from|to|in|on|[0-9]+)\b)",
        r"\1 ",
    ),
    (rf"\b(next|this|every|last|in|the)(?=(?:{_A_DAY}|{_A_PART}|week|weekend|month)\b)", r"\1 "),
    (r"\b(mon|tues|wednes|thurs|fri|satur|sun) (?=days?\b)", r"\1"),
    (r"\bthe after noon\b", "the afternoon"),
    (r"\ban(?:y t?|yt )ime\b", "any time"),
    (rf"({_A_DAY})'?s? ?- ?(?={_A_DAY})", r"\1 to "),
    (rf"({_A_DAY})'s (?=[a-z])", r"\1 is "),
    (r"(?<=[a-z0-9])-(?=noon|midday)", " to "),
    (r"(?<=noon)-(?=[0-9])|(?<=midday)-(?=[0-9])|(?<=[ap]m)-(?=[0-9])", " to "),
    (r"(?<=[a-z0-9])-(?=[a-z])", " "),
    (r"\s+", " "),
    (rf"\bthis or next ({_A_DAY})", r"this \1 or next \1"),
    (rf"\bnext {_A_DAY}(?:(?: or| and|,|, or|, and) {_A_DAY}\b(?! (?:next|this|after|the)\b))+", _each_next),
    (rf"\bthis ({_A_DAY}) or (?:the )?next(?! [a-z])", r"this \1 or next \1"),
)
_WORD = re.compile(r"[a-z0-9']+")


def plain_words(text: str) -> str:
    """In small letters, with days, parts of the day and numbers in one spelling: "Tmrw @ three" is "tomorrow at 3"."""
    text = unicodedata.normalize("NFKC", text).lower()
    for wording, plain in _BEFORE_WORDS:
        text = wording.sub(plain, text)
    text = _WORD.sub(lambda found: _plain_word(found[0]), text)
    for wording, plain in _AFTER_WORDS:
        text = wording.sub(plain, text)
    return text.strip()


@lru_cache(maxsize=4096)
def _plain_word(typed: str) -> str:
    word = re.sub(r"([a-z])\1{2,}", r"\1\1", typed)
    if word not in _PLAIN and word.isalpha() and not {word, word.removesuffix("s")} & {*_FORGIVEN, *_REAL_WORDS}:
        word = (
            next((day for day in WEEKDAYS if len(word) > 3 and day.startswith(word)), "")
            or nearest(word, _FORGIVEN)
            or typed
        )
    if word in _REAL_WORDS:
        return word
    return _PLAIN.get(word) or _PLAIN.get(re.sub(r"([a-z])\1", r"\1", word), word)
