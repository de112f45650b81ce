"""Rows of a ledger's tables as the worker and the engine leave them, for tests of what reads them."""

from typing import Any

import sqlalchemy as sa

from bilagsbot.run.schema import items, leases, questions, runs, sessions, workers
from bilagsbot.run.store import Store

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0  # seconds


class Rows:
    """Puts rows in, each as old as is said, in seconds."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, store.time()

    def worker(self, executor: str = "w1", age: float = 2, labels: tuple[str, ...] = ()) -> None:
        self._add(workers, executor=executor, machine="m", host="kontor-1", labels=list(labels), sessions=2, beats=7,
                  at=self.now - age, since=self.now - DAY, version="0.1.0")  # fmt: skip

    def run(self, id_: str, state: str, age: float = 0, **more: Any) -> None:
        given = {
            "id": id_, "bot": "acme", "client": "Hemmelig AS", "state": state, "cause": "schedule", "trigger": id_,
            "started_by": "w1", "machine": "m", "workbook": "a.xlsx", "package": "", "flow_version": "v1",
            "logins": ["l1"], "needs": [], "created_at": self.now - age, "changed_at": self.now - age,
        }  # fmt: skip
        self._add(runs, **given | more)

    def session(self, run: str, login: str, state: str, round_: int = 1, code: int | None = None) -> None:
        self._add(sessions, run=run, round=round_, login=login, state=state, executor="w1", code=code,
                  changed_at=self.now)  # fmt: skip

    def item(self, id_: str, state: str, age: float = 0) -> None:
        self._add(items, id=id_, bot="acme", client="Hemmelig AS", app="a", document="d", identity=id_, key={"no": id_},
                  fingerprint="f", login="l1", source="a.xlsx", sheet="S", rows=[2], state=state, flow_version="v1",
                  run="r", changed_at=self.now - age)  # fmt: skip

    def question(self, id_: str, ended: bool = False) -> None:
        self._add(questions, id=id_, run="r1", login="l1", message="Kode fra telefonen?", asked_at=self.now - MINUTE,
                  ended_at=self.now if ended else None)  # fmt: skip

    def lease(self, login: str, owner: str | None, seconds_left: float) -> None:
        self._add(leases, login=login, owner=owner, epoch=1, until=self.now + seconds_left, since=self.now - MINUTE)

    def _add(self, table: sa.Table, **values: Any) -> None:
        with self.store.transaction() as connection:
            connection.execute(table.insert().values(**values))
