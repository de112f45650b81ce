"""Receipts as columns in a copy of the operator's workbook, or as a new workbook where there was none."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Final

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.model.receipt import Receipt
from bilagsbot.sinks.atomic import Replace, publish
from bilagsbot.sinks.celltext import cell_text
from bilagsbot.sinks.columns import find_place
from bilagsbot.sinks.package import Package
from bilagsbot.sinks.sheetxml import Sheet
from bilagsbot.sinks.summary import latest
from bilagsbot.sinks.table import header, labels_of, lines, values_of
from bilagsbot.sinks.widths import set_widths, width_of

MARK: Final = ".kvittering"
_MARKED: Final = re.compile(re.escape(MARK) + r"(-\d+)*")


def target_of(workbook: Path) -> Path:
    """Where a workbook's receipt goes: `NAME.kvittering.xlsx` beside it, or itself if it already is one."""
    if _MARKED.fullmatch(Path(workbook.stem).suffix):
        return workbook
    return workbook.with_name(f"{workbook.stem}{MARK}{workbook.suffix}")


def write(
    workbook: Path,
    sheet: str,
    header_row: int,
    fields: Mapping[str, str],
    receipts: Iterable[Receipt],
    *,
    replace: Replace = os.replace,
) -> Path:
    """Write the workbook's copy with the receipt's columns, and return the path it got.

    `fields` are the flow's receipt fields and their headings, in order. Receipts of other sheets are left out; an
    item's last receipt counts. Rows without a receipt keep what an earlier run wrote. Raises BadInput where the file
    is no workbook, or lacks the sheet or the headings; ValueError for a receipt of a row that is not below them.
    """
    own = [receipt for receipt in latest(receipts) if receipt.sheet.casefold() in ("", sheet.casefold())]
    with Package(workbook) as package:
        part = package.sheet_part(sheet)
        try:
            page = Sheet(package.read(part), header_row, package.shared_strings)
        except ValueError:
            raise BadInput([Mistake(workbook.name, f"has no cells on sheet '{sheet}'.")]) from None
        fill_in(page, fields, own)
        xml = page.to_bytes()

        def fill(out: BinaryIO) -> None:
            # Closed before the file is put in place: on Windows an open workbook cannot be replaced by its copy.
            with package:
                package.copy_to(out, part, xml)

        return publish(target_of(workbook), fill, replace)


def fill_in(sheet: Sheet, fields: Mapping[str, str], receipts: Iterable[Receipt]) -> None:
    """Put headings and values of the receipt's columns into a worksheet."""
    by_row = {row: receipt for receipt in receipts for row in receipt.rows}
    if wrong := [row for row in by_row if row <= sheet.header_row]:
        raise ValueError(f"Row {min(wrong)} is not below the headings in row {sheet.header_row}.")
    labels = labels_of(fields)
    place = find_place(sheet, labels, by_row)
    if place.new:
        style = sheet.heading_style(max(sheet.headings()))
        sheet.set_texts(sheet.header_row, place.first, [cell_text(label) for label in labels], style)
        set_widths(sheet, place.first, labels)
    for row, receipt in by_row.items():
        sheet.set_texts(row, place.first, [cell_text(value) for value in values_of(fields, receipt)])
    sheet.widen(max([sheet.header_row, *by_row]), place.first + len(labels) - 1)


def write_new(
    path: Path, fields: Mapping[str, str], receipts: Iterable[Receipt], *, replace: Replace = os.replace
) -> Path:
    """Write a new workbook with a line for each receipt, and return the path it got."""
    kept = latest(receipts)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Kvittering"
    headings = header(fields, kept)
    table: list[Sequence[str | Decimal]] = [headings, *lines(fields, kept)]
    for number, line in enumerate(table, 1):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, Decimal):
                cell.value = value
                cell.number_format = "#,##0.00"
            elif value:
                cell.value = cell_text(value)
                # Without this openpyxl makes a formula of text that starts with an equals sign.
                cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
    for column, label in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width_of(label)
    sheet.freeze_panes = "A2"
    return publish(path, lambda out: book.save(out), replace)
