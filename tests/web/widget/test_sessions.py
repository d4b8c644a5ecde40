"""Sessions: whose token opens which conversation, and whose opens none."""

import base64
import json
from datetime import datetime, timedelta, timezone
from typing import Any

import jwt
import pytest

from web.widget.sessions import ALGORITHM, LASTS, Sessions

KEY = "0123456789abcdef" * 4
OTHER_KEY = "fedcba9876543210" * 4
NOW = datetime.now(timezone.utc).replace(microsecond=0)  # What a token is held against cannot be passed in.


def signed(claims: dict[str, Any], *, key: str = KEY, algorithm: str = ALGORITHM) -> str:
    return jwt.encode(claims, key, algorithm=algorithm)


def part(claims: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()


def test_a_token_opens_its_own_conversation() -> None:
    session = Sessions(KEY).open("conversation-1", NOW)

    assert Sessions(KEY).conversation(session.token) == "conversation-1"


def test_a_session_tells_when_it_ends() -> None:
    session = Sessions(KEY).open("conversation-1", NOW)

    assert session.expires_at == NOW + LASTS


def test_a_token_works_until_it_expires_and_no_longer() -> None:
    sessions = Sessions(KEY)
    fresh = sessions.open("conversation-1", NOW - LASTS + timedelta(days=1))
    expired = sessions.open("conversation-1", NOW - LASTS - timedelta(seconds=1))

    assert sessions.conversation(fresh.token) == "conversation-1"
    assert sessions.conversation(expired.token) is None


def test_a_token_that_was_used_before_expires_too(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = Sessions(KEY)
    session = sessions.open("conversation-1", NOW)
    before = sessions.conversation(session.token)

    monkeypatch.setattr("web.widget.sessions.time", lambda: session.expires_at.timestamp() + 1)

    assert before == "conversation-1"
    assert sessions.conversation(session.token) is None


def test_a_token_signed_with_another_key_opens_nothing() -> None:
    session = Sessions(OTHER_KEY).open("conversation-1", NOW)

    assert Sessions(KEY).conversation(session.token) is None


def test_a_token_whose_conversation_was_exchanged_opens_nothing() -> None:
    token = Sessions(KEY).open("conversation-1", NOW).token
    header, claims, signature = token.split(".")
    forged = part({"sub": "conversation-2", "exp": (NOW + LASTS).timestamp()})

    assert claims != forged
    assert Sessions(KEY).conversation(f"{header}.{forged}.{signature}") is None


def test_a_token_without_a_signature_opens_nothing() -> None:
    claims = {"sub": "conversation-1", "exp": (NOW + LASTS).timestamp()}
    unsigned = jwt.encode(claims, None, algorithm="none")
    stripped = f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims)}."

    assert Sessions(KEY).conversation(unsigned) is None
    assert Sessions(KEY).conversation(stripped) is None


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_a_token_signed_in_another_way_opens_nothing(algorithm: str) -> None:
    token = signed({"sub": "conversation-1", "exp": NOW + LASTS}, key=KEY * 2, algorithm=algorithm)

    assert Sessions(KEY * 2).conversation(token) is None


@pytest.mark.parametrize("missing", ["sub", "exp"])
def test_a_token_must_name_its_conversation_and_its_end(missing: str) -> None:
    claims = {"sub": "conversation-1", "exp": NOW + LASTS}
    del claims[missing]

    assert Sessions(KEY).conversation(signed(claims)) is None


@pytest.mark.parametrize(
    "token",
    ["", ".", "..", "a.b.c", "conversation-1", "é.ü.ß", "\x00", "x" * 10_000, "\udcff.\udcff.\udcff"],
    ids=ascii,
)
def test_garbage_opens_nothing(token: str) -> None:
    assert Sessions(KEY).conversation(token) is None


def test_a_token_that_lost_its_last_letters_opens_nothing() -> None:
    token = Sessions(KEY).open("conversation-1", NOW).token

    assert Sessions(KEY).conversation(token[:-3]) is None
