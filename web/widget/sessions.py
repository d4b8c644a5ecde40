"""Sessions: a signed token names the conversation, so that a browser can never name another one."""

from datetime import datetime, timedelta
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
        try:
            claims = jwt.decode(token, self._key, algorithms=[ALGORITHM], options={"require": ["sub", "exp"]})
        except (jwt.InvalidTokenError, UnicodeError):
            return None
        return str(claims["sub"])
