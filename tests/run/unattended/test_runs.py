"""Runs in the ledger, on SQLite and on PostgreSQL: begun once, ended with their last session, gone on with."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bilagsbot.run.schema import items, packages, runs
from bilagsbot.run.store import Store
from bilagsbot.run.unattended import questions
from bilagsbot.run.unattended.endings import Ending, heard
from bilagsbot.run.unattended.package import Package
from bilagsbot.run.unattended.parcels import Parcels
from bilagsbot.run.unattended.run import Run, RunState, Start, Wish
from bilagsbot.run.unattended.runs import Runs
from tests.run.unattended.ledgers import Rows

PACKAGE = Package("a" * 64, b"zip")


def start(id_: str = "r1", trigger: str = "t1") -> Start:
    return Start(id_, "bot", "Acme", "person", trigger, "ola", "m1", "inbox/a.xlsx", "v1", ("l1", "l2"), ())


@pytest.fixture
def kept(store: Store) -> Runs:
    return Runs(store)


def get(kept: Runs, id_: str = "r1") -> Run:
    run = kept.get(id_)
    assert run is not None
    return run


def begun(kept: Runs) -> Run:
    assert kept.add(start(), PACKAGE)
    assert kept.begin(get(kept))
    for login in ("l1", "l2"):
        assert kept.began("r1", 1, login, "w1")
    return get(kept)


def test_a_trigger_has_one_run(kept: Runs) -> None:
    assert kept.add(start(), PACKAGE)
    assert not kept.add(start("r2"), PACKAGE)
    assert kept.add(start("r3", "t3"), PACKAGE)
    assert [run.id for run in kept.find()] == ["r1", "r3"]
    assert Parcels(kept.store).package(get(kept)).content == b"zip"


def test_it_is_begun_by_one_worker_and_ended_with_its_last_session(kept: Runs) -> None:
    run = begun(kept)
    assert not kept.begin(run)

    kept.ended("r1", 1, "l1", Ending.SOME_LEFT, "")
    assert get(kept).state is RunState.RUNNING
    kept.ended("r1", 1, "l2", Ending.DONE, "")
    kept.ended("r1", 1, "l2", Ending.UNREACHABLE, "too late to say so")

    assert (get(kept).state, get(kept).message, get(kept).delivered) == (RunState.DONE, "", False)
    assert not kept.began("r1", 1, "l1", "w2")


def test_a_session_that_fails_stops_the_run_and_says_why(kept: Runs) -> None:
    run = begun(kept)
    kept.note(run, "l2", "the program cannot be reached")
    kept.ended("r1", 1, "l1", Ending.DONE, "")
    kept.ended("r1", 1, "l2", Ending.UNREACHABLE, "")

    assert (get(kept).state, get(kept).message) == (RunState.STOPPED, "the program cannot be reached")


def test_a_paused_run_begins_no_session_and_goes_on_in_a_new_round(kept: Runs) -> None:
    assert kept.add(start(), PACKAGE)
    kept.begin(get(kept))
    assert kept.began("r1", 1, "l1", "w1")
    assert kept.wish("r1", Wish.PAUSE)

    assert not kept.began("r1", 1, "l2", "w2")
    kept.ended("r1", 1, "l2", Ending.STOPPED, "", only="queued")
    kept.ended("r1", 1, "l1", Ending.STOPPED, "", only="queued")  # it is at work: its own end is waited for
    assert get(kept).state is RunState.RUNNING
    kept.ended("r1", 1, "l1", Ending.STOPPED, "")
    assert get(kept).state is RunState.PAUSED

    assert kept.go_on("r1")
    assert (get(kept).state, get(kept).round) == (RunState.QUEUED, 2)
    assert kept.begin(get(kept))
    kept.ended("r1", 1, "l1", Ending.DONE, "")  # of the round before
    assert get(kept).state is RunState.RUNNING
    assert not kept.go_on("r1")


def test_what_is_queued_is_cancelled_at_once(kept: Runs) -> None:
    assert kept.add(start(), PACKAGE)
    assert kept.wish("r1", Wish.CANCEL)
    assert get(kept).state is RunState.CANCELLED
    assert not kept.wish("r1", Wish.PAUSE)
    assert not kept.go_on("r1")


def test_a_run_of_a_closed_target_waits_until_it_opens(kept: Runs) -> None:
    begun(kept)
    kept.put_off("r1", datetime.now(UTC) + timedelta(hours=1))
    assert kept.is_put_off("r1")
    kept.ended("r1", 1, "l1", Ending.STOPPED, "")
    kept.ended("r1", 1, "l2", Ending.DONE, "")

    assert get(kept).state is RunState.QUEUED
    assert not kept.begin(get(kept))
    kept.put_off("r1", datetime.now(UTC) - timedelta(seconds=1))
    assert kept.begin(get(kept))
    assert not kept.is_put_off("r1")


def test_what_was_approved_meanwhile_has_the_run_go_on(kept: Runs, store: Store) -> None:
    begun(kept)
    rows = Rows(store)
    rows.item("i1", "ready", age=-5)
    _belongs(store, "r1")
    kept.ended("r1", 1, "l1", Ending.SOME_LEFT, "")
    kept.ended("r1", 1, "l2", Ending.SOME_LEFT, "")

    assert (get(kept).state, get(kept).round) == (RunState.QUEUED, 2)


def test_to_go_on_tries_again_what_failed(kept: Runs, store: Store) -> None:
    begun(kept)
    Rows(store).item("i1", "failed")
    Rows(store).item("i2", "rejected")
    _belongs(store, "r1")
    for login in ("l1", "l2"):
        kept.ended("r1", 1, login, Ending.SOME_LEFT, "")
    assert get(kept).counts == {"failed": 1, "rejected": 1}

    assert kept.go_on("r1")

    with store.reading() as connection:
        states = {row.id: row.state for row in connection.execute(sa.select(items.c.id, items.c.state))}
    assert states == {"i1": "ready", "i2": "rejected"}


def _belongs(store: Store, run: str) -> None:
    with store.transaction() as connection:
        connection.execute(items.update().values(run=run))


def test_a_question_ends_with_its_session(kept: Runs, store: Store) -> None:
    begun(kept)
    Rows(store).question("q1")
    with store.transaction() as connection:
        connection.exec_driver_sql("update question set run = 'r1', login = 'l1'")
    kept.ended("r1", 1, "l1", Ending.UNREACHABLE, "killed")

    assert questions.open_questions(store) == []
    assert not questions.answer(store, "q1", "ola")


def test_packages_of_old_runs_are_forgotten_and_the_runs_stay(kept: Runs, store: Store) -> None:
    begun(kept)
    for login in ("l1", "l2"):
        kept.ended("r1", 1, login, Ending.DONE, "")
    kept.delivered(get(kept), {})
    Parcels(store).keep_file("r1", "evidence", b"x")
    Parcels(store).prune(60)
    assert Parcels(store).files("r1") == [("evidence", b"x")]

    with store.transaction() as connection:
        connection.execute(runs.update().values(changed_at=runs.c.changed_at - 100))
        connection.execute(packages.update().values(at=packages.c.at - 100))
    Parcels(store).prune(60)

    assert Parcels(store).files("r1") == []
    with store.reading() as connection:
        assert connection.execute(sa.select(packages.c.sha)).first() is None
    assert get(kept).state is RunState.DONE
    assert not kept.go_on("r1")


@pytest.mark.parametrize("code", [1, 0, -9, 120, 139])
def test_a_process_that_died_has_said_nothing(code: int) -> None:
    assert heard(code) is None


@pytest.mark.parametrize("ending", Ending)
def test_what_a_process_says_by_its_end(ending: Ending) -> None:
    assert heard(ending.spoken) is ending
