"""The durable engine, DBOS: which worker runs which session when, and what starts at which time.

What an item's state is, the ledger alone decides; the engine may run a session twice, and nothing is posted twice.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bilagsbot.model.errors import writable
from bilagsbot.run.store import translated
from bilagsbot.run.unattended.run import Run

if TYPE_CHECKING:
    from dbos import WorkflowStatus
    from dbos._dbos import ScheduleInput

NAME = "bilagsbot"
VERSION = "1"  # pinned: with another one, what is queued would wait for ever for a worker of the old
AT_ONCE = 100  # starts of a machine; each may wait for a blackout to end
POLL = 0.5  # seconds between two looks at a queue
MANY = 1_000_000  # take-overs of one session; each is a dead worker, none a fault of the session


@dataclass(frozen=True)
class Times:
    """A bot's times: one five-field cron line in a time zone."""

    bot: str
    line: str
    zone: str


class Engine:
    """This process as one executor. `work` runs a session to its end; `begin` is told of a start and its time.

    All workers of one ledger share the queues, so `sessions`, how many each runs at a time, is what was set last.
    """

    def __init__(
        self, database: str, executor: str, machine: str, labels: Sequence[str], sessions: int,
        work: Callable[[str, int, str], int], begin: Callable[[str, datetime], None] | None,
    ) -> None:  # fmt: skip
        from dbos import DBOS

        self._dbos, self._machine = DBOS, machine
        queues = [queue(some) for n in range(len(labels) + 1) for some in combinations(sorted(set(labels)), n)]
        if begin is not None:
            queues.append(self._starts)
        DBOS(config={
            "name": NAME, "system_database_url": database, "executor_id": executor, "application_version": VERSION,
            "log_level": "CRITICAL", "scheduler_polling_interval_sec": 5.0,
        })  # fmt: skip

        @DBOS.workflow(name="session", max_recovery_attempts=MANY)
        def session(run: str, round_: int, login: str) -> int:
            return DBOS.run_step({"name": "session"}, work, run, round_, login)

        @DBOS.workflow(name="begin", max_recovery_attempts=MANY)
        def started(at: datetime, bot: Any) -> None:
            if begin is not None:
                DBOS.run_step({"name": "begin"}, begin, str(bot), at)

        self._session, self._started = session, started
        DBOS.listen_queues(queues)
        DBOS.launch()
        for name in queues:
            self._register(name, AT_ONCE if name == self._starts else sessions)

    @property
    def _starts(self) -> str:
        return f"starts {self._machine}"  # a start reads the workbook, which is in this machine's folders

    def _register(self, name: str, sessions: int) -> None:
        self._dbos.register_queue(
            name, worker_concurrency=sessions, partition_concurrency=None if name == self._starts else 1,
            polling_interval_sec=POLL, on_conflict="always_update",
        )  # fmt: skip

    @translated()
    def enqueue(self, run: Run) -> None:
        """Queue a session for each login of a run's round; again does nothing."""
        from dbos import SetEnqueueOptions, SetWorkflowID

        for login in run.logins:
            with SetWorkflowID(f"{run.id} {run.round} {login}"), SetEnqueueOptions(queue_partition_key=login):
                self._dbos.enqueue_workflow(queue(run.needs), self._session, run.id, run.round, login)

    @translated()
    def take_over(self, gone: Callable[[set[str]], set[str]]) -> set[str]:
        """Queue again what executors had in hand that are gone; gives these executors."""
        left = self.left(gone)
        for workflow in left:
            # Without its queue's name it would run at once, beside another session of the login.
            self._dbos.resume_workflows([workflow.workflow_id], queue_name=workflow.queue_name)
        return {workflow.executor_id or "" for workflow in left}

    @translated()
    def left(self, gone: Callable[[set[str]], set[str]]) -> "list[WorkflowStatus]":
        """What executors have in hand that are gone."""
        pending = self._dbos.list_workflows(status="PENDING", load_input=False, load_output=False)
        dead = gone({workflow.executor_id or "" for workflow in pending}) if pending else set()
        return [workflow for workflow in pending if (workflow.executor_id or "") in dead]

    @translated()
    def failed(self, run: Run) -> list[str]:
        """The logins whose session of the run's round the engine has given up, for a fault of ours."""
        prefix = f"{run.id} {run.round} "
        found = self._dbos.list_workflows(
            workflow_id_prefix=prefix, status=["ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"],
            load_input=False, load_output=False,
        )  # fmt: skip
        return [workflow.workflow_id.removeprefix(prefix) for workflow in found]

    @translated()
    def schedule(self, crons: Iterable[Times]) -> None:
        """Start by these times from now on, and by no others that this machine had before.

        A start that was missed while no worker was up comes when one is.
        """
        wanted: list[ScheduleInput] = [
            {
                "schedule_name": f"{self._machine} {cron.bot} {cron.line}", "workflow_fn": self._started,
                "schedule": cron.line, "context": cron.bot, "cron_timezone": cron.zone, "automatic_backfill": True,
                "queue_name": self._starts,
            }
            for cron in crons
        ]  # fmt: skip
        names = {given["schedule_name"] for given in wanted}
        for known in self._dbos.list_schedules(schedule_name_prefix=f"{self._machine} "):
            if known["schedule_name"] not in names:
                self._dbos.delete_schedule(known["schedule_name"])
        if wanted:
            self._dbos.apply_schedules(wanted)


def queue(needs: Iterable[str]) -> str:
    """The queue of runs that need workers with these labels."""
    return " ".join(["sessions", *sorted(needs)])


def database(ledger: str, state: Path) -> str:
    """Where the engine keeps its own state: in the ledger's PostgreSQL, or in a SQLite file of its own."""
    if not ledger.startswith("sqlite"):
        return ledger
    named = sa.make_url(ledger).database if ledger != "sqlite" else None
    file = Path(f"{named}.engine") if named else state / "engine.sqlite"  # whoever shares the ledger shares it
    with writable("The engine's database"), closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")  # the file keeps it; else its writers wait for its readers
    return f"sqlite:///{file}"
