"""Every answer about health tells the visitor how sure it is and what it rests on."""

import re

import pytest

from clinic.answers import Topic
from clinic.content import Content
from clinic.evidence import Evidence
from clinic.replies import answer_reply
from storage import clock
from storage.settings import ROOT
from tests.content.visible import PAGES

ABOUT_THE_CLINIC = {Topic.CLINIC, Topic.ASSISTANT, Topic.SERVICE}
GRADES = {grade.value for grade in Evidence} - {Evidence.CLINIC_FACT.value}
SCRIPTS = ROOT / PAGES / "chat"


def about_health(content: Content) -> list[str]:
    return [answer.id for answer in content.answers.values() if answer.topic not in ABOUT_THE_CLINIC]


def test_most_answers_are_about_health(our_content: Content) -> None:
    assert len(about_health(our_content)) > 40


def test_every_answer_about_health_is_sent_with_its_grade_its_sources_and_its_review(our_content: Content) -> None:
    replies = [answer_reply(our_content, answer_id, clock.today()) for answer_id in about_health(our_content)]

    assert [reply.answer for reply in replies if reply.evidence not in GRADES] == []
    assert [reply.answer for reply in replies if not reply.sources or not reply.review] == []


def test_every_source_can_be_opened_and_says_whose_it_is(our_content: Content) -> None:
    replies = [answer_reply(our_content, answer_id, clock.today()) for answer_id in our_content.answers]
    sources = [(reply.answer, source) for reply in replies for source in reply.sources]

    wrong = [
        (answer, source)
        for answer, source in sources
        if not re.match(r"https?://[\w-]+(\.[\w-]+)+/", source["url"]) or not source["title"] or not source["publisher"]
    ]

    assert wrong == []


def test_no_answer_lists_a_source_twice(our_content: Content) -> None:
    sources = {answer.id: [source.url for source in answer.sources] for answer in our_content.answers.values()}

    assert [answer_id for answer_id, urls in sources.items() if len(set(urls)) < len(urls)] == []


@pytest.mark.parametrize("topic", [Topic.MASSAGE, Topic.STRETCHES], ids=lambda topic: topic.value)
def test_nothing_about_massage_or_stretches_calls_its_evidence_strong(our_content: Content, topic: Topic) -> None:
    """Reviews of the trials call it low or very low, and guidelines disagree."""
    answers = [answer for answer in our_content.answers.values() if answer.topic is topic]

    assert [answer.id for answer in answers if answer.evidence is Evidence.STRONG] == []


def test_a_stretch_is_graded_and_sourced_like_the_answer_that_shows_it(our_content: Content) -> None:
    """The card of a stretch has no grade of its own: what the visitor sees is that of the answer."""
    shown = [
        (answer, our_content.stretches[answer.stretch]) for answer in our_content.answers.values() if answer.stretch
    ]

    assert [answer.id for answer, stretch in shown if answer.evidence is not stretch.evidence] == []
    assert [
        f"{answer.id}: {source.url}"
        for answer, stretch in shown
        for source in stretch.sources
        if source not in answer.sources
    ] == []


def test_the_page_has_words_for_every_grade() -> None:
    graded = re.search(r"GRADES = new Set\(\[(.*?)\]\)", (SCRIPTS / "evidence.js").read_text(encoding="utf-8"))
    words = dict(re.findall(r'^  (\w+): "([^"]+)"', (SCRIPTS / "strings.js").read_text(encoding="utf-8"), re.M))

    assert graded
    assert set(re.findall(r'"(\w+)"', graded[1])) == GRADES
    assert {grade for grade in GRADES if "evidence:" in words.get(grade, "")} == GRADES
