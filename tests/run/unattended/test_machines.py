"""Several machines at one ledger: killed, frozen, cut off from it, and copies of one another; nothing twice or lost."""

import shutil
import signal
import time
from pathlib import Path

import sqlalchemy as sa

from bilagsbot.practice.server import PracticeServer
from bilagsbot.run.schema import leases, sessions
from tests.processes import needs_proc
from tests.run.moments import assert_each_once
from tests.run.unattended.conftest import ITEMS, Make
from tests.run.unattended.stations import LEASE, Station, another, eventually
from tests.systems.postgres import Postgres
from tests.workspaces import Bilagsbot

BOT = "practice-invoices"
pytestmark = needs_proc


def at_work(station: Station) -> str:
    """The machine whose session is logged in, by its mark."""
    store = station.store()
    try:
        with store.reading() as connection:
            row = connection.execute(sa.select(leases.c.owner).where(leases.c.owner.is_not(None))).first()
        return str(row.owner).partition(" ")[0] if row else ""
    finally:
        store.close()


def executor(station: Station) -> str:
    """The worker that has the run's session in hand."""
    store = station.store()
    try:
        with store.reading() as connection:
            return (
                connection.execute(sa.select(sessions.c.executor).where(sessions.c.state == "running")).scalar() or ""
            )
    finally:
        store.close()


def two(office: Bilagsbot, station: Make, folder: Path) -> tuple[Station, Station]:
    """A machine that only takes sessions and has the run in hand; and the one whose workbook it is, idle so far."""
    helper = another(office, folder / "machine-2", "--sessions-only")
    home = Station(office)
    station(of=helper)
    eventually(lambda: "at work" in helper.log, helper)
    office("runs", "start", BOT)
    eventually(lambda: executor(home), helper)
    station(of=home)
    return helper, home


def done(home: Station) -> bool:
    return home.last().delivered and home.last().state == "done"


def test_a_killed_machine_s_session_is_taken_over(
    office: Bilagsbot, program: PracticeServer, station: Make, shared: Postgres, tmp_path: Path
) -> None:
    program.set_knobs(latency_ms=100)
    helper, home = two(office, station, tmp_path)
    eventually(lambda: len(program.vouchers()) >= 2, helper, home)
    eventually(lambda: "at work" in home.log, home)
    first = executor(home)
    helper.kill()
    killed = time.monotonic()

    eventually(lambda: executor(home) not in ("", first), home)
    assert time.monotonic() - killed < 2 * float(LEASE) + 10  # and the worker's own start, on a busy machine
    eventually(lambda: done(home), home)

    assert_each_once(office, program, ITEMS)
    rows = office.sheet("inbox/fakturaer.kvittering.xlsx", "Fakturaer")
    assert {row["Status"] for row in rows} == {"Bokført"}


def test_a_frozen_machine_clicks_no_more_when_it_wakes(
    office: Bilagsbot, program: PracticeServer, station: Make, shared: Postgres, tmp_path: Path
) -> None:
    program.set_knobs(latency_ms=100)
    helper, home = two(office, station, tmp_path)
    eventually(lambda: len(program.vouchers()) >= 1, helper, home)
    first = executor(home)
    helper.signal(signal.SIGSTOP)
    eventually(lambda: executor(home) not in ("", first), home)
    eventually(lambda: len(program.vouchers()) >= 3, home)

    helper.signal(signal.SIGCONT)
    eventually(lambda: done(home), home)

    assert_each_once(office, program, ITEMS)
    assert helper.process is not None
    assert helper.process.wait(60) == 4
    assert "took this one for dead" in helper.log


def test_the_ledger_is_away_for_longer_than_a_lease(
    office: Bilagsbot, program: PracticeServer, station: Make, shared: Postgres, tmp_path: Path
) -> None:
    worker = station()
    office("runs", "start", BOT)
    eventually(lambda: len(program.vouchers()) >= 2, worker)

    shared.stop()
    try:
        eventually(lambda: "The worker waits for it" in worker.log, seconds=30)
        time.sleep(2 * float(LEASE))  # what is tested is that it is away for so long
    finally:
        shared.start()
    eventually(lambda: done(worker), worker)

    assert_each_once(office, program, ITEMS)


def test_a_bot_runs_where_its_needs_are_met(
    office: Bilagsbot, program: PracticeServer, station: Make, shared: Postgres, tmp_path: Path
) -> None:
    bot = office.workspace / "bots" / f"{BOT}.yaml"
    bot.write_text(bot.read_text(encoding="utf-8") + "needs: [vpn-client-x]\n", encoding="utf-8")
    home = station()
    office("runs", "start", BOT)
    eventually(lambda: home.last().state == "running", home)
    able = station(of=another(office, tmp_path / "machine-2", "--sessions-only", "--label", "vpn-client-x"))

    eventually(lambda: done(home), home, able)

    assert_each_once(office, program, ITEMS)
    evidence = office.workspace / ".bilagsbot" / "runs" / home.last().id
    assert len(list((evidence / "pictures").glob("*-after.jpg"))) == ITEMS  # taken on the other machine
    assert (able.office.workspace / ".bilagsbot" / "runs" / home.last().id / "journal.jsonl").exists()


def test_two_machines_that_claim_to_be_the_same(
    office: Bilagsbot, program: PracticeServer, station: Make, shared: Postgres, tmp_path: Path
) -> None:
    program.set_knobs(latency_ms=100)
    home = station()
    eventually(lambda: "at work" in home.log, home)
    copy = tmp_path / "copy"
    shutil.copytree(office.workspace, copy)  # with its state: the same machine-id
    clone = Station(Bilagsbot(copy, office.login, office.username, office.password, dict(office.environment)))
    station(of=clone)
    eventually(lambda: "at work" in clone.log, clone)
    office("runs", "start", BOT)

    owners: set[str] = set()
    eventually(lambda: owners.add(at_work(home)) or done(home), home, clone)

    assert_each_once(office, program, ITEMS)
    assert len(owners - {""}) == 1  # one session, from its begin to its end
