"""What operators and staff rely on: truthful health, live edits, privacy, and surviving what goes wrong."""

import re
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import jwt
import pytest
import requests

from tests.running import ROOT, Server
from tests.visitor import Visitor, answers, bots

pytestmark = pytest.mark.slow

DANGER = "my back is bad and i have no feeling between my legs"
LIVE_SECONDS = 5.0  # An edit is live within this.


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def eventually(look, seconds: float):  # noqa: ANN001, ANN201 - any look, any result
    """The first true result of a look within some seconds; the last one when there is none."""
    deadline = time.monotonic() + seconds
    result = look()
    while not result and time.monotonic() < deadline:
        time.sleep(0.1)  # Between two looks; the deadline decides.
        result = look()
    return result


class TestEdits:
    def test_an_edited_answer_is_live_within_five_seconds(self, own_server: Server) -> None:
        server = own_server.start()
        visitor = Visitor(server.address)
        visitor.say("should i use heat or ice?")

        edit(server.content / "answers" / "heat_and_cold.yml", "Use whichever feels better.", "Take what feels good.")

        def newest() -> bool:
            return "Take what feels good." in bots(visitor.say("should i use heat or ice?"))[0]["text"]

        assert eventually(newest, LIVE_SECONDS)

    def test_an_edited_question_is_suggested_within_five_seconds(self, own_server: Server) -> None:
        server = own_server.start()
        visitor = Visitor(server.address)

        edit(server.content / "answers" / "heat_and_cold.yml", "Should I use heat or ice?", "A hot or a cold quux?")

        def is_suggested() -> bool:
            typed = {"q": "quux"}
            found = requests.get(f"{visitor.chat}/suggestions", params=typed, headers=visitor.headers, timeout=30)
            return found.json()["suggestions"] == [{"title": "A hot or a cold quux?", "answer": "heat_and_cold"}]

        assert eventually(is_suggested, LIVE_SECONDS)

    def test_an_edited_price_is_live_and_a_mistake_keeps_the_old_text_and_says_why(self, own_server: Server) -> None:
        server = own_server.start()
        visitor = Visitor(server.address)
        prices = server.content / "facts" / "prices.yml"
        old = re.search(r'price_60_minutes:.*?value: "(.*?)"', prices.read_text(), re.S)
        assert old

        edit(prices, f'value: "{old[1]}"', 'value: "$1234"')
        assert eventually(lambda: "$1234" in bots(visitor.say("what does an hour cost?"))[0]["text"], LIVE_SECONDS)

        edit(prices, 'value: "$1234"', 'valeu: "$99"')
        why = r"edit not taken over.*content/facts/prices\.yml:\d+: .*did you mean value\?"

        assert eventually(lambda: re.search(why, server.log.read_text()), LIVE_SECONDS)
        assert "$1234" in bots(visitor.say("what does an hour cost?"))[0]["text"]


class TestHealth:
    def test_ready_says_no_with_the_reason_while_there_is_no_model_and_emergencies_are_answered(
        self, own_server: Server, tmp_path: Path
    ) -> None:
        (tmp_path / "no_models").mkdir()
        own_server.launch(CLINIC_MODELS=str(tmp_path / "no_models"))
        own_server.wait_until("/health", 200)
        visitor = Visitor(own_server.address)

        (alarmed,) = bots(visitor.say(DANGER))
        calm = visitor.say("what is sciatica?")

        assert alarmed["alert"] == "emergency"
        assert [event["kind"] for event in calm] == ["user", "typing", "error", "turn_end"]
        assert "tel:911" in calm[2]["text"]
        ready = requests.get(f"{own_server.address}/ready", timeout=10)
        assert ready.status_code == 503
        assert "model" in ready.json()["reasons"][0]

    def test_a_chat_goes_on_while_the_clock_is_held_years_ahead(self, own_server: Server, tmp_path: Path) -> None:
        (tmp_path / "no_models").mkdir()
        own_server.launch(CLINIC_MODELS=str(tmp_path / "no_models"), CLINIC_NOW="2031-05-06T09:00")
        own_server.wait_until("/health", 200)
        visitor = Visitor(own_server.address)

        (alarmed,) = bots(visitor.say(DANGER))

        assert alarmed["alert"] == "emergency"
        assert "CLINIC_NOW holds the clock at 2031-05-06T15:00:00+00:00" in own_server.log.read_text()

    def test_ready_says_no_when_the_database_is_gone_and_nobody_sees_a_stack_trace(self, own_server: Server) -> None:
        server = own_server.start()
        visitor = Visitor(server.address)
        for table in ("conversations", "chat_events"):
            with sqlite3.connect(server.data / "clinic.db") as database:
                database.execute(f"DROP TABLE {table}")

        answer = visitor.post(id=str(uuid4()), text="hi")

        assert requests.get(f"{server.address}/ready", timeout=10).status_code == 503
        assert answer.status_code == 503
        assert "Traceback" not in answer.text
        assert answer.json()["error"]


