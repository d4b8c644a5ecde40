"""What a message asks for: one question or several, what was talked about before, or what to ask back.

It decides on scores that a classifier gave to the message, to its parts, and to what it may mean after the topics
before. Scores are not probabilities of being right; the bounds were chosen on tests/nlu/development*.yml
and on sentences by new writers, before these were learned, November 2026 (docs/understanding.md).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from clinic.answers import Answer, Topic
from clinic.follow_ups import Pointing, about, named_topic, place_in, pointing, stands_alone, topic_words
from clinic.parts import Part, parts_of
from clinic.run_ons import cuts

SURE = 0.6
SURE_OF_SMALL_TALK = 0.4  # and of all else that is about the assistant
SURE_OF_A_PART = 0.9
SURE_OF_A_LIKELY_PART = 0.7  # of one that the whole message may ask too
LIKELY = 0.05
SURE_OF_A_RUN_ON = 0.7  # of each of the questions that follow each other without a joint
SURE_OF_A_STATEMENT = 0.97  # "visa, and where do i park": a part that does not look like a question
STATEMENT_WORDS = 12  # Longer ones say why it is asked.
FEW_WORDS = 25  # Longer messages tell a story, whose statements ask nothing.
SURE_ALONE = 0.9  # Enough to take a message as it stands that might also point back.
LIKELY_TO_BE_NONE = 0.2  # That it is out of scope: then it is not asked back.
WORTH_ASKING = 0.08  # of the likeliest that is offered
WORTH_OFFERING = 0.03  # of the others
MOST_OFFERS = 3
MOST_QUESTIONS = 3

OUT_OF_SCOPE = "out_of_scope"
TOPICS = "topics"  # The slot with the answers given before, the latest first.
MOST_TOPICS = 3
UNCLEAR = "unclear"  # The slot with how many messages in a row were not understood.
SAY_MORE = "say_more"  # "why?", "tell me more": what was said last, again
# Said beside a question, they are politeness; alone they are answered.
SMALL_CHANGE = frozenset(["greeting", "thanks", "goodbye", "small_talk", "inform", "affirm", "deny", "stop", SAY_MORE])
NEVER_BESIDE = SMALL_CHANGE | {OUT_OF_SCOPE, "what_can_you_do", "feedback", "abuse"}


class Guess(NamedTuple):
    intent: str
    confidence: float  # 0 to 1


Ranking = Sequence[Guess]  # the likeliest first
Rank = Callable[[list[str]], list[Ranking]]  # what a classifier makes of some texts


class Understood(NamedTuple):
    questions: list[str]  # intents, in the order to answer them; none when it is not sure
    ranking: Ranking  # of the message as it was understood, for asking back

    @property
    def names_a_topic(self) -> bool:
        """Whether it asks for more than politeness."""
        return not set(self.questions) <= {*SMALL_CHANGE, OUT_OF_SCOPE}


def understand(
    text: str, whole: Ranking, rank: Rank, topics: Sequence[Answer], answers: Mapping[str, Answer]
) -> Understood:
    """`topics` are the answers given before, the latest first; `answers` are all there are."""
    alone = _questions(text, whole, rank, answers)
    if topics and not _stands_alone(alone, answers):
        return _follow_up(text, whole, rank, topics, answers) or alone
    return alone


def _stands_alone(understood: Understood, answers: Mapping[str, Answer]) -> bool:
    """Whether it asks the same whatever was talked about: for the clinic, the assistant, an appointment."""
    several = len(understood.questions) > 1
    return any(
        question in answers
        and question != OUT_OF_SCOPE
        and answers[question].topic in (Topic.CLINIC, Topic.ASSISTANT, Topic.SERVICE)
        and (several or understood.ranking[0].confidence >= SURE_ALONE)
        for question in understood.questions
    )


def topics_after(said: Sequence[str], topics: Sequence[str], answers: Mapping[str, Answer]) -> list[str]:
    """The topics once some answers were said; small talk and the like are none."""
    new = [answer_id for answer_id in reversed(said) if answer_id in answers and answers[answer_id].name]
    return [*new, *(topic for topic in topics if topic not in new)][:MOST_TOPICS]


def offers(ranking: Ranking, answerable: Collection[str]) -> list[str]:
    """The intents to offer as "did you mean", likeliest first; empty when none is likely enough."""
    if any(guess.intent == OUT_OF_SCOPE and guess.confidence >= LIKELY_TO_BE_NONE for guess in ranking):
        return []
    likely = [guess for guess in ranking if guess.intent in answerable and guess.intent != OUT_OF_SCOPE]
    if not likely or likely[0].confidence < WORTH_ASKING:
        return []
    return [guess.intent for guess in likely if guess.confidence >= WORTH_OFFERING][:MOST_OFFERS]


def _follow_up(
    text: str, whole: Ranking, rank: Rank, topics: Sequence[Answer], answers: Mapping[str, Answer]
) -> Understood | None:
    place, listing = place_in(text), next((topic for topic in topics if topic.lists), None)
    if place is not None and listing is not None and place < len(listing.lists):
        return Understood([listing.lists[place]], whole)
    if not whole or (whole[0].intent in SMALL_CHANGE - {SAY_MORE} and whole[0].confidence >= SURE_ALONE):
        return None
    if whole[0].intent == SAY_MORE and whole[0].confidence >= SURE:
        return Understood([topics[0].id], whole)
    points, wanted = pointing(text), named_topic(text)
    meant = [topic for topic in topics if topic.name and wanted in (None, topic.topic)]
    if points is Pointing.NOT or not meant:
        return None
    named = topic_words(answer.name for answer in answers.values() if answer.name)
    sure = whole[0].confidence >= (SURE_ALONE if points is Pointing.PLAINLY else SURE)
    if sure and stands_alone(text, named):
        return None
    if points is Pointing.PERHAPS and whole[0].confidence >= SURE_ALONE:
        return _for_another_kind(text, meant[0], answers.get(whole[0].intent), rank)
    for topic in meant:
        (ranking,) = rank([about(text, str(topic.name))])
        if ranking[0].confidence >= SURE and (ranking[0].intent == topic.id or points is Pointing.PLAINLY):
            return Understood([ranking[0].intent], ranking)
    if points is Pointing.PLAINLY and whole[0].confidence < SURE:
        return Understood([meant[0].id], whole)
    return None


def _for_another_kind(text: str, topic: Answer, alone: Answer | None, rank: Rank) -> Understood | None:
    """ "Is it safe?" is sure to be asked of a massage, unless a stretch was talked about."""
    kinds = (Topic.MASSAGE, Topic.SESSION, Topic.SCIATICA)
    if alone is None or alone.topic is topic.topic or alone.topic not in kinds:
        return None
    (ranking,) = rank([about(text, str(topic.name))])
    sure = ranking[0].confidence >= SURE_ALONE and ranking[0].intent == topic.id
    return Understood([topic.id], ranking) if sure else None


def _questions(text: str, whole: Ranking, rank: Rank, answers: Mapping[str, Answer]) -> Understood:
    likely = {guess.intent for guess in whole if guess.confidence >= LIKELY}
    in_few_words = len(text.split()) <= FEW_WORDS
    asked: list[str] = []
    by_a_question = False
    for part, guess, of_a_run_on in _pieces(text, rank):
        bound = SURE_OF_A_LIKELY_PART if guess.intent in likely else SURE_OF_A_PART
        if (
            guess.intent not in {*NEVER_BESIDE, *asked}
            and (of_a_run_on or guess.confidence >= (bound if part.asks else SURE_OF_A_STATEMENT))
            and (part.asks or (in_few_words and part.beside_a_question and len(part.text.split()) <= STATEMENT_WORDS))
            and not (asked and _goes_on(part.text, answers.get(asked[-1]), answers.get(guess.intent), rank))
        ):
            asked.append(guess.intent)
            by_a_question |= part.asks
    if len(asked) > 1:
        return Understood(asked[:MOST_QUESTIONS], whole)
    sure = bool(whole) and _is_sure(whole[0], answers)
    told = not in_few_words and sure and whole[0].confidence < SURE_ALONE
    if asked and by_a_question and (not sure or told or whole[0].intent in SMALL_CHANGE):
        return Understood(asked, whole)
    return Understood([whole[0].intent] if sure else [], whole)


def _is_sure(guess: Guess, answers: Mapping[str, Answer]) -> bool:
    """What is about the assistant, a refusal too, is never offered as a choice, so it is said sooner."""
    answer = answers.get(guess.intent)
    unoffered = answer is not None and answer.topic is Topic.ASSISTANT
    return guess.confidence >= (SURE_OF_SMALL_TALK if unoffered else SURE)


class _Piece(NamedTuple):
    part: Part
    guess: Guess
    of_a_run_on: bool


def _pieces(text: str, rank: Rank) -> list[_Piece]:
    """The parts of a message, and where one runs questions together, those; none when the message is one piece."""
    parts = parts_of(text) or [Part(text, asks=True, beside_a_question=True)]
    ways = [cuts(part.text) if len(text.split()) <= FEW_WORDS else [] for part in parts]
    if len(parts) == 1 and not ways[0]:
        return []
    texts = list(dict.fromkeys(chain((part.text for part in parts), *chain(*ways))))
    best = dict(zip(texts, (ranking[0] for ranking in rank(texts)), strict=True))

    def least(way: list[str]) -> float:
        return min(best[text].confidence for text in way)

    pieces: list[_Piece] = []
    for part, cut in zip(parts, ways, strict=True):
        sure = [way for way in cut if _are_questions([best[text] for text in way])]
        if sure:
            way = max(sure, key=lambda way: (len(way), least(way)))
            pieces += [_Piece(Part(text, asks=True, beside_a_question=True), best[text], True) for text in way]
        else:
            pieces.append(_Piece(part, best[part.text], False))
    return pieces if len(pieces) > 1 else []


def _are_questions(guesses: list[Guess]) -> bool:
    """Whether each is surely a question, and none the same as another."""
    intents = {guess.intent for guess in guesses}
    sure = all(guess.confidence >= SURE_OF_A_RUN_ON for guess in guesses)
    return sure and len(intents) == len(guesses) and not intents & NEVER_BESIDE


def _goes_on(part: str, before: Answer | None, alone: Answer | None, rank: Rank) -> bool:
    """Whether a part asks for the dose of what the part before it is about: "the pelvic tilt, how many times?"."""
    dosed = (Topic.STRETCHES, Topic.SELF_CARE)
    if before is None or before.topic not in dosed or (alone and alone.topic in dosed) or not pointing(part):
        return False
    (ranking,) = rank([about(part, before.name or before.question)])
    return ranking[0].intent == before.id
