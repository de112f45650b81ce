"""Workbooks of our own making: what `init` gives and the sample bots read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

DATE, AMOUNT = "dd.mm.yyyy", "#,##0.00"


def write(file: Path, sheet: str, columns: Mapping[str, float], rows: Iterable[Sequence[object]]) -> None:
    """A workbook with these columns (header: width in characters); dates and amounts get Norwegian formats."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = sheet
    page.append(list(columns))
    for i, (cell, width) in enumerate(zip(page[1], columns.values(), strict=True), start=1):
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="DDE7F0")
        page.column_dimensions[get_column_letter(i)].width = width
    page.freeze_panes = "A2"
    for values in rows:
        page.append(list(values))
        for cell, value in zip(page[page.max_row], values, strict=True):
            if isinstance(value, date):
                cell.number_format = DATE
            elif isinstance(value, float):
                cell.number_format = AMOUNT
            elif isinstance(value, str):
                cell.number_format = "@"
    file.parent.mkdir(parents=True, exist_ok=True)
    book.save(file)
