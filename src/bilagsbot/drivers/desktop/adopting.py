"""Adopting: which running process is the program that a bot is to use."""

import os
from pathlib import Path

from bilagsbot.drivers.desktop.minder import PREFIX
from bilagsbot.drivers.desktop.processes import Process, environment, listed, owner, words
from bilagsbot.model.errors import Unreachable
from bilagsbot.model.program import ProgramSpec


def find_running(spec: ProgramSpec) -> Process:
    """This user's one process of that program, with those arguments where some are given. Linux only.

    Raises Unreachable where there is none, or several.
    """
    found = [process for process in listed() if _is_meant(process, spec)]
    mine = {process.pid for process in found}
    found = [process for process in found if process.parent not in mine]  # a program's own helpers have its name
    named = " ".join((spec.command, *spec.arguments))
    if not found:
        raise Unreachable(f"{named} does not run. Start it and log in, or drop `adopt`; then run again.")
    if len(found) > 1:
        pids = ", ".join(str(process.pid) for process in found)
        raise Unreachable(
            f"{named} runs {len(found)} times (processes {pids}), and only one can be meant. Close the others, "
            "or write the `arguments` it was started with; then run again."
        )
    return found[0]


def that_opened(file: Path) -> list[Process]:
    """This user's processes that were started with that file. Linux only."""
    found = [one for one in listed() if owner(one.pid) == os.getuid() and one.pid != os.getpid()]
    return [one for one in found if str(file) in words(one.pid)[1:]]


def _is_meant(process: Process, spec: ProgramSpec) -> bool:
    if process.pid == os.getpid() or owner(process.pid) != os.getuid():
        return False
    line, name = words(process.pid), Path(spec.command).name
    # The second word is for a script: the first is what runs it.
    for at in (0, 1):
        if Path(*line[at : at + 1]).name == name and (not spec.arguments or line[at + 1 :] == spec.arguments):
            return f"/{PREFIX}".encode() not in _key(process)
    return False


def _key(process: Process) -> bytes:
    """Which screen it is on: one on a virtual display belongs to another run."""
    entries = environment(process.pid).split(b"\0")
    return next((entry for entry in entries if entry.startswith(b"XAUTHORITY=")), b"")
