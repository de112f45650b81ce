"""The knobs of a running program, turned and counted down by many threads."""

from threading import Lock
from typing import Any, Literal

from bilagsbot.practice.knobs import Knobs

CountKnob = Literal[
    "http_500_on_post",
    "http_500_after_store",
    "lose_request",
    "lose_reply_after_store",
    "unexpected_alert",
    "close_popup",
]


class LiveKnobs:
    """Holds one Knobs that everyone sees, and a lock so that a count is never taken twice."""

    def __init__(self, knobs: Knobs) -> None:
        self.now = knobs
        self._lock = Lock()

    def turn(self, **changes: Any) -> None:
        """Set some knobs, all or none of them; ValueError if a knob is unknown or a value does not fit."""
        with self._lock:
            checked = self.now.changed(**changes)
            for name in changes:
                setattr(self.now, name, getattr(checked, name))

    def take(self, name: CountKnob) -> bool:
        """Whether a counted fault is due now; takes one off its count."""
        with self._lock:
            left: int = getattr(self.now, name)
            if left:
                setattr(self.now, name, left - 1)
            return left > 0

    def take_expiry(self) -> bool:
        """Whether all logins are to be dropped now; true once each time the knob is set."""
        with self._lock:
            due = self.now.expire_sessions
            if due:
                self.now.expire_sessions = False
            return due
