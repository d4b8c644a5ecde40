"""Everything the assistant can say and recognise, checked as a whole."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from clinic.answers import Answer, Topic
from clinic.errors import UnknownAnswer, UnknownFact
from clinic.evidence import Evidence, Supported
from clinic.facts import Facts, names_in
from clinic.letters import FILLED_IN_LETTERS, FILLED_IN_OPEN, Letters
from clinic.lexicon import Lexicon, Wording, wordings_of
from clinic.offers import Therapist, Treatment
from clinic.red_flags import RedFlags
from clinic.rules import Rules
from clinic.safety_check import Answered, SafetyCheck, SafetyQuestion, answered
from clinic.schedule import BookingMode, Schedule
from clinic.stretches import Stretch

# Said when the program decides to, never because a message asks for it.
NEVER_ASKED = frozenset(
    [
        *("clarify", "not_understood", "language", "trouble"),
        *("emergency", "crisis", "same_day_care", "see_doctor"),
    ]
)

# These collect something first, or look at the clock; data/rules.yml says how.
STARTS_A_FORM = frozenset(
    [
        *("book_appointment", "reschedule_appointment", "cancel_appointment", "check_appointment"),
        *("call_back_request", "talk_to_human"),
    ]
)

# What the program says while it does something, beside the answer itself.
NEEDED_ASKS = {
    "clarify": {"none"},
    "not_understood": {"again"},
    "book_appointment": {
        *("treatment", "minutes", "no_such_length", "not_given", "two_people", "when", "which_day", "no_such_time"),
        *("time", "other_therapist", "none_free", "nothing_free", "gone", "too_many_holds"),
        *("name", "email", "bad_email", "email_typo", "phone", "bad_phone", "confirm", "confirm_request", "change"),
        *("done", "mailed", "too_many_ahead", "done_link", "done_request", "late", "unknown", "kept"),
        *("reference", "wrong_reference", "stopped", "held", "not_now", "ask_doctor", "tell_therapist"),
    },
    "reschedule_appointment": {"when", "confirm", "done", "stopped"},
    "cancel_appointment": {"confirm", "done", "stopped"},
    "check_appointment": {"done", "stopped"},
    "call_back_request": {
        *("name", "long_name", "phone", "bad_phone", "letters_in_phone", "window", "closed_then", "summary"),
        *("done", "stopped"),
    },
    "talk_to_human": {"open", "closed", "held"},
    "emergency": {"will_do", "mistake", "sure", "yes", "no", "acknowledged", "go_on"},
}

# What the program fills in while it collects things; every other name in braces is a fact.
FILLED_BY_THE_PROGRAM = {
    "book_appointment": {
        *("treatment", "minutes", "lengths", "therapist", "when", "price", "name", "email", "suggestion", "phone"),
        *("reference", "booking_link", "safety"),
    },
    "reschedule_appointment": {"treatment", "minutes", "therapist", "when", "price", "reference"},
    "cancel_appointment": {"treatment", "minutes", "therapist", "when", "price", "reference"},
    "check_appointment": {"treatment", "minutes", "therapist", "when", "price", "reference"},
    "call_back_request": {"name", "phone", "window", "summary"},
    "talk_to_human": {"closes", "opens"},
}

SCHEDULE = ("facts", "schedule")
LETTERS = ("letters", "")
# What these name tells what an appointment is for, or with whom.
TELLING = frozenset(["treatment", "therapist", "body_area", "severity"])


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
        schedule: Schedule,
        lexicon: Lexicon,
        red_flags: RedFlags,
        safety_check: SafetyCheck,
        letters: Letters,
    ) -> None:
        self.answers = answers
        self.stretches = stretches
        self.facts = facts.including(schedule.said())
        self.treatments = tuple(treatments)
        self.therapists = tuple(therapists)
        self.schedule = schedule
        self.lexicon = lexicon
        self.red_flags = red_flags
        self.safety_check = safety_check
        self.letters = letters

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
            *self._wrong_services(today),
            *self._wrong_shifts(),
            *self._wrong_ids_of_theirs(),
            *self._offers_that_cannot_be_booked(),
            *self._letters_that_tell(today),
            *self._wrong_desk(today),
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
        for record, keys, text, filled in self._filled_texts():
            for fact in sorted(names_in(text) - filled):
                try:
                    self.facts.on(fact, today)
                except UnknownFact as unknown:
                    yield Problem(record, keys, f"{{{fact}}}: {unknown}; name a fact of content/facts")

    def _filled_texts(self) -> Iterator[tuple[tuple[str, str], tuple[object, ...], str, Set[str]]]:
        """Every text that may name facts: its record, its keys, itself, and what else the program fills in."""
        for record, supported in self._supported():
            for keys, text in supported.texts().items():
                yield record, keys, text, FILLED_BY_THE_PROGRAM.get(record[1], set())
        for keys, text in self.letters.texts().items():
            yield LETTERS, keys, text, FILLED_IN_LETTERS.get(keys[0], frozenset())

    def _letters_that_tell(self, today: date) -> Iterator[Problem]:
        """What an appointment is for, or with whom, where anybody may see it."""
        telling = [one.text for one in self.wordings() if one.category in TELLING]
        for keys, text in self.letters.texts().items():
            if keys[-1] not in FILLED_IN_OPEN:
                continue
            for name in sorted(names_in(text) & FILLED_IN_LETTERS[keys[0]] - FILLED_IN_OPEN[keys[-1]]):
                yield Problem(LETTERS, keys, f"{{{name}}}: anybody may see this text: name it in a body")
            words = _words(self._filled(text, today, {"clinic_name": "", "address": ""}))
            for wording in sorted({wording for wording in telling if _words(wording) in words}):
                remedy = f"'{wording}' may tell what an appointment is for, and anybody may see this text: leave it out"
                yield Problem(LETTERS, keys, remedy)

    def _wrong_desk(self, today: date) -> Iterator[Problem]:
        address = self._filled(self.letters.desk, today)
        if not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", address):
            yield Problem(LETTERS, ("desk",), f"'{address}' is no mail address: write one such as desk@example.com")

    def _filled(self, text: str, today: date, given: Mapping[str, str] = MappingProxyType({})) -> str:
        """As it stands when a fact is missing, which is a problem of its own."""
        try:
            return self.facts.fill(text, today, given)
        except UnknownFact:
            return text

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

    def _wrong_services(self, today: date) -> Iterator[Problem]:
        treatments = {one.id for one in self.treatments}
        for number, service in enumerate(self.schedule.services):
            here = ("services", number, "treatment")
            if service.treatment not in treatments:
                remedy = f"{service.treatment} is not in content/facts/treatments.yml: correct or remove it"
                yield Problem(SCHEDULE, here, remedy)
            elif not self.schedule.givers(service.treatment):
                remedy = f"nobody gives {service.treatment}: add it under gives of a shift, or remove the service"
                yield Problem(SCHEDULE, here, remedy)
            for place, minutes in enumerate(service.minutes):
                try:
                    self.facts.on(f"price_{minutes}_minutes", today)
                except UnknownFact as unknown:
                    remedy = f"{minutes} minutes have no price: {unknown}; add it to content/facts/prices.yml"
                    yield Problem(SCHEDULE, ("services", number, "minutes", place), remedy)

    def _wrong_shifts(self) -> Iterator[Problem]:
        therapists = {one.id for one in self.therapists}
        services = {one.treatment for one in self.schedule.services}
        for number, shift in enumerate(self.schedule.shifts):
            if shift.therapist not in therapists:
                remedy = f"{shift.therapist} is not in content/facts/therapists.yml: correct or remove it"
                yield Problem(SCHEDULE, ("shifts", number, "therapist"), remedy)
            for place, treatment in enumerate(shift.gives):
                if treatment not in services:
                    remedy = f"services has no {treatment}: correct or remove it"
                    yield Problem(SCHEDULE, ("shifts", number, "gives", place), remedy)

    def _wrong_ids_of_theirs(self) -> Iterator[Problem]:
        offered = {one.id for one in (*self.treatments, *self.therapists)}
        offered |= {f"{one.treatment}_{minutes}" for one in self.schedule.services for minutes in one.minutes}
        for ours in sorted(self.schedule.their_ids.keys() - offered):
            remedy = f"{ours} is no treatment or therapist, nor a treatment with a length: correct or remove it"
            yield Problem(SCHEDULE, ("their_ids", ours), remedy)

    def _offers_that_cannot_be_booked(self) -> Iterator[Problem]:
        if self.schedule.booking is not BookingMode.APPOINTMENTS:
            return
        services = {one.treatment for one in self.schedule.services}
        shifts = {one.therapist for one in self.schedule.shifts}
        for number, treatment in enumerate(self.treatments):
            if treatment.id not in services:
                remedy = f"{treatment.id} cannot be booked: add it to services in content/facts/schedule.yml"
                yield Problem(("facts", "treatments"), ("treatments", number), remedy)
        for number, therapist in enumerate(self.therapists):
            if therapist.id not in shifts:
                remedy = f"{therapist.id} cannot be booked: add a shift in content/facts/schedule.yml"
                yield Problem(("facts", "therapists"), ("therapists", number), remedy)


def _words(text: str) -> str:
    """In small letters, between single spaces, so that one text can be looked for in another."""
    words = re.findall(r"[^\W_]+", text.lower())
    return f" {' '.join(words)} "
