"""A broken part: a dangerous message still gets its alert, any other the telephone numbers, and nothing else."""

import asyncio
import shutil
import sqlite3
import tarfile
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
import requests
from sqlalchemy.engine import Engine

pytest.importorskip("rasa")

from rasa.core.agent import Agent  # noqa: E402
from rasa.core.channels.channel import UserMessage  # noqa: E402
from rasa.core.tracker_store import InMemoryTrackerStore  # noqa: E402

from clinic.content import Content  # noqa: E402
from clinic.errors import ModelError  # noqa: E402
from clinic.red_flags import RedFlags  # noqa: E402
from clinic.replies import alert_reply, answer_reply  # noqa: E402
from encoder.sentence_encoder import GRAPH, TOKENIZER, seal  # noqa: E402
from server.agent import ClinicAgent, newest_model  # noqa: E402
from server.turns import Turns  # noqa: E402
from storage import clock  # noqa: E402
from storage.content_files import LiveContent, live_content  # noqa: E402
from storage.conversations import Conversations  # noqa: E402
from storage.settings import ROOT, settings  # noqa: E402
from storage.yaml_file import read_yaml  # noqa: E402
from tests.running import Server  # noqa: E402
from tests.server.dialogue import agent_on  # noqa: E402
from tests.visitor import Visitor, answers  # noqa: E402
from web.widget.chat import Turn  # noqa: E402
from web.widget.live import LiveConversations  # noqa: E402

DANGER = "my back is bad and i have no feeling between my legs"
QUESTION = "what is sciatica?"
HEAT = "should i use heat or ice?"
SECRET = "zebrafish"  # A word of the visitor's, which must not be logged.

Handler = Callable[[UserMessage], Awaitable[Any]]
Event = dict[str, Any]


class Broken(Exception):
    """A fault in a part of ours, which quotes the visitor as faults do."""


class Panic(BaseException):
    """What libraries in Rust raise."""


def fail(*_: Any, **__: Any) -> Any:
    raise Broken(f"cannot read {SECRET}")


class Chat:
    """A conversation whose turns a handler answers, in this process."""

    def __init__(self, database: Engine, handle: Handler) -> None:
        self.conversations = LiveConversations(Conversations(database))
        self.turns = Turns(self.conversations, live_content(), handle, self.conversations.kept.redact)

    def say(self, *texts: str) -> list[Event]:
        """Sends texts in one conversation; the events of the last turn after the visitor's own and the typing."""
        return asyncio.run(self._say(texts))

    async def _say(self, texts: tuple[str, ...]) -> list[Event]:
        kept = self.conversations.kept
        conversation = kept.start(clock.now())
        for text in texts:
            message = str(uuid4())
            self.conversations.accept(conversation, message, text, clock.now(), most_waiting=1)
            self.turns.start(Turn(conversation, message, text))
            await asyncio.gather(*self.turns._running)
        return [event for event in kept.events_after(conversation, 0) if event["in_reply_to"] == message][2:]


@pytest.fixture
def chat(database: Engine) -> Callable[[Handler], Chat]:
    return lambda handle: Chat(database, handle)


def says(content: Content, *answer_ids: str, then: BaseException | None = None, alert: str | None = None) -> Handler:
    """A dialogue that says answers, or an alert, and then fails, or does not."""

    async def handle(message: UserMessage) -> None:
        alerts = [alert_reply(content, alert, clock.today())] if alert else []
        for reply in [*alerts, *(answer_reply(content, one, clock.today()) for one in answer_ids)]:
            await message.output_channel.send_response(message.sender_id, reply.dict(exclude_none=True))
        if then:
            raise then

    return handle


def is_alarmed(turn: list[Event]) -> bool:
    """Whether the emergency's text was said and nothing else."""
    said = [(event["kind"], event.get("answer"), event.get("alert")) for event in turn]
    return said == [("bot", "emergency", "emergency"), ("turn_end", None, None)]


