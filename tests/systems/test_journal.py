"""Vouchers of several lines into SQL-Ledger's general ledger."""

from decimal import Decimal

import pytest

from tests.workspaces import Bilagsbot

from .sqlledger import SqlLedger

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("sqlledger")]
BOT = "sqlledger-journal"
HELD = """
select g.reference, g.transdate, g.description, c.accno, -t.amount, g.id from gl g join acc_trans t on t.trans_id = g.id
join chart c on c.id = t.chart_id order by g.id, t.amount, c.accno
"""


def _net(row: dict[str, object]) -> Decimal:
    return Decimal(str(row["Debet"] or 0)) - Decimal(str(row["Kredit"] or 0))


@pytest.mark.soak
def test_every_voucher_is_posted_once_with_all_its_lines(office: Bilagsbot, ledger_program: SqlLedger) -> None:
    office("run", BOT, "--quiet")

    sheet = office.sheet("inbox/journal.kvittering.xlsx", "Journal")
    held = ledger_program.sql(HELD)
    wanted = sorted(
        (r["Bilag"], str(r["Dato"])[:10], r["Beskrivelse"], r["Konto"], _net(r), r["Bilagsnr"]) for r in sheet
    )
    assert sorted((*row[:4], Decimal(row[4]), row[5]) for row in held) == wanted
    assert {row["Status"] for row in sheet} == {"Bokført"}
    assert len({row[5] for row in held}) == 25

    assert "skipped      25 items" in office("run", BOT, "--quiet")
    assert ledger_program.sql(HELD) == held


def test_a_voucher_that_does_not_balance_keeps_everything_from_being_keyed(
    office: Bilagsbot, ledger_program: SqlLedger
) -> None:
    office.edit("inbox/journal.xlsx", "Journal", "E2", 1.5)

    said = office("run", BOT, "--quiet", code=2)

    assert "row 2" in said
    assert "GL-3001: debit 1,50 and credit 1 000,00 differ" in said
    assert ledger_program.sql(HELD) == []
