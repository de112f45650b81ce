"""The worker: runs sessions, starts what is due, watches folders, takes over from the dead, and delivers."""

import getpass
import os
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from loguru import logger

from bilagsbot.model.errors import BadInput, BilagsbotError, LedgerUnavailable, Mistake
from bilagsbot.run import launch, machine
from bilagsbot.run.lease import Lease, LoginBusy, default_length
from bilagsbot.run.secrets import Redactor
from bilagsbot.run.store import Store
from bilagsbot.run.unattended.children import Children
from bilagsbot.run.unattended.due import due
from bilagsbot.run.unattended.endings import Ending, heard
from bilagsbot.run.unattended.engine import Engine, Times, database
from bilagsbot.run.unattended.folders import Watch
from bilagsbot.run.unattended.holding import held
from bilagsbot.run.unattended.membership import Membership
from bilagsbot.run.unattended.orders import Orders
from bilagsbot.run.unattended.package import prune
from bilagsbot.run.unattended.parcels import Parcels
from bilagsbot.run.unattended.run import ENDED, Run, RunState, Wish
from bilagsbot.run.unattended.runs import Runs
from bilagsbot.run.unattended.session import PACKAGES
from bilagsbot.run.unattended.starting import refuse, start
from bilagsbot.run.unattended.telling import tell_refused

WAITS = 20.0  # seconds until a start that lies in a blackout is thought of again
TICK = 0.5  # seconds between two rounds of the worker's duties
LONGEST_END = 100.0  # seconds that sessions get to finish the item in hand
TRIES = 6  # times that a session which fails at once is started again, with a growing wait between
LOOK_AFTER = 30.0  # seconds
KEPT = 60 * 86400.0  # seconds that an ended run can still be gone on with


class TakenOver(BilagsbotError):
    """Others have taken this worker for dead, and its sessions over."""


@dataclass(frozen=True)
class Duty:
    """What a worker is there for. `starts` is False where it only takes sessions, and starts none by itself."""

    labels: tuple[str, ...] = ()
    sessions: int = 2
    starts: bool = True


