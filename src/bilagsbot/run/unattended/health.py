"""Health: how unattended runs stand, read from the ledger in one look that waits for nobody."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from bilagsbot.model.receipt import State
from bilagsbot.run.lease import default_length
from bilagsbot.run.schema import items, leases, questions, runs, sessions, workers
from bilagsbot.run.store import Store
from bilagsbot.run.unattended.run import ENDED
from bilagsbot.run.unattended.vitals import (
    RECENT,
    UNKNOWN_LONG,
    Health,
    LoginInUse,
    Oldest,
    Question,
    Run,
    Session,
    Start,
    Worker,
)

__all__ = ["Health", "read_health"]

NO_STARTS: Final[Mapping[str, datetime]] = MappingProxyType({})


def read_health(store: Store, now: float, starts: Mapping[str, datetime] = NO_STARTS) -> Health:
    """How all stands at `now`, in Unix seconds on the database's clock, as `store.time()` gives it.

    `starts` is when each bot starts next, with time zone. Raises LedgerUnavailable.
    """
    with store.reading() as connection:
        counts = sa.select(items.c.state, sa.func.count()).group_by(items.c.state)
        unknown = (items.c.state == State.UNKNOWN, items.c.changed_at < now - UNKNOWN_LONG.total_seconds())
        return Health(
            at=_time(now),
            workers=tuple(_workers(connection, now)),
            runs=tuple(_runs(connection, now)),
            items={State(state): count for state, count in connection.execute(counts)},
            oldest_unknown=_oldest(connection, State.UNKNOWN, now),
            long_unknown=connection.execute(sa.select(sa.func.count()).where(*unknown)).scalar_one(),
            oldest_waiting=_oldest(connection, State.WAITING, now),
            questions=tuple(_questions(connection)),
            logins=tuple(_logins(connection, now)),
            starts=tuple(Start(bot, at) for bot, at in sorted(starts.items(), key=lambda start: start[1])),
        )


def _workers(connection: sa.Connection, now: float) -> Iterator[Worker]:
    for row in connection.execute(sa.select(workers).order_by(workers.c.executor)):
        yield Worker(
            row.executor, row.machine, row.host, tuple(row.labels), row.sessions, row.beats, _time(row.at),
            _time(row.since), row.version, alive=now - row.at < default_length(),
        )  # fmt: skip


def _runs(connection: sa.Connection, now: float) -> Iterator[Run]:
    told = sa.or_(runs.c.state.not_in(ENDED), runs.c.changed_at > now - RECENT.total_seconds())
    now_on = sa.and_(sessions.c.run == runs.c.id, sessions.c.round == runs.c.round)
    of_run: dict[str, list[Session]] = defaultdict(list)
    for row in connection.execute(sa.select(sessions).join(runs, now_on).where(told).order_by(sessions.c.login)):
        of_run[row.run].append(_session(row))
    for row in connection.execute(sa.select(runs).where(told).order_by(runs.c.created_at, runs.c.id)):
        yield Run(
            row.id, row.bot, row.state, row.cause, tuple(row.needs), row.message, row.counts or {},
            _time(row.created_at), _time(row.changed_at), tuple(of_run[row.id]),
        )  # fmt: skip


def _session(row: sa.Row[Any]) -> Session:
    return Session(row.login, row.state, row.executor, row.code, row.message)


def _oldest(connection: sa.Connection, state: State, now: float) -> Oldest | None:
    by_age = sa.select(items.c.id, items.c.bot, items.c.changed_at).order_by(items.c.changed_at, items.c.id)
    row = connection.execute(by_age.where(items.c.state == state).limit(1)).first()
    return row and Oldest(row.id, row.bot, _time(row.changed_at), now - row.changed_at)


def _questions(connection: sa.Connection) -> Iterator[Question]:
    is_open = sa.select(questions).where(questions.c.ended_at.is_(None)).order_by(questions.c.asked_at)
    for row in connection.execute(is_open):
        yield Question(row.id, row.run, row.login, row.message, _time(row.asked_at))


def _logins(connection: sa.Connection, now: float) -> Iterator[LoginInUse]:
    in_use = sa.select(leases).where(leases.c.owner.is_not(None), leases.c.until > now).order_by(leases.c.login)
    for row in connection.execute(in_use):
        owner = row.owner.partition(" ")[2] or row.owner  # the machine's id in front says nothing to a person
        yield LoginInUse(row.login, owner, _time(row.since), _time(row.until))


def _time(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
