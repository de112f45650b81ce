"""Which workers there are: each beats in the ledger, and one that is not heard of is gone.

Whether a worker is gone is told by the beats that are not seen to go on, on our own clock: nobody can set that.
"""

import platform
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

import sqlalchemy as sa

from bilagsbot.model.errors import LedgerUnavailable
from bilagsbot.run.schema import workers
from bilagsbot.run.store import Store


@dataclass
class Membership:
    """This worker among the others. A beat comes every third of `length` seconds."""

    store: Store
    executor: str
    machine: str
    labels: Sequence[str]
    sessions: int
    length: float
    lost: bool = False
    """Whether the others took us for gone."""
    _seen: dict[str, tuple[int, float]] = field(default_factory=dict)  # beats, and when we first saw so many
    _left: threading.Event = field(default_factory=threading.Event)

    def join(self) -> None:
        """Be there. What an earlier process of this machine left behind is gone: we hold its lock."""
        mark = self.executor.partition(" ")[0]
        now = self.store.now
        with self.store.transaction() as connection:
            connection.execute(workers.delete().where(workers.c.executor.startswith(f"{mark} ")))
            connection.execute(workers.insert().values(
                executor=self.executor, machine=self.machine, host=platform.node(), labels=list(self.labels),
                sessions=self.sessions, beats=0, at=now, since=now, version=version("bilagsbot"),
            ))  # fmt: skip
        self._look()
        threading.Thread(target=self._go_on, name="beats", daemon=True).start()

    def _go_on(self) -> None:
        """Beat, whatever the worker has to do meanwhile."""
        while not self._left.wait(self.length / 3) and not self.lost:
            try:
                self.lost = not self._beat()
                self._look()
            except LedgerUnavailable:
                self._forget()

    def _beat(self) -> bool:
        with self.store.transaction() as connection:
            return bool(connection.execute(
                workers.update().where(workers.c.executor == self.executor)
                .values(beats=workers.c.beats + 1, at=self.store.now)
            ).rowcount)  # fmt: skip

    def _look(self) -> None:
        with self.store.reading() as connection:
            beats = {row.executor: row.beats for row in connection.execute(sa.select(workers))}
        now = time.monotonic()
        for executor, count in beats.items():
            if executor not in self._seen or self._seen[executor][0] != count:
                self._seen[executor] = (count, now)
        self._seen = {executor: seen for executor, seen in self._seen.items() if executor in beats}
        silent = [e for e, (_, since) in self._seen.items() if now - since > self.length and e != self.executor]
        if silent:
            with self.store.transaction() as connection:
                for executor in silent:  # only where it is silent still
                    connection.execute(
                        workers.delete().where(
                            workers.c.executor == executor, workers.c.beats == self._seen[executor][0]
                        )
                    )
            self._look_again()

    def _look_again(self) -> None:
        with self.store.reading() as connection:
            there = set(connection.execute(sa.select(workers.c.executor)).scalars())
        self._seen = {executor: seen for executor, seen in self._seen.items() if executor in there}

    def _forget(self) -> None:
        """The ledger was away: nobody can have been heard, so nobody is silent yet."""
        now = time.monotonic()
        self._seen = {executor: (count, now) for executor, (count, _) in self._seen.items()}

    def gone(self, executors: set[str]) -> set[str]:
        """Those of these that are no workers any more: a worker joins before it takes anything in hand."""
        with self.store.reading() as connection:
            return executors - set(connection.execute(sa.select(workers.c.executor)).scalars())

    def leads(self) -> bool:
        """Whether this worker is the one to take over from those that are gone: the first of those that are there."""
        return min(list(self._seen), default="") == self.executor

    def leave(self) -> None:
        """Be there no more: others may take over at once. Raises LedgerUnavailable."""
        self._left.set()
        with self.store.transaction() as connection:
            connection.execute(workers.delete().where(workers.c.executor == self.executor))
