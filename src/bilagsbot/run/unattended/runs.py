"""Unattended runs as the ledger keeps them: queued, worked at by sessions, paused, ended, delivered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bilagsbot.model.receipt import State
from bilagsbot.run.schema import items, runs, sessions
from bilagsbot.run.store import Store
from bilagsbot.run.unattended.endings import Ending
from bilagsbot.run.unattended.package import Package
from bilagsbot.run.unattended.parcels import Parcels
from bilagsbot.run.unattended.questions import abandon
from bilagsbot.run.unattended.run import Run, RunState, Start, Wish, run_of

_ENDS = {Wish.PAUSE: RunState.PAUSED, Wish.CANCEL: RunState.CANCELLED}
_CLOSED = (Ending.DONE, Ending.SOME_LEFT, Ending.STOPPED)  # of sessions that ended for the hours of their target
MOST_ROUNDS = 1000


class Runs:
    """The unattended runs of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(self, start: Start, package: Package | None, refused: str = "") -> bool:
        """Queue a run, or keep one that was `refused`, for people to see; False where its trigger has had its run."""
        now = self.store.now
        state = RunState.STOPPED if refused else RunState.QUEUED
        if package:
            Parcels(self.store).keep(package)
        try:
            with self.store.transaction() as connection:
                connection.execute(runs.insert().values(
                    **vars(start) | {"logins": list(start.logins), "needs": list(start.needs)},
                    package=package.sha if package else "", state=state, message=refused,
                    created_at=now, changed_at=now, delivered=package is None,
                ))  # fmt: skip
        except IntegrityError:
            if self.by_trigger(start.trigger) is None:
                raise
            return False
        return True

    def get(self, id_: str) -> Run | None:
        """The run of this id."""
        with self.store.reading() as connection:
            row = connection.execute(sa.select(runs).where(runs.c.id == id_)).first()
        return run_of(row) if row else None

    def find(self, *states: RunState, machine: str = "", delivered: bool | None = None) -> list[Run]:
        """The runs in these states (or all), the oldest first."""
        where: list[sa.ColumnElement[bool]] = [runs.c.state.in_(states)] if states else []
        if machine:
            where.append(runs.c.machine == machine)
        if delivered is not None:
            where.append(runs.c.delivered == delivered)
        oldest_first = sa.select(runs).where(*where).order_by(runs.c.created_at)
        with self.store.reading() as connection:
            return [run_of(row) for row in connection.execute(oldest_first)]

    def by_trigger(self, trigger: str) -> Run | None:
        """The run that this start or file has had."""
        with self.store.reading() as connection:
            row = connection.execute(sa.select(runs).where(runs.c.trigger == trigger)).first()
        return run_of(row) if row else None

    def begin(self, run: Run) -> bool:
        """Queued sessions for every login of the run; False where it is put off, or another worker has done so."""
        due = sa.or_(runs.c.not_before.is_(None), runs.c.not_before <= self.store.now)
        with self.store.transaction() as connection:
            begun = connection.execute(
                runs.update().where(runs.c.id == run.id, runs.c.state == RunState.QUEUED, due)
                .values(state=RunState.RUNNING, not_before=None, changed_at=self.store.now)
            ).rowcount  # fmt: skip
            if begun:
                new = [{"run": run.id, "round": run.round, "login": login, "state": "queued"} for login in run.logins]
                connection.execute(sessions.insert().values(changed_at=self.store.now), new)
        return bool(begun)

    def began(self, run: str, round_: int, login: str, executor: str) -> bool:
        """A session begins at an executor; False where it has ended before, or its run is to go on no more."""
        goes_on = sa.exists().where(
            runs.c.id == run, runs.c.round == round_, runs.c.state == RunState.RUNNING, runs.c.wish == ""
        )
        with self.store.transaction() as connection:
            return bool(connection.execute(
                sessions.update().where(*_session(run, round_, login), sessions.c.state != "ended", goes_on)
                .values(state="running", executor=executor, message="", changed_at=self.store.now)
            ).rowcount)  # fmt: skip

    def wished(self, run: str, round_: int) -> bool:
        """Whether a person wants a run of this round to pause or end."""
        going = self.get(run)
        return going is not None and going.round == round_ and going.wish is not Wish.NONE

    def note(self, run: Run, login: str, message: str) -> None:
        """Why a session ends early, for `ended` to tell."""
        with self.store.transaction() as connection:
            connection.execute(
                sessions.update().where(*_session(run.id, run.round, login), sessions.c.state != "ended")
                .values(message=message)
            )  # fmt: skip

    def posted(self, run: str, login: str) -> int:
        """How many items a login has posted in a run."""
        with self.store.reading() as connection:
            return connection.execute(
                sa.select(sa.func.count()).where(
                    items.c.run == run, items.c.login == login, items.c.state == State.POSTED
                )
            ).scalar_one()

    def left(self, run: str, *done: State) -> int:
        """How many of the items that a run has had in hand are in other states than these."""
        with self.store.reading() as connection:
            return connection.execute(
                sa.select(sa.func.count()).where(items.c.run == run, items.c.state.not_in(done))
            ).scalar_one()

    def ended(self, run: str, round_: int, login: str, code: Ending, message: str, only: str = "") -> None:
        """A session has ended, or one in this state `only` is not to begin; with the last one its run ends, too."""
        open_ = sessions.c.state == only if only else sessions.c.state != "ended"
        with self.store.transaction() as connection:
            row = connection.execute(sa.select(runs).where(runs.c.id == run).with_for_update()).one()
            abandon(connection, self.store, run, login)
            connection.execute(
                sessions.update().where(*_session(run, round_, login), open_)
                .values(state="ended", code=code, changed_at=self.store.now,
                        **({"message": message} if message else {}))
            )  # fmt: skip
            all_ = connection.execute(
                sa.select(sessions).where(sessions.c.run == run, sessions.c.round == round_)
            ).all()
            if row.state != RunState.RUNNING or row.round != round_ or any(one.state != "ended" for one in all_):
                return
            failed = [one for one in all_ if one.code not in (Ending.DONE, Ending.SOME_LEFT)]
            closed = row.not_before is not None and all(one.code in _CLOSED for one in all_)
            if not row.wish and (closed or (not failed and self._has_come(connection, row))):
                connection.execute(runs.update().where(runs.c.id == run).values(**self._again()))
                return
            state = _ENDS.get(Wish(row.wish), RunState.STOPPED if failed else RunState.DONE)
            said = "; ".join(dict.fromkeys(one.message for one in failed if one.message))
            connection.execute(
                runs.update().where(runs.c.id == run)
                .values(state=state, message=said, counts=self._counts(connection, run), wish="",
                        delivered=state is RunState.PAUSED, changed_at=self.store.now)
            )  # fmt: skip

    def _has_come(self, connection: sa.Connection, run: sa.Row[Any]) -> bool:
        """Whether an item may be keyed now that had to wait when its turn came: it was approved meanwhile."""
        since = (items.c.run == run.id, items.c.state == State.READY, items.c.changed_at > run.changed_at)
        return run.round < MOST_ROUNDS and connection.execute(sa.select(items.c.id).where(*since)).first() is not None

    def _counts(self, connection: sa.Connection, run: str) -> dict[str, int]:
        counted = sa.select(items.c.state, sa.func.count()).where(items.c.run == run).group_by(items.c.state)
        return {row.state: int(row[1]) for row in connection.execute(counted)}

    def wish(self, id_: str, wish: Wish) -> bool:
        """Ask a run to pause or to end; one that nobody works at does so at once. False where it cannot any more."""
        with self.store.transaction() as connection:
            can = (RunState.QUEUED, *([RunState.PAUSED] if wish is Wish.CANCEL else []))
            at_once = connection.execute(
                runs.update().where(runs.c.id == id_, runs.c.state.in_(can))
                .values(state=_ENDS[wish], delivered=wish is Wish.PAUSE, changed_at=self.store.now)
            ).rowcount  # fmt: skip
            return bool(at_once or connection.execute(
                runs.update().where(runs.c.id == id_, runs.c.state == RunState.RUNNING).values(wish=wish)
            ).rowcount)  # fmt: skip

    def go_on(self, id_: str) -> bool:
        """Queue a run again that was paused, stopped, or left items; False where it is none of these.

        What failed is tried again, too.
        """
        again = (RunState.PAUSED, RunState.STOPPED, RunState.DONE)
        with self.store.transaction() as connection:
            done = connection.execute(
                runs.update().where(runs.c.id == id_, runs.c.state.in_(again), runs.c.package != "")
                .values(**self._again())
            ).rowcount  # fmt: skip
            if done:
                connection.execute(
                    items.update().where(items.c.run == id_, items.c.state == State.FAILED)
                    .values(state=State.READY, changed_at=self.store.now)
                )  # fmt: skip
        return bool(done)

    def _again(self) -> dict[str, object]:
        return {"state": RunState.QUEUED, "round": runs.c.round + 1, "wish": "", "message": "",
                "changed_at": self.store.now}  # fmt: skip

    def put_off(self, id_: str, until: datetime) -> None:
        """Have a run wait for its target's opening hours when its sessions have ended."""
        with self.store.transaction() as connection:
            connection.execute(runs.update().where(runs.c.id == id_).values(not_before=until.timestamp()))

    def is_put_off(self, id_: str) -> bool:
        """Whether a run waits for its target's opening hours."""
        with self.store.reading() as connection:
            later = sa.select(runs.c.id).where(runs.c.id == id_, runs.c.not_before > self.store.now)
            return connection.execute(later).first() is not None

    def delivered(self, run: Run, counts: Mapping[State, int]) -> None:
        """The receipts are where the workbook came from."""
        with self.store.transaction() as connection:
            connection.execute(
                runs.update().where(runs.c.id == run.id, runs.c.round == run.round)
                .values(delivered=True, counts={state.value: n for state, n in counts.items()})
            )  # fmt: skip

    def open_sessions(self, run: str, round_: int, state: str) -> Sequence[str]:
        """The logins whose sessions of this round are in a state."""
        where = (sessions.c.run == run, sessions.c.round == round_, sessions.c.state == state)
        with self.store.reading() as connection:
            return connection.execute(sa.select(sessions.c.login).where(*where)).scalars().all()


def _session(run: str, round_: int, login: str) -> tuple[sa.ColumnElement[bool], ...]:
    return sessions.c.run == run, sessions.c.round == round_, sessions.c.login == login
