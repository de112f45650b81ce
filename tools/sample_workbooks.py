"""Make the sample workbooks of the SQL-Ledger bots: 25 invoices, and 25 vouchers of two to four lines.

Run it from the project's root: uv run python tools/sample_workbooks.py
"""

from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

SUPPLIERS = ("Northwind Paper Co", "Brightwater Utilities", "O'Hara and Sons")
ACCOUNTS = ("5700", "5790", "5765", "5610", "5685")
FIRST = date(2026, 1, 5)


def invoices() -> Workbook:
    """Fakturanr, Leverandør, Fakturadato, Beløp, Konto; amounts and dates as offices write them."""
    book = Workbook()
    sheet = _sheet(book, "Invoices", ("Fakturanr", "Leverandør", "Fakturadato", "Beløp", "Konto"), (14, 26, 14, 14, 8))
    for i in range(25):
        day = FIRST + timedelta(days=9 * i)
        ore = 12_500 + 98_765 * i
        amount: object = ore / 100 if i % 5 else f"{ore // 100:,}".replace(",", " ") + f",{ore % 100:02}"
        sheet.append((f"NO-{2026001 + i}", SUPPLIERS[i % 3], day if i % 4 else f"{day:%d.%m.%Y}", amount, ACCOUNTS[i % 5]))
        sheet.cell(sheet.max_row, 3).number_format = "dd.mm.yyyy"
        sheet.cell(sheet.max_row, 4).number_format = "#,##0.00"
    return book


def journal() -> Workbook:
    """Bilag, Dato, Beskrivelse, Konto, Debet, Kredit, Linjetekst: a row a line."""
    book = Workbook()
    headers = ("Bilag", "Dato", "Beskrivelse", "Konto", "Debet", "Kredit", "Linjetekst")
    sheet = _sheet(book, "Journal", headers, (12, 12, 34, 8, 12, 12, 28))
    for i in range(25):
        reference, day = f"GL-{3001 + i}", FIRST + timedelta(days=8 * i)
        text = f"Periodisering {day:%m.%Y}, avdeling {1 + i % 4}"
        parts = [1_000 + 137 * i + 10 * k for k in range(1 + i % 3)]
        for k, part in enumerate(parts):
            sheet.append((reference, day, text, ACCOUNTS[(i + k) % 5], part, None, f"Kostnad {k + 1}"))
        sheet.append((reference, day, text, "1060", None, sum(parts), None))
    for row in sheet.iter_rows(min_row=2):
        row[1].number_format = "dd.mm.yyyy"
        row[4].number_format = row[5].number_format = "#,##0.00"
    return book


def _sheet(book: Workbook, title: str, headers: tuple[str, ...], widths: tuple[int, ...]) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    sheet.append(headers)
    for cell, width in zip(sheet[1], widths, strict=True):
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="DDE7F0")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"
    return sheet


if __name__ == "__main__":
    Path("inbox").mkdir(exist_ok=True)
    invoices().save("inbox/invoices.xlsx")
    journal().save("inbox/journal.xlsx")
