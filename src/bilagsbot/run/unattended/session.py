"""A session's process: one login's share of one run, from the package that the run began with."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath

from loguru import logger

from bilagsbot.model.errors import BilagsbotError, Stopped
from bilagsbot.run import launch, machine
from bilagsbot.run.attempt import Stop
from bilagsbot.run.bot import Job
from bilagsbot.run.hours import Hours
from bilagsbot.run.items import Batch, read_batch
from bilagsbot.run.runner import Share, Unwatched
from bilagsbot.run.secrets import Redactor, load_login
from bilagsbot.run.store import Store
from bilagsbot.run.unattended import questions
from bilagsbot.run.unattended.package import load_packed, unpack
from bilagsbot.run.unattended.parcels import Parcels
from bilagsbot.run.unattended.run import Run
from bilagsbot.run.unattended.runs import Runs
from bilagsbot.run.unattended.telling import tell_question

CLOSED = "Outside the target's working hours"
PACKAGES = "packages"
MOST_EVIDENCE = 50 * 2**20  # bytes that a session hands over to another machine


def take_part(workspace: Path, store: Store, run: Run, login_name: str, stop: Stop, redact: Redactor) -> None:
    """Key a login's share. Raises what ended it early, and BadInput where the package or the secret is wrong."""
    job, batch = open_package(workspace, store, run)
    login = load_login(login_name, job.logs_in)
    redact.learn(login)
    stop.closed = lambda: closed(job.bot.target.opening)
    with store.transaction() as connection:
        questions.abandon(connection, store, run.id, login_name)

    def ask(message: str, done: Callable[[], bool]) -> None:
        text = redact(message)
        asked = lambda id_: tell_question(workspace, store, redact, job.bot, run, id_, text)  # noqa: E731
        questions.ask(store, run.id, login_name, text, done, stop.check, asked)

    share = Share(run.logins.index(login_name), len(run.logins))
    try:
        ended_by = launch.part(
            job, batch, login, redact, run.id, run.started_by, share, stop, ask, Unwatched(), logger.info
        )
    except Stopped as stopped:  # while it waited for the login
        ended_by = stopped
    finally:
        if run.machine != machine.id_of(workspace / launch.STATE):
            hand_over(workspace, store, run, login_name)
    if isinstance(ended_by, Stopped) and not stop.requested:
        Runs(store).put_off(run.id, job.bot.target.opening.opens(datetime.now(UTC)))
    if ended_by is not None:
        raise ended_by


def closed(hours: Hours) -> str:
    """Why the target may not be keyed into now: unattended runs keep its working hours."""
    now = datetime.now(UTC)
    return "" if hours.open(now) else f"{CLOSED} until {hours.opens(now):%d.%m.%Y %H:%M}."


def open_package(workspace: Path, store: Store, run: Run) -> tuple[Job, Batch]:
    """The bot, the flow and the workbook that a run began with. Raises BadInput."""
    folder = unpack(Parcels(store).package(run), workspace / launch.STATE / PACKAGES)
    job, workbook = load_packed(folder, run.bot, PureWindowsPath(run.workbook).name, workspace)
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
        Parcels(store).keep_file(run.id, f"evidence {mine} {login}.zip", buffer.getvalue())
    except BilagsbotError as error:
        logger.warning("the evidence of {} stays on this machine: {}", run.id, error)
