"""The rate: how fast a target may be keyed into, all its sessions together."""

import time
from collections.abc import Callable

from bilagsbot.run.clock import wait_until


class Rate:
    """Lets items begin so far apart that `sessions` of these together begin `a_minute` at most."""

    def __init__(self, a_minute: int | None, sessions: int = 1) -> None:
        self._apart = 60.0 / a_minute * sessions if a_minute else 0.0  # seconds
        self._next = 0.0

    def wait(self, check: Callable[[], None]) -> None:
        """Wait until the next item may begin; `check` may raise what ends the waiting."""
        wait_until(self._next, check)
        self._next = time.monotonic() + self._apart
