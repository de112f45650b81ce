"""Questions of unattended runs to people: the session stays logged in and waits until somebody has done it."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from bilagsbot.model.errors import LedgerUnavailable
from bilagsbot.run.schema import questions
from bilagsbot.run.store import Store

LOOK = 0.5  # seconds between two looks


@dataclass(frozen=True)
class Question:
    """What a session waits for. Times are Unix seconds on the database's clock."""

    id: str
    run: str
    login: str
    message: str
    asked_at: float


def ask(
    store: Store, run: str, login: str, message: str, done: Callable[[], bool], check: Callable[[], None],
    asked: Callable[[str], None],
) -> None:  # fmt: skip
    """Put a question, tell of it by `asked`, and wait for the answer or for `done`; `check` may raise what ends it."""
    id_ = secrets.token_hex(6)
    with store.transaction() as connection:
        connection.execute(questions.insert().values(id=id_, run=run, login=login, message=message, asked_at=store.now))
    try:
        asked(id_)
        while not (_answered(store, id_) or done()):
            check()
            time.sleep(LOOK)
    finally:
        _end(store, id_, "the run")


def _answered(store: Store, id_: str) -> bool:
    try:
        with store.reading() as connection:
            return connection.execute(
                sa.select(questions.c.ended_at).where(questions.c.id == id_)
            ).scalar_one_or_none() is not None  # fmt: skip
    except LedgerUnavailable:
        return False  # whether the login is still ours is for `check` to say


def _end(store: Store, id_: str, by: str) -> bool:
    with store.transaction() as connection:
        return bool(connection.execute(
            questions.update().where(questions.c.id == id_, questions.c.ended_at.is_(None))
            .values(ended_at=store.now, ended_by=by)
        ).rowcount)  # fmt: skip


def answer(store: Store, id_: str, by: str) -> bool:
    """A person says that it is done; False where it was answered before, or the run has ended."""
    return _end(store, id_, by)


def open_questions(store: Store, run: str = "") -> list[Question]:
    """What sessions wait for now, the oldest first."""
    where = [questions.c.ended_at.is_(None), *([questions.c.run == run] if run else [])]
    with store.reading() as connection:
        rows = connection.execute(sa.select(questions).where(*where).order_by(questions.c.asked_at))
        return [Question(row.id, row.run, row.login, row.message, row.asked_at) for row in rows]


def abandon(connection: sa.Connection, store: Store, run: str, login: str) -> None:
    """End what a session asked that has ended, or died: one that follows asks anew."""
    connection.execute(
        questions.update().where(questions.c.run == run, questions.c.login == login, questions.c.ended_at.is_(None))
        .values(ended_at=store.now, ended_by="the session's end")
    )  # fmt: skip