class TestStart:
    def refused(self, **environment: str) -> str:
        given = {"PATH": "/usr/bin:/bin", "PORT": "1", **environment}
        tried = subprocess.run(
            [sys.executable, "-m", "server.launcher"], cwd=ROOT, env=given, capture_output=True, text=True, timeout=60
        )
        assert tried.returncode != 0
        assert "Traceback" not in tried.stderr
        return tried.stderr

    def test_a_busy_port_is_refused_with_what_to_do(self, server: Server) -> None:
        assert "PORT=5006" in self.refused(PORT=str(server.port))

    @pytest.mark.parametrize("port", ["no", "0", "70000", "-1", ""])
    def test_a_port_that_is_none_is_refused(self, port: str) -> None:
        assert "PORT is" in self.refused(PORT=port)

    def test_a_moment_that_is_none_is_refused(self) -> None:
        assert "CLINIC_NOW is 'soon'" in self.refused(CLINIC_NOW="soon")

    def test_a_faulty_content_is_refused_with_file_and_line(self, own_server: Server) -> None:
        edit(own_server.content / "answers" / "sleep.yml", "topic:", "topci:")

        said = self.refused(CLINIC_CONTENT=str(own_server.content))

        assert re.search(r"content/answers/sleep\.yml:3: topci: .*did you mean topic\?", said)

    def test_a_misspelt_tracker_store_is_refused_rather_than_forgotten(self) -> None:
        from rasa.core.utils import AvailableEndpoints
        from rasa.utils.endpoints import EndpointConfig

        from clinic.errors import SettingError
        from server.agent import open_store

        endpoints = AvailableEndpoints(tracker_store=EndpointConfig(type="server.dialogue_store.DialogStore"))

        with pytest.warns(UserWarning, match="not found"), pytest.raises(SettingError, match="DialogStore"):
            open_store(endpoints)

    def test_the_signing_key_is_made_once_and_readable_by_nobody_else(self, server: Server) -> None:
        key = server.data / "signing_key"

        assert key.stat().st_mode & 0o777 == 0o600


