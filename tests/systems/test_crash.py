"""kill -9 between the click and the receipt, on SQL-Ledger, which accepts duplicates and confirms nothing."""

import pytest

from tests.run.moments import states, wait_until
from tests.workspaces import Bilagsbot

from .sqlledger import SqlLedger

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("sqlledger")]
CASES = {
    "sqlledger-supplier-invoices": "select invnumber, id from ap order by id",
    "sqlledger-journal": "select reference, id from gl order by id",
}


@pytest.mark.parametrize("bot", CASES)
def test_the_next_run_finds_the_voucher_by_lookup(bot: str, office: Bilagsbot, ledger_program: SqlLedger) -> None:
    def held() -> list[list[str]]:
        return ledger_program.sql(CASES[bot])

    run = office.start("run", bot, "--limit", "3", "--quiet")
    wait_until(lambda: len(held()) == 2, run)
    run.kill()
    run.communicate()
    assert states(office)["submitting"] == 1
    assert states(office)["posted"] == 1

    receipts = [r for r in office.receipts(bot, "--limit", "1", code=1) if r["status"] in ("posted", "skipped")]

    assert [(r["status"], r["how"]) for r in receipts] == [
        ("skipped", "lookup"),
        ("posted", "lookup"),
        ("posted", "lookup"),
    ]
    assert [[next(iter(reversed(r["key"].values()))), r["fields"]["transaction_id"]] for r in receipts] == held()


def test_on_a_postgresql_ledger(office: Bilagsbot, ledger_program: SqlLedger) -> None:
    bot = "sqlledger-supplier-invoices"
    ledger_program.postgres.sql("postgres", "drop database if exists bilagsbot")
    ledger_program.postgres.sql("postgres", "create database bilagsbot")
    office.environment["BILAGSBOT_LEDGER"] = ledger_program.postgres.url("bilagsbot")

    run = office.start("run", bot, "--limit", "2", "--quiet")
    wait_until(lambda: len(ledger_program.sql(CASES[bot])) == 1, run)
    run.kill()
    run.communicate()
    office("run", bot, "--limit", "1", "--quiet", code=1)

    posted = [[i["key"]["invoice_no"], i["receipt"]["transaction_id"]] for i in office.items("--state", "posted")]
    assert len(posted) == 2
    assert sorted(posted) == sorted(ledger_program.sql(CASES[bot]))
    assert not (office.workspace / ".bilagsbot" / "ledger.sqlite").exists()
