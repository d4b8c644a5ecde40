"""The visitor's wire, on a real server."""

import base64
import json
import threading
from uuid import uuid4

import pytest
import requests

from tests.running import Server
from tests.visitor import Visitor, answers, bots

pytestmark = pytest.mark.slow


def test_a_message_is_accepted_and_answered_by_its_id(visitor: Visitor) -> None:
    turn = visitor.say("should i use heat or ice?")

    assert [event["kind"] for event in turn] == ["user", "typing", "bot", "turn_end"]
    assert answers(turn) == ["heat_and_cold"]


def test_an_answer_carries_its_evidence_its_sources_and_that_no_clinician_reviewed_it_yet(visitor: Visitor) -> None:
    (answer,) = bots(visitor.say("should i use heat or ice?"))

    assert answer["evidence"] in ("strong", "mixed", "weak", "none")
    assert all(source["url"].startswith("http") for source in answer["sources"])
    assert answer["sources"]
    assert "not yet reviewed by a clinician" in answer["review"]
    assert answer["alert"] is None


def test_a_new_conversation_has_no_events(visitor: Visitor) -> None:
    assert visitor.events() == []


def test_events_are_numbered_from_one_without_gaps_and_name_their_message(visitor: Visitor) -> None:
    for text in ("hi", "what is sciatica?", "thanks"):
        visitor.say(text)

    events = visitor.events()
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert len({event["in_reply_to"] for event in events}) == 3
    assert len({event["id"] for event in events}) == len(events)


def test_the_same_message_sent_twice_is_answered_once(visitor: Visitor) -> None:
    message = str(uuid4())
    first = visitor.post(id=message, text="what is sciatica?")
    visitor.turn_of(message)

    again = visitor.post(id=message, text="what is sciatica?")

    assert (first.status_code, first.json()["status"]) == (202, "accepted")
    assert (again.status_code, again.json()["status"]) == (202, "duplicate")
    assert sum(event["kind"] == "bot" for event in visitor.events()) == 1


def test_a_button_that_was_offered_leads_to_its_answer(visitor: Visitor) -> None:
    (answer,) = bots(visitor.say("should i use heat or ice?"))
    button = answer["buttons"][0]

    turn = visitor.press(button["title"])

    assert turn[0]["text"] == button["title"]
    assert answers(turn) == [button["answer"]]


def test_a_button_of_another_conversation_is_refused(server: Server, visitor: Visitor) -> None:
    other = Visitor(server.address)
    (answer,) = bots(other.say("should i use heat or ice?"))

    refused = visitor.post(id=str(uuid4()), button=answer["buttons"][0]["id"])

    assert refused.status_code == 422
    assert "not offered" in refused.json()["error"]


def test_what_a_button_does_is_never_shown(visitor: Visitor) -> None:
    visitor.say("should i use heat or ice?")

    assert "payload" not in json.dumps(visitor.events())


@pytest.mark.parametrize("command", ['/inform{"treatment": "x"}', "/restart", "  /book_appointment", "//restart"])
def test_a_typed_command_is_not_run(visitor: Visitor, command: str) -> None:
    turn = visitor.say(command)

    assert turn[0]["text"] == command.strip()
    assert "book_appointment" not in answers(turn)
    assert bots(turn)


def test_typed_slots_do_not_enter_a_booking(visitor: Visitor) -> None:
    visitor.say("i want to book a massage")
    visitor.press("None of these")

    turn = visitor.say('/inform{"treatment": "swedish_massage", "day": "monday", "therapist": "sam"}')

    assert "Swedish massage, day: monday" not in json.dumps(turn)


def test_a_booking_begins_with_the_card_of_the_safety_check(visitor: Visitor) -> None:
    (asked,) = bots(visitor.say("i want to book a massage"))

    (card,) = asked["cards"]
    assert (asked["answer"], card["kind"]) == ("book_appointment", "safety_check")
    assert len(card["steps"]) == len(asked["buttons"]) - 1
    assert {button["answer"] for button in asked["buttons"]} >= {"emergency", "same_day_care", "see_doctor"}


@pytest.mark.parametrize("before", ["", "\r", "\u3000", "\x0b / "])
def test_a_typed_command_does_not_pass_the_safety_check(visitor: Visitor, before: str) -> None:
    visitor.say("i want to book a massage")

    turn = visitor.say(before + '/inform{"safety": "none"}')

    assert bots(turn)[-1]["cards"][0]["kind"] == "safety_check"


def test_the_stream_sends_each_event_with_its_number(visitor: Visitor) -> None:
    visitor.say("what is sciatica?")
    kept = visitor.events()

    streamed = read_stream(visitor, after=0, count=len(kept))

    assert streamed == kept


