"""How unattended runs stand, by the ledger's tables, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bilagsbot.model.receipt import State
from bilagsbot.run.lease import LENGTH
from bilagsbot.run.store import Store
from bilagsbot.run.unattended.health import Health, read_health
from bilagsbot.run.unattended.vitals import in_its_zone
from tests.run.unattended.ledgers import DAY, HOUR, MINUTE, Rows


@pytest.fixture
def rows(store: Store) -> Rows:
    return Rows(store)


@pytest.fixture
def sqlite_rows(tmp_path: Path) -> Iterator[Rows]:
    """For what is judged after it is read, and so the same on every database."""
    store = Store(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    yield Rows(store)
    store.close()


def health(rows: Rows, **starts: datetime) -> Health:
    return read_health(rows.store, rows.now, starts)


def test_an_empty_ledger_is_well(rows: Rows) -> None:
    found = health(rows)

    assert found.problems() == []
    assert (found.workers, found.runs, found.items, found.questions, found.logins) == ((), (), {}, (), ())
    assert (found.oldest_unknown, found.oldest_waiting, found.stranded) == (None, None, False)
    assert found.at == datetime.fromtimestamp(rows.now, UTC)


def test_all_that_goes_on_is_told(rows: Rows) -> None:
    rows.worker("w1", labels=("windows", "vpn"))
    rows.worker("w2", age=LENGTH + 10)
    rows.run("r1", "running", 5 * MINUTE, counts={"posted": 3}, round=2)
    rows.session("r1", "l1", "ended", round_=1, code=4)
    rows.session("r1", "l1", "running", round_=2)
    rows.session("r1", "l2", "queued", round_=2)
    rows.item("i1", "posted")
    rows.item("i2", "posted")
    rows.item("i3", "unknown", 2 * HOUR)
    rows.item("i4", "unknown", 90)
    rows.item("i5", "waiting", 3 * DAY)
    rows.question("q1")
    rows.question("q2", ended=True)
    rows.lease("l1", "0123456789ab ola@kontor-1 pid 7", 20)
    rows.lease("l2", "0123456789ab ola@kontor-1 pid 7", -1)
    rows.lease("l3", None, 0)

    found = health(rows)

    assert [(w.executor, w.alive, w.labels, w.sessions) for w in found.workers] == [
        ("w1", True, ("windows", "vpn"), 2),
        ("w2", False, (), 2),
    ]
    (run,) = found.runs
    assert (run.id, run.state, run.counts) == ("r1", "running", {"posted": 3})
    assert [(s.login, s.state, s.code) for s in run.sessions] == [("l1", "running", None), ("l2", "queued", None)]
    assert found.items == {State.POSTED: 2, State.UNKNOWN: 2, State.WAITING: 1}
    assert found.oldest_unknown is not None
    assert found.oldest_waiting is not None
    assert (found.oldest_unknown.id, round(found.oldest_unknown.age), found.long_unknown) == ("i3", 2 * HOUR, 1)
    assert (found.oldest_waiting.id, round(found.oldest_waiting.age)) == ("i5", 3 * DAY)
    assert [question.id for question in found.questions] == ["q1"]
    assert [(use.login, use.owner) for use in found.logins] == [("l1", "ola@kontor-1 pid 7")]


def test_a_run_that_ended_is_told_of_for_a_day(rows: Rows) -> None:
    rows.run("old", "done", DAY + HOUR)
    rows.run("new", "done", DAY - HOUR)
    rows.run("paused", "paused", 9 * DAY)

    assert [run.id for run in health(rows).runs] == ["paused", "new"]
    assert health(rows).problems() == []


@pytest.mark.parametrize(("age", "alive"), [(LENGTH - 1, True), (LENGTH + 1, False)])
def test_a_worker_is_alive_while_it_beats(sqlite_rows: Rows, age: float, alive: bool) -> None:
    sqlite_rows.worker(age=age)

    found = health(sqlite_rows)

    assert found.workers[0].alive is alive
    assert any("worker w1 on kontor-1 has not been heard of" in said for said in found.problems()) is not alive


def test_a_worker_gone_for_a_day_is_told_of_no_more(sqlite_rows: Rows) -> None:
    sqlite_rows.worker(age=DAY + MINUTE)

    assert health(sqlite_rows).problems() == []


@pytest.mark.parametrize("state", ["queued", "running"])
def test_a_due_run_with_no_worker_is_stranded(sqlite_rows: Rows, state: str) -> None:
    sqlite_rows.run("r1", state, HOUR)

    assert health(sqlite_rows).stranded
    assert health(sqlite_rows).problems() == ["No worker is alive, and run r1 is queued or running. Start a worker."]

    sqlite_rows.worker()
    assert not health(sqlite_rows).stranded
    assert health(sqlite_rows).problems() == []


def test_many_stranded_runs_are_one_sentence(sqlite_rows: Rows) -> None:
    for number in range(7):
        sqlite_rows.run(f"r{number}", "queued", 100 - number)

    (said,) = health(sqlite_rows).problems()

    assert "runs r0, r1, r2, r3, r4 and 2 more are queued" in said


@pytest.mark.parametrize(
    ("needs", "age", "told"),
    [
        (["windows"], 11 * MINUTE, True),
        (["windows"], 9 * MINUTE, False),
        (["linux"], 11 * MINUTE, False),
        (["linux", "vpn"], 11 * MINUTE, True),  # each is there, but no worker has both
        ([], 11 * MINUTE, False),
    ],
)
def test_a_queued_run_that_no_worker_can_take_is_told(
    sqlite_rows: Rows, needs: list[str], age: float, told: bool
) -> None:
    sqlite_rows.worker("w1", labels=("linux",))
    sqlite_rows.worker("w2", labels=("vpn",))
    sqlite_rows.worker("w3", labels=("windows",), age=2 * DAY)
    sqlite_rows.run("r1", "queued", age, needs=needs)

    said = health(sqlite_rows).problems()

    assert any(f"no live worker has what it needs: {', '.join(needs)}." in one for one in said) is told
    assert len(said) == told


def test_what_waits_for_a_person_is_told(sqlite_rows: Rows) -> None:
    sqlite_rows.worker()
    sqlite_rows.run("r1", "waiting")
    sqlite_rows.run("r2", "stopped", HOUR, message="Innlogging avvist")
    sqlite_rows.run("r3", "stopped", 2 * DAY)
    sqlite_rows.question("q1")
    sqlite_rows.item("i1", "unknown", HOUR + MINUTE)
    sqlite_rows.item("i2", "unknown", MINUTE)
    sqlite_rows.item("i3", "waiting")
    sqlite_rows.item("i4", "waiting", MINUTE)

    said = health(sqlite_rows).problems()

    starts = ("Run r2 of acme was stopped ", "Run r1 asks a person ('bilagsbot runs answer",
              "1 item is unknown for over",
              "2 items are waiting for approval; the oldest is i4 of acme")  # fmt: skip
    assert [one.startswith(start) for one, start in zip(said, starts, strict=True)] == [True] * 4
    assert said[0].endswith(": Innlogging avvist")
    assert said[1].endswith(": Kode fra telefonen?")
    assert "bilagsbot settle i1" in said[2]


def test_an_item_that_became_unknown_just_now_is_no_problem(sqlite_rows: Rows) -> None:
    sqlite_rows.item("i1", "unknown", 59 * MINUTE)

    assert health(sqlite_rows).problems() == []


def test_starts_are_told_soonest_first_and_need_a_worker(sqlite_rows: Rows) -> None:
    soon, late = (datetime.fromtimestamp(sqlite_rows.now + after, UTC) for after in (HOUR, DAY))

    found = health(sqlite_rows, a=late, b=soon)

    assert [(start.bot, start.at) for start in found.starts] == [("b", soon), ("a", late)]
    assert found.problems() == [f"No worker is alive, and b is to start {in_its_zone(soon)}. Start a worker."]
    sqlite_rows.worker()
    assert health(sqlite_rows, a=late, b=soon).problems() == []