def is_calm(turn: list[Event]) -> bool:
    """Whether it was said that there is trouble, with whom to call, and nothing else."""
    error, *_ = turn
    return [event["kind"] for event in turn] == ["error", "turn_end"] and calls_for_help(error["text"])


def calls_for_help(text: str) -> bool:
    return all(f"(tel:{number})" in text for number in ("911", "811", "988")) and desk() in text


@cache
def desk() -> str:
    """A link that calls the clinic's desk."""
    return live_content().current().facts.fill("{phone_link}", clock.today())


@pytest.fixture(autouse=True)
def _known_before_anything_breaks() -> None:
    assert "tel:" in desk()


# ---- A turn that fails


def test_the_text_for_trouble_holds_the_numbers_of_the_desk_and_of_all_who_help(our_content: Content) -> None:
    assert calls_for_help(answer_reply(our_content, "trouble", clock.today()).text)


@pytest.mark.parametrize("fault", [Broken(SECRET), Panic(SECRET), asyncio.TimeoutError()], ids=repr)
def test_a_failing_dialogue_leaves_the_alert_or_the_numbers(
    chat: Callable[[Handler], Chat], our_content: Content, fault: BaseException
) -> None:
    failing = chat(says(our_content, then=fault))

    assert is_alarmed(failing.say(DANGER))
    assert is_calm(failing.say(QUESTION))


def test_a_silent_dialogue_leaves_the_alert_or_the_numbers(
    chat: Callable[[Handler], Chat], our_content: Content
) -> None:
    silent = chat(says(our_content))

    assert is_alarmed(silent.say(DANGER))
    assert is_calm(silent.say(QUESTION))


def test_what_a_dialogue_said_before_it_failed_is_not_shown(
    chat: Callable[[Handler], Chat], our_content: Content
) -> None:
    failing = chat(says(our_content, "heat_and_cold", "prices", then=Broken()))
    sound = chat(says(our_content, "heat_and_cold", "prices"))

    assert is_calm(failing.say(HEAT))
    assert is_alarmed(failing.say(DANGER))
    assert answers(sound.say(HEAT)) == ["heat_and_cold", "prices"]


def test_an_alert_that_was_said_before_the_dialogue_failed_stays_and_nothing_beside_it(
    chat: Callable[[Handler], Chat], our_content: Content
) -> None:
    failing = chat(says(our_content, "prices", alert="crisis", then=Broken()))

    turn = failing.say("words that no rule knows")

    assert [(event["kind"], event.get("alert")) for event in turn] == [("bot", "crisis"), ("turn_end", None)]