def test_the_stream_goes_on_where_it_was_cut(visitor: Visitor) -> None:
    visitor.say("what is sciatica?")
    kept = visitor.events()

    streamed = read_stream(visitor, after=2, count=len(kept) - 2)

    assert [event["seq"] for event in streamed] == [event["seq"] for event in kept[2:]]


def test_the_stream_brings_an_answer_while_it_is_open(visitor: Visitor) -> None:
    streamed: list[dict] = []
    reader = threading.Thread(target=lambda: streamed.extend(read_stream(visitor, after=0, count=4)))
    reader.start()

    turn = visitor.say("what is sciatica?")
    reader.join(timeout=30)

    assert streamed == turn


def read_stream(visitor: Visitor, *, after: int, count: int) -> list[dict]:
    headers = {**visitor.headers, "Last-Event-ID": str(after)}
    with requests.get(f"{visitor.chat}/stream", headers=headers, stream=True, timeout=30) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        events: list[dict] = []
        number = ""
        for line in stream.iter_lines(chunk_size=1, decode_unicode=True):
            if line.startswith("id: "):
                number = line[4:]
            if line.startswith("data: "):
                events.append(json.loads(line[6:]))
                assert number == str(events[-1]["seq"])
            if len(events) == count:
                return events
    raise AssertionError(f"the stream ended after {len(events)} of {count} events")


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x01", "\ud83d"])
def test_an_empty_message_is_refused_with_a_sentence(visitor: Visitor, text: str) -> None:
    refused = visitor.post(id=str(uuid4()), text=text)

    assert refused.status_code == 422
    assert "empty" in refused.json()["error"]
    assert visitor.events() == []


def test_a_very_long_message_is_read_whole_for_red_flags(visitor: Visitor) -> None:
    story = "my week was long and i had to drive a lot. " * 470

    turn = visitor.say(story[:19_900] + " i have no feeling between my legs when i wipe")

    assert bots(turn)[0]["alert"] == "emergency"


def test_a_very_long_harmless_message_gets_an_answer(visitor: Visitor) -> None:
    assert bots(visitor.say("should i use heat or ice? " + "blah " * 4000))


@pytest.mark.parametrize(
    "text",
    ["😀🎉", "!!!???", "\u202eabc\u202c", "ﷺ" * 50, "a\x00b", "<script>alert(1)</script>", "'; DROP TABLE events; --"],
)
def test_odd_characters_get_an_answer_and_never_an_error(visitor: Visitor, text: str) -> None:
    assert bots(visitor.say(text))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"\xff\xfe\x00", 400),
        (b"{", 400),
        (b"[" * 100_000, 400),
        (b"[]", 422),
        (b'"text"', 422),
        (b'{"id": 7, "text": "hi"}', 422),
        (b'{"id": "a b", "text": "hi"}', 422),
        (b'{"id": "1", "text": 7}', 422),
        (b'{"id": "1"}', 422),
        (b'{"id": "1", "text": "hi", "button": "x"}', 422),
        (b'{"id": "1", "button": 7}', 422),
        (b"x" * 600_000, 413),
    ],
)
def test_a_body_that_is_no_message_is_refused_with_a_sentence(visitor: Visitor, body: bytes, status: int) -> None:
    refused = requests.post(f"{visitor.chat}/messages", data=body, headers=visitor.headers, timeout=30)

    assert refused.status_code == status
    assert refused.json()["error"].endswith((".", "}."))


def tokens_that_are_not_ours(visitor: Visitor) -> dict[str, str]:
    header, claims, signature = visitor.session["token"].split(".")
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
    return {
        "missing": "",
        "garbage": "Bearer abc",
        "other scheme": f"Basic {visitor.session['token']}",
        "other signature": f"Bearer {header}.{claims}.{signature[::-1]}",
        "unsigned": f"Bearer {unsigned}.{claims}.",
    }


@pytest.mark.parametrize("kind", ["missing", "garbage", "other scheme", "other signature", "unsigned"])
def test_a_forged_session_is_refused_everywhere(visitor: Visitor, kind: str) -> None:
    headers = {"Authorization": tokens_that_are_not_ours(visitor)[kind]}

    for method, path in [
        ("POST", "/messages"),
        ("GET", "/messages"),
        ("GET", "/stream"),
        ("GET", "/suggestions"),
        ("POST", "/feedback"),
        ("DELETE", "/session"),
    ]:
        refused = requests.request(method, visitor.chat + path, headers=headers, timeout=30)
        assert refused.status_code == 401, path
        assert "Start a new one" in refused.json()["error"]


def test_two_visitors_never_see_each_other(server: Server) -> None:
    one, other = Visitor(server.address), Visitor(server.address)

    one.say("do you sell gift cards?")

    assert other.events() == []


