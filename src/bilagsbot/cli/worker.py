"""worker: unattended runs on this machine, for as long as it goes on."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from bilagsbot.cli.exits import guarded
from bilagsbot.cli.stopping import stop_on_signals
from bilagsbot.cli.workspace import Workspace, find_workspace, open_log
from bilagsbot.model.errors import BadInput, BilagsbotError, Mistake
from bilagsbot.run.launch import LEDGER, open_store
from bilagsbot.run.secrets import Redactor

if TYPE_CHECKING:
    from bilagsbot.run.unattended.metrics import Endpoint


def worker(
    labels: Annotated[
        list[str] | None, typer.Option("--label", help="What this machine can do, as bots' `needs` say; several.")
    ] = None,
    sessions: Annotated[int, typer.Option(min=1, max=64, help="Sessions at a time; the same on all machines.")] = 2,
    sessions_only: Annotated[
        bool, typer.Option("--sessions-only", help="Start nothing by itself: no schedules, no watched folders.")
    ] = False,
    metrics: Annotated[int, typer.Option(min=0, max=65535, help="Port for Prometheus on 127.0.0.1; 0: none.")] = 0,
    ledger: Annotated[
        str, typer.Option(help=f"The ledger's address without a password; default: {LEDGER}.", metavar="URL")
    ] = "",
    workspace: Workspace = None,
) -> None:
    """Runs what is scheduled, dropped or queued; ^C or a termination request ends it after the items in hand."""
    from loguru import logger

    from bilagsbot.run.unattended.children import Children
    from bilagsbot.run.unattended.worker import Duty, Worker, labels_of

    folder = find_workspace(workspace)
    if ledger:
        os.environ[LEDGER] = _address(ledger)  # the sessions' processes read it too
    duty = Duty(labels_of(labels or []), sessions, not sessions_only)
    redact = Redactor()
    open_log(folder, redact, quiet=False)
    store = open_store(folder)
    endpoint = _metrics(folder, metrics) if metrics else None

    def spawn(run: str, login: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "bilagsbot.cli.session", str(folder), run, *([login] if login else [])]
        return subprocess.Popen(command, stdin=subprocess.PIPE, cwd=folder)  # noqa: S603 - our own words

    stop = stop_on_signals()
    working = Worker(folder, store, duty, Children(spawn), redact, _isolated)
    logger.info("worker {} begins", working.executor)
    print(f"The worker is at work in {folder}. ^C ends it.", file=sys.stderr, flush=True)
    code = guarded(lambda: working.run(lambda: stop.requested))
    if endpoint:
        endpoint.close()
    _leave(code)


def _isolated(what: str, act: Callable[[], None]) -> None:
    """Do one duty; a fault of ours in it goes to the log, and ends no other one."""
    from loguru import logger

    try:
        act()
    except BilagsbotError:
        raise
    except Exception as error:
        logger.opt(exception=error).critical("internal error: {}", what)


def _metrics(folder: Path, port: int) -> "Endpoint":
    from bilagsbot.run.unattended import metrics
    from bilagsbot.run.unattended.health import Health, read_health
    from bilagsbot.run.unattended.orders import next_starts

    def read() -> Health:
        store = open_store(folder)
        try:
            return read_health(store, store.time(), next_starts(folder, store, datetime.now(UTC)))
        finally:
            store.close()

    return metrics.serve(read, port)


def _address(given: str) -> str:
    """A ledger's address from the command line, which everybody on the machine can read. Raises BadInput."""
    if urlsplit(given).password or "password" in urlsplit(given).query:
        raise BadInput([Mistake("--ledger", "an address on the command line must hold no password.",
                                f"Set {LEDGER}, or keep the password in PGPASSWORD or ~/.pgpass.")])  # fmt: skip
    return given


def _leave(code: int) -> None:
    """End at once: the engine's threads wait for sessions that the next worker goes on with."""
    print("The worker has ended.", file=sys.stderr, flush=True)
    sys.stdout.flush()
    os._exit(code)
