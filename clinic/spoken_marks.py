"""Spoken marks: the little words beside days and hours that tell how they are meant."""

import re
from enum import Enum

from clinic.spoken_words import WEEKDAYS, wording


class Mark(str, Enum):
    WORD = "a word"  # It says nothing of times, but parts what stands beside it.
    PAUSE = "pause"
    STOP = "stop"
    OR = "or"
    AND = "and"
    BUT = "but"
    IF = "if"  # What its clause denies is a condition.

    NOT = "not"  # What follows is not wished.
    NO = "no"  # Likewise, or a correction.
    EXCEPT = "except"  # What follows is taken out of what is wished.
    CANNOT = "cannot"  # What follows in the clause is not wished, or else what goes before: "friday i can't".
    FAILS = "fails"  # What goes before is not wished: "friday doesn't work".
    TAKEN = "taken"  # What goes before is perhaps not wished: "friday is my birthday".
    WORKS = "works"  # What goes before is wished.
    ASKS = "asks"  # A wish begins.
    FIX = "fix"  # What follows replaces what goes before.
    MOVE = "move"  # What goes before "to" is given up.

    TOLD = "told"  # What follows in the clause has been: "it began on monday".
    HURTS = "hurts"  # Its times of day are those of a complaint: "worse in the mornings".
    SOON = "soon"
    VAGUE = "vague"  # A time is meant that nobody can know: "the usual slot".
    ANY = "any"

    FROM = "from"
    AFTER = "after"
    BEFORE = "before"
    UNTIL = "until"
    BY = "by"
    TO = "to"
    BETWEEN = "between"
    ONWARDS = "onwards"
    AT_LATEST = "at the latest"
    AFTER_IT = "after that"
    BEFORE_IT = "before that"
    AM = "am"
    PM = "pm"
    EVE = "eve"


PUNCTUATION = {
    **dict.fromkeys(",:()", Mark.PAUSE),
    **dict.fromkeys(".;!?", Mark.STOP),
    "-": Mark.TO,
    "/": Mark.OR,
}
FILLERS = frozenset(
    (
        "a about again all an around at both days early either even ever for ideally in it just late me of on possibly "
        "pref say some sometime sometimes still that the there this thing time times um uh us usually"
    ).split()
)

# "Move it from thursday to friday": what is given up.
MOVED = re.compile(
    r"\b((?:mov|chang|switch|reschedul|push|bump|swap)(?:e|ing)?)\b([^.,;?!]{0,40}?) from\b[^.,;?!]{0,40}? (?=to\b)"
)

_NT = r"(?:n'?t| not)"
_BE = wording(r"is | are | 's | 're | isnt | arent | seems? | looks? | will be | would be")
_ODDLY = r"(?:(?:a bit|a little|very|really|too|so|super|kind of|pretty|also|both|all|just) )?"
_BAD = wording(
    r"out | bad | hard | tough | tricky | impossible | full | busy | terrible | awful | taken | packed | difficult",
    r"crazy | hectic | awkward | inconvenient | rough | no | too (?:soon|late|early|long|far(?: (?:off|out|away))?)",
)
_POOR = wording(
    r"no (?:good|go|use)",
    r"not (?:good|great|ideal|possible|an option|so (?:good|great|much)|(?:going to )?work(?:ing)?|ok|okay|fine)",
    r"not (?:happening|gonna work|convenient|suitable|the best|best|really|for me)",
)
_WELL = wording(
    r"fine | good | ok | okay | great | best | perfect | possible | better | ideal | preferred | free | open | alright",
    r"easiest | easier | preferable | cool | (?:wide|pretty|completely|totally|fully) open",
)
_CANT = wording(
    rf"ca{_NT} | cant | can not | cannot | could{_NT} | couldnt | (?:would|wo){_NT} be able to | wont be able to",
    r"unable to | not able to",
)
_DO = (
    r"(?: (?:really |usually |normally |ever )?(?:do|make it|make|come in|come|be there|get there|get in|attend|manage"
    r"|have|book|see|take))?"
)
_WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
_A_TIME_FOLLOWS = (
    rf"(?= (?:on |at |in |the |a |any |next |this )*(?:{_WEEKDAY}|week|today|tomorrow|morning|afternoon|evening|night"
    r"|noon|lunch|first|early|late|from|until|before|after|between|all|every|[0-9]))"
)
_NO_DAY = rf"(?! (?:{_WEEKDAY}|week|weekend|month)\b)"
_FREE = wording(
    rf"{_WEEKDAY}s? | today | tomorrow | all | any | every | time | off | open | free | available | availability | gap | car",
    r"opening | slot | spot | window | sitter | babysitter | break | mornings? | afternoons? | evenings? | pain | until | hour",
    r"preference | [0-9]+ | and | or | but | nothing | lunch | been | had | hurt",
)
_ENDS = r"(?= ?(?:$|[,.!?;]|but\b))"

