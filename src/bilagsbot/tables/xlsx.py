"""Rows from an Excel workbook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.model.types import CellValue
from bilagsbot.tables.base import Row, Table
from bilagsbot.tables.formulas import unstored
from bilagsbot.tables.headers import columns
from bilagsbot.tables.workbook import opened, sound

MAX_ROWS = 1_048_576  # Excel's own limit; a damaged row number would make us count for hours
_TOP = 30  # rows in which column headers are looked for, to say where they are

_Cells = Sequence[CellValue]


def read(file: Path, sheet: str, header_row: int, needed: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """The rows under the header row, blank ones left out; `needed` headers must be there, `optional` ones may.

    Raises BadInput with every mistake in the file's form; what the cells hold is checked by the field types.
    """
    with opened(file) as (book, package):
        page = _sheet(file, book, sheet)
        where = f"{file.name}, sheet {page.title}"
        rows = _rows(file, page)
        top = list(islice(rows, max(header_row, _TOP)))
        places = columns(where, [cells for _, cells in top], header_row, needed, optional)
        blanks = sound(file, lambda: unstored(package, page._worksheet_path))  # openpyxl has no public name for it
        of = {i + 1: header for header, i in places.items()}
        lost = {(row, of[column]) for row, column in blanks if column in of}
        found = list(_filled(chain(top[header_row:], rows), places, {row for row, _ in lost}))
    letters = {header: get_column_letter(i + 1) for header, i in places.items()}
    table = Table(file, page.title, header_row, letters, found, lost)
    if not found:
        raise BadInput([Mistake(table.at(header_row + 1), "there are no rows.", "Fill in at least one row.")])
    return table


def _sheet(file: Path, book: Any, name: str) -> Any:
    pages = {page.title: page for page in book.worksheets}
    if not pages:
        raise BadInput([Mistake(file.name, "the workbook has no sheet with cells.", "Get a new copy of it.")])
    if name and name not in pages:
        raise BadInput([Mistake(file.name, f"there is no sheet '{name}'.", suggest(name, pages))])
    return pages[name] if name else book.worksheets[0]


def _rows(file: Path, page: Any) -> Iterator[tuple[int, _Cells]]:
    page.reset_dimensions()  # some programs declare 1,000 rows and hold 10
    rows = enumerate(page.iter_rows(values_only=True), start=1)
    while (row := sound(file, lambda: next(rows, None))) is not None:
        if row[0] > MAX_ROWS:
            what = f"the sheet {page.title} has a row beyond Excel's last, {MAX_ROWS}."
            raise BadInput([Mistake(file.name, what, "Open it in Excel and save it again.")])
        yield row


def _filled(rows: Iterable[tuple[int, _Cells]], places: Mapping[str, int], lost: set[int]) -> Iterator[Row]:
    """The rows that hold something in one of our columns."""
    for number, cells in rows:
        width = len(cells)
        picked = {header: cells[i] if i < width else None for header, i in places.items()}
        if number in lost or any(c is not None and (not isinstance(c, str) or c.strip()) for c in picked.values()):
            yield Row(number, picked)
