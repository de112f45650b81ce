"""What may break around a real program: browser, web server, database, session. Each voucher once, and it is told."""

import signal

import pytest
from openpyxl import load_workbook

from tests.processes import kill_browser, needs_proc
from tests.run.moments import ended, states, until_filled, until_submitting, wait_until
from tests.workspaces import Bilagsbot

from .sqlledger import SqlLedger

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("sqlledger")]
BOT = "sqlledger-supplier-invoices"
HELD = "select invnumber, id, amount from ap order by id"


def _each_once(office: Bilagsbot, program: SqlLedger, items: int) -> None:
    """Every posted item is in the program once, under the number that its receipt says."""
    held = sorted(voucher[:2] for voucher in program.sql(HELD))
    assert len({number for number, _ in held}) == len(held) == items
    posted = office.items("--state", "posted")
    assert sorted([i["key"]["invoice_no"], i["receipt"]["transaction_id"]] for i in posted) == held


@needs_proc
@pytest.mark.parametrize("moment", ["while it fills", "after the click"])
def test_the_browser_is_killed(moment: str, office: Bilagsbot, ledger_program: SqlLedger) -> None:
    run = office.start("run", BOT, "--limit", "1", "--quiet")
    if moment == "while it fills":
        until_filled(office, run, "invoice.date")
    else:
        until_submitting(office, run)
    kill_browser(run.pid)

    ended(run, 1)

    _each_once(office, ledger_program, 1)


def test_the_web_server_restarts_while_an_item_is_filled(office: Bilagsbot, ledger_program: SqlLedger) -> None:
    run = office.start("run", BOT, "--limit", "1", "--quiet")
    until_filled(office, run, "invoice.number")
    run.send_signal(signal.SIGSTOP)  # it must not look while the server is down; that is another test
    ledger_program.stop_web()
    ledger_program.start()
    run.send_signal(signal.SIGCONT)

    ended(run, 1)

    _each_once(office, ledger_program, 1)


def test_the_web_server_goes_down_after_the_click_and_comes_up_later(
    office: Bilagsbot, ledger_program: SqlLedger
) -> None:
    run = office.start("run", BOT, "--limit", "2", "--quiet")
    until_submitting(office, run)
    ledger_program.stop_web(at_once=True)

    try:
        said = ended(run, 4)
    finally:
        ledger_program.start()

    assert "does not answer" in said
    assert states(office)["unknown"] == 1
    receipts = office.receipts(BOT, "--limit", "1", code=1)
    assert sum(r["status"] == "posted" for r in receipts) == 2
    _each_once(office, ledger_program, 2)


@pytest.mark.soak
@pytest.mark.parametrize("moment", ["while it fills", "after the click"])
def test_the_database_goes_down_and_comes_up_later(moment: str, office: Bilagsbot, ledger_program: SqlLedger) -> None:
    """The program shows an error page like any other; it rejects no item, for it says nothing of the voucher."""
    run = office.start("run", BOT, "--limit", "1", "--quiet")
    if moment == "while it fills":
        until_filled(office, run, "invoice.number")
    else:
        # Stored, and the page that follows has no database any more.
        until_submitting(office, run)
        wait_until(lambda: bool(ledger_program.sql("select id from ap")), run)
    ledger_program.postgres.stop()

    try:
        ended(run, 4)
    finally:
        ledger_program.postgres.start()

    assert states(office)["rejected"] == 0
    assert states(office)["unknown"] == (moment == "after the click")
    office("run", BOT, "--limit", "1", "--quiet", code=1)
    _each_once(office, ledger_program, 1 + (moment == "after the click"))


def test_the_session_expires_while_an_item_is_filled(office: Bilagsbot, ledger_program: SqlLedger) -> None:
    run = office.start("run", BOT, "--limit", "1", "--quiet")
    until_filled(office, run, "invoice.number")
    ledger_program.forget_sessions()

    ended(run, 1)

    assert "the session expired" in office.events()
    _each_once(office, ledger_program, 1)


def test_two_runs_at_once(office: Bilagsbot, ledger_program: SqlLedger) -> None:
    runs = [office.start("run", BOT, "--limit", "1", "--quiet") for _ in range(2)]

    said = [run.communicate(timeout=240) for run in runs]

    codes = sorted(run.returncode for run in runs)
    assert codes in ([1, 4], [1, 1]), said
    assert codes == [1, 1] or any("is in use by" in err for _, err in said), said
    _each_once(office, ledger_program, codes.count(1))


def test_the_same_workbook_renamed_and_with_one_amount_changed(office: Bilagsbot, ledger_program: SqlLedger) -> None:
    office("run", BOT, "--limit", "2", "--quiet", code=1)
    held = ledger_program.sql(HELD)
    book = load_workbook(office.workspace / "inbox" / "invoices.xlsx")
    book["Invoices"].delete_rows(4, 100)
    book["Invoices"]["D3"] = 4711.5
    book.save(office.workspace / "inbox" / "renamed.xlsx")
    (office.workspace / "inbox" / "invoices.xlsx").unlink()

    said = office("run", BOT, "--input", "inbox/renamed.xlsx", "--quiet", code=1)

    assert "skipped       1 items" in said
    row = office.sheet("inbox/renamed.kvittering.xlsx", "Invoices")[1]
    assert row["Status"] == "Avvist"
    assert f"transaction_id {held[1][1]}" in row["Melding"]
    assert ledger_program.sql(HELD) == held
