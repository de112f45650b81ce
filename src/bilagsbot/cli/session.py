"""A process below a worker, no command of people's: `python -m bilagsbot.cli.session WORKSPACE RUN [LOGIN]`.

It keys a login's share of a run, or, without a login, delivers what came of the run.
"""

import os
import signal
import sys
import threading
from pathlib import Path

from bilagsbot.cli.exits import Exit, code_of, mute_log
from bilagsbot.cli.workspace import open_log
from bilagsbot.model.errors import BilagsbotError, Stopped
from bilagsbot.model.receipt import State
from bilagsbot.run.attempt import Stop
from bilagsbot.run.launch import open_store
from bilagsbot.run.secrets import Redactor
from bilagsbot.run.unattended.delivery import deliver
from bilagsbot.run.unattended.endings import Ending
from bilagsbot.run.unattended.runs import Runs
from bilagsbot.run.unattended.session import take_part


def main() -> int:
    """Work on a run; the exit code is that of `bilagsbot run`."""
    from loguru import logger

    workspace, run_id, login = Path(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else ""
    # The worker says when to end: by closing our standard input, or by dying. ^C at its terminal is its own affair.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stop = Stop()
    threading.Thread(target=_end_with_input, args=(stop,), daemon=True).start()
    redact = Redactor()
    mute_log()
    open_log(workspace, redact, quiet=True)
    try:
        store = open_store(workspace)
        runs = Runs(store)
        run = runs.get(run_id)
        if run is None:
            return Exit.STOPPED
        try:
            if not login:
                deliver(workspace, store, run, redact)
                return Exit.DONE
            take_part(workspace, store, run, login, stop, redact)
            return Exit.DONE if runs.left(run_id, State.POSTED, State.SKIPPED) == 0 else Exit.SOME_LEFT
        except BilagsbotError as error:
            logger.warning("{}: {}", run_id, error)
            if login and not isinstance(error, Stopped):
                runs.note(run, login, redact(str(error)))
            return code_of(error)
    except BilagsbotError as error:  # the ledger is away
        logger.warning("{}: {}", run_id, error)
        return code_of(error)
    except Exception as error:
        logger.opt(exception=error).critical("internal error")
        return Exit.UNREACHABLE


def _end_with_input(stop: Stop) -> None:
    while os.read(0, 1024):
        pass
    stop.requested = True


if __name__ == "__main__":
    sys.exit(Ending(main()).spoken)
