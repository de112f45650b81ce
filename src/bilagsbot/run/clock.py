"""This machine's own clock, which only runs on: the database's, which all machines share, may be set by a person."""

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

LOOK = 0.2  # seconds between two looks at whether to go on waiting


@cache
def boot() -> str:
    """This machine's run since it was last started, by Linux' own id; nothing where the system has none."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def mark() -> str:
    """This instant on this machine's own clock, to be compared with `since` on the same machine."""
    return f"{boot()} {time.monotonic():.3f}"


def wait_until(ends: float, check: Callable[[], None]) -> None:
    """Wait until `time.monotonic()` is `ends`; `check` is asked all the while, and may raise what ends the waiting."""
    while (left := ends - time.monotonic()) > 0:
        check()
        time.sleep(min(left, LOOK))


def since(marked: str | None) -> float | None:
    """Seconds since a mark; None where it is another machine's, or from before this machine was started."""
    started, _, at = (marked or "").partition(" ")
    return time.monotonic() - float(at) if started and started == boot() else None
