"""Spoken noise: what looks like a time and is none, such as a length, a telephone number, or "have a nice weekend"."""

import re

from clinic.spoken_words import wording

GREETING = re.compile(
    r"(?:morning|afternoon|evening)(?: (?:all|everyone|there|folks|team))?"
    r"(?:[!,.]+ ?(?=(?:any|are|can|could|do|have|hello|hey|hi|how|i|i'd|i'm|id|im|is|just (?:checking|looking|want|wanted|wondering)|my|we|what|when|would)\b)"
    r"| (?=(?:can|could|do you|hello|hey|hi|how|what)\b))"
)

_NOT_OF_THE_CLOCK = r"(?![:.][0-9]| ?[ap]m\b)"

# To be looked for before dates are: "8/10 pain" is not the 8th of October.
NO_DATES = re.compile(
    wording(
        r"24/7 | 50/50 | 1/2 (?:an? )?hours?",
        r"[0-9]{1,2}/10 (?:pain|on the|intensity|today) | [0-9]{1,2} out of [0-9]{1,2}",
        r"(?:pain|scale|level|rated?|intensity)(?: (?:is|was|of|at|about|around|like|a|from)){0,3} [0-9]{1,2}"
        rf"(?: ?(?:-|/|to|or|out of) ?[0-9]{{1,2}})?\b{_NOT_OF_THE_CLOCK}",
        r"\+?(?:1[ .-])?\(?[0-9]{3}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}(?![0-9]) | [0-9]{3}-[0-9]{4}(?![0-9])",
        r"\$ ?[0-9]+(?:\.[0-9]+)? | [0-9]+(?:\.[0-9]+)? ?(?:\$|%)",
    )
)

_UNITS = wording(
    r"minutes? | mins? | hours? | hrs? | h | m | seconds? | days? | nights | weeks? | months? | years? | yrs? | yo",
    r"people | persons? | ppl | pax | adults? | guests | of us | friends | kids | children | therapists",
    r"times | x | sessions | treatments | massages | visits | appointments | bookings | more",
    r"dollars | bucks | cad | percent | degrees | km | kg | cm | mg | lbs? | pounds",
    r"street | st | avenue | ave | road",
)
_NUMBER = r"[0-9]{1,4}(?:\.[0-9]+)?"
_CLOCK_GOES_ON = r"(?! ?(?:[ap]m\b|[:.-] ?[0-9]|o'clock|ish\b|(?:to|until) [0-9]))"
_DAY_GOES_ON = r"(?! (?:on|this|today|tomorrow|next)\b)"

NO_TIMES = re.compile(
    wording(
        r"good (?:morning|afternoon|evening|day|night)\b",
        r"(?:have|enjoy|hope you(?:'re| are) having) (?:a |an |your |the )?(?:\w+ )?"
        r"(?:day|morning|afternoon|evening|night|weekend|week|one)\b",
        r"happy (?:new year|holidays|weekend|\w+day)\b",
        r"(?:see|talk to|speak to) you (?:soon|then|later|(?:on )?\w+day)\b",
        # Lengths and counts
        r"(?!(?:1[3-9]|2[0-3])h\b)(?:for |about |around )?"
        rf"(?:an? |{_NUMBER}(?: ?(?:to|or|-|and) ?{_NUMBER}| and a half)?[ -]?)(?:or so |whole |full |other )?"
        rf"{_UNITS}\b(?: and (?:a half|{_NUMBER} {_UNITS}\b))?",
        r"half(?: an?)? hours?\b | (?:after|past|within) (?:about |around )?(?:[1-9]|1[0-2]) (?:hours|hrs)\b",
        # What is numbered
        r"(?:unit|suite|apt|apartment|room|number|no\.|#|line|bus|route|floor|step|option|size|visa|ext|extension"
        r"|age|aged|i'm|im|i am|turned|turning|party of|group of|table for)"
        rf" ?#? ?[0-9]+\b{_NOT_OF_THE_CLOCK}",
        # "For two" is a couple; "book me for 3" and "for 3 on friday" are times.
        rf"for [12]\b{_CLOCK_GOES_ON}",
        r"(?<!me )(?<!in )(?<!down )(?<!thing )(?<!slot )(?<!time )(?<!appointment )(?<!opening )"
        rf"for [0-9]{{1,3}}\b{_CLOCK_GOES_ON}{_DAY_GOES_ON}",
        r"[0-9]{5,} | (?:in|from|of|since) 20[0-9]{2}\b",
    )
)
