"""Rows from an Excel workbook."""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.tables.base import Row, Table

OLE = b"\xd0\xcf\x11\xe0"  # an encrypted xlsx, or an old xls
MAX_UNPACKED = 2_000_000_000  # bytes


def read(file: Path, sheet: str, header_row: int, needed: Sequence[str]) -> Table:
    """The rows under the header row, blank ones left out; `needed` headers must be there once each.

    Raises BadInput with every mistake in the file's form; what the cells hold is checked by the field types.
    """
    book = _open(file)
    try:
        name = sheet or book.sheetnames[0]
        if name not in book.sheetnames:
            near = suggest(name, book.sheetnames)
            raise BadInput([Mistake(file.name, f"there is no sheet '{name}'.", near)])
        rows = _rows(book[name])
        headers = next((cells for number, cells in rows if number == header_row), ())
        columns = _columns(file, name, header_row, headers, needed)
        picked = ((n, {h: cells[i] if i < len(cells) else None for h, i in columns.items()}) for n, cells in rows)
        found = [Row(n, cells) for n, cells in picked if any(cell not in (None, "") for cell in cells.values())]
    finally:
        book.close()
    letters = {header: get_column_letter(i + 1) for header, i in columns.items()}
    table = Table(file, name, header_row, letters, found)
    if not found:
        raise BadInput([Mistake(table.at(header_row + 1), "there are no rows.", "Fill in at least one row.")])
    return table


def _open(file: Path) -> Any:
    if not file.is_file():
        near = suggest(file.name, (p.name for p in file.parent.glob("*.xlsx"))) if file.parent.is_dir() else ""
        raise BadInput([Mistake(str(file), "there is no such workbook.", near)])
    with file.open("rb") as start:
        if start.read(4) == OLE:
            raise BadInput([Mistake(file.name, "the workbook is encrypted, or in the old xls format.",
                                    "Save it as .xlsx without a password.")])  # fmt: skip
    try:
        with zipfile.ZipFile(file) as package:
            if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED:
                raise BadInput([Mistake(file.name, "the workbook unpacks to more than 2 GB.", "Split it.")])
        return load_workbook(file, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, EOFError, OSError) as error:
        raise BadInput([Mistake(file.name, "this is no whole Excel workbook.",
                                "Open it in Excel and save it again as .xlsx.")]) from error  # fmt: skip


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet.reset_dimensions()  # some programs declare 1,000 rows and hold 10
    yield from enumerate(sheet.iter_rows(values_only=True), start=1)


def _columns(file: Path, sheet: str, header_row: int, headers: Sequence[Any], needed: Sequence[str]) -> dict[str, int]:
    named = [(i, " ".join(str(h).split())) for i, h in enumerate(headers) if h is not None]
    mistakes, columns = [], {}
    where = f"{file.name}, sheet {sheet}, row {header_row}"
    for header in needed:
        places = [i for i, name in named if name == header]
        if len(places) == 1:
            columns[header] = places[0]
        elif places:
            letters = " and ".join(get_column_letter(i + 1) for i in places)
            mistakes.append(
                Mistake(where, f"the column '{header}' is there twice, in {letters}.", "Rename one of them.")
            )
        else:
            near = suggest(header, (name for _, name in named))
            mistakes.append(Mistake(where, f"there is no column '{header}'.", near))
    if mistakes:
        raise BadInput(mistakes)
    return columns
