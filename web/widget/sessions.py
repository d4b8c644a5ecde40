"""Sessions: a signed token names the conversation, so that a browser can never name another one."""

from datetime import datetime, timedelta
from functools import lru_cache
from time import time
from typing import NamedTuple

import jwt

LASTS = timedelta(days=7)  # The conversation itself is forgotten sooner when nothing is said.
ALGORITHM = "HS256"


class Session(NamedTuple):
    token: str
    expires_at: datetime


class Sessions:
    def __init__(self, key: str) -> None:
        self._key = key

    def open(self, conversation: str, now: datetime) -> Session:
        expires_at = now + LASTS
        claims = {"sub": conversation, "iat": now, "exp": expires_at}
        return Session(jwt.encode(claims, self._key, algorithm=ALGORITHM), expires_at)

    def conversation(self, token: str) -> str | None:
        """The conversation a token is for, or None if it is forged, damaged or expired."""
        claims = _claims(token, self._key)
        return claims.conversation if claims and claims.expires_at > time() else None


class _Claims(NamedTuple):
    conversation: str
    expires_at: float  # seconds since 1970


@lru_cache(maxsize=1000)  # Each visitor sends the same token with each message.
def _claims(token: str, key: str) -> _Claims | None:
    try:
        claims = jwt.decode(token, key, algorithms=[ALGORITHM], options={"require": ["sub", "exp"]})
    except (jwt.InvalidTokenError, UnicodeError):
        return None
    return _Claims(str(claims["sub"]), float(claims["exp"]))
