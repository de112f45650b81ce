"""What the ledger tells of unattended runs at one moment, and what of it a person has to see to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bilagsbot.model.receipt import State
from bilagsbot.run.unattended.run import RunState

RECENT = timedelta(days=1)  # a run that ended, or a worker that went, is told of for so long
QUEUED_LONG = timedelta(minutes=10)
UNKNOWN_LONG = timedelta(hours=1)
DUE = (RunState.QUEUED, RunState.RUNNING)


@dataclass(frozen=True)
class Worker:
    """A process that takes sessions of runs. `sessions` is how many at a time, `at` its last beat."""

    executor: str
    machine: str
    host: str
    labels: tuple[str, ...]
    sessions: int
    beats: int
    at: datetime
    since: datetime
    version: str
    alive: bool


@dataclass(frozen=True)
class Session:
    """One login's part in a run, in the run's present round. `code` is its exit code."""

    login: str
    state: str
    executor: str
    code: int | None
    message: str


@dataclass(frozen=True)
class Run:
    """A run that has not ended, or ended in the last day. `counts` is how many items are in which state."""

    id: str
    bot: str
    state: str
    cause: str
    needs: tuple[str, ...]
    message: str
    counts: Mapping[str, int]
    created_at: datetime
    changed_at: datetime
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class Oldest:
    """The item that is longest in its state, `age` seconds."""

    id: str
    bot: str
    since: datetime
    age: float


@dataclass(frozen=True)
class Question:
    """What a run asks of a person, and nobody answered."""

    id: str
    run: str
    login: str
    message: str
    asked_at: datetime


@dataclass(frozen=True)
class LoginInUse:
    """A login that a process holds."""

    login: str
    owner: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Start:
    """When a bot starts next by its schedule."""

    bot: str
    at: datetime


@dataclass(frozen=True)
class Health:
    """All of it at the instant `at`. Times have a time zone and are of the database's clock."""

    at: datetime
    workers: tuple[Worker, ...]
    runs: tuple[Run, ...]
    items: Mapping[State, int]
    oldest_unknown: Oldest | None
    long_unknown: int
    oldest_waiting: Oldest | None
    questions: tuple[Question, ...]
    logins: tuple[LoginInUse, ...]
    starts: tuple[Start, ...]

    @property
    def alive(self) -> tuple[Worker, ...]:
        """The workers that beat."""
        return tuple(worker for worker in self.workers if worker.alive)

    @property
    def stranded(self) -> bool:
        """Runs are due and no worker is there to take them."""
        return not self.alive and any(run.state in DUE for run in self.runs)

    def problems(self) -> list[str]:
        """What a person has to see to, a sentence each, the most urgent first; empty where all is well."""
        return [*self._of_workers(), *self._of_runs(), *self._of_items()]

    def _of_workers(self) -> Iterator[str]:
        if self.stranded:
            due = [run.id for run in self.runs if run.state in DUE]
            yield f"No worker is alive, and {_listed(due)} queued or running. Start a worker."
        elif self.starts and not self.alive:
            first = self.starts[0]
            at = in_its_zone(first.at)
            yield f"No worker is alive, and {first.bot} is to start {at}. Start a worker."
        for worker in self.workers:
            if not worker.alive and self.at - worker.at < RECENT:
                yield (
                    f"The worker {worker.executor} on {worker.host} has not been heard of since {clock(worker.at)}. "
                    "See whether it runs, and start it again."
                )

    def _of_runs(self) -> Iterator[str]:
        for run in self.runs:
            # Where no worker is alive at all, that has been said already.
            if run.state == "queued" and self.at - run.changed_at > QUEUED_LONG and self.alive:
                if not any(set(run.needs) <= set(worker.labels) for worker in self.alive):
                    yield (
                        f"Run {run.id} of {run.bot} has been queued since {clock(run.changed_at)}, and no live worker "
                        f"has what it needs: {', '.join(run.needs)}. Start one with these labels."
                    )
            elif run.state == "stopped":
                why = f": {run.message}" if run.message else "."
                yield f"Run {run.id} of {run.bot} was stopped {clock(run.changed_at)}{why}"

    def _of_items(self) -> Iterator[str]:
        for question in self.questions:
            asked = f"since {clock(question.asked_at)}: {question.message}"
            then = f"'bilagsbot runs answer {question.id}' when it is done"
            yield f"Run {question.run} asks a person ({then}), for the login {question.login}, {asked}"
        if self.long_unknown and (oldest := self.oldest_unknown):
            yield (
                f"{_items(self.long_unknown)} unknown for over an hour; the oldest is {oldest.id} of {oldest.bot}, "
                f"since {clock(oldest.since)}. Look in the program, then 'bilagsbot settle {oldest.id}'."
            )
        if oldest := self.oldest_waiting:
            yield (
                f"{_items(self.items[State.WAITING])} waiting for approval; the oldest is {oldest.id} of "
                f"{oldest.bot}, since {clock(oldest.since)}. 'bilagsbot approve' lists them."
            )


def clock(at: datetime) -> str:
    """A time as people here write it, on this machine's clock."""
    return at.astimezone().strftime("%d.%m.%Y %H:%M")


def in_its_zone(at: datetime) -> str:
    """A start, on the clock of its schedule's zone, with the distance from UTC."""
    return f"{at:%d.%m.%Y %H:%M %z}"


def _items(count: int) -> str:
    return "1 item is" if count == 1 else f"{count} items are"


def _listed(runs: list[str]) -> str:
    if len(runs) == 1:
        return f"run {runs[0]} is"
    return f"runs {', '.join(runs[:5])}{f' and {len(runs) - 5} more' if len(runs) > 5 else ''} are"
