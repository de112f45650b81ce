"""bilagsbot status, as a person and as monitoring meet it."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bilagsbot.cli.init import make_workspace
from bilagsbot.run.launch import open_store
from bilagsbot.run.unattended.vitals import clock
from tests.run.unattended.ledgers import HOUR, MINUTE, Rows
from tests.workspaces import Bilagsbot


@pytest.fixture
def office(tmp_path: Path) -> Bilagsbot:
    make_workspace(tmp_path / "office")
    return Bilagsbot(tmp_path / "office", "practice", "ola", "practice-only", {"NO_COLOR": "1"})


@pytest.fixture
def rows(office: Bilagsbot) -> Iterator[Rows]:
    store = open_store(office.workspace)
    yield Rows(store)
    store.close()


def test_a_new_workspace_is_well(office: Bilagsbot) -> None:
    assert office("status") == "All is well.\n"


def test_a_person_reads_the_problems_first(office: Bilagsbot, rows: Rows) -> None:
    rows.worker("w1", labels=("[bold]linux",))
    rows.run("r1", "running", counts={"posted": 3, "failed": 1})
    rows.session("r1", "l1", "running")
    rows.run("r2", "stopped", HOUR, message="Faktura [7] :no: avvist")
    rows.item("i1", "unknown", 2 * HOUR)
    rows.lease("l1", "0123456789ab ola@kontor-1 pid 7", 25)

    lines = [line for line in office("status", code=1).splitlines() if line.strip()]

    since = datetime.fromtimestamp(rows.now - HOUR).astimezone()
    assert lines[0] == f"! Run r2 of acme was stopped {clock(since)}: Faktura [7] :no: avvist"
    assert lines[1].startswith("! 1 item is unknown for over an hour; the oldest is i1 of acme")
    assert lines[2].strip() == "Workers"
    words = [line.split() for line in lines]
    assert any(line[:5] == ["w1", "kontor-1", "alive", "2", "[bold]linux"] for line in words)
    assert any(line[:7] == ["r1", "acme", "running", "1", "failed,", "3", "posted"] for line in words)
    assert ["unknown", "1"] in words
    assert any(line[:4] == ["l1", "ola@kontor-1", "pid", "7"] for line in words)


def test_monitoring_reads_one_object(office: Bilagsbot, rows: Rows) -> None:
    rows.worker("w1")
    rows.run("r1", "waiting", MINUTE)
    rows.session("r1", "l1", "running")
    rows.question("q1")
    rows.item("i1", "waiting", MINUTE)

    said = json.loads(office("status", "--json", code=1))

    assert said["well"] is False
    assert [problem.split()[0] for problem in said["problems"]] == ["Run", "1"]
    assert [(worker["executor"], worker["alive"]) for worker in said["workers"]] == [("w1", True)]
    assert said["runs"][0]["sessions"][0]["state"] == "running"
    assert (said["items"], said["oldest_unknown"], said["oldest_waiting"]["id"]) == ({"waiting": 1}, None, "i1")
    assert said["questions"][0]["message"] == "Kode fra telefonen?"
    changed = datetime.fromisoformat(said["runs"][0]["changed_at"])
    assert abs(changed.timestamp() - (rows.now - MINUTE)) < 0.01


@pytest.mark.parametrize(
    ("put", "code"),
    [
        (lambda rows: rows.worker(), 0),
        (lambda rows: rows.worker(age=HOUR), 1),
        (lambda rows: rows.run("r1", "queued"), 4),
        (lambda rows: rows.run("r1", "done"), 0),
        (lambda rows: rows.item("i1", "waiting"), 1),
    ],
)
def test_the_exit_code_says_how_bad_it_is(
    office: Bilagsbot, rows: Rows, put: Callable[[Rows], None], code: int
) -> None:
    put(rows)

    assert json.loads(office("status", "--json", code=code))["well"] is (code == 0)


def test_a_ledger_that_is_away_is_code_4_and_a_sentence(office: Bilagsbot) -> None:
    away = office.workspace / "no such folder" / "ledger.sqlite"
    office.environment["BILAGSBOT_LEDGER"] = f"sqlite:///{away}"

    for words in (("status",), ("status", "--json")):
        assert office(*words, code=4).startswith("The ledger cannot be used: unable to open database file")


def test_a_postgresql_that_does_not_answer_is_code_4(office: Bilagsbot) -> None:
    office.environment["BILAGSBOT_LEDGER"] = "postgresql://nobody@127.0.0.1:1/bilagsbot"

    assert office("status", code=4).startswith("The ledger cannot be used: ")