@dataclass
class Worker:
    """One worker of one workspace on one machine."""

    workspace: Path
    store: Store
    duty: Duty
    children: Children
    redact: Redactor
    isolate: Callable[[str, Callable[[], None]], None]
    _begun: set[tuple[str, int]] = field(default_factory=set)
    _looked_after: float = 0.0
    _room: threading.Semaphore = field(init=False)
    _ending: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.state = self.workspace / launch.STATE
        self.runs = Runs(self.store)
        self.machine = machine.id_of(self.state)
        self.executor = f"{machine.mark(self.state)} {os.getpid()} {secrets.token_hex(2)}"
        self.by = getpass.getuser()
        self.orders = Orders(self.workspace)
        self._room = threading.Semaphore(self.duty.sessions)
        self.watch = Watch(self.workspace, self.orders, self.by)

    def run(self, stop: Callable[[], bool]) -> None:
        """Work until `stop`. Raises TakenOver, and BadInput where a worker of this workspace runs already."""
        lock = FileLock(self.state / "locks" / "worker.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise BadInput([
                Mistake("worker", "a worker of this workspace runs already on this machine.", "One does all its work.")
            ]) from None  # fmt: skip
        length = default_length()
        members = Membership(self.store, self.executor, self.machine, self.duty.labels, self.duty.sessions, length)
        members.join()
        url = os.environ.get(launch.LEDGER) or "sqlite"
        begin = self._begin if self.duty.starts else None
        engine = Engine(
            database(url, self.state), self.executor, self.machine, self.duty.labels, self.duty.sessions,
            self._session, begin,
        )  # fmt: skip
        try:
            self._work(engine, members, stop)
        except TakenOver:
            self.children.kill_all()
            raise
        finally:
            self._ending.set()
            self.children.stop_all(LONGEST_END)
            with suppress(LedgerUnavailable):  # then the others find out by themselves
                members.leave()

    def _work(self, engine: Engine, members: Membership, stop: Callable[[], bool]) -> None:
        planned: list[Times] | None = None
        away = False
        while not stop():
            try:
                if members.lost:
                    raise TakenOver("Other workers took this one for dead: it had not been heard of for too long.")
                if self.duty.starts and (now := self._times()) != planned:
                    engine.schedule(now)
                    planned = now
                self._round(engine, members)
                away = False
            except LedgerUnavailable as error:
                if not away:
                    logger.warning("{} The worker waits for it.", error)
                away = True
            time.sleep(TICK)

    def _round(self, engine: Engine, members: Membership) -> None:
        if self.duty.starts:
            self.isolate("watched folders", self._look)
        open_ = self.runs.find(RunState.QUEUED, RunState.RUNNING)
        self.children.stop_but({(run.id, run.round) for run in open_ if run.wish is Wish.NONE})
        for run in open_:
            if run.state is RunState.QUEUED and not self.runs.begin(run):
                continue
            if (run.id, run.round) not in self._begun:
                engine.enqueue(self.runs.get(run.id) or run)
                self._begun.add((run.id, run.round))
            if run.wish is not Wish.NONE:
                self._heed(run)
        if members.leads():
            self._take_over(engine, members)
            self._look_after(engine)
        for run in self.runs.find(*ENDED, machine=self.machine, delivered=False):
            self.children.deliver(run.id, run.round)

    def _look(self) -> None:
        for refused in self.watch.look(self.store):
            tell_refused(self.workspace, self.store, self.redact, refused.bot, str(refused.why), refused.trigger)

    def _heed(self, run: Run) -> None:
        """A wish to pause or cancel: what is at work has been told to end, and what still waits never begins."""
        for login in self.runs.open_sessions(run.id, run.round, "queued"):
            self.runs.ended(run.id, run.round, login, Ending.STOPPED, "", only="queued")

    def _take_over(self, engine: Engine, members: Membership) -> None:
        """Queue again what the gone had in hand; no two workers do so at once, for they would queue it twice."""
        if not engine.left(members.gone):
            return
        alone = Lease(self.store, "(taking over)", self.state)
        try:
            alone.acquire()
            for executor in engine.take_over(members.gone):
                logger.warning("took over the sessions of {}", executor)
        except LoginBusy:
            pass  # another one does so now
        finally:
            alone.release()

    def _look_after(self, engine: Engine) -> None:
        """Now and then: no run may wait for a session that the engine has given up, or has lost in a crash."""
        if time.monotonic() - self._looked_after < LOOK_AFTER:
            return
        self._looked_after = time.monotonic()
        for run in self.runs.find(RunState.RUNNING):
            engine.enqueue(run)
            for login in engine.failed(run):
                self.runs.ended(run.id, run.round, login, Ending.UNREACHABLE, "a fault of ours; see the log")
        Parcels(self.store).prune(KEPT)
        prune(self.state / PACKAGES, KEPT)

    def _times(self) -> list[Times]:
        return [
            Times(name, line, bot.schedule.zone)
            for name, bot in self.orders.bots().items() if bot.schedule
            for line in bot.schedule.cron
        ]  # fmt: skip

    def _begin(self, bot: str, slot: datetime) -> None:
        """A time of a schedule, in a thread of the engine's."""
        while True:
            said: list[bool] = []
            try:
                if not self._ending.is_set():
                    self.isolate(f"start of {bot}", lambda: said.append(self._begun_or_not(bot, slot)))  # noqa: B023
                if said == [True]:
                    return
            except (BilagsbotError, OSError) as error:  # the ledger is away, the workbook is being written
                logger.warning("{} cannot start yet: {}", bot, error)
            self._wait(WAITS)

    def _begun_or_not(self, bot: str, slot: datetime) -> bool:
        """Start the bot or not; False where that is to be asked again later."""
        asked = self.orders.bots().get(bot)
        if asked is None or asked.schedule is None:
            return True  # taken out since
        if bot in held(self.store):
            logger.info("{} does not start at {}: its schedule is paused", bot, slot)
            return True
        what = due(asked.schedule, slot, datetime.now(UTC))
        if what.start is None or what.wait:
            logger.info("{} does not start at {}: {}", bot, slot, what.why)
            return not what.wait
        trigger = f"schedule {bot} {what.start.astimezone(UTC).isoformat()}"
        try:
            start(self.workspace, self.store, bot, "schedule", trigger, self.by)
        except BadInput as bad:
            logger.warning("{} does not start: {}", bot, bad)
            refuse(self.workspace, self.store, bot, "schedule", trigger, self.by, bad)
            tell_refused(self.workspace, self.store, self.redact, asked, str(bad), trigger)
        return True

    def _session(self, run: str, round_: int, login: str) -> int:
        """A session to its end, in a thread of the engine's; does not come back where the worker is ending."""
        tries = 0
        while True:
            try:
                with self._room:  # the engine counts by queue, and a worker may have several
                    before = self.runs.posted(run, login)
                    ending = None if self._ending.is_set() else self._turn(run, round_, login, tries + 1 >= TRIES)
                    tries = 0 if self.runs.posted(run, login) > before else tries + 1
                if ending is not None:
                    return ending
            except (LedgerUnavailable, OSError) as error:
                logger.warning("the session of {} with {} waits: {}", run, login, error)
            self._wait(min(2**tries, 60))

    def _wait(self, seconds: float) -> None:
        """Wait, in a thread of the engine's; for ever where the worker is ending: what came back would count as done,
        and the next worker is to go on with it."""
        if self._ending.wait(seconds):
            threading.Event().wait()

    def _turn(self, run: str, round_: int, login: str, last: bool) -> Ending | None:
        """One process for a session; None where another is to follow it, unless it was the `last`."""
        if not self.runs.began(run, round_, login, self.executor):
            if self.runs.wished(run, round_):
                self.runs.ended(run, round_, login, Ending.STOPPED, "")
            return Ending.STOPPED
        code = self.children.work(run, round_, login)
        if code is None:
            return None
        ending = heard(code)
        final = ending in (Ending.DONE, Ending.SOME_LEFT, Ending.BAD_INPUT)
        if not (final or last or (ending is Ending.STOPPED and self._is_to_end(run))):
            return None
        said = "" if ending is not None else f"the session's process died ({code})"
        self.runs.ended(run, round_, login, Ending.UNREACHABLE if ending is None else ending, said)
        return ending or Ending.DONE

    def _is_to_end(self, run: str) -> bool:
        """Whether a session that was stopped is done with: by a person's wish, or until the target opens again."""
        going = self.runs.get(run)
        return going is None or going.wish is not Wish.NONE or self.runs.is_put_off(run)


def labels_of(given: Sequence[str]) -> tuple[str, ...]:
    """The labels of a worker, sorted. Raises BadInput for more than the engine has queues for."""
    labels = tuple(sorted({label.strip() for one in given for label in one.split(",") if label.strip()}))
    if len(labels) > 4:
        raise BadInput([Mistake("--labels", f"{len(labels)} labels are more than 4.", "Name those that bots need.")])
    return labels
