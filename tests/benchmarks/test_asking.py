"""Asking ours and a stock Rasa: who is asked what, in which order, and how an answer of the stock Rasa is read."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
import requests

from benchmarks.asking import Ask, ask_all, ask_both, of_stock_rasa
from benchmarks.judgement import Given, Outcome
from benchmarks.questions import DOUBLES, FOLLOW_UPS, IN_SCOPE, OUT_OF_SCOPE, TYPING_ERRORS, Question
from clinic.errors import ClinicError

STOP_SECONDS = 0.01  # how often the server looks whether it should stop


def question(text: str, *, part: str = IN_SCOPE, wanted: str = "prices") -> Question:
    return Question(part, "clinic", text, (frozenset([wanted]),), wanted)


def answering(answer: str, told: list[str], name: str) -> Ask:
    """Always gives the same answer, and tells who was asked what."""

    def ask(question: Question) -> Given:
        told.append(f"{name}: {question.text}")
        return Given((answer,), frozenset(), 0.01)

    return ask


# ---- Both


def test_each_message_goes_to_one_and_then_to_the_other() -> None:
    told: list[str] = []
    ours, stock = answering("prices", told, "ours"), answering("tipping", told, "stock")

    judged, of_stock = ask_both([question("how much"), question("what price")], ours, stock, at_once=1)

    assert told == ["ours: how much", "stock: how much", "ours: what price", "stock: what price"]
    assert [one.outcome for one in judged] == [Outcome.RIGHT, Outcome.RIGHT]
    assert [one.outcome for one in of_stock] == [Outcome.WRONG, Outcome.WRONG]


def test_the_stock_rasa_is_asked_only_what_it_was_given() -> None:
    told: list[str] = []
    parts = [IN_SCOPE, FOLLOW_UPS, OUT_OF_SCOPE, DOUBLES, TYPING_ERRORS]
    asked = [question(part, part=part) for part in parts]

    judged, of_stock = ask_both(asked, answering("prices", told, "ours"), answering("prices", told, "stock"), at_once=1)

    assert [one.question.part for one in judged] == parts
    assert [one.question.part for one in of_stock] == [IN_SCOPE, OUT_OF_SCOPE, TYPING_ERRORS]


def test_an_answer_that_never_comes_ends_the_evaluation_without_the_message() -> None:
    def silent(question: Question) -> Given:
        raise requests.ConnectionError(question.text)

    with pytest.raises(ClinicError) as refused:
        ask_all([question("what is the damage")], silent, at_once=1)

    assert "ConnectionError" in str(refused.value)
    assert "damage" not in str(refused.value)


# ---- The stock Rasa's wire


class RestChannel(HTTPServer):
    """Says the same to every message, and remembers what it was sent."""

    received: list[dict[str, Any]] = []
    says: list[str] = []


class Handler(BaseHTTPRequestHandler):
    server: RestChannel

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.received.append({"path": self.path, **sent})
        body = json.dumps([{"recipient_id": sent["sender"], "text": text} for text in self.server.says]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal is the tests'."""


@pytest.fixture
def rest() -> Iterator[RestChannel]:
    with RestChannel(("127.0.0.1", 0), Handler) as server:
        server.received, server.says = [], ["prices"]
        Thread(target=server.serve_forever, args=[STOP_SECONDS], daemon=True).start()
        yield server
        server.shutdown()


def test_the_stock_rasa_is_asked_each_question_in_a_conversation_of_its_own(rest: RestChannel) -> None:
    ask = of_stock_rasa(f"http://127.0.0.1:{rest.server_port}")

    given = [ask(question("how much")), ask(question("what price"))]

    assert [one.answers for one in given] == [("prices",), ("prices",)]
    assert all(one.seconds > 0 and not one.offered for one in given)
    assert [(one["path"], one["message"]) for one in rest.received] == [
        ("/webhooks/rest/webhook", "how much"),
        ("/webhooks/rest/webhook", "what price"),
    ]
    assert len({one["sender"] for one in rest.received}) == 2


@pytest.mark.parametrize(
    ("says", "part", "outcome"),
    [
        (["not_understood"], IN_SCOPE, Outcome.REFUSED),
        (["out_of_scope"], IN_SCOPE, Outcome.REFUSED),
        (["clarify"], IN_SCOPE, Outcome.REFUSED),
        ([], IN_SCOPE, Outcome.WRONG),
        (["not_understood"], OUT_OF_SCOPE, Outcome.RIGHT),
        (["out_of_scope"], OUT_OF_SCOPE, Outcome.RIGHT),
        (["clarify"], OUT_OF_SCOPE, Outcome.CLARIFIED),
        (["prices"], OUT_OF_SCOPE, Outcome.WRONG),
    ],
)
def test_what_the_stock_rasa_says_is_judged_as_ours_is(
    rest: RestChannel, says: list[str], part: str, outcome: Outcome
) -> None:
    rest.says = says
    wanted = "out_of_scope" if part == OUT_OF_SCOPE else "prices"

    (judged,) = ask_all(
        [question("how much", part=part, wanted=wanted)],
        of_stock_rasa(f"http://127.0.0.1:{rest.server_port}"),
        at_once=1,
    )

    assert judged.outcome is outcome
