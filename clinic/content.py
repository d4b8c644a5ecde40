"""Everything the assistant can say and recognise, checked as a whole."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from clinic.answers import Answer, Topic
from clinic.errors import UnknownAnswer, UnknownFact
from clinic.evidence import Evidence, Supported
from clinic.facts import Facts, names_in
from clinic.lexicon import Lexicon, Wording, wordings_of
from clinic.offers import Therapist, Treatment
from clinic.red_flags import RedFlags
from clinic.rules import Rules
from clinic.safety_check import Answered, SafetyCheck, SafetyQuestion, answered
from clinic.stretches import Stretch

# Said when the program decides to, never because a message asks for it.
NEVER_ASKED = frozenset(
    [
        *("clarify", "not_understood", "language", "trouble"),
        *("emergency", "crisis", "same_day_care", "see_doctor"),
    ]
)

# These collect something first; data/rules.yml says how.
STARTS_A_FORM = frozenset(["book_appointment", "call_back_request"])

# What the program says while it does something, beside the answer itself.
NEEDED_ASKS = {
    "clarify": {"none"},
    "not_understood": {"again"},
    "book_appointment": {
        *("treatment", "day", "therapist", "done", "stopped", "held"),
        *("not_now", "ask_doctor", "tell_therapist"),
    },
    "call_back_request": {"name", "phone", "bad_phone", "done", "stopped"},
    "emergency": {"will_do", "mistake", "sure", "yes", "no", "acknowledged", "go_on"},
}

# What the program fills in while it collects things; every other name in braces is a fact.
FILLED_BY_THE_PROGRAM = {
    "book_appointment": {"treatment", "day", "therapist", "booking_link", "safety"},
    "call_back_request": {"name", "phone"},
}


class Problem(NamedTuple):
    """Something wrong in the content: in which record (`("answers", "sleep")`), under which keys, and the remedy."""

    record: tuple[str, str]
    keys: tuple[object, ...]
    remedy: str


class Content:
    def __init__(
        self,
        *,
        answers: dict[str, Answer],
        stretches: dict[str, Stretch],
        facts: Facts,
        treatments: Sequence[Treatment],
        therapists: Sequence[Therapist],
        lexicon: Lexicon,
        red_flags: RedFlags,
        safety_check: SafetyCheck,
    ) -> None:
        self.answers = answers
        self.stretches = stretches
        self.facts = facts
        self.treatments = tuple(treatments)
        self.therapists = tuple(therapists)
        self.lexicon = lexicon
        self.red_flags = red_flags
        self.safety_check = safety_check

    def answer(self, answer_id: str) -> Answer:
        """Raises UnknownAnswer."""
        if answer_id not in self.answers:
            raise UnknownAnswer(f"content/answers has no file {answer_id}.yml")
        return self.answers[answer_id]

    def asked(self) -> set[str]:
        """The ids that a visitor's message can ask for; each is an intent."""
        return set(self.answers) - NEVER_ASKED

    def offered(self) -> set[str]:
        """Those of them worth offering as "did you mean": not the small change of a conversation."""
        return {answer_id for answer_id in self.asked() if self.answers[answer_id].topic is not Topic.ASSISTANT}

    def wordings(self) -> Iterator[Wording]:
        yield from self.lexicon.wordings()
        yield from wordings_of("treatment", self.treatments)
        yield from wordings_of("therapist", self.therapists)

    def safety_answer(self, text: str) -> Answered:
        """What a visitor types in answer to the safety check."""
        return answered(text, self.safety_check, self._safety_rules)

    @cached_property
    def _safety_rules(self) -> Rules:
        return self.safety_check.rules(self.red_flags.language)

    def problems(self, today: date, pictures: set[str]) -> list[Problem]:
        """What is wrong between the records; `pictures` are the files that exist."""
        return [
            *self._wrong_references(),
            *self._wrong_facts(today),
            *self._reviews_from_the_future(today),
            *self._wrong_pictures(pictures),
            *self._red_flags_that_fail(),
            *self._wordings_taken_for_others(),
        ]

    def warnings(self, today: date) -> list[Problem]:
        """What someone should look at, and what must not stop anything."""
        return [
            Problem(record, ("review", "next"), f"the review was due on {supported.review.next}")
            for record, supported in self._supported()
            if supported.review.is_overdue(today)
        ]

    def _supported(self) -> Iterator[tuple[tuple[str, str], Supported]]:
        for answer in self.answers.values():
            yield ("answers", answer.id), answer
        for stretch in self.stretches.values():
            yield ("stretches", stretch.id), stretch
        yield ("safety_check", ""), self.safety_check

    def _wrong_references(self) -> Iterator[Problem]:
        for needed in sorted(NEVER_ASKED - set(self.answers)):
            yield Problem(("answers", needed), (), "this answer is missing, and the program needs it")
        for answer in self.answers.values():
            record = ("answers", answer.id)
            for ask in sorted(NEEDED_ASKS.get(answer.id, set()) - set(answer.asks)):
                yield Problem(record, ("asks",), f"{ask} is missing under asks, and the program needs it: write it")
            for number, other in enumerate(answer.see_also):
                if other not in self.answers:
                    yield Problem(record, ("see_also", number), f"there is no answer {other}: correct or remove it")
                elif other in NEVER_ASKED:
                    yield Problem(record, ("see_also", number), f"no button can lead to {other}: remove it")
            for number, other in enumerate(answer.lists):
                if other not in self.answers:
                    yield Problem(record, ("lists", number), f"there is no answer {other}: correct or remove it")
            if answer.stretch and answer.stretch not in self.stretches:
                yield Problem(record, ("stretch",), f"there is no stretch {answer.stretch}: correct or remove it")
            if answer.topic is Topic.STRETCHES and answer.evidence is Evidence.CLINIC_FACT:
                yield Problem(record, ("evidence",), "a stretch makes a clinical claim: say how strong its evidence is")

    def _wrong_facts(self, today: date) -> Iterator[Problem]:
        for (kind, name), supported in self._supported():
            filled = FILLED_BY_THE_PROGRAM.get(name, set())
            for keys, text in supported.texts().items():
                for fact in sorted(names_in(text) - filled):
                    try:
                        self.facts.on(fact, today)
                    except UnknownFact as unknown:
                        yield Problem((kind, name), keys, f"{{{fact}}}: {unknown}; name a fact of content/facts")

    def _reviews_from_the_future(self, today: date) -> Iterator[Problem]:
        for record, supported in self._supported():
            if supported.review.on > today:
                yield Problem(record, ("review", "on"), f"{supported.review.on} is in the future: give the real day")

    def _wrong_pictures(self, pictures: set[str]) -> Iterator[Problem]:
        used = set()
        for stretch in self.stretches.values():
            for number, step in enumerate(stretch.steps):
                used.add(step.picture)
                if step.picture not in pictures:
                    where = ("steps", number, "picture")
                    yield Problem(("stretches", stretch.id), where, f"content/stretches/pictures has no {step.picture}")
        for picture in sorted(pictures - used):
            yield Problem(("stretches/pictures", picture), (), "no stretch uses this picture: delete it or use it")

    def _red_flags_that_fail(self) -> Iterator[Problem]:
        for sentence in self.red_flags.problems():
            yield Problem(("red_flags", ""), (), sentence)

    def _wordings_taken_for_others(self) -> Iterator[Problem]:
        """In the safety check; there each must lead to its own question."""
        for number, question in enumerate(self.safety_check.questions):
            for place, wording in enumerate(question.wordings):
                where = ("questions", number, "wordings", place)
                try:
                    heard = self.safety_answer(wording)
                except ValueError as error:
                    yield Problem(("safety_check", ""), ("questions",), str(error))
                    return
                if heard != question:
                    taken_for = heard.id if isinstance(heard, SafetyQuestion) else heard or "nothing"
                    remedy = f"'{wording}' is taken for {taken_for}, not {question.id}: write it in other words"
                    yield Problem(("safety_check", ""), where, remedy)
