"""Exit codes, and the one place where every error becomes a sentence."""

import sys
import traceback
from collections.abc import Callable
from enum import IntEnum

from bilagsbot.cli.jsonlines import as_json as json_line
from bilagsbot.model.errors import BadInput, BilagsbotError, Stopped

INTERRUPTED = 130  # what Typer makes of ^C


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    SOME_LEFT = 1
    BAD_INPUT = 2
    STOPPED = 3
    UNREACHABLE = 4


def code_of(error: BilagsbotError) -> Exit:
    """The exit code of an error that ended a command."""
    if isinstance(error, BadInput):
        return Exit.BAD_INPUT
    return Exit.STOPPED if isinstance(error, Stopped) else Exit.UNREACHABLE


def complain(error: BilagsbotError, as_json: bool = False) -> None:
    """An error on stderr, each mistake on a line of its own; with `--json`, mistakes as JSON lines on stdout."""
    if as_json and isinstance(error, BadInput):
        for mistake in error.mistakes:
            print(json_line(vars(mistake)))
        return
    print(error, file=sys.stderr)
    if isinstance(error, BadInput) and len(error.mistakes) > 1:
        print(f"\n{len(error.mistakes)} mistakes. Nothing was keyed.", file=sys.stderr)


def mute_log() -> None:
    """Nothing goes to stderr but through open_log, which redacts."""
    from loguru import logger

    logger.remove()


def guarded(command: Callable[[], object], as_json: bool = False) -> int:
    """Run a command; give its exit code, with a sentence on stderr in place of a traceback.

    `as_json` is for a command with `--json`: its mistakes go to stdout, where a script reads the rest.
    """
    try:
        command()
    except BilagsbotError as error:
        complain(error, as_json)
        return code_of(error)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            return _stopped()
        return ended.code if isinstance(ended.code, int) else Exit.DONE
    except KeyboardInterrupt:
        return _stopped()
    except Exception as error:
        return _own_fault(error)
    return Exit.DONE


def _stopped() -> Exit:
    print("Stopped.", file=sys.stderr)
    return Exit.STOPPED


def _own_fault(error: Exception) -> int:
    """A fault of ours: the details go to the log, which redacts; the person gets a sentence."""
    from loguru import logger

    where = traceback.extract_tb(error.__traceback__)[-1]
    logger.opt(exception=error).critical("internal error")
    print(
        f"Internal error: {type(error).__name__} in {where.name}, line {where.lineno}. The log in .bilagsbot/logs has "
        "the details. What was posted is in the ledger: run again, and nothing is posted twice.",
        file=sys.stderr,
    )
    return Exit.SOME_LEFT
