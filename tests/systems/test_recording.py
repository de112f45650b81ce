"""A person's own mouse and keyboard on SQL-Ledger: recorded, drafted, and keyed by the draft."""

import sys
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.recording.person import Person, at_a_screen
from tests.workspaces import Bilagsbot

from .sqlledger import PASSWORD, USERNAME, SqlLedger
from .test_supplier_invoices import HELD, same_voucher

pytestmark = [
    pytest.mark.system, pytest.mark.xdist_group("sqlledger"),
    pytest.mark.skipif(sys.platform != "linux", reason="needs X11"),
]  # fmt: skip
ROW = 4  # neither its supplier nor its account is what the form shows at first


def _log_in(person: Person) -> None:
    page = person.page
    person.until(lambda: page.evaluate("() => !!window.__bilagsbot?.state.words"), "the recorder")
    person.fill(page.locator("[name=login]"), USERNAME)
    person.fill(page.locator("[name=password]"), PASSWORD)
    person.click(page.get_by_role("button", name="Login"))
    person.frame("acc_menu").get_by_text("AP", exact=True).wait_for()


def _post(person: Person, row: dict[str, Any]) -> None:
    menu, main = person.frame("acc_menu"), person.frame("main_window")
    person.click(menu.get_by_text("AP", exact=True))
    person.click(menu.locator("a[href*='AP--Add%20Transaction']"), main)
    person.choose(main.locator("[name=vendor]"), row["Leverandør"], main)
    person.fill(main.locator("[name=invnumber]"), row["Fakturanr"])
    date = row["Fakturadato"]
    date = date if isinstance(date, datetime) else datetime.strptime(date, "%d.%m.%Y")
    person.fill(main.locator("[name=transdate]"), f"{date:%Y-%m-%d}")
    person.fill(main.locator("[name=amount_1]"), f"{row['Beløp']:.2f}")
    person.choose(main.locator("[name=AP_amount_1]"), str(row["Konto"]))
    person.click(main.get_by_role("button", name="Update"), main)
    person.bar("expect", main)
    person.click(main.locator("xpath=//select[@name='AP']/ancestor::tr[1]/th[1]"))
    person.bar("submit", main)
    person.click(main.get_by_role("button", name="Post", exact=True), main)


def _look_up(person: Person, row: dict[str, Any]) -> None:
    menu, main = person.frame("acc_menu"), person.frame("main_window")
    person.bar("lookup", main)
    reports = "xpath=//a[contains(@href,'level=AP--Reports--Transactions')]/ancestor::div[@id][1]"
    person.click(menu.locator(f"{reports}/preceding-sibling::div[1]"))
    person.click(menu.locator("a[href*='level=AP--Reports--Transactions']"), main)
    person.fill(main.locator("[name=invnumber]"), row["Fakturanr"])
    person.click(main.locator("[name=closed]"))
    person.click(main.locator("[name=l_id]"))
    person.click(main.get_by_role("button", name="Continue"), main)
    heads = [text.strip() for text in main.locator("tr.listheading").first.locator("th").all_inner_texts()]
    cells = main.locator("tr", has=main.get_by_text(row["Fakturanr"], exact=True)).last.locator("td")
    person.bar("confirm", main)
    person.click(cells.nth(heads.index("ID")))
    person.until(lambda: not main.evaluate("() => window.__bilagsbot.state.mode"), "the confirmation")


@pytest.mark.soak
def test_a_draft_as_it_is_keys_the_other_rows(office: Bilagsbot, ledger_program: SqlLedger) -> None:
    sheet = load_workbook(office.workspace / "inbox/invoices.xlsx")["Invoices"]
    header, *rows = sheet.iter_rows(values_only=True)
    row = dict(zip(map(str, header), rows[ROW - 2], strict=True))
    with at_a_screen() as person:
        recorder = office.start(
            "record", "faktura", "--url", ledger_program.url, "--attach", person.address,
            "--sample", "inbox/invoices.xlsx", "--sheet", "Invoices", "--row", str(ROW),
        )  # fmt: skip
        _log_in(person)
        _post(person, row)
        _look_up(person, row)
        out, err = person.done(recorder, person.frame("main_window"))
    assert recorder.returncode == 0, out + err
    assert all(PASSWORD.encode() not in file.read_bytes()
               for file in (office.workspace / "recordings").rglob("*") if file.is_file())  # fmt: skip

    before = (office.workspace / "selectors/sqlledger.yaml").read_text(encoding="utf-8")
    told = office("draft", "faktura", "--app", "sqlledger", "--name", "again")
    assert "0 new targets, 19 used again" in told  # those of the bots that were written by hand
    assert (office.workspace / "selectors/sqlledger.yaml").read_text(encoding="utf-8").startswith(before.rstrip())
    office("draft", "faktura", "--app", "recorded", "--name", "recorded")
    text = (office.workspace / "bots/recorded.yaml").read_text(encoding="utf-8")
    (office.workspace / "bots/recorded.yaml").write_text(text.replace("login: recorded", "login: sqlledger-acme"))
    receipts = office.receipts("recorded")

    assert [r["status"] for r in receipts] == ["posted"] * 25
    assert [r["rows"] for r in receipts if not r["before"]] == [[ROW]]  # it was keyed by hand
    held = {voucher[0]: voucher for voucher in ledger_program.sql(HELD)}
    assert len(held) == len(ledger_program.sql(HELD)) == 25
    keyed = office.sheet("inbox/invoices.kvittering.xlsx", "Invoices")
    for receipt, told in zip(receipts, keyed, strict=True):
        (bilag,) = receipt["fields"].values()
        assert same_voucher({**told, "Bilagsnr": bilag}, held[str(told["Fakturanr"])])
