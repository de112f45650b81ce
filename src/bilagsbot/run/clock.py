"""This machine's own clock, which only runs on: the database's, which all machines share, may be set by a person."""

import time
from functools import cache
from pathlib import Path


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


def since(marked: str | None) -> float | None:
    """Seconds since a mark; None where it is another machine's, or from before this machine was started."""
    started, _, at = (marked or "").partition(" ")
    return time.monotonic() - float(at) if started and started == boot() else None