class TestPrivacy:
    def test_no_word_of_a_visitor_reaches_the_log(self, own_server: Server) -> None:
        server = own_server.start()
        visitor = Visitor(server.address)

        for text in ("zebrafish sciatica what is it", f"zebrafish {DANGER}", "please call me back", "Zebrafish Jones"):
            visitor.say(text)
        visitor.post(id=str(uuid4()), text="zebrafish " * 3000)
        requests.post(f"{visitor.chat}/messages", data=b'{"zebrafish', headers=visitor.headers, timeout=10)
        server.stop()

        assert "zebrafish" not in server.log.read_text().lower()

    def test_a_forgotten_conversation_leaves_no_word_in_any_file(self, own_server: Server) -> None:
        server = own_server.start()
        visitor = Visitor(server.address)
        visitor.say("is zebrafish massage good for sciatica")

        requests.delete(f"{visitor.chat}/session", headers=visitor.headers, timeout=10)
        server.stop()

        assert words_kept(server, b"zebrafish") == []

    def test_a_quiet_conversation_is_forgotten_in_time_and_a_newer_one_is_not(self, own_server: Server) -> None:
        server = own_server.start()
        quiet, recent = Visitor(server.address), Visitor(server.address)
        quiet.say("is zebrafish massage good for sciatica")
        recent.say("what is sciatica?")
        server.stop()
        with sqlite3.connect(server.data / "clinic.db") as database:
            day_ago = time.time() - 24 * 3600 - 60
            changed = "UPDATE conversations SET last_message_at = ? WHERE id = ?"
            database.execute(changed, (day_ago, quiet.session["conversation"]))

        server.start()

        assert eventually(lambda: quiet.post(id=str(uuid4()), text="hi").status_code == 401, 10)
        assert len(recent.events()) == 4
        server.stop()
        assert words_kept(server, b"zebrafish") == []

    def test_what_was_said_in_an_old_session_does_not_fill_a_new_booking(self, own_server: Server) -> None:
        server = own_server.start()
        visitor = Visitor(server.address)
        visitor.say("i would like to book a deep tissue massage with priya")
        visitor.press("None of these")
        visitor.say("never mind")
        visitor.say("i would like to book a deep tissue massage with priya")
        visitor.press("None of these")
        server.stop()
        with sqlite3.connect(server.data / "dialogue.db") as database:
            aged = "json_set(data, '$.timestamp', json_extract(data, '$.timestamp') - 7200)"
            database.execute(f"UPDATE events SET timestamp = timestamp - 7200, data = {aged}")
        server.start()

        (checked,) = bots(visitor.say("book a massage please"))
        (asked,) = bots(visitor.press("None of these"))

        assert checked["cards"][0]["kind"] == "safety_check"
        assert "Which treatment" in asked["text"]

    def test_an_expired_session_is_refused(self, own_server: Server) -> None:
        server = own_server.start()
        visitor = Visitor(server.address)
        past = datetime.now(timezone.utc) - timedelta(days=8)
        claims = {"sub": visitor.session["conversation"], "exp": past}
        key = (server.data / "signing_key").read_text()
        visitor.headers = {"Authorization": f"Bearer {jwt.encode(claims, key, algorithm='HS256')}"}

        refused = visitor.post(id=str(uuid4()), text="hi")

        assert refused.status_code == 401


def words_kept(server: Server, word: bytes) -> list[str]:
    """The files of the data folder that hold a word, whatever its case."""
    files = [path for path in server.data.iterdir() if path.is_file()]
    return [path.name for path in files if word in path.read_bytes().lower()]


class TestBreaking:
    def test_a_server_killed_in_the_middle_of_a_turn_says_so_after_its_start(self, own_server: Server) -> None:
        server = own_server.start()
        visitor = Visitor(server.address)
        visitor.say("what is sciatica?")
        messages = [str(uuid4()) for _ in range(10)]
        for message in messages:
            assert visitor.post(id=message, text="should i use heat or ice?").status_code == 202

        server.stop(signal.SIGKILL)
        server.start()

        events = visitor.events()
        ended = [event["in_reply_to"] for event in events if event["kind"] == "turn_end"]
        said = {event["in_reply_to"] for event in events if event["kind"] in ("bot", "error")}
        assert set(messages) <= set(ended)
        assert set(messages) <= said
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))

    def test_a_dangerous_message_cut_off_by_a_kill_gets_its_alert_after_the_start(self, own_server: Server) -> None:
        server = own_server.start()
        visitor = Visitor(server.address)
        messages = [str(uuid4()) for _ in range(10)]
        for message in messages:
            visitor.post(id=message, text=DANGER)

        server.stop(signal.SIGKILL)
        server.start()

        alarmed = {event["in_reply_to"] for event in visitor.events() if event.get("alert") == "emergency"}
        assert alarmed == set(messages)

    def test_a_conversation_goes_on_after_a_restart(self, own_server: Server) -> None:
        server = own_server.start()
        visitor = Visitor(server.address)
        visitor.say("i want to book a deep tissue massage with priya")
        visitor.press("None of these")

        server.stop()
        server.start()

        assert "These times are free" in bots(visitor.say("an hour, as soon as possible"))[0]["text"]

    def test_an_action_that_fails_leaves_nobody_without_help(self, own_server: Server) -> None:
        server = own_server.start()
        visitor = Visitor(server.address)
        visitor.say("please call me back")
        visitor.say("Ana")
        with sqlite3.connect(server.data / "clinic.db") as database:
            database.execute("DROP TABLE call_backs")

        visitor.say("780 555 0101")
        turn = visitor.press("Any time")

        assert [event["kind"] for event in turn] == ["user", "typing", "error", "turn_end"]
        assert "tel:" in turn[2]["text"]
        assert answers(visitor.say("what is sciatica?"))[:1] == ["what_is_sciatica"]
