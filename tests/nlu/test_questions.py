"""How many of the messages written for evaluation only get the right answer, over the wire."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.running import ROOT, Server
from tests.visitor import Visitor, bots

QUESTIONS = Path(__file__).parent / "development.yml"

RIGHT_AT_LEAST = 0.90


def messages() -> list[dict]:
    return list(YAML(typ="safe").load(QUESTIONS.read_text(encoding="utf-8")))


def title_questions(server: Server) -> Iterator[dict]:
    """Each answer that can be asked for, by the question it is the answer to."""
    from storage import clock
    from storage.content_files import ContentReader

    content = ContentReader(server.content).read(clock.today())
    for answer_id in sorted(content.asked()):
        yield {"text": content.facts.fill(content.answers[answer_id].question, clock.today()), "answers": [answer_id]}


@pytest.mark.slow
def test_nine_in_ten_messages_get_the_right_answer(server: Server) -> None:
    outcome, wrong = ask_all(server, messages())

    report(outcome, wrong, "questions")
    assert outcome["right"] / sum(outcome.values()) >= RIGHT_AT_LEAST


@pytest.mark.slow
def test_every_answer_is_given_to_its_own_question(server: Server) -> None:
    outcome, wrong = ask_all(server, list(title_questions(server)))

    report(outcome, wrong, "titles")
    assert wrong == []


def ask_all(server: Server, rows: list[dict]) -> tuple[Counter, list[str]]:
    """Counts right, offered (a clarification that offers the right answer), refused and wrong ones."""
    outcome: Counter = Counter()
    wrong = []
    for row in random.Random(7).sample(rows, len(rows)):
        replies = bots(Visitor(server.address).say(row["text"]))
        given = [reply["answer"] for reply in replies if reply["alert"] != "see_doctor"]
        kind = judge(given, replies, row["answers"])
        outcome[kind] += 1
        if kind != "right":
            wrong.append(f"{kind}: {row['answers']} but {given}: {row['text']}")
    return outcome, wrong


def judge(given: list[str], replies: list[dict], acceptable: list[str]) -> str:
    if given and all(answer in acceptable for answer in given):
        return "right"
    offered = {button["answer"] for reply in replies for button in reply["buttons"]}
    if given == ["clarify"]:
        return "offered" if offered & set(acceptable) else "wrong offer"
    return "refused" if given and given[0] in ("out_of_scope", "not_understood") else "wrong"


def report(outcome: Counter, wrong: list[str], name: str) -> None:
    """Kept for whoever wants to look; results/ is not part of the project."""
    folder = ROOT / "results"
    folder.mkdir(exist_ok=True)
    total = sum(outcome.values())
    shares = {kind: round(number / total, 4) for kind, number in outcome.items()}
    (folder / f"{name}.json").write_text(json.dumps({"messages": total, "shares": shares, "wrong": sorted(wrong)}))
    print(f"\n{name}: {total} messages, {shares}")
