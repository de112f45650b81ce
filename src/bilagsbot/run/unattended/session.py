"""A session's process: one login's share of one run, from the package that the run began with."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from loguru import logger

from bilagsbot.model.errors import BilagsbotError
from bilagsbot.model.item import Item
from bilagsbot.model.receipt import Receipt
from bilagsbot.run import launch, machine
from bilagsbot.run.attempt import Stop
from bilagsbot.run.bot import Job
from bilagsbot.run.items import Batch, read_batch
from bilagsbot.run.runner import Share
from bilagsbot.run.secrets import Redactor, load_login
from bilagsbot.run.store import Store
from bilagsbot.run.unattended import questions
from bilagsbot.run.unattended.package import load_packed, unpack
from bilagsbot.run.unattended.runs import Run, Runs

PACKAGES = "packages"
MOST_EVIDENCE = 50 * 2**20  # bytes that a session hands over to another machine


class Unwatched:
    """Nobody watches; what is done stands in the ledger."""

    def begin(self, items: int, total: object) -> None:
        """Nothing."""

    def item(self, item: Item) -> None:
        """Nothing."""

    def done(self, receipt: Receipt) -> None:
        """Nothing."""


def take_part(workspace: Path, store: Store, run: Run, login_name: str, stop: Stop, redact: Redactor) -> None:
    """Key a login's share. Raises what ended it early, and BadInput where the package or the secret is wrong."""
    job, batch = open_package(workspace, store, run)
    login = load_login(login_name, job.logs_in)
    redact.learn(login)
    questions.abandon(store, run.id, login_name)

    def ask(message: str, done: Callable[[], bool]) -> None:
        questions.ask(store, run.id, login_name, redact(message), done, stop.check)

    share = Share(run.logins.index(login_name), len(run.logins))
    try:
        ended_by = launch.part(job, batch, login, redact, run.id, share, stop, ask, Unwatched(), logger.info)
    finally:
        if run.machine != machine.id_of(workspace / launch.STATE):
            hand_over(workspace, store, run, login_name)
    if ended_by is not None:
        raise ended_by


def open_package(workspace: Path, store: Store, run: Run) -> tuple[Job, Batch]:
    """The bot, the flow and the workbook that a run began with. Raises BadInput."""
    folder = unpack(Runs(store).package(run), workspace / launch.STATE / PACKAGES)
    job, workbook = load_packed(folder, run.bot, workspace)
    return job, read_batch(job, workbook)


def hand_over(workspace: Path, store: Store, run: Run, login: str) -> None:
    """Put the evidence of a session into the ledger, for the machine that delivers; pictures as far as there is room.

    What does not go stays on this machine, in the run's folder.
    """
    folder, buffer, size = workspace / launch.STATE / "runs" / run.id, io.BytesIO(), 0
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*"), key=lambda path: (path.suffix == ".jpg", path)):
            if path.is_file() and size + path.stat().st_size <= MOST_EVIDENCE:
                size += path.stat().st_size
                archive.write(path, path.relative_to(folder).as_posix())
    mine = machine.id_of(workspace / launch.STATE)
    try:
        Runs(store).keep_file(run.id, f"evidence {mine} {login}.zip", buffer.getvalue())
    except BilagsbotError as error:
        logger.warning("the evidence of {} stays on this machine: {}", run.id, error)
