"""Asks questions of whoever answers them, and judges what comes."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import requests

from benchmarks import stock_rasa
from benchmarks.assistant import chat
from benchmarks.evaluation_report import Judged
from benchmarks.judgement import ASKED_BACK, NOT_TAKEN, Given, judge
from benchmarks.questions import IN_SCOPE, OUT_OF_SCOPE, TYPING_ERRORS, Question
from clinic.errors import ClinicError

REFUSED_BY_THE_WIRE = (400, 413, 422)  # what cannot be read, is too long, is empty
# What a stock Rasa is asked too. It was given no follow-ups, no several questions at once, no other languages.
COMPARED = (IN_SCOPE, TYPING_ERRORS, OUT_OF_SCOPE)

Ask = Callable[[Question], Given]
"""Asks a question in a conversation of its own. Who answers is known to nobody else here."""


def ask_all(asked: Iterable[Question], ask: Ask, *, at_once: int) -> list[Judged]:
    """In the order of the questions. Raises ClinicError when an answer never comes."""
    return _in_turn([(question, ask) for question in asked], at_once=at_once)


def ask_both(asked: Iterable[Question], ask: Ask, ask_stock: Ask, *, at_once: int) -> tuple[list[Judged], list[Judged]]:
    """What ours gave to all of them, and what the stock Rasa gave to those of COMPARED; otherwise as ask_all.

    Each question goes to one and then to the other, so that other work of the machine meets both.
    """
    turns = [(one, who) for one in asked for who in (ask, ask_stock) if who is ask or one.part in COMPARED]
    judged = _in_turn(turns, at_once=at_once)
    ours, stock = (
        [one for (_, asker), one in zip(turns, judged, strict=True) if asker is who] for who in (ask, ask_stock)
    )
    return ours, stock


def of_assistant(address: str) -> Ask:
    """The assistant that answers there, asked as the chat page asks. Advice to see a doctor before the answer is left
    out; the time is that of the last message."""

    def ask(question: Question) -> Given:
        with chat(address) as turn:
            for text in question.before:
                turn(text)
            began = perf_counter()
            try:
                events = turn(question.text)
            except requests.HTTPError as refusal:
                if refusal.response.status_code not in REFUSED_BY_THE_WIRE:
                    raise
                return Given((NOT_TAKEN,), frozenset(), perf_counter() - began)
            seconds = perf_counter() - began
        replies = [event for event in events if (event["answer"], event["alert"]) != ("see_doctor", "see_doctor")]
        asked_back = (reply["buttons"] for reply in replies if reply["answer"] == ASKED_BACK)
        return Given(
            answers=tuple(reply["answer"] for reply in replies),
            offered=frozenset(button["answer"] for buttons in asked_back for button in buttons),
            seconds=seconds,
        )

    return ask


def of_stock_rasa(address: str) -> Ask:
    """The stock Rasa that answers there, asked on its `rest` channel. When it asks back it offers nothing."""

    def ask(question: Question) -> Given:
        with stock_rasa.chat(address) as turn:
            began = perf_counter()
            answers = turn(question.text)
            return Given(tuple(answers), frozenset(), perf_counter() - began)

    return ask


def _in_turn(turns: list[tuple[Question, Ask]], *, at_once: int) -> list[Judged]:
    def judged(turn: tuple[Question, Ask]) -> Judged:
        question, ask = turn
        try:
            given = ask(question)
        except requests.RequestException as error:
            raise ClinicError(f"Whoever was asked stopped answering: {type(error).__name__}.") from None
        return Judged(question, given, judge(question, given))

    with ThreadPoolExecutor(at_once) as workers:
        return list(workers.map(judged, turns))
