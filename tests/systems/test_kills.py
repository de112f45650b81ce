"""Runs killed at any instant on SQL-Ledger, which accepts duplicates and confirms nothing."""

import random

import pytest

from bilagsbot.tables import sample
from tests.kills import SUBMITTING, Killer, Voucher, compare, ore, tell
from tests.workspaces import Bilagsbot

from .sqlledger import SqlLedger

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("sqlledger")]
BOT = "sqlledger-supplier-invoices"
COLUMNS = {"Fakturanr": 14, "Leverandør": 26, "Fakturadato": 13, "Beløp": 12, "Konto": 8}
VENDORS = ("Northwind Paper Co", "Brightwater Utilities", "O'Hara and Sons")


@pytest.mark.soak
@pytest.mark.timeout(2 * 3600)
def test_sixty_kills(office: Bilagsbot, ledger_program: SqlLedger) -> None:
    accounts = {row["Konto"] for row in office.sheet("inbox/invoices.xlsx", "Invoices")}

    def fill(count: int) -> None:
        rows = [
            (f"K-{4001 + i}", VENDORS[i % 3], f"2026-{1 + i % 11:02}-{1 + i % 28:02}", (125_00 + 737 * i) / 100,
             sorted(accounts)[i % len(accounts)])
            for i in range(count)
        ]  # fmt: skip
        sample.write(office.workspace / "inbox" / "invoices.xlsx", "Invoices", COLUMNS, rows)

    killer = Killer(office, BOT, 120, random.Random(20261124), fill)
    killer.kill(60)
    killer.finish()

    found = ledger_program.sql("select invnumber, id, amount from ap")
    held = [Voucher(number, transaction, ore(amount)) for number, transaction, amount in found]
    sheet = office.sheet("inbox/invoices.kvittering.xlsx", "Invoices")
    came = compare(killer, held, sheet, "Fakturanr", "transaction_id", "invoice_no")
    tell("SQL-Ledger", killer, came)
    assert came.well, came
    assert killer.fell[SUBMITTING], "no kill fell between an intent and its receipt"
