"""Exit codes, and the one place where every error becomes a sentence."""

import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import Self

from bilagsbot.cli.jsonlines import as_json as json_line
from bilagsbot.model.errors import BadInput, BilagsbotError, Mistake, Stopped

MOST_SHOWN = 200  # mistakes, or warnings; nobody reads more of them in a terminal

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
    if not isinstance(error, BadInput):
        print(error, file=sys.stderr)
    elif as_json:
        for mistake in error.mistakes:
            print(json_line(vars(mistake)))
    else:
        tell(error.mistakes, len(error.mistakes))


def tell(mistakes: Sequence[Mistake], count: int) -> None:
    """The first of `count` mistakes on stderr, each on a line of its own."""
    for mistake in mistakes[:MOST_SHOWN]:
        print(mistake, file=sys.stderr)
    if count > MOST_SHOWN:
        print(f"… and {count - MOST_SHOWN} more. 'bilagsbot check --json' gives all.", file=sys.stderr)
    if count > 1:
        print(f"\n{count} mistakes. Nothing was keyed.", file=sys.stderr)


class Warnings:
    """The first warnings on stderr, each on a line of its own; at the end how many more there are."""

    def __init__(self) -> None:
        self._count = 0

    def add(self, warnings: Iterable[Mistake]) -> None:
        """Tell them, unless many are told already."""
        for warning in warnings:
            self._count += 1
            if self._count <= MOST_SHOWN:
                print(f"warning: {warning}", file=sys.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._count > MOST_SHOWN:
            print(f"… and {self._count - MOST_SHOWN} more warnings.", file=sys.stderr)


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
