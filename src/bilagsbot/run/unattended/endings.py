"""How a session's process ends, in exit codes that Python itself never uses: its own 1 is a crash."""

from enum import IntEnum

BASE = 40


class Ending(IntEnum):
    """The codes of the manual's table, by what a worker does next."""

    DONE = 0
    SOME_LEFT = 1
    BAD_INPUT = 2
    STOPPED = 3
    UNREACHABLE = 4

    @property
    def spoken(self) -> int:
        """The exit code that says so."""
        return BASE + self


def heard(code: int) -> Ending | None:
    """What an exit code says; None for a process that died."""
    return Ending(code - BASE) if BASE <= code <= BASE + max(Ending) else None
