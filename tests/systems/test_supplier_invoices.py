"""The main job on a real program: 25 supplier invoices from a workbook into SQL-Ledger."""

from decimal import Decimal

import pytest

from tests.workspaces import Bilagsbot

from .sqlledger import SqlLedger

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("sqlledger")]
BOT, PYTHON_BOT = "sqlledger-supplier-invoices", "sqlledger-supplier-invoices-python"
HELD = """
select a.invnumber, v.name, a.transdate, a.amount, c.accno, a.id from ap a join vendor v on v.id = a.vendor_id
join acc_trans t on t.trans_id = a.id and t.amount < 0 join chart c on c.id = t.chart_id order by a.id
"""


def _ore(value: object) -> int:
    text = str(value).replace(" ", "").replace(",", ".")
    return int(Decimal(text).quantize(Decimal("0.01")) * 100)


def same_voucher(row: dict[str, object], voucher: list[str]) -> bool:
    """Whether a row of the receipt workbook is what the program holds."""
    number, vendor, date, amount, account, transaction = voucher
    told = (row["Fakturanr"], row["Leverandør"], row["Konto"], row["Bilagsnr"], _ore(row["Beløp"]))
    dates = (date, f"{date[8:]}.{date[5:7]}.{date[:4]}")
    return told == (number, vendor, account, transaction, _ore(amount)) and str(row["Fakturadato"])[:10] in dates


def test_every_row_is_posted_once_and_the_workbook_says_where(office: Bilagsbot, ledger_program: SqlLedger) -> None:
    office("run", BOT, "--quiet")

    held = ledger_program.sql(HELD)
    sheet = office.sheet("inbox/invoices.kvittering.xlsx", "Invoices")
    assert len(held) == len(sheet) == 25
    assert all(same_voucher(row, voucher) for row, voucher in zip(sheet, held, strict=True))
    assert {row["Status"] for row in sheet} == {"Bokført"}
    assert office.password not in office.traces()

    for bot in (BOT, PYTHON_BOT):  # the Python flow posts the same kind of document, so it knows them too
        assert "skipped      25 items" in office("run", bot, "--quiet")
    assert ledger_program.sql(HELD) == held


def test_a_python_flow_does_the_same_job(office: Bilagsbot, ledger_program: SqlLedger) -> None:
    office("run", PYTHON_BOT, "--quiet", "--limit", "4", code=1)

    sheet = office.sheet("inbox/invoices.kvittering.xlsx", "Invoices")
    held = ledger_program.sql(HELD)
    assert len(held) == 4
    assert all(same_voucher(row, voucher) for row, voucher in zip(sheet, held, strict=False))
    assert [row["Status"] for row in sheet] == ["Bokført"] * 4 + ["Ikke behandlet"] * 21


def test_the_same_key_with_another_amount_is_rejected_naming_the_earlier_receipt(
    office: Bilagsbot, ledger_program: SqlLedger
) -> None:
    office("run", BOT, "--quiet", "--limit", "3", code=1)
    held = ledger_program.sql(HELD)
    office.edit("inbox/invoices.xlsx", "Invoices", "D3", 999.5)

    office("run", BOT, "--quiet", "--limit", "1", code=1)

    row = office.sheet("inbox/invoices.kvittering.xlsx", "Invoices")[1]
    assert row["Status"] == "Avvist"
    assert f"transaction_id {held[1][5]}" in row["Melding"]
    assert "other content" in row["Melding"]
    assert ledger_program.sql(HELD)[:3] == held
    assert len(ledger_program.sql(HELD)) == 4


def test_the_programs_own_words_reject_an_item(office: Bilagsbot, ledger_program: SqlLedger) -> None:
    flow = office.workspace / "flows" / "sqlledger" / "supplier-invoice.yaml"
    text = flow.read_text(encoding="utf-8").replace("  - submit:", '  - fill: {invoice.date: ""}\n  - submit:')
    flow.write_text(text, encoding="utf-8")

    office("run", BOT, "--quiet", "--limit", "1", code=1)

    (item,) = office.items("--state", "rejected")
    assert item["message"] == "Error! Invoice Date missing!"
    assert ledger_program.sql(HELD) == []


def test_a_rehearsal_posts_nothing(office: Bilagsbot, ledger_program: SqlLedger) -> None:
    said = office("rehearse", BOT, "--limit", "3")

    assert "3 items rehearsed, 0 went wrong. Nothing was posted." in said
    assert ledger_program.sql(HELD) == []
    assert office.items() == []


def test_a_wrong_password_ends_the_run_before_anything_is_keyed(office: Bilagsbot, ledger_program: SqlLedger) -> None:
    office.password = "wrong-one"

    said = office("run", BOT, "--quiet", code=4)

    assert "Cannot log in" in said
    assert "Incorrect Password!" in said
    assert {item["state"] for item in office.items()} == {"ready"}
