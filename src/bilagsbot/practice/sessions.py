"""Logins: who is in, and since when nothing was heard."""

import secrets
from collections.abc import Callable
from threading import Lock
from time import monotonic


class Sessions:
    """Logins in memory, each with a token; a restarted program knows none."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._last_seen: dict[str, float] = {}

    def open(self) -> str:
        """Log in: a new token."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._last_seen[token] = self._clock()
        return token

    def alive(self, token: str, idle_seconds: int) -> bool:
        """Whether the token is logged in; if so it lives `idle_seconds` more."""
        with self._lock:
            seen = self._last_seen.get(token)
            if seen is None:
                return False
            if self._clock() - seen >= idle_seconds:
                del self._last_seen[token]
                return False
            self._last_seen[token] = self._clock()
            return True

    def close(self, token: str) -> None:
        """Log out; an unknown token is no error."""
        with self._lock:
            self._last_seen.pop(token, None)

    def close_all(self) -> None:
        """Log everyone out."""
        with self._lock:
            self._last_seen.clear()