def test_a_dialogue_that_never_ends_is_ended(chat: Callable[[Handler], Chat], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.turns.LONGEST_TURN_SECONDS", 0.01)

    async def hang(message: UserMessage) -> None:
        await asyncio.Event().wait()

    assert is_alarmed(chat(hang).say(DANGER))
    assert is_calm(chat(hang).say(QUESTION))


@pytest.mark.parametrize("text", [DANGER, QUESTION])
def test_rules_that_fail_leave_the_numbers(
    chat: Callable[[Handler], Chat], our_content: Content, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    failing = chat(says(our_content, then=Broken()))

    monkeypatch.setattr(RedFlags, "alert_for", fail)

    assert is_calm(failing.say(text))


@pytest.mark.parametrize("text", [DANGER, QUESTION])
def test_content_that_cannot_be_read_any_more_leaves_the_numbers(
    chat: Callable[[Handler], Chat], our_content: Content, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    failing = chat(says(our_content, then=Broken()))

    monkeypatch.setattr(LiveContent, "current", fail)

    assert is_calm(failing.say(text))


def test_the_log_tells_which_line_failed_and_no_word_of_the_visitor(
    chat: Callable[[Handler], Chat], caplog: pytest.LogCaptureFixture
) -> None:
    async def handle(message: UserMessage) -> None:
        try:
            fail()
        except Broken as error:
            raise ValueError(message.text) from error

    chat(handle).say(f"{SECRET} {QUESTION}")

    assert "turn failed: ValueError" in caplog.text
    assert "because of Broken" in caplog.text
    assert "in fail" in caplog.text
    assert SECRET not in caplog.text


def test_a_turn_that_cannot_be_kept_is_logged_without_its_words_and_the_next_one_runs(
    chat: Callable[[Handler], Chat],
    our_content: Content,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sound = chat(says(our_content, "prices"))
    with monkeypatch.context() as broken:
        broken.setattr(Conversations, "append", fail)
        assert sound.say(QUESTION) == []

    assert "turn not kept: Broken" in caplog.text
    assert answers(sound.say(QUESTION)) == ["prices"]


# ---- Each part of a real dialogue


@pytest.fixture(scope="module")
def agent() -> Agent:
    return agent_on(InMemoryTrackerStore(None))


@pytest.fixture
def talking(agent: Agent, chat: Callable[[Handler], Chat]) -> Chat:
    return chat(agent.handle_message)


CONFIGURED = read_yaml(ROOT / "config.yml", "config.yml")
PARTS = [part["name"].rpartition(".")[2] for part in [*CONFIGURED["pipeline"], *CONFIGURED["policies"]]]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Slot auto-fill:UserWarning")
class TestParts:
    @pytest.mark.parametrize("part", [*PARTS, "DefaultPolicyPredictionEnsemble"])
    def test_a_part_that_fails_leaves_the_alert_or_the_numbers(
        self, talking: Chat, agent: Agent, monkeypatch: pytest.MonkeyPatch, part: str
    ) -> None:
        for node in nodes_of(agent, part):
            monkeypatch.setattr(node, "_fn", fail)

        assert is_alarmed(talking.say(DANGER))
        assert is_calm(talking.say(QUESTION))

    def test_an_encoder_that_fails_at_work_leaves_the_alert_or_the_numbers_until_it_works_again(
        self, talking: Chat, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setattr("encoder.sentence_encoder.SentenceEncoder.encode", fail)
            assert is_calm(talking.say(QUESTION))
            assert is_alarmed(talking.say(DANGER))

        assert answers(talking.say(QUESTION)) == ["what_is_sciatica"]

    def test_an_action_that_fails_leaves_the_alert_or_the_numbers(
        self, talking: Chat, agent: Agent, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        for name in agent.action_endpoint._executor.actions:
            monkeypatch.setitem(agent.action_endpoint._executor.actions, name, fail)

        assert is_alarmed(talking.say(f"{SECRET} {DANGER}"))
        assert is_calm(talking.say(QUESTION))
        assert is_calm(talking.say("i want to book a massage"))
        assert SECRET not in caplog.text

    def test_what_one_action_said_is_not_shown_when_the_next_one_fails(
        self, talking: Chat, agent: Agent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        actions, asks = agent.action_endpoint._executor.actions, "action_ask_call_back_form_name"
        assert answers(talking.say("please call me back", QUESTION)) == ["what_is_sciatica", "call_back_request"]
        sound = actions[asks]

        async def fail_the_second_time(dispatcher: Any, tracker: Any, domain: Any) -> Any:
            return fail() if tracker.latest_message["text"] == QUESTION else await sound(dispatcher, tracker, domain)

        monkeypatch.setitem(actions, asks, fail_the_second_time)

        assert is_calm(talking.say("please call me back", QUESTION))

    def test_policies_that_never_wait_for_the_visitor_leave_the_alert_or_the_numbers(
        self, talking: Chat, agent: Agent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(agent.processor, "max_number_of_predictions", 1)

        assert is_alarmed(talking.say(DANGER))
        assert is_calm(talking.say(QUESTION))


def nodes_of(agent: Agent, part: str) -> list[Any]:
    """The nodes of the agent's graph that a part runs in."""
    nodes = agent.processor.graph_runner._instantiated_nodes.values()
    found = [node for node in nodes if type(node._component).__name__ == part]
    assert found, f"there is no {part}"
    return found


# ---- A server whose files are broken


class Harm(NamedTuple):
    file: str  # in the server's folder
    done: Callable[[Path], Any]
    why: str  # what the operator is told


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def alter(file: Path) -> None:
    """So little that it still loads."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


HARMS = [
    Harm(f"var/encoder/{GRAPH}", Path.unlink, f"encoder/{GRAPH} is missing. Run: make setup"),
    Harm(f"var/encoder/{GRAPH}", alter, f"encoder/{GRAPH} or {TOKENIZER} is damaged. Run: make setup"),
    Harm("models/*.tar.gz", truncate, "Run: scripts/train --force"),
]


@pytest.fixture(scope="module", params=HARMS, ids=["encoder missing", "encoder damaged", "model damaged"])
def harmed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Harm]]:
    """A server that was started with an encoder and a model of its own, one of them broken."""
    server, harm = Server(tmp_path_factory.mktemp("harmed")), request.param
    encoder, models = server.data / "encoder", server.folder / "models"
    encoder.mkdir(parents=True)
    models.mkdir()
    for name in (GRAPH, TOKENIZER):
        shutil.copy(settings().encoder / name, encoder)
    seal(encoder)
    shutil.copy(newest_model(settings().models), models)
    harm.done(next(server.folder.glob(harm.file)))
    try:
        server.launch(CLINIC_MODELS=str(models))
        server.wait_until("/health", 200)
        yield server, harm
    finally:
        server.stop()


@pytest.mark.slow
class TestFiles:
    def test_a_server_with_a_broken_file_leaves_nobody_without_help(self, harmed: tuple[Server, Harm]) -> None:
        server, _ = harmed
        visitor = Visitor(server.address)

        alarmed, calm = visitor.say(f"{SECRET} {DANGER}"), visitor.say(QUESTION)

        assert is_alarmed(alarmed[2:])
        assert is_calm(calm[2:])
        assert SECRET not in server.log.read_text()

    def test_it_is_alive_and_not_ready_and_says_why_and_what_to_do(self, harmed: tuple[Server, Harm]) -> None:
        server, harm = harmed
        Visitor(server.address).say(QUESTION)  # Answered once it is known that there is no model.

        alive, ready = (requests.get(server.address + path, timeout=10) for path in ("/health", "/ready"))

        assert (alive.status_code, ready.status_code) == (200, 503)
        assert harm.why in ready.json()["reasons"][0]
        assert harm.why in server.log.read_text()

    def test_it_forgets_what_a_dialogue_of_before_remembers(self, harmed: tuple[Server, Harm]) -> None:
        server, _ = harmed
        visitor = Visitor(server.address)
        visitor.say(QUESTION)
        with sqlite3.connect(server.data / "dialogue.db") as database:
            row = (visitor.session["conversation"], "user", f'{{"text": "{SECRET}"}}')
            database.execute("INSERT INTO events (sender_id, type_name, data) VALUES (?, ?, ?)", row)

        requests.delete(f"{visitor.chat}/session", headers=visitor.headers, timeout=10)

        with sqlite3.connect(server.data / "dialogue.db") as database:
            assert database.execute("SELECT count(*) FROM events").fetchone() == (0,)


@pytest.mark.parametrize("harm", [truncate, lambda file: file.write_bytes(b"\x00junk\xff" * 1000)])
def test_a_damaged_model_is_refused_by_its_name_with_the_remedy(tmp_path: Path, harm: Callable[[Path], Any]) -> None:
    model = tmp_path / "20261122-made-up.tar.gz"
    with tarfile.open(model, "w:gz") as archive:
        archive.add(ROOT / "README.md")
    harm(model)

    with pytest.raises(ModelError, match=r"20261122-made-up.tar.gz cannot be loaded .*Run: scripts/train --force"):
        ClinicAgent.serving(model, InMemoryTrackerStore(None))
