"""Launch: put a run together from its parts, and take it down again whatever happens."""

import getpass
import math
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from bilagsbot.drivers.base import Driver
from bilagsbot.flow.template import Templates
from bilagsbot.model.errors import BilagsbotError, Unreachable, writable
from bilagsbot.model.program import ProgramSpec
from bilagsbot.run.attempt import Ask, Rehearsal, Stop
from bilagsbot.run.bot import Job
from bilagsbot.run.evidence import Evidence, new_run_id
from bilagsbot.run.items import Batch
from bilagsbot.run.lease import Lease
from bilagsbot.run.ledger import Ledger
from bilagsbot.run.rate import Rate
from bilagsbot.run.rehearse import Rehearsed, rehearse
from bilagsbot.run.runner import Outcome, Progress, Runner, Share
from bilagsbot.run.secrets import Login, Redactor
from bilagsbot.run.session import Session
from bilagsbot.run.store import Store
from bilagsbot.steps.base import Pace

STATE = ".bilagsbot"
LEDGER = "BILAGSBOT_LEDGER"


@dataclass(frozen=True)
class Options:
    """How a person wants a run to go. `wait` is in seconds."""

    headed: bool = False
    wait: float = 0
    limit: int | None = None
    retry_rejected: bool = False
    pictures: bool = True
    pace: Pace | None = None


def open_store(workspace: Path) -> Store:
    """The workspace's ledger: BILAGSBOT_LEDGER, or ledger.sqlite in .bilagsbot/. Raises LedgerUnavailable."""
    if url := os.environ.get(LEDGER):
        return Store(url)
    folder = workspace / STATE
    with writable(f"The folder {STATE}"):
        folder.mkdir(parents=True, exist_ok=True)
    return Store(f"sqlite:///{folder / 'ledger.sqlite'}")


@contextmanager
def drivers(job: Job, headed: bool, redact: Callable[[str], str]) -> Iterator[Callable[[], Driver]]:
    """Opens the screen that the bot's application needs, as often as a session is started anew."""
    if (program := job.bot.target.program) is not None:
        from bilagsbot.drivers.desktop.launching import desktop

        arguments = (*program.arguments, *([job.file] if job.file else []))
        shown = {"display": "screen"} if headed else {}
        spec = program.model_copy(update={"arguments": arguments, **shown})
        log = job.workspace / STATE / "logs" / f"{job.bot.name}.program.log"
        with _alone_at(spec), desktop(spec, job.selectors, job.workspace, log, job.files or job.workspace) as screen:
            yield lambda: screen.open(job.selectors)
        return
    from bilagsbot.drivers.web.launching import Chromium
    from bilagsbot.drivers.web.session import WebDriver

    browser = Chromium(headed, redact)
    try:
        yield lambda: WebDriver(job.selectors, browser, redact)
    finally:
        browser.close()


@contextmanager
def _alone_at(program: ProgramSpec) -> Iterator[None]:
    """One run at a time moves the mouse of a person's screen. Raises Unreachable where another one does."""
    if program.display != "screen":
        yield
        return
    lock = FileLock(Path(tempfile.gettempdir()) / f"bilagsbot-screen-{getpass.getuser()}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Unreachable("Another run uses the screen. Wait for it, or give the bot a display: virtual.") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _session(
    job: Job, login: Login, redact: Redactor, options: Options, folder: Path, stop: Stop, say: Callable[[str], None]
) -> Iterator[tuple[Store, Lease, Session]]:
    store = open_store(job.workspace)
    with writable(f"The folder {STATE}"):
        lease = Lease(store, login.name, job.workspace / STATE)
    try:
        lease.acquire(options.wait, say, stop.check)
        with drivers(job, options.headed, redact) as open_driver:
            session = Session(job, login, Templates(), open_driver, folder)
            session.pace = options.pace
            try:
                yield store, lease, session
            finally:
                session.discard()
    finally:
        lease.release()
        store.close()


def run(
    job: Job, batch: Batch, login: Login, redact: Redactor, options: Options, stop: Stop, ask: Ask, progress: Progress,
    say: Callable[[str], None],
) -> Outcome:  # fmt: skip
    """The main job. Raises LoginBusy, LedgerUnavailable and Unwritable before anything was keyed."""
    run_id = new_run_id()
    with writable("The run's folder"):
        evidence = Evidence(job.workspace / STATE, run_id, options.pictures)
    with _session(job, login, redact, options, evidence.folder, stop, say) as (store, lease, session):
        return Runner(
            job, batch, run_id, Ledger(store), lease, session, evidence, stop, ask, progress,
            options.limit, options.retry_rejected, Rate(job.bot.target.rate),
        ).go()  # fmt: skip


def part(
    job: Job, batch: Batch, login: Login, redact: Redactor, run_id: str, starter: str, share: Share, stop: Stop,
    ask: Ask, progress: Progress, say: Callable[[str], None],
) -> BilagsbotError | None:  # fmt: skip
    """One session's part of an unattended run; waits for its login. Gives what ended it early, raises as `run` does."""
    with writable("The run's folder"):
        evidence = Evidence(job.workspace / STATE, run_id)
    options = Options(wait=math.inf)
    with _session(job, login, redact, options, evidence.folder, stop, say) as (store, lease, session):
        rate = Rate(job.bot.target.rate, share.of)
        runner = Runner(
            job, batch, run_id, Ledger(store), lease, session, evidence, stop, ask, progress, rate=rate, starter=starter
        )
        return runner.take_part(share)


def rehearsal(
    job: Job,
    batch: Batch,
    login: Login,
    redact: Redactor,
    options: Options,
    stop: Stop,
    ask: Ask,
    say: Callable[[str], None],
) -> Iterator[Rehearsed]:
    """Every item keyed and read back, none posted."""
    with writable("The run's folder"):
        evidence = Evidence(job.workspace / STATE, f"{new_run_id()}-rehearsal")
    with _session(job, login, redact, options, evidence.folder, stop, say) as (_, lease, session):
        conduct = Rehearsal(lease, stop, ask)
        note = lambda step, target, value: evidence.note("rehearsal", step, target, value)  # noqa: E731
        yield from rehearse(job, batch.items[: options.limit], session, conduct, note)
