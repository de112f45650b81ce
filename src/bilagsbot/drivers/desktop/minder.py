"""The minder: a process that ends what was started on a virtual display when the one that started it is gone.

It reads from a pipe that only its owner holds. However the owner ends, kill -9 too, Linux closes the pipe. What to end
is found by the display's folder, which stands in the environment of all that was started on it: a bus starts programs
of its own, and they outlive it. PR_SET_PDEATHSIG would miss those, and fires when a mere thread ends.
"""

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from bilagsbot.drivers.desktop.processes import started_with

PREFIX = "bilagsbot-display-"  # of the folder's name
POLITE = 0.5  # seconds for what was asked to end
LONGEST = 10.0  # seconds; a process that waits for a broken disk cannot be killed
LOOK = 0.02  # seconds between two looks
QUIET = 3  # looks without a find: one that is being started shows no environment for a moment


def end_all(folder: Path) -> bool:
    """End all that was started with `folder` in its environment, and remove the folder; whether all is gone."""
    if not (folder.is_absolute() and folder.name.startswith(PREFIX)):
        raise ValueError(f"{folder} is no display's folder")  # "" and "/" stand in every environment
    begun, quiet = time.monotonic(), 0
    while quiet < QUIET and time.monotonic() < begun + LONGEST:
        how = signal.SIGTERM if time.monotonic() < begun + POLITE else signal.SIGKILL
        found = [process for process in started_with(os.fsencode(folder)) if process.pid != os.getpid()]
        for process in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process.pid, how)
        quiet = 0 if found else quiet + 1
        time.sleep(LOOK)
    with suppress(OSError):
        _remove(folder, folder.stat().st_dev)
    return quiet == QUIET


def _remove(folder: Path, device: int) -> None:
    """Files of this disk only: a program may have mounted a person's documents here."""
    for entry in list(os.scandir(folder)):
        with suppress(OSError):
            if entry.stat(follow_symlinks=False).st_dev != device:
                continue
            if entry.is_dir(follow_symlinks=False):
                _remove(Path(entry), device)
            else:
                Path(entry).unlink()
    with suppress(OSError):
        folder.rmdir()


def main() -> None:
    """Say that it is there, wait for the owner's end, and clear up."""
    with suppress(BrokenPipeError):  # the owner may be gone already, and what it started by then is still to be ended
        os.write(sys.stdout.fileno(), b"ready\n")
    sys.stdin.read()
    end_all(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
