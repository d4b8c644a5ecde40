"""What is often said about sciatica and massage, and must not be said here: nobody has shown it, or it is wrong.

Each claim has sentences that assert it, most of them as they are found on the web, and honest sentences that do not.
In a pattern, ~ stands for a few words between.
"""

from typing import NamedTuple

from tests.content.asserting import pattern

MASSAGE = r"\b(massages?|sessions?|treatments?|therapy|it|this|this technique)\b"
REDUCES = r"\b(reduc|lower|eas|calm|decreas|sooth|lessen|alleviat|reliev|fight|diminish|bring(s|ing)? down|less)\w*"
IMPROVES = r"\b(improv|boost|increas|rais|enhanc|stimulat|promot|restor|regain|better|more|great)\w*"
SPEEDS = r"\b(speed|accelerat|boost|support|promot|aid|quicken|hasten)\w*"
RELIEVES = r"\b(reliev|alleviat|treat|cur|heal|fix|end|stop|eliminat)(e|es|ed|ing|s)?\b"
OFTEN = r"\b(weekly|bi-?weekly|monthly|fortnightly|(every|once a|twice a|each) (\w+ )?(week|month)s?)\b"


class Claim(NamedTuple):
    name: str
    why: str  # What is wrong with it.
    instead: str  # What may be said.
    patterns: list[str]
    asserting: list[str]
    honest: list[str]


