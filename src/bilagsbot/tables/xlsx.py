"""Rows from an Excel workbook."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

from openpyxl.utils import get_column_letter
from python_calamine import CalamineSheet, CalamineWorkbook

from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.model.types import CellValue
from bilagsbot.model.types.cells import LOST_DIGITS
from bilagsbot.tables.base import Row, Table, heading
from bilagsbot.tables.formulas import Parsed, parse
from bilagsbot.tables.headers import columns
from bilagsbot.tables.parts import Sheet, read_workbook
from bilagsbot.tables.sheetscan import Scan, scan
from bilagsbot.tables.workbook import opened, sound, unpacked

MAX_ROWS = 1_048_576  # Excel's own limit
MAX_CELLS = 30_000_000  # in the rectangle around all cells; each takes 32 bytes, also an empty one
_TOP = 30  # rows in which column headers are looked for, to say where they are


def read(
    file: Path, sheet: str, header_row: int, needed: Sequence[str] | None, optional: Sequence[str] = ()
) -> Table:  # fmt: skip
    """The rows under the header row, blank ones left out; `needed` headers must be there, `optional` ones may. Without
    `needed` it is all that are there, from the left.

    Raises BadInput with every mistake in the file's form; what the cells hold is checked by the field types.
    """
    with opened(file) as (stream, package):
        page, stale = _sheet(file, package, sheet)
        found, parsed = sound(file, lambda: _look(package, page, stale))
        _refuse_unreadable(file, page, found, parsed)
        values = sound(file, lambda: _values(stream, page))
    left = values.start[1] if values.start else 0
    top = [[None] * left + [_value(cell) for cell in cells] for cells in islice(values.iter_rows(), _TOP + header_row)]
    where = f"{file.name}, sheet {page.name}"
    if needed is None:
        needed = [
            heading(cell) for cell in (top[header_row - 1] if header_row <= len(top) else ()) if heading(cell or "")
        ]
    places = columns(where, top, header_row, needed, optional, values.merged_cell_ranges or ())
    of = {i + 1: header for header, i in places.items()}
    ours = {(row, of[i]): why for (row, i), why in parsed.spoilt.items() if i in of and row > header_row}
    rows = _Rows(values, header_row, {header: i - left for header, i in places.items()}, {row for row, _ in ours})
    letters = {header: get_column_letter(i + 1) for header, i in places.items()}
    warnings = _of_hidden(where, [row.number for row in rows if row.number in found.hidden]) if found.hidden else []
    table = Table(file, page.name, header_row, letters, rows, ours, warnings)
    if next(iter(rows), None) is None:
        raise BadInput([Mistake(table.at(header_row + 1), "there are no rows.", "Fill in at least one row.")])
    return table


def _sheet(file: Path, package: ZipFile, name: str) -> tuple[Sheet, bool]:
    """The sheet of that name, or the first; and whether the workbook's results are stale."""
    book = sound(file, lambda: read_workbook(package))
    pages = {page.name: page for page in book.sheets}
    if not pages:
        raise BadInput([Mistake(file.name, "the workbook has no sheet with cells.", "Get a new copy of it.")])
    if name and name not in pages:
        raise BadInput([Mistake(file.name, f"there is no sheet '{name}'.", suggest(name, pages))])
    return pages[name] if name else book.sheets[0], book.stale


def _look(package: ZipFile, page: Sheet, stale: bool) -> tuple[Scan, Parsed]:
    """Where the sheet ends, its hidden rows, and its cells without a value."""
    found = scan(unpacked(package, package.getinfo(page.part)), stale)
    if not found.doubtful and found.last_row <= MAX_ROWS and found.last_row * found.last_column <= MAX_CELLS:
        return found, Parsed()
    with package.open(page.part) as part:
        parsed = parse(part, stale)
    found.last_row, found.last_column = parsed.last_row, parsed.last_column
    return found, parsed


def _refuse_unreadable(file: Path, page: Sheet, found: Scan, parsed: Parsed) -> None:
    """Raise BadInput where calamine would take all memory, or refuse the sheet for one cell."""
    if found.last_row > MAX_ROWS:
        what = f"the sheet {page.name} has a row beyond Excel's last, {MAX_ROWS}."
        raise BadInput([Mistake(file.name, what, "Open it in Excel and save it again.")])
    if found.last_row * found.last_column > MAX_CELLS:
        last = f"{get_column_letter(found.last_column)}{found.last_row}"
        what = f"the sheet {page.name} has cells as far as {last}, which is too much to read."
        raise BadInput([Mistake(file.name, what, "Copy the rows and columns in use into a new workbook.")])
    if parsed.unknown:
        where = f"{file.name}, sheet {page.name}, row {{}}, column {{}}"
        raise BadInput(
            Mistake(where.format(row, get_column_letter(column)), *parsed.spoilt[row, column])
            for row, column in parsed.unknown
        )


def _of_hidden(where: str, rows: Sequence[int]) -> list[Mistake]:
    """The warning that a filter or a person hides rows which are read all the same."""
    if not rows:
        return []
    said = f"{len(rows)} hidden rows are" if len(rows) > 1 else "a hidden row is"
    what = f"{said} read as well: {', '.join(map(str, rows[:10]))}{' …' if len(rows) > 10 else ''}."
    return [Mistake(where, what, "Delete what is not to be keyed.")]


def _values(stream: BinaryIO, page: Sheet) -> CalamineSheet:
    stream.seek(0)
    with CalamineWorkbook.from_filelike(stream) as book:
        return book.get_sheet_by_name(page.name)


def _value(cell: object) -> CellValue:
    """A cell as Excel shows it: nothing where it is empty, and a whole number without decimals."""
    if cell == "":
        return None
    if type(cell) is float and cell.is_integer() and -LOST_DIGITS < cell < LOST_DIGITS:
        return int(cell)
    return cell  # type: ignore[return-value]  # the types that the reader gives


class _Rows:
    """The rows under the header row that hold something in one of our columns; `spoilt` are rows that surely do."""

    def __init__(self, sheet: CalamineSheet, header_row: int, places: Mapping[str, int], spoilt: set[int]) -> None:
        self._sheet, self._header_row, self._places, self._spoilt = sheet, header_row, places, spoilt

    def __iter__(self) -> Iterator[Row]:
        places, spoilt = list(self._places.items()), self._spoilt
        number = first = self._header_row
        for number, cells in enumerate(islice(self._sheet.iter_rows(), first, None), first + 1):
            # Most cells are text, which stays as it is; a call for each of them takes a tenth of the whole reading.
            picked = {header: c if type(c := cells[i]) is str and c else _value(c) for header, i in places}
            if number in spoilt or any(type(c) is not str or c.strip() for c in picked.values() if c is not None):
                yield Row(number, picked)
        # To calamine the sheet ends before rows that hold nothing but formulas without a result.
        yield from (Row(row, dict.fromkeys(self._places)) for row in sorted(spoilt) if row > number)