# "Not until friday" is from friday on.
NOT_UNTIL = (
    r"(?:not?|nothing|ca(?:n'?t| not)|can ?not|won'?t be|will not be)"
    r"(?: (?:able to|available|around|back|be there|come in|come|do|done|free|get away|get in|get there|here|home|in"
    r"|leave|make it|make|off|there)){0,2} until"
)

# The first that fits is taken, so longer wordings go before those with which they begin.
_WORDINGS = (
    (
        Mark.WORD,
        wording(
            r"can'?t wait | why not | not sure | if (?:possible|at all|(?:you|i) can|you could) | i may | you may",
            r"not (?:too )?(?:picky|fussy|urgent|bad|only|a problem|in a (?:rush|hurry)|a big deal)",
            r"no (?:problem|worries|rush|preference|matter|idea|thanks|thank you|pain|issue|hurry|one|big deal|need)",
            rf"(?:i|we) (?:do{_NT}|dont) (?:have to )?work | (?:(?:i|we) )?(?:do{_NT}|dont) (?:mind|care|have to work)",
            rf"(?:i |we )?(?:do{_NT}|dont) have (?:any )?(?:class(?:es)?|school|work|meetings?|plans|practice|anything (?:on|planned))",
            r"(?:i'm |im |i am |i )?work(?:ing)? from home",
            rf"(?<!is )not working{_A_TIME_FOLLOWS} | not (?:too|so|very) (?:early|late)",
            r"(?:got|have) nothing(?: on| else| planned)? | nothing (?:else|planned|scheduled|booked)(?: (?:on|for|in))?",
            r"doesn'?t matter | (?:too|so) soon | first of all | wait ?list",
        ),
    ),
    (
        Mark.ASKS,
        wording(
            rf"how about | what about | why don'?t | (?:is|are){_NT} there | (?:ca|could|do|would)n'?t (?:i|you|we)",
            r"(?:was|am|were|been|i'm|im) (?:hoping|thinking|wondering|looking|going|free|available)",
            r"i can | i could | can do",
        ),
    ),
    (
        Mark.HURTS,
        rf"{_CANT} (?:\w+ )?(?:sit|stand|walk|bend|turn|move my|lift|feel|sleep|breathe|raise|reach|run|climb|twist|lie"
        r"|lay|get up|get out|carry|stop)",
    ),
    (
        Mark.EXCEPT,
        wording(
            r"except(?:ing)?(?: for)? | excluding | apart from | aside from | other than | besides | unless(?! (?:you|there))(?: it'?s)?",
            rf"outside(?: of)? | (?:bar|minus|save)(?= (?:the )?{_WEEKDAY})",
        ),
    ),
    (
        Mark.FIX,
        r"(?:(?:or|oh|wait|well|hmm|no) )?"
        + wording(
            r"(?:scratch|strike|scrap|forget|ignore) (?:that|it) | pardon(?: me)? | i meant? | on second thoughts? | make (?:it|that) | oops | correction | changed my mind",
            r"or rather | hold on | actually | wait(?! for) | sorry(?! (?:about|for|to)\b) | let'?s say",
            rf"better(?= (?:on |at |after |before |around )*(?:{_WEEKDAY}|[0-9]))",
        ),
    ),
    (
        Mark.SOON,
        wording(
            r"asap | (?:the )?sooner the better | how soon | (?:as )?soon as (?:possible|you can|can be) | soonest",
            r"(?:in|within) the (?:next )?(?:few |couple of )?hours? | right now",
            r"as early as (?:possible|you can) | right away | straight away | immediately",
            r"(?:your |the )?(?:first|next|earliest|soonest)(?: (?:possible|available|free|open))?"
            r" (?:available|openings?|slots?|appointments?|possible|free|spots?|you have|you(?:'ve)? got|time|date"
            r"|convenience|availability|vacancy)",
            r"earliest | soon",
        ),
    ),
    (
        Mark.VAGUE,
        wording(
            r"same (?:time|day|slot|appointment) (?:as|again) | (?:my|the) usual(?: (?:time|day|slot|spot|one|appointment))?",
            r"the (?:day|week) (?:when |that )?(?:my|i|we|he|she|our)",
        ),
    ),
    (
        Mark.FROM,
        wording(
            rf"(?:not?|nothing) (?:earlier|sooner) than | {NOT_UNTIL} | starting(?: from| on)? | beginning(?: on)?",
            r"(?:i'm|im|i am|i'll be|get|getting|come|coming|we're) (?:back|home)(?: in town)?(?: on)?",
            r"as of | from | on or after",
        ),
    ),
    (Mark.BY, wording(r"not? later (?:than|then) | by | on or before | (?:before|until)(?= (?:the )?end of)")),
    (
        Mark.FAILS,
        wording(
            rf"(?:do|does|did|wo|would|will|is|are|ai){_NT} (?:really )?(?:work(?:ing)?|suit|fit|do|going to work"
            rf"|gonna work|{_WELL}|an option|for me)(?: for (?:me|us))?",
            r"(?:never|rarely|hardly ever) (?:works?|suits?|good|possible|free|available)(?: for (?:me|us))?",
            rf"(?:so )?not (?:then|that|those|these)(?: days?| times?|{_ENDS})",
            r"(?:is|are) (?:yoga|gym|swimming|church|dance|soccer|hockey|football|work|school|class|daycare|taken)",
            rf"(?:doesnt|dont|wont|isnt|arent) (?:really )?(?:work|suit|fit|do|{_WELL}) | {_POOR}",
            rf"{_BE} {_ODDLY}(?:{_BAD}|{_POOR}) | too (?:late|early|soon) | clash(?:es)? | conflicts?",
            rf"(?:(?:is|are|do|does|wo|would|will){_NT}|isnt|arent|doesnt|wont|not){_ENDS} | no(?= ?(?:$|[.!?;]))",
        ),
    ),
    (
        Mark.NOT,
        wording(
            r"neither | (?:rather )?than | in ?stead of | in place of | nothing(?: on| in)? | never | avoid(?:ing)?",
            r"skip(?:ping)? | without | no more | none(?: of the)?",
        ),
    ),
    (
        Mark.BUT,
        wording(
            r"unless(?: you (?:have|got)| there'?s| there is)? | if not | failing that | otherwise | alternatively | or else"
        ),
    ),
    (
        Mark.CANNOT,
        wording(
            rf"{_CANT}{_DO}(?: (?:anything|any))?",
            r"(?:(?:i'm|im|i am|we're|we are|i will be|i'll be) )?(?:not (?:free|available|around|here|in town)"
            r"|unavailable|booked(?: up| solid)|tied up|out of town|on (?:vacation|holidays?)|away(?! from (?:the [a-z]|my|work))|gone|swamped"
            r"|busy|not in (?:the )?(?:city|town|country|office|area)|travell?ing|abroad|overseas|off sick)",
            rf"(?:i'm|im|i am|we're|we are|i'll be) (?:\w+ )?(?:working|leaving(?: town| home)?{_A_TIME_FOLLOWS}|out of the (?:city|country|office)|(?:at|in) (?:an? |the |my )?"
            r"(?:\w+ )?(?:conference|course|work|training|wedding|meetings?|school|class|college|airport))",
            r"(?:i |we |i've |we've )?(?:have|got|have got) (?:plans|something(?: else| going on| planned| on)?|stuff|guests|company|visitors)",
            r"(?:i'm|im|i am|we're|we are) (?!(?:hoping|looking|thinking|wondering|coming|planning|booking|calling|asking|getting|going|trying"
            r"|checking|needing|wanting|preferring|aiming|feeling|seeing|leaving|being|having|starting)\b)\w+ing"
            rf"(?: \w+)?{_A_TIME_FOLLOWS}",
            r"(?:i'm|im|i am|we're) on(?= (?:nights|evenings)\b)",
            r"(?<!in )(?<!at )(?:gym|yoga|swimming|church|dance|class(?:es)?|school|training|practice|meetings?)(?= (?:until|from) [0-9])",
            rf"(?:fly|flying) (?:out|home|to \w+) | (?<![a-z0-9] )work{_A_TIME_FOLLOWS}",
            r"(?:have|need|got) to be (?:somewhere|elsewhere|at \w+|in \w+)",
            rf"i (?:(?:usually|normally|always|often|only|also|still) )?(?:work|teach|study|babysit|volunteer|coach){_A_TIME_FOLLOWS}",
            # What somebody has at a time, unless it is the time itself.
            r"(?<!can )(?<!could )(?<!may )(?<!if )(?<!do )(?:i|we)(?:'ve| have|ve)?(?: got)? (?<=[et] )(?:(?:an?|my|the|our|another|some) )?"
            rf"(?!(?:\w+ )?{_FREE})(?:\w+ )?\w+{_A_TIME_FOLLOWS}",
            rf"(?:i |we |please )?(?:do{_NT}|dont|did{_NT}|would{_NT}|rather not|prefer not(?: to)?)"
            r"(?: (?:want|book|like|do|have|give|schedule|put|come|make|need|be|love|fancy|prefer))?"
            r"(?: (?:time|anything|to come|me|to))?",
            r"(?:i'm|im|i am|we're) (?:in|at|on) (?:\w+ ){0,2}\w+(?= until)",
            r"no (?:time|way|chance|availability|can do|luck) | hate | dread",
        ),
    ),
    (
        Mark.TAKEN,
        r"(?:is|are) (?:my|our|his|her|an?) (?!(?:\w+ )?(?:day|one|best|only|free|good|great|better|time|choice|option"
        r"|preference|pick|chance)\b)\w+(?:'s \w+)?",
    ),
    (Mark.NOT, wording(rf"no to | not(?: on| in)? | (?:is|are|does|wo|would|will){_NT} | doesnt | isnt | wont")),
    (Mark.ANY, r"(?:schedule|calendar|week) is (?:\w+ )?open"),
    (
        Mark.WORKS,
        wording(
            rf"(?:{_BE} |should be |could be )?(?:(?:still|also|both|even|totally|probably) )?{_WELL}"
            r"(?: for (?:me|us)| too)?",
            r"(?<!i )(?<!we )works?(?: for (?:me|us)| too| better| best| great| well)? | suits?(?: me)? | does | do",
            r"(?:would|should|could) (?:work|do|suit)",
        ),
    ),
    (
        Mark.TOLD,
        wording(
            r"(?:ever )?since | flared(?: up)? | started | began | begun | happened | fell | injured | hurt | pulled | tweaked",
            r"strained | sprained | twisted | slipped | lifted | threw | woke",
            r"was | were | saw me | tripped | crashed | came | went",
            r"had(?! (?:hoped|in mind|\w+day in mind)) | noticed | diagnosed | missed | operated | gave birth | seated",
            r"due(?! to) | after (?:a|an|my|the) (?:\w+ )?(?:marathon|race|game|match|fall|accident|crash|surgery|operation|hike)",
            r"my (?:last |next |current |existing )?(?:appointment|booking|session|massage) is | cancel(?:led|ling)?",
            r"(?:i'm |im |i am |already )booked(?: in)? (?:for|on) | bought | gave | received | last time",
            r"(?:i )?(?:usually|normally) (?:i )?(?:come|go|book|see|have) | i see my \w+ | birthdays? | anniversary",
            r"my (?:\w+ ){0,2}(?:physio|doctor|dentist|chiro|surgery|operation|flight|exam|wedding|race) is | turns",
        ),
    ),
    (
        Mark.HURTS,
        wording(
            r"hurts | aches? | aching | worse(?:ns)? | worst | stiff(?:er|est)? | sore | wakes?(?: me)?(?: up)? | numb",
            r"sleep | flares?(?: up)? | painful | killing me | pain (?:is|gets|comes)",
        ),
    ),
    (
        Mark.ASKS,
        wording(
            r"can | could | want | wanna | wanted | would | need | book(?: me)?(?: in)? | schedule | i'd | id like",
            r"love to | prefer(?:ably)? | hoping | looking | come(?: in)? | available | please | pls | plz | so | then",
            r"yes | yeah | yep | let'?s | maybe | perhaps | when (?:can|could|are|is|do|would) | rather | instead | try | openings? | slots? | hi | hello | only | just",
        ),
    ),
    (
        Mark.ANY,
        wording(r"all(?= (?:but|except)) | any ?thing(?: else)? | some ?thing | everything | whichever | any(?! more)"),
    ),
    (Mark.IF, "if"),
    (Mark.BUT, wording(r"but | though | however | although")),
    (Mark.MOVE, wording(r"(?:mov|chang|switch|reschedul|push|bump|swapp)(?:e|ing)? | swap")),
    (Mark.ONWARDS, wording(rf"onwards? | (?:or|and) (?:later|onwards?) | or after{_ENDS} | and on | at the earliest")),
    (Mark.AT_LATEST, wording(rf"or (?:earlier|sooner) | or before{_ENDS} | at the latest")),
    (Mark.BETWEEN, "between"),
    (Mark.AFTER_IT, rf"after(?: (?:that|then|this){_NO_DAY}|wards?|{_ENDS})"),
    (Mark.BEFORE_IT, rf"before(?: (?:that|then|this){_NO_DAY}|hand|{_ENDS})"),
    (Mark.AFTER, wording(r"after | past | later (?:than|then)")),
    (Mark.BEFORE, wording(r"before | prior to | earlier (?:than|then) | ahead of | sooner than")),
    (Mark.UNTIL, wording(r"(?:up )?until | up to | through")),
    (Mark.TO, "to"),
    (Mark.OR, wording(r"or | nor")),
    (Mark.AND, wording(r"and | plus | also")),
    (Mark.NO, wording(r"no | nope | nah")),
    (Mark.AM, "am"),
    (Mark.PM, "pm"),
    (Mark.EVE, "eve"),
)
MARK_FORMS = [(mark, re.compile(rf"{wordings}(?!'?[a-z0-9])")) for mark, wordings in _WORDINGS]