DISPUTED = [
    # ---- What massage does
    Claim(
        "numbers for before and after",
        "no source gives degrees, points or scores for massage in sciatica",
        "I can't promise numbers. People vary; your therapist keeps track of how you are doing.",
        [
            r"(?<!\d)\d{1,3} ?(°|º)(?! ?[CF]\b)|\b\d{1,3} degrees\b(?! (celsius|fahrenheit))",
            r"\b(pain|mobility|stiffness|range of motion|flexibility|bend)\b"
            r"~\bfrom (about )?\w+ (\w+ )?(down |up )?to \w+",
            r"\b(pain level|pain score|mobility score|range of motion)\b[^.]{0,20}\d",
            r"\bafter (just |only )?(4|8|four|eight) (sessions|massages|visits|treatments)\b",
            r"\b\d+ ?(%|per ?cent|points?)~\b(less pain|more mobile|pain relief|better mobility)\b",
            r"\bafter (just |only )?(one|two|three|five|six|ten|\d+) (sessions?|massages?|visits?"
            r"|treatments?)\b~\b(pain|better|improve\w*)\b",
            r"\b(you will|you\'ll) (feel|be) \w+~\bafter (\w+ )?(\d+|one|two|three|four|five|six|eight"
            r"|ten) (sessions?|massages?)\b",
            r"\bpain\b~\b(drops?|falls?|goes down|is cut) (by|in) (half|\w+ points)\b"
            r"|\b\d+ (out of|in) 10 (clients|people|visitors)~\bbetter\b",
        ],
        [
            "You will feel better after three sessions.",
            "Pain drops by half.",
            "9 out of 10 clients feel better.",
            "Range of Motion (degrees) 60 75 90",
            "Pain Level (1-10 scale) 8 6 4",
            "| Mobility Score (1-5 scale) | 2 | 3 | 4 |",
            "After 8 sessions you can raise your leg higher.",
            "Raise your leg to 90 degrees.",
            "Bend it to 60°.",
            "Your pain falls from 8 to 4.",
            "Expect 50% less pain.",
        ],
        [
            "Nobody can honestly tell you how many degrees you will bend or how many points your pain will drop.",
            "A 60 minute session or a 90 minute one.",
            "After ten weeks they were doing better than people with usual care; after a year the gains were small.",
            "55% had clearly improved after a year.",
        ],
    ),
    Claim(
        "massage is an effective treatment",
        "guidelines disagree, and one advises against massage for nerve-root sciatica; the evidence is low or very low",
        "Some people feel looser for a while. It has not been shown to treat sciatica; add it to exercise.",
        [
            r"\bmassages?\b~\b(is|are|can be|remains?)\b"
            r"~\b(effective|powerful|ideal|the (best )?answer|remedy|solution)\b",
            rf"{RELIEVES} ((your|the|all|severe|chronic|acute) )*(sciatica|sciatic (nerve )?pain|nerve pain"
            rf"|leg pain)\b",
            r"\b(effective|powerful|proven|natural) (treatment|remedy|way|solution|therapy|relief)\b"
            r"~\b(sciatica|sciatic|nerve)",
            r"\bmassage~\b(works|wonders)\b(?! (best|equally|about|on|around))",
            r"\b(significant|real|great|fast|instant|(?<!-)lasting|long-term|deep)\w* relief\b",
            r"\bmassage (therapy|techniques?) can\b~\b(help|manage|offer relief)\b",
            r"\beffective (massages?|techniques?|therap\w+)\b|\b(significant|real|huge) difference\b",
            r"\bmassages?\b~\b(eases?|soothes?|helps?)\b (with )?(your |the )?(sciatica|sciatic pain|nerve pain"
            r"|sciatic nerve)\b",
            r"\b(treats?|tackles?|addresses?|fixes) the (root )?cause\b"
            r"|\b(works|helps) (for )?(nearly |almost )?(everyone|everybody)\b",
            r"\b(as good as|better than|instead of|no need for) (physio\w*|exercises?|medicine|surgery)\b",
        ],
        [
            "Massage can ease sciatica.",
            "Massage treats the root cause.",
            "Massage is as good as physio.",
            "Massage therapy is an effective way to manage sciatic pain.",
            "Massage can be a very effective remedy for you.",
            "These techniques can significantly relieve sciatic pain.",
            "Swedish massage helps alleviate sciatic pain.",
            "Massage therapy can be an effective way to alleviate sciatic pain, improve mobility, and more.",
            "Here, we explore three effective massage therapies.",
            "When dealing with sciatic pain, various massage techniques can offer relief.",
            "These sessions can make a significant difference in managing sciatica.",
            "Massage cures sciatica.",
            "It brings lasting relief.",
            "Massage does not hurt and heals sciatica.",
            "Why massage relieves sciatica",
            "How does massage relieve sciatica?",
        ],
        [
            "Does massage help sciatica?",
            "Can massage cure sciatica?",
            "It has not been shown to treat sciatica.",
            "Massage may help you feel better for a while, but it has not been shown to treat sciatica.",
            "Relief after a massage may be short.",
        ],
    ),
    Claim(
        "guidelines recommend massage for sciatica",
        "they do not agree: some allow it beside exercise, the Dutch one advises against it",
        "Guidelines do not agree. Where they allow massage, it is one part of care, not on its own.",
        [
            r"\b(guidelines?|guidance|doctors|experts|physicians|research|science|studies|WHO|NICE"
            r"|World Health Organi[sz]ation)\b"
            r"~\b(recommend|prove|confirm|endorse|agree|back|prescribe)(s|d|ed)?\b~\bmassages?\b",
            r"\bmassage~\b(recommended|prescribed|endorsed|proven|backed) by\b",
            r"\b(clinically|scientifically) (proven|tested|shown)\b",
        ],
        [
            "Guidelines recommend massage for sciatica.",
            "Studies prove that regular massage helps.",
            "Massage is recommended by doctors.",
            "Our scientifically proven method.",
        ],
        [
            "Guidelines do not recommend massage on its own.",
            "A Dutch physiotherapy guideline advises against massage for sciatica from a nerve root.",
            "The World Health Organization says massage may be offered, and rates the certainty as very low.",
        ],
    ),
    Claim(
        "massage changes lives",
        "nothing supports it, and the Competition Act asks for proof of such promises",
        "Many people find massage relaxing. I can't promise a result.",
        [
            r"\b(life|game)[- ]?chang\w+",
            r"\bmiracles?\b|\bmiraculous\w*|\bguarantee\w*|\bpain[- ]free\b|\b(100 ?%|totally) effective\b",
            r"\bproven to\b|\b(a|the|your) (\w+ )?cure\b|\bfor good\b(?! reason)|\bonce and for all\b",
        ],
        [
            "The relief provided by massage therapy can be life-changing.",
            "Massage can be a game-changer.",
            "Many call it life-changing.",
            "Be pain-free in a week, guaranteed.",
            "Massage is proven to help.",
            "It is the cure you were looking for.",
            "Not only relaxing: a miracle.",
        ],
        [
            "None of these is a cure.",
            "It is not a cure.",
            "Massage is not life-changing.",
            "I can't guarantee a result.",
        ],
    ),
    Claim(
        "massage reduces inflammation",
        "nothing shows it around a nerve root; the studies looked at muscles of young men after sport",
        "There is no good evidence that massage calms inflammation around a nerve.",
        [
            rf"{REDUCES}\b~\binflammation",
            r"\binflammation (goes|comes|is brought|is reduced|subsides|settles)\b",
            r"\banti-?inflammatory (effects?|powers?|benefits?|properties|massage)\b",
            r"\b(sooth|calm|cool|heal)\w*\b~\binflamed\b"
            r"|\b(bring|press|tak|reduc|draw)\w*\b~\bswelling\b~\b(nerve|down|out)\b",
        ],
        [
            "It soothes the inflamed nerve.",
            "Massage brings down the swelling around the nerve.",
            "It helps relieve tension and reduce inflammation around the sciatic nerve.",
            "Massage reduces inflammation around the nerve.",
            "It may calm the inflammation.",
            "Massage has anti-inflammatory effects.",
            "You can use ice to reduce inflammation.",
            "If it does not hurt, massage reduces inflammation.",
        ],
        [
            "There is no good evidence that massage takes pressure off a nerve or calms inflammation around it.",
            "Not shown, so we do not claim it:\n- less inflammation around the sciatic nerve",
            "It happens when a nerve root is irritated, inflamed or squeezed.",
            "It is not clear how much anti-inflammatory pills such as ibuprofen help.",
        ],
    ),
    Claim(
        "massage takes pressure off the nerve",
        "nothing shows it; pressing on muscles does not free a nerve root",
        "Massage has not been shown to take pressure off a nerve.",
        [
            r"\b(tak|reliev|reduc|eas|remov|lift|alleviat|lessen|releas|less)\w*\b~\b(pressure|compression)\b"
            r"~\b(nerves?|sciatic|discs?|disks?|spine)\b",
            r"\b(decompress|unpinch|free|unblock|untrap)\w*\b~\b(nerves?|spine)\b",
            r"\b(tak|reliev|reduc|eas|remov)\w*\b~\b(strain|load|stress|weight)\b~\bnerve\b|\bunclog\w*",
        ],
        [
            "Massage takes the strain off your sciatic nerve.",
            "The techniques can alleviate the pressure on the sciatic nerve.",
            "It takes pressure off the nerve.",
            "Massage frees the trapped nerve.",
            "Good posture is there to reduce pressure on the sciatic nerve.",
        ],
        [
            "Massage has not been shown to move a disc or take pressure off a nerve.",
            "Ask for lighter pressure if the nerve pain grows.",
        ],
    ),
    Claim(
        "massage moves discs or bones",
        "nothing shows it: hands do not put back a disc, widen the spinal canal or align a spine",
        "Massage has not been shown to move a disc or to widen the space around a nerve.",
        [
            r"\b(mov|push|put|shift|slid|press)\w*\b~\b(discs?|disks?|vertebrae?)\b~\b(back|place|away)\b",
            r"\b(heal|repair|fix|shrink)\w*\b~\b(discs?|disks?)\b",
            r"\bwiden\w*\b~\b(spine|canal|spaces?)\b",
            r"\b(re-?align|align|straighten|adjust)\w*\b~\b(spine|spinal|pelvis|vertebrae?|hips)\b",
            r"\b(dissolv|shrink|smooth)\w*\b~\bbone spurs?\b",
        ],
        [
            "The therapist pushes the disc back into place.",
            "Massage helps to heal the disc.",
            "It widens the space around the nerve.",
            "Massage realigns your spine.",
        ],
        [
            "It has not been shown to heal a disc, or to widen the spine.",
            "Massage may help you relax, but it has not been shown to widen that space.",
            "Massage cannot put a disc back in place.",
        ],
    ),
    Claim(
        "massage improves blood flow",
        "measured, massage did not raise the blood flow in muscles; light exercise did",
        "In a small study, massage did not raise blood flow in the muscles; light exercise did.",
        [
            rf"({IMPROVES}|\b(good for|helps)\b)~\b(circulation|blood flow)\b",
            r"\b(circulation|blood flow) (improves|increases|rises)\b",
            r"\b(deliver|bring|carr|supply|suppli)\w*\b~\b(nutrients|oxygen)\b",
            r"\bblood (moving|pumping|flowing)\b",
        ],
        [
            "Massage gets your blood moving.",
            "Massage improves blood flow.",
            "One primary benefit is the increased blood flow to the affected area.",
            "Enhanced circulation helps to deliver essential nutrients and oxygen to your muscles.",
            "Benefits of Swedish Massage:\n- Improves circulation",
            "It is no secret that massage boosts circulation.",
        ],
        [
            "You may have heard that it improves circulation. In a small study, massage did not raise blood flow.",
            "Not shown, so we do not claim it:\n- more blood flow in the muscles",
            "A small study didn't find that massage improves blood flow.",
        ],
    ),
    Claim(
        "massage promotes healing",
        "nothing shows that massage makes sciatica heal sooner",
        "Massage has not been shown to make sciatica go away sooner.",
        [
            rf"\b(massages?|circulation|blood flow|touch|sleep|relaxation|sessions?)\b~{SPEEDS}\b"
            rf"~\b(healing|recovery|repair|heal|recover)\b",
            rf"{SPEEDS} (\w+ )?healing\b",
            r"\bhelp\w* (your|the) body (to )?(heal|repair|recover)\b",
            r"\b(massages?|sessions?)\b~\b(faster|sooner|quicker)\b",
        ],
        [
            "Enhanced circulation works, promoting healing and reducing discomfort.",
            "Massage speeds up your recovery.",
            "It helps your body to heal and recover more efficiently.",
            "With massage, sciatica goes away sooner.",
        ],
        [
            "Massage has not been shown to make sciatica go away sooner.",
            "Surgery may speed up recovery, but after a year people do about as well without it.",
        ],
    ),
    Claim(
        "massage releases endorphins",
        "unproven; the effect on stress hormones is close to none",
        "Many people find massage relaxing.",
        [
            r"\b(releas|trigger|boost|rais|increas|produc|more|natural)\w*\b"
            r"~\b(endorphins?|serotonin|dopamine|oxytocin|painkillers)\b",
            r"\b(endorphins?|happy hormones?|feel-good hormones?)\b",
            rf"{REDUCES}\b~\b(cortisol|stress hormones?)\b",
            r"\b(mood|happiness|feel-?good) (hormones?|chemicals?)\b",
        ],
        [
            "Massage boosts your mood hormones.",
            "Massage therapy also triggers the release of endorphins, your body's natural painkillers.",
            "Massage lowers cortisol.",
            "Enjoy a rush of endorphins.",
        ],
        [
            "Massage has not been shown to release endorphins.",
            "There is no proof that it changes cortisol or endorphins.",
            "Painkillers: ask a pharmacist.",
        ],
    ),
    Claim(
        "massage breaks up scar tissue or knots",
        "hands do not: any ease seems to come from the nervous system",
        "Massage does not break up scar tissue or knots; people may feel looser for a while.",
        [
            r"\bbr(eak|eaks|eaking|oke|oken)\b~\b(down|up|apart|away)\b"
            r"~\b(scars?|scar tissue|adhesions?|knots?|fascia)\b",
            r"\b(dissolv|melt|remov|releas|loosen|clear|smooth|untie|iron|undo)\w*\b"
            r"~\b(scars?|scar tissue|adhesions?|knots?)\b",
            r"\b(scar tissue|adhesions?|knots?)\b~\b(broken|dissolve|melt|released|disappear|removed)\b",
            r"\baddressing (these |the )?adhesions?\b",
            r"\b(work|press|knead|massage|rub|get)\w*\b (out|away|rid of)\b~\b(knots?|adhesions?|scar tissue)\b",
        ],
        [
            "Our therapists work out the knots.",
            "Trigger point therapy gets rid of knots.",
            "Deep tissue massage breaks down scar tissue.",
            "Massage therapy also focuses on breaking down adhesions (knots) in your muscles.",
            "It breaks up the knots in your muscles.",
            "By addressing these adhesions, you can experience greater freedom.",
            "Feel your knots melt away.",
            "It is not painful and breaks down scar tissue.",
            "Benefits of Deep Tissue Massage for Sciatica:\n- Breaks down scar tissue",
            "You may hear that it breaks up knots. Try it.",
        ],
        [
            "Massage does not break up scar tissue.",
            "The idea that it breaks down scar tissue or knots is not supported by good evidence.",
            "There is no proof that pressing melts or breaks up a knot.",
            "Not shown, so we do not claim it:\n- breaking up knots or scar tissue",
            "Tell the therapist about fresh scars.",
        ],
    ),
    Claim(
        "massage improves mobility for long",
        "weak: a trial found no gain in range of motion after eight weeks",
        "You may feel looser for a while.",
        [
            rf"{IMPROVES}\b~\b(range of motion|mobility|flexibility|freedom of movement|muscle function)\b",
            r"(?<!-)\b(lasting|sustained|long-term|permanent)\b"
            r"~\b(mobility|flexib\w+|range of motion|function|gains?|benefits?|results?)\b",
            r"\bmore flexible\b",
        ],
        [
            "Massage therapy can significantly improve your mobility and function.",
            "Trigger point work enhances range of motion.",
            "It offers long-term benefits, including sustained improvements in muscle function and mobility.",
            "Massage makes you more flexible.",
        ],
        [
            "You may feel looser for a while.",
            "Massage has not been shown to make you more flexible for good, to heal a disc, or to widen the spine.",
            "Not shown, so we do not claim it:\n- lasting gains in how far you can bend",
        ],
    ),
    Claim(
        "massage prevents sciatica",
        "no good evidence; what helps to prevent back pain is exercise together with education",
        "There is no good evidence that massage prevents sciatica. Exercise that you keep up is better supported.",
        [
            rf"({MASSAGE}|{OFTEN})~\b(prevent|avoid|ward(s|ing)? off|protect|keep(s|ing)? away)\w*\b"
            rf"~\b(sciatica|flares?|flare-ups?|episodes?|attacks?|relapses?|trouble|pain|next)\b",
            r"\b(prevent|stop|end)(s|ing)? (the |your )?(return of )?sciatica\b",
            r"\bsciatica (from|free from) (ever )?(coming back|returning)\b|\bkeep\w* sciatica away\b",
            r"\bprevent(ive|ative) (care|massages?|measures?|treatment|sessions?)\b"
            r"|\bmaintenance (massages?|sessions?|plan)\b",
            rf"{MASSAGE}~({REDUCES}|\bfewer\b)~\b(frequency|number|episodes|flare-ups)\b",
            r"\bspinal health\b|\b(keeps?|for) (your|a) healthy spine\b",
            rf"({MASSAGE}|{OFTEN})~\b(keeps?|stops?)\b~\b(at bay|from coming back|from returning|away)\b",
        ],
        [
            "A monthly massage keeps flare-ups at bay.",
            "Regular sessions stop the pain from coming back.",
            "Regular massage prevents sciatica.",
            "Sessions can serve as a preventive measure, helping to avoid future sciatic flare-ups.",
            "Monthly: effective for long-term management and to prevent the next flare.",
            "Consistent massage therapy can help in reducing the intensity and frequency of sciatic pain episodes.",
            "Stretching promotes overall spinal health.",
            "A monthly maintenance massage is wise.",
        ],
        [
            "There is no good evidence that regular massage prevents sciatica or keeps it from coming back.",
            "Does regular massage prevent sciatica?",
            'Advice such as "weekly for a flare-up, monthly to prevent the next one" is opinion.',
            "A physio can make an exercise program for you that helps to prevent new trouble.",
            "In trials, exercise together with education led to fewer episodes of back pain.",
            "Not shown, so we do not claim it:\n- keeping sciatica from coming back",
        ],
    ),
    Claim(
        "massage gives better sleep",
        "weak: mostly people were simply asked how they felt",
        "Some people say that they sleep better.",
        [
            rf"{MASSAGE}~\b(improves?|ensures?|gives?|brings?|leads? to|means)\b~\b(sleep|nights?)\b",
            r"\b(improved|improves?) (your )?(quality of )?sleep\b|\bsleep quality is\b",
        ],
        ["Improved sleep quality is a significant benefit of regular massage therapy.", "Massage improves your sleep."],
        ["Some people who have massages say that they sleep better.", "Massage is not proven to improve sleep."],
    ),
    # ---- Techniques
    Claim(
        "deep tissue massage for severe pain",
        "unsafe: strong pressure may aggravate nerve pain, and reported harms include herniated discs",
        "If your pain is severe, see a doctor or physio first. Deep pressure is no treatment for severe nerve pain.",
        [
            r"\bdeep([- ]tissue|er)?\b~\b(recommended|ideal|best|good|right|suit\w*|effective|perfect|choice"
            r"|helps?|for|eases?)\b~\b(severe|strong|acute|worst|intense|bad|excruciating)\b(?! pressure)",
            r"\b(severe|strong|acute|worst|intense|bad|excruciating)\b"
            r"~\b(choose|book|try|ask for|have|needs?|want|deserves?|calls? for)\b~\bdeep([- ]tissue|er)?\b",
            r"\b(ideal|recommended|best|good|perfect|suited|suitable|right|made|choice) for\b"
            r"~\b(severe|excruciating|unbearable)\b",
            r"\bthe (deeper|harder|stronger|firmer)\b~\bthe (better|more)\b",
            r"\bif it~\bhurts?\b~\b(go for|choose|ask for|try|book|have)\b~\b(deep|firm|strong|hard)\w*\b",
            r"\b(firm|strong|deep|hard) (pressure|massage)\b~\b(when|if|for)\b"
            r"~\b(hurts badly|severe|unbearable|bad pain)\b",
        ],
        [
            "If it really hurts, go for deep tissue.",
            "Firm pressure is the way to go when it hurts badly.",
            "Deep tissue massage is recommended for those accustomed to massage or experiencing severe sciatic pain.",
            "If your pain is severe, ask for deep tissue.",
            "It is ideal for severe sciatica.",
            "Deep tissue: for strong pain",
            "The deeper the pressure, the better.",
            "Deep tissue is not for beginners, but it is ideal for severe pain.",
        ],
        [
            "It is not a treatment for severe sciatica, and strong pressure may aggravate nerve pain.",
            "If your pain is severe, see a doctor or physio first, and do not choose deep tissue massage for it.",
            "Deep tissue: slower and firmer. Not for severe sciatica; see a doctor or physio first.",
            "Strong pressure is not a treatment for severe nerve pain.",
        ],
    ),
    Claim(
        "deep tissue massage ends chronic pain",
        "contradicted: no better than relaxing massage in the largest trial, and the gains faded",
        "In a trial, relaxing massage did about as well as a more focused one; after a year the gains were small.",
        [
            r"\b(alleviat|reliev|cur|end|treat|fix|eliminat|eas)(e|es|ed|ing|s)?\b (\w+ )?(chronic|long-lasting"
            r"|persistent|long-term) (\w+ )?(pain|tension)\b",
            r"\breleas(e|es|ing) (chronic )?(muscle )?tension\b",
        ],
        ["Deep tissue massage alleviates chronic pain.", "Firm pressure is used to release chronic muscle tension."],
        ["It has not been shown to ease chronic pain for long.", "A trial looked at long-lasting low back pain."],
    ),
    Claim(
        "trigger points explain and treat sciatica",
        "scientists disagree about what they are, and pressing them has not been shown to treat sciatica",
        "Scientists disagree about what these spots are. Pressing on them has not been shown to treat sciatica.",
        [
            r"\btrigger[- ]points?\b~\b(reliev|treat|effective|beneficial|cur|fix|eliminat|heal|reduc)\w*",
            r"\b(releas|deactivat|eliminat|switch\w* off)\w*\b~\btrigger[- ]points?\b",
            r"\b(trigger[- ]points?|tight (spots?|areas?)|knots?)\b~\bcaus\w+\b~\b(pain|sciatica)\b",
            rf"{REDUCES}\b~\breferred pain\b",
        ],
        [
            "It focuses on releasing trigger points.",
            "Trigger points are tight areas within your muscle tissues that cause pain in other parts of your body.",
            "Trigger point therapy relieves referred pain.",
            "Trigger point therapy can help reduce pain.",
        ],
        [
            "Scientists disagree about what trigger points are.",
            "The idea is that a tight spot in a muscle can cause pain somewhere else. Some call this theory guesswork.",
            "Trigger point work has not been shown to treat sciatica.",
        ],
    ),
    Claim(
        "one style is best",
        "contradicted: in a trial of 401 people two styles did about equally well",
        "No style has been shown to be best for sciatica.",
        [
            r"\b(best|most effective|most beneficial|ideal)\b~\b(technique|massage|style|therapy|method)\b"
            r"~\b(is|for)\b",
            r"\b(technique|massage|style|therapy|treatment|swedish|deep tissue)\b"
            r"~\bis (the )?(best|most effective|ideal)\b",
            r"\b(particularly|especially|extremely|most|highly|very) (effective|beneficial|helpful)\b",
        ],
        [
            "Techniques such as deep tissue massage and trigger point massage are particularly effective.",
            "This technique is particularly beneficial for those suffering from sciatic pain due to muscle knots.",
            "The best massage for sciatica is deep tissue.",
            "Swedish massage is the best.",
        ],
        [
            "No massage style has been shown to be best for sciatica.",
            "Which massage is best for sciatica?",
            "Nobody has shown which length is best for sciatica.",
            "If you buy gift cards, the desk knows best.",
        ],
    ),
    Claim(
        "massage has no risks",
        "minor discomfort is common, and serious harm is rare but has happened",
        "Massage has a good safety record when used properly, but it can sometimes make pain worse.",
        [
            r"\b(risk-free|harmless)\b|\b(completely|perfectly|entirely|totally|always|100 ?%) safe\b",
            r"\bsafe for (everyone|everybody|anyone|all)\b|\b(no|zero|without( any)?) (risks?|side[- ]effects?)\b",
        ],
        ["Massage is completely safe.", "It has no side effects.", "Stretching is safe for everyone."],
        ["Massage is not risk-free.", "Massage is not safe for everyone.", "Is it safe to stretch?"],
    ),
    # ---- Sessions
    Claim(
        "a schedule of sessions",
        "no guideline gives one: it is opinion",
        "There is no proven schedule. Plan a few sessions, agree on a goal, and stop if it is not helping.",
        [
            rf"{OFTEN}~\b(ideal|best|recommended|suit\w*|effective|enough|works?|for (acute|moderate"
            rf"|maintenance|prevention|flares?|severe|a flare))\b",
            rf"\b(recommend|should|ideally|we advise|best to|start with|come|book)\w*\b"
            rf"~\b(massages?|sessions?|visits?|come)\b~{OFTEN}",
            r"\b(need|needs|takes|requires?|expect) (about |around |at least |up to )?(\d+|two|three|four|five"
            r"|six|eight|ten|twelve)( to \w+| or \w+|-\d+)? (\w+ )?(sessions|massages|visits|treatments)\b",
            r"\b(start|begin) with more frequent sessions\b",
            r"\b(one|two|a) (sessions?|massages?|visits?) (a|per|every) (week|month)\b",
            rf"\b(come|book|have one|return)\b {OFTEN}",
        ],
        [
            "One session a week is best at first.",
            "Come once a week while it is acute.",
            "Weekly: ideal for acute sciatic pain or during flare-ups",
            "Bi-weekly is suitable for moderate symptoms aiming for maintenance.",
            "Monthly sessions are effective for long-term management.",
            "You should have a massage every two weeks.",
            "You will need six sessions.",
            "It is recommended to start with more frequent sessions.",
        ],
        [
            "There is no proven schedule for sciatica.",
            'Advice such as "weekly for a flare-up, monthly to prevent the next one" is opinion.',
            "They had ten weekly sessions.",
            "Hour-long massages two or three times a week did better than being on a waiting list.",
        ],
    ),
    # ---- Self-care
    Claim(
        "stretches cure sciatica",
        "weak: they may help, and some make it worse",
        "Gentle stretches may help; the proof is limited. Stop if pain goes further down the leg.",
        [
            r"\b(stretch\w*|exercis\w*|tilts?)\b~\b(significant\w*|cure|fix|heal|proven|guarantee"
            r"|great\w* relie)\w*\b",
            r"\bsignificantly (help|reliev|reduc|improv)\w*",
            r"\bstretch\w*\b~\b(go away|gets? rid|ends?)\b",
        ],
        [
            "Stretching will make it go away.",
            "Regular stretching and exercises can significantly help in relieving sciatic pain.",
            "This stretch fixes sciatica.",
        ],
        ["Stretching may help, but the proof is limited.", "This stretch is not proven for sciatica."],
    ),
    Claim(
        "water treats sciatica",
        "nothing shows that drinking more helps nerves, muscles or inflammation",
        "Drink when you are thirsty. Water is not a treatment for sciatica.",
        [
            r"\b(water|drinking|fluids|hydrat\w+)\b~\b(eas|reduc|reliev|flush|treat|prevent|sooth|lubricat"
            r"|nourish)\w*",
            r"\bhydrat\w+ (\w+ )?(muscles|discs?|disks?|tissues?)\b|\b(muscles|discs) (well )?hydrated\b",
            r"\b(drink|have) (plenty|lots|a lot|extra|eight|8|two lit\w+|2 lit\w+)\b"
            r"|\bneed (extra|more|plenty of) water\b",
            r"^drink more\b",
        ],
        [
            "Drink more water.",
            "Drink plenty of water to keep muscles hydrated and reduce inflammation.",
            "Water helps to reduce inflammation.",
            "You need extra water after a massage.",
        ],
        [
            "Water is good for you, but it is not a treatment for sciatica.",
            "We found no good evidence that you need extra water after a massage.",
            "We found no good evidence that drinking more eases nerve pain or brings down inflammation.",
            "If a doctor told you to drink more or less, follow that advice.",
        ],
    ),
    Claim(
        "massage releases toxins",
        "no such thing was ever measured",
        "Massage does not release toxins; drink when you are thirsty.",
        [r"\b(toxins?|toxic waste|lactic acid|impurities)\b|\bdetox\w*"],
        ["Massage releases toxins.", "Drinking flushes out toxins.", "A detox for your muscles."],
        [
            "Massage does not release toxins.",
            'You may hear that water "flushes out toxins" after a massage. We found no good evidence for that either.',
        ],
    ),
    Claim(
        "ice reduces inflammation or works for back pain",
        "there is not enough evidence that cold works for back pain",
        "Ice is fine if you like it, wrapped, up to 20 minutes; there is not enough proof that it works.",
        [
            r"\b(ice|cold|cool pack)\b~\b(reduc|heal|treat|cur|fight|numb|shrink|proven|calm|stop|works)\w*\b",
            r"\bheat\b~\b(heals?|cures?|treats?|fixes)\b",
            r"\b(ice|cold)\b~\bswelling\b",
        ],
        [
            "Ice brings the swelling down.",
            "Use an ice pack wrapped in a cloth for 15-20 minutes to reduce inflammation.",
            "Ice works for back pain.",
            "Heat heals the nerve.",
        ],
        [
            "Ice is fine if you like it, but there is not enough proof that it works.",
            "A warm pack can ease pain for a while.",
            "It does not fix the cause.",
        ],
    ),
    Claim(
        "good posture and special chairs",
        "there is no single correct posture, and no chair is proven",
        "There is no single correct way to sit. Change position often and use what feels comfortable.",
        [
            r"\b(good|correct|proper|right|perfect|healthy)\b (\w+ )?(posture|way to sit|sitting position)\b",
            r"\b(bad|poor|wrong) posture\b[\"”]?~\b(caus|lead|put|press|harm|strain|damag)\w*",
            r"\b(sit|stand) (\w+ )?(up )?(\w+ )?straight\b",
            r"\bergonomic\b|\b(chairs?|cushions?|braces?)\b~\b(proven|reliev|reduc|prevent|fix|protect)\w*\b",
            r"\b(slouching|sitting (badly|wrong|crooked))\b~\b(caus|press|harm|damag|lead)\w*",
        ],
        [
            "Slouching causes sciatica.",
            "Maintain good posture while sitting and standing to reduce pressure on the sciatic nerve.",
            "Use ergonomic chairs and support cushions.",
            "Bad posture causes back pain.",
            "Sit up straight.",
        ],
        [
            "There is no single correct way to sit.",
            'You don\'t need to sit up straight: there is no strong evidence that "bad posture" causes back pain.',
            "Chairs, cushions, braces: none is proven for sciatica.",
        ],
    ),
    Claim(
        "a firm mattress",
        "contradicted: medium-firm did better than firm, and people with leg pain were left out",
        "No mattress is proven for sciatica; choose one that is comfortable.",
        [
            r"\b(use|choose|buy|get|need|needs|prefer|try|sleep on|switch to)\b"
            r"~\b(?<!medium-)(?<!medium )(firm|hard)(er)? (mattress|bed)\b",
            r"(?<!medium-)(?<!medium )\b(firm|hard)(er)? (mattress(es)?|beds?)\b"
            r"~\b(is|are|works?|helps?|supports?|keeps?|protects?|reduces?)\b",
            r"\bmattress(es)?\b~\b(must|should|has to|needs to|ought to) be (\w+ )?(firm|hard)\b",
            r"\bmattress(es)?\b~\b(proven|best) for sciatica\b|\b(best|right) mattress\b",
            r"\b(pick|take|recommend|want|better on) (a|an) (very |extra )?(firm|hard)(er)? (mattress|bed)\b",
        ],
        [
            "Pick a firm mattress.",
            "Use a firm mattress and avoid sleeping on your stomach.",
            "A firm mattress is best.",
            "You should choose an extra firm mattress.",
            "Your mattress should be firm.",
            "A medium-firm mattress is proven for sciatica.",
        ],
        [
            "Your mattress does not have to be firm: in a trial of people with back pain, medium-firm did better.",
            "No mattress is proven for sciatica, so choose what is comfortable.",
            "You don't need a firm mattress.",
            "Do I need a firm mattress?",
        ],
    ),
    Claim(
        "rest heals, or moving heals",
        "long bed rest is not advised, and staying active made little or no difference to sciatica pain",
        "Keep up normal activities as far as you can; a rest is fine, long bed rest is not advised.",
        [
            r"\b(rest|sleep)\b~\b(allow|let|help)\w*\b~\b(body|back|nerve)\b~\b(heal|recover|repair)\b",
            r"\b(stay|rest|lie|remain) in bed (for|until|as long|all|while)\b"
            r"|\bbed rest\b~\b(helps|heals|is (best|recommended))\b",
            r"\b(walking|walks?|staying active|moving|movement|exercise)\b"
            r"~\b(speeds?|cures?|heals?|fixes|faster|sooner|quicker)\b",
            r"\b(lie|stay) down until\b",
        ],
        [
            "Lie down until it passes.",
            "Ensure adequate rest and sleep to allow the body to heal.",
            "Stay in bed until the pain is gone.",
            "Walking speeds your recovery.",
        ],
        [
            "Get your sleep, but don't stay in bed all day.",
            "A rest is fine; long bed rest is not advised.",
            "Studies found little or no difference between staying active and resting in bed.",
        ],
    ),
]

PATTERNS = {claim.name: [pattern(words) for words in claim.patterns] for claim in DISPUTED}
