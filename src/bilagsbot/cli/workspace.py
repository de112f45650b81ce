"""Which workspace a command works in, and where its log goes."""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilagsbot.model.errors import BadInput, Mistake, writable

if TYPE_CHECKING:
    from loguru import Record

WARNING = 30  # loguru's number

Workspace = Annotated[
    Path | None,
    typer.Option("--workspace", "-w", help="The workspace's folder; default: this one, or the nearest above."),
]


def find_workspace(given: Path | None) -> Path:
    """The folder given, else the nearest one upwards that has bots/. Raises BadInput where there is none."""
    start = (given or Path.cwd()).resolve()
    for folder in [start] if given else [start, *start.parents]:
        if (folder / "bots").is_dir():
            return folder
    raise BadInput([Mistake(str(start), "this is no workspace: it has no folder 'bots'.",
                            "Run 'bilagsbot init DIR' to make one, or name one with --workspace.")])  # fmt: skip


def open_log(workspace: Path, redact: Callable[[str], str], quiet: bool) -> None:
    """JSON lines in .bilagsbot/logs, readable warnings on stderr; both without the secrets that `redact` knows.

    Raises Unwritable.
    """
    from loguru import logger

    folder = workspace / ".bilagsbot" / "logs"
    with writable("The log"):
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / f"{time.strftime('%Y-%m-%d')}.jsonl").open("ab", buffering=0)

    def write(line: str) -> None:
        with suppress(OSError):  # a line that finds no room ends no run; what has to be on disk is in the ledger
            file.write(redact(line).encode())

    logger.remove()
    logger.add(write, level="DEBUG", serialize=True, diagnose=False)
    if not quiet:
        logger.add(lambda line: print(redact(line), end="", file=sys.stderr), filter=_for_people, format=_line)


def _for_people(record: "Record") -> bool:
    # What is critical is our own fault: the person gets a sentence, and the log the details.
    return record["level"].no == WARNING


def _line(_record: "Record") -> str:
    """The format of a line, without the traceback that loguru adds to one given as text."""
    return "{time:HH:mm:ss} {level: <7} {message}\n"
