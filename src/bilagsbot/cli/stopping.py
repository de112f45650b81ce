"""^C: the first finishes or backs out of the item in hand, the second ends at once."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from bilagsbot.cli.exits import Exit
from bilagsbot.run.attempt import Stop

FIRST = "\nStopping when the item in hand is done or backed out of. Press ^C again to stop at once.\n"
SECOND = "\nStopped at once. The next run asks the program about the item in hand first.\n"


def stop_on_signals() -> Stop:
    """A Stop that ^C and a termination request set."""
    stop = Stop()

    def heard(_signal: int, _frame: FrameType | None) -> None:
        if stop.requested:
            # Not an exception: it could surface in the middle of a click. This is a crash as far as the ledger
            # is concerned, and it is made for those.
            os.write(2, SECOND.encode())
            os._exit(Exit.STOPPED)
        stop.requested = True
        os.write(2, FIRST.encode())

    signal.signal(signal.SIGINT, heard)
    signal.signal(signal.SIGTERM, heard)
    return stop


def ask_person(message: str, _done: Callable[[], bool]) -> None:
    """Show the message and wait for Enter. Raises Stopped where nobody is at the keyboard."""
    from bilagsbot.model.errors import Stopped

    if not sys.stdin.isatty():
        raise Stopped(f"A person is needed: {message}. Start the run at a workstation.")
    sys.stderr.write(f"\n{message}\nPress Enter when it is done. ")
    sys.stderr.flush()
    sys.stdin.readline()
