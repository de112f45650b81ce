"""A worker as its user meets it: what is queued or dropped is keyed, and its receipts are where they should be."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from urllib.request import urlopen
from zoneinfo import ZoneInfo

from bilagsbot.practice.server import PracticeServer
from bilagsbot.run.unattended import questions
from tests.processes import needs_proc
from tests.run.moments import assert_each_once
from tests.run.unattended.conftest import ITEMS, Make
from tests.run.unattended.stations import Station, eventually
from tests.systems.postgres import free_port
from tests.workspaces import Bilagsbot

BOT = "practice-invoices"
pytestmark = needs_proc


def edit(office: Bilagsbot, old: str, new: str, file: str = f"bots/{BOT}.yaml") -> None:
    path = office.workspace / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def delivered(station: Station) -> bool:
    return bool(station.runs()) and station.last().delivered and station.last().state in ("done", "stopped")


def test_what_is_queued_is_keyed_and_delivered(office: Bilagsbot, program: PracticeServer, station: Make) -> None:
    port = free_port()
    worker = station("--metrics", str(port))
    assert "Queued as run" in office("runs", "start", BOT)

    eventually(lambda: delivered(worker), worker)

    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        told = answer.read().decode()
    assert "bilagsbot_workers_alive 1.0" in told
    assert f'bilagsbot_items{{state="posted"}} {ITEMS}.0' in told

    assert_each_once(office, program, ITEMS)
    assert {row["Status"] for row in office.sheet("inbox/fakturaer.kvittering.xlsx", "Fakturaer")} == {"Bokført"}
    assert worker.last().counts == {"posted": ITEMS}
    assert "All is well" in office("status")
    assert worker.end() == 0
    assert office.password not in worker.log + office.traces()


def test_several_logins_key_one_workbook(office: Bilagsbot, program: PracticeServer, station: Make) -> None:
    edit(office, "login: practice,", "logins: [p1, p2, p3],")
    program.set_knobs(latency_ms=150)
    worker = station("--sessions", "3")
    office("runs", "start", BOT)

    at_once = eventually(lambda: _logged_in(worker) == {"p1", "p2", "p3"}, worker)
    eventually(lambda: delivered(worker), worker)

    assert at_once
    assert_each_once(office, program, ITEMS)
    by_login = {item["login"] for item in office.items()}
    assert by_login == {"p1", "p2", "p3"}
    rows = office.sheet("inbox/fakturaer.kvittering.xlsx", "Fakturaer")
    assert {row["Status"] for row in rows} == {"Bokført"}


def _logged_in(worker: Station) -> set[str]:
    import sqlalchemy as sa

    from bilagsbot.run.schema import leases

    store = worker.store()
    try:
        with store.reading() as connection:
            return set(connection.execute(sa.select(leases.c.login).where(leases.c.owner.is_not(None))).scalars())
    finally:
        store.close()


def test_a_dropped_workbook_runs_once_and_goes_to_done(
    office: Bilagsbot, program: PracticeServer, station: Make
) -> None:
    edit(office, "flow: practice/supplier-invoice", "flow: practice/supplier-invoice\nwatch: inbox/inn")
    inbox = office.workspace / "inbox" / "inn"
    inbox.mkdir()
    worker = station()
    shutil.copy(office.workspace / "inbox" / "fakturaer.xlsx", inbox / "mars.xlsx")

    eventually(lambda: (inbox / "done" / "mars.xlsx").exists() and delivered(worker), worker)

    assert sorted(path.name for path in inbox.rglob("*.xlsx")) == ["mars.kvittering.xlsx", "mars.xlsx"]
    rows = office.sheet("inbox/inn/done/mars.kvittering.xlsx", "Fakturaer")
    assert {row["Status"] for row in rows} == {"Bokført"}
    assert_each_once(office, program, ITEMS)

    shutil.copy(office.workspace / "inbox" / "fakturaer.xlsx", inbox / "mars.xlsx")
    eventually(lambda: len(worker.runs()) == 2 and delivered(worker), worker)
    assert not (inbox / "mars.xlsx").exists()
    assert_each_once(office, program, ITEMS)


def test_a_dropped_workbook_with_mistakes_goes_to_errors(
    office: Bilagsbot, program: PracticeServer, station: Make
) -> None:
    edit(office, "flow: practice/supplier-invoice", "flow: practice/supplier-invoice\nwatch: inbox/inn")
    inbox = office.workspace / "inbox" / "inn"
    inbox.mkdir()
    shutil.copy(office.workspace / "inbox" / "fakturaer.xlsx", inbox / "mars.xlsx")
    office.edit("inbox/inn/mars.xlsx", "Fakturaer", "C3", "31.02.2026")
    worker = station()

    eventually(lambda: (inbox / "errors" / "mars.feil.txt").exists(), worker)

    told = (inbox / "errors" / "mars.feil.txt").read_text(encoding="utf-8")
    assert "row 3" in told
    assert "31.02.2026" in told
    assert not (inbox / "mars.xlsx").exists()
    assert (inbox / "errors" / "mars.xlsx").exists()
    assert program.vouchers() == []
    eventually(lambda: worker.last().state == "stopped", worker)


def test_a_run_is_paused_resumed_and_cancelled_from_another_process(
    office: Bilagsbot, program: PracticeServer, station: Make
) -> None:
    program.set_knobs(latency_ms=150)
    worker = station()
    office("runs", "start", BOT)
    eventually(lambda: len(program.vouchers()) >= 2, worker)
    run = worker.last().id

    office("runs", "pause", run)
    eventually(lambda: worker.last().state == "paused", worker)
    posted = len(program.vouchers())
    assert 2 <= posted < ITEMS
    assert not _logged_in(worker)

    office("runs", "resume", run)
    eventually(lambda: len(program.vouchers()) > posted, worker)
    office("runs", "cancel", run)
    eventually(lambda: worker.last().state == "cancelled" and worker.last().delivered, worker)
    assert len(program.vouchers()) < ITEMS
    assert_each_once(office, program, len(program.vouchers()))
    rows = office.sheet("inbox/fakturaer.kvittering.xlsx", "Fakturaer")
    assert {row["Status"] for row in rows} == {"Bokført", "Ikke behandlet"}
    assert "nothing to pause" in office("runs", "pause", run, code=2)
    assert "no such run" in office("runs", "cancel", "20260101-000000-beef", code=2)


def test_a_run_keeps_the_version_that_it_began_with(office: Bilagsbot, program: PracticeServer, station: Make) -> None:
    worker = station()
    office("runs", "start", BOT)
    eventually(lambda: len(program.vouchers()) >= 1, worker)
    edit(office, "steps:", "nonsense:", "flows/practice/supplier-invoice.yaml")
    worker.kill()  # so that the flow is read again
    worker.start()

    eventually(lambda: delivered(worker), worker)

    assert_each_once(office, program, ITEMS)


def test_the_session_waits_for_a_person_and_goes_on(office: Bilagsbot, program: PracticeServer, station: Make) -> None:
    flow = "flows/practice/supplier-invoice.yaml"
    pause = """steps:\n  - {pause: Godkjenn med BankID, when: item.invoice_no == 'F-2601002'}"""
    edit(office, "\nsteps:", f"\n{pause}", flow)
    worker = station()
    office("runs", "start", BOT)
    (asked,) = eventually(lambda: _asked(worker), worker)

    assert asked.message == "Godkjenn med BankID"
    assert len(program.vouchers()) == 1
    assert asked.id in office("runs")
    office("runs", "answer", asked.id)
    eventually(lambda: delivered(worker), worker)

    assert_each_once(office, program, ITEMS)
    assert "nobody waits" in office("runs", "answer", asked.id, code=2)


def _asked(worker: Station) -> list[questions.Question]:
    store = worker.store()
    try:
        return questions.open_questions(store)
    finally:
        store.close()


def test_a_second_worker_of_a_workspace_is_refused(office: Bilagsbot, station: Make, tmp_path: Path) -> None:
    worker = station()
    eventually(lambda: "at work" in worker.log, worker)
    eventually(lambda: "alive" in office("status"), worker)

    assert "runs already on this machine" in office("worker", code=2)
    assert "must hold no password" in office("worker", "--ledger", "postgresql://u:hemmelig@x/y", code=2)


def test_a_bot_starts_by_its_schedule_and_a_start_that_cannot_be_made_is_told_of(
    office: Bilagsbot, program: PracticeServer, station: Make
) -> None:
    told = tell(office)
    edit(office, "flow: practice/supplier-invoice", 'flow: practice/supplier-invoice\nschedule: "* * * * *"')
    bots = office.workspace / "bots"
    text = (bots / f"{BOT}.yaml").read_text(encoding="utf-8")
    (bots / "late.yaml").write_text(text.replace("inbox/fakturaer.xlsx", "inbox/finnes-ikke.xlsx"), encoding="utf-8")
    worker = station()

    runs = lambda: {run.bot: run for run in worker.runs()}  # noqa: E731
    eventually(lambda: BOT in runs() and runs()[BOT].delivered and "late" in runs(), worker, seconds=120)

    assert (runs()[BOT].cause, runs()[BOT].workbook) == ("schedule", "inbox/fakturaer.xlsx")
    assert_each_once(office, program, ITEMS)
    assert (runs()["late"].state, runs()["late"].counts) == ("stopped", {})
    assert "finnes-ikke.xlsx" in runs()["late"].message
    eventually(lambda: told.exists() and "bilagsbot check late" in told.read_text(encoding="utf-8"), worker)
    assert "finnes-ikke.xlsx" in office("status", code=1)
    office("schedule", "pause", BOT)
    assert '"held_by": "' in office("schedule", "list", "--json")


def tell(office: Bilagsbot) -> Path:
    """Have the bot tell a file of its runs; gives the file."""
    told = office.workspace / "notices.jsonl"
    edit(office, "flow: practice/supplier-invoice", "flow: practice/supplier-invoice\nnotify: office")
    office.environment["BILAGSBOT_NOTICE_OFFICE"] = f"file://{told}"
    return told


def test_what_needs_approval_waits_and_goes_on_when_another_person_has_said_yes(
    office: Bilagsbot, program: PracticeServer, station: Make
) -> None:
    told = tell(office)
    edit(office, "flow: practice/supplier-invoice", "flow: practice/supplier-invoice\napprove: {above: 2500}")
    worker = station()
    office("runs", "start", BOT)

    eventually(lambda: delivered(worker), worker)

    waiting = [item["id"] for item in office.items("--state", "waiting")]
    assert 1 < len(waiting) < ITEMS
    assert len(program.vouchers()) == ITEMS - len(waiting)
    eventually(lambda: told.exists() and f"bilagsbot approve {waiting[0]}" in told.read_text(encoding="utf-8"), worker)
    assert "another person" in office("approve", *waiting, code=2)
    office.environment["LOGNAME"] = "kari"
    assert "goes on" in office("approve", waiting[0])
    eventually(lambda: worker.last().state == "running", worker)
    office("approve", *waiting[1:])  # while the run goes on with the first
    eventually(lambda: len(program.vouchers()) == ITEMS and delivered(worker), worker)

    assert_each_once(office, program, ITEMS)
    rows = office.sheet("inbox/fakturaer.kvittering.xlsx", "Fakturaer")
    assert {row["Status"] for row in rows} == {"Bokført"}


def test_nothing_is_keyed_outside_the_target_s_hours(office: Bilagsbot, program: PracticeServer, station: Make) -> None:
    closed = datetime.now(ZoneInfo("Europe/Oslo")) + timedelta(hours=2)
    edit(office, "settle:", f'hours: "{closed:%H:%M}-{closed + timedelta(hours=1):%H:%M}", settle:')
    worker = station()
    office("runs", "start", BOT)

    eventually(lambda: worker.last().not_before is not None and worker.last().state == "queued", worker)

    opens = datetime.fromtimestamp(worker.last().not_before or 0, ZoneInfo("Europe/Oslo"))
    assert f"{opens:%H:%M}" == f"{closed:%H:%M}"
    assert program.vouchers() == []
    assert not _logged_in(worker)