def test_a_forgotten_conversation_is_gone_and_its_session_over(visitor: Visitor) -> None:
    visitor.say("what is sciatica?")

    deleted = requests.delete(f"{visitor.chat}/session", headers=visitor.headers, timeout=30)

    assert deleted.status_code == 204
    assert visitor.post(id=str(uuid4()), text="hi").status_code == 401


def test_feedback_is_taken_for_an_answer_and_refused_for_anything_else(visitor: Visitor) -> None:
    (answer,) = bots(visitor.say("what is sciatica?"))

    def feedback(**body: object) -> requests.Response:
        return requests.post(f"{visitor.chat}/feedback", json=body, headers=visitor.headers, timeout=30)

    assert feedback(seq=answer["seq"], helpful=True, reason="clear").status_code == 204
    assert feedback(seq=1, helpful=True).status_code == 404
    assert feedback(seq="1", helpful=True).status_code == 422
    assert feedback(seq=answer["seq"], helpful="yes").status_code == 422


def test_suggestions_are_questions_that_fit_what_is_typed(visitor: Visitor) -> None:
    found = requests.get(f"{visitor.chat}/suggestions", params={"q": "hamstr"}, headers=visitor.headers, timeout=30)

    assert [one["answer"] for one in found.json()["suggestions"]] == ["hamstring_stretch"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("cost", ["prices"]),
        ("wheelch", ["accessibility"]),
        ("pay with visa", ["payment_methods"]),
        ("sore after", ["soreness_after"]),
        ("zebra", []),
        ("", []),
    ],
)
def test_suggestions_know_the_words_of_the_training_sentences(visitor: Visitor, typed: str, first: list[str]) -> None:
    found = requests.get(f"{visitor.chat}/suggestions", params={"q": typed}, headers=visitor.headers, timeout=30)

    assert [one["answer"] for one in found.json()["suggestions"]][:1] == first
    assert all(one.keys() == {"title", "answer"} for one in found.json()["suggestions"])


@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=nan", "wait=inf", "after=1e400"])
def test_a_number_that_is_none_is_refused(visitor: Visitor, query: str) -> None:
    refused = requests.get(f"{visitor.chat}/messages?{query}", headers=visitor.headers, timeout=30)

    assert refused.status_code == 422


def test_too_many_messages_at_once_are_refused_and_none_that_was_accepted_is_lost(visitor: Visitor) -> None:
    posted = {(message := str(uuid4())): visitor.post(id=message, text="what is sciatica?") for _ in range(60)}

    accepted = [message for message, answer in posted.items() if answer.status_code == 202]
    refused = [answer for answer in posted.values() if answer.status_code != 202]
    for message in accepted:
        events = visitor.events()
        while not any(event["in_reply_to"] == message and event["kind"] == "turn_end" for event in events):
            events = (
                visitor.events(after=0, wait=0) if events[-1]["kind"] != "turn_end" else wait_for_more(visitor, events)
            )
    assert all(answer.status_code == 429 for answer in refused)
    assert accepted


def wait_for_more(visitor: Visitor, events: list[dict]) -> list[dict]:
    return events + visitor.events(after=events[-1]["seq"], wait=20)


def test_unknown_addresses_and_methods_are_refused_in_json(server: Server) -> None:
    missing = requests.get(f"{server.address}/nothing/here", timeout=30)
    wrong = requests.put(f"{server.address}/chat/messages", timeout=30)

    assert (missing.status_code, wrong.status_code) == (404, 405)
    assert missing.json()["error"]
    assert wrong.json()["error"]


def test_a_path_outside_the_static_folder_is_not_served(server: Server) -> None:
    for path in ("/static/..%2f..%2fapp.py", "/static/%2e%2e/sessions.py", "/content/pictures/..%2f..%2fhours.yml"):
        assert requests.get(server.address + path, timeout=30).status_code == 404


def test_the_stock_channels_are_not_served(server: Server) -> None:
    for path in ("/webhooks/rest/webhook", "/socket.io/", "/conversations/x/tracker", "/model"):
        assert (
            requests.post(server.address + path, json={"sender": "x", "message": "hi"}, timeout=30).status_code == 404
        )


def test_pages_are_served_with_a_strict_policy(server: Server) -> None:
    for path in ("/", "/chat", "/loader.js", "/static/chat.css"):
        page = requests.get(server.address + path, timeout=30)
        assert page.status_code == 200, path
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_a_stretch_comes_with_pictures_that_exist(server: Server, visitor: Visitor) -> None:
    (answer,) = bots(visitor.say("how do i do the piriformis stretch?"))

    (card,) = answer["cards"]
    assert card["kind"] == "stretch"
    for step in card["steps"]:
        picture = requests.get(server.address + step["picture"], timeout=30)
        assert picture.headers["Content-Type"].startswith("image/svg+xml")
        assert step["alt"] in picture.text
