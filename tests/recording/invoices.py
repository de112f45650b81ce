"""A person who keys supplier invoices into the practice program, with the bar's help."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from bilagsbot.model.types import Amount, Date
from tests.recording.person import Person


def rows(workbook: Path) -> dict[int, dict[str, object]]:
    """A workbook's rows by their numbers, dates and amounts as such."""
    sheet = load_workbook(workbook).active
    assert sheet is not None
    header, *data = sheet.iter_rows(values_only=True)
    found = {n: dict(zip(map(str, header), cells, strict=True)) for n, cells in enumerate(data, 2)}
    for row in found.values():
        row["Beløp"] = Amount().parse(row["Beløp"])
        row["Fakturadato"] = Date().parse(row["Fakturadato"])
        row["Forfall"] = row["Forfall"] and Date().parse(row["Forfall"])
    return found


def log_in(person: Person) -> None:
    """With Enter in the password's field, as people do."""
    field = person.page.locator("[name=bruker]")
    person.until(lambda: person.page.evaluate("() => !!window.__bilagsbot?.state.words"), "the recorder")
    person.fill(field, "ola")
    person.fill(person.page.locator("[name=passord]"), "practice-only")
    person.press("Return")


def post(person: Person, row: dict[str, object]) -> None:
    """Key one invoice, and point at what posts it and at what tells of it."""
    date, due, amount = row["Fakturadato"], row["Forfall"], row["Beløp"]
    assert isinstance(date, dt.date)
    assert isinstance(due, dt.date)
    assert isinstance(amount, Decimal)
    main = person.frame("hoved")
    person.click(person.frame("meny").get_by_text("Ny leverandørfaktura"), main)
    person.click(main.get_by_role("button", name="Søk…"))
    search = person.window(1)
    person.fill(search.locator("[name=sok]"), str(row["Leverandør"]))
    person.click(search.get_by_role("button", name="Finn"), search)
    person.click(search.get_by_text("Velg"))
    supplier = main.locator("[name=leverandor]")
    person.until(lambda: supplier.input_value() == row["Leverandør"], "the supplier")
    person.fill(main.locator("[name=fakturanr]"), str(row["Fakturanr"]))
    person.fill(main.locator("[name=fakturadato]"), "0101")  # and then as the program wants it
    person.fill(main.locator("[name=fakturadato]"), date.strftime("%d%m%y"))
    person.fill(main.locator("[name=forfallsdato]"), due.strftime("%d.%m.%Y"))
    person.fill(main.locator("[name=belop]"), f"{amount:.2f}".replace(".", ","))
    person.fill(main.locator("[name=konto]"), str(row["Konto"]))
    person.choose(main.locator("[name=mvakode]"), str(row["Mva-kode"]))
    if row["KID"]:
        person.fill(main.locator("[name=kid]"), str(row["KID"]))
    person.click(main.get_by_role("button", name="Oppdater"), main)
    person.bar("expect", main)
    person.click(main.locator("[name=total]"))
    person.bar("submit", main)
    person.click(main.get_by_role("button", name="Bokfør"))
    person.answer("Return")
    main.locator("#status").wait_for()
    person.bar("confirm", main)
    person.click(main.locator("#status"))


def look_up(person: Person, row: dict[str, object]) -> None:
    """Find the voucher in the list, and point at its number."""
    main = person.frame("hoved")
    person.bar("lookup", main)
    person.click(person.frame("meny").get_by_text("Bilagsliste"), main)
    person.fill(main.locator("[name=f_fakturanr]"), str(row["Fakturanr"]))
    person.fill(main.locator("[name=f_leverandor]"), str(row["Leverandør"]))
    person.click(main.get_by_role("button", name="Søk"), main)
    person.bar("confirm", main)
    person.click(main.locator("table.liste td").first)
    person.until(lambda: not main.evaluate("() => window.__bilagsbot.state.mode"), "the confirmation")
