"""Waiting for what another process does: often at first, then less often, so that a long wait costs nothing."""

import time
from collections.abc import Callable

SOON = 0.004  # seconds between the first two looks
LATER = 0.1  # seconds between two looks at what takes long
GROWTH = 1.3  # so much longer is each pause than the one before


def comes_true(done: Callable[[], object], seconds: float) -> bool:
    """Whether it does within that time; it is looked at once at least."""
    ends, pause = time.monotonic() + seconds, SOON
    while not done():
        if time.monotonic() > ends:
            return False
        time.sleep(pause)
        pause = min(pause * GROWTH, LATER)
    return True
