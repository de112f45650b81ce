"""Processes: what runs on this machine, by Linux' own list. Elsewhere the list is empty."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    """A process as it was when it was listed. `state` is Linux' letter: T is stopped, Z has ended. `started` is in
    ticks since the machine came up: with the number it names a process for good."""

    pid: int
    parent: int
    session: int
    state: str
    started: int

    @property
    def stopped(self) -> bool:
        """Whether somebody stopped it, as with SIGSTOP; a debugger stops it, too."""
        return self.state in ("T", "t")


def listed() -> list[Process]:
    """Every process that runs, stopped ones too."""
    found = (look(int(entry.name)) for entry in PROC.glob("[0-9]*"))
    return [process for process in found if process]


def look(pid: int) -> Process | None:
    """One process, or None where there is none (any more)."""
    # The program's name stands in brackets and may hold brackets and blanks itself.
    fields = _read(pid, "stat").rpartition(b")")[2].split()
    if not fields or fields[0] in (b"Z", b"X"):
        return None
    return Process(pid, int(fields[1]), int(fields[3]), fields[0].decode(), int(fields[19]))


def started_with(mark: bytes) -> list[Process]:
    """The processes that have `mark` in the environment they were started with, and all below them.

    The ones below are there because some programs hide their environment.
    """
    everyone = listed()
    return below((process.pid for process in everyone if mark in environment(process.pid)), everyone)


def below(roots: Iterable[int], everyone: Iterable[Process]) -> list[Process]:
    """These processes and all below them."""
    known, rest = set(roots), list(everyone)
    found = [process for process in rest if process.pid in known]
    while more := [process for process in rest if process.parent in known and process.pid not in known]:
        known |= {process.pid for process in more}
        found += more
    return found


def words(pid: int) -> tuple[str, ...]:
    """The command line: the program, then its arguments."""
    return tuple(word.decode(errors="replace") for word in _read(pid, "cmdline").split(b"\0")[:-1])


def owner(pid: int) -> int:
    """The user's number, or -1 where the process is gone."""
    try:
        return (PROC / str(pid)).stat().st_uid
    except OSError:
        return -1


def environment(pid: int) -> bytes:
    """What it was started with, NAME=value by value; empty where it does not show it."""
    return _read(pid, "environ")


def _read(pid: int, name: str) -> bytes:
    try:
        return (PROC / str(pid) / name).read_bytes()
    except OSError:  # gone meanwhile, or another user's
        return b""
