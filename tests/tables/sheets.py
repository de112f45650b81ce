"""Workbooks for the tests: rows as a person types them, and files that are none."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook

HEADERS = ("Nr", "Navn", "Beløp")
ROWS = (HEADERS, ("1", "Ås", 10), ("2", "Bø", 20))
SHEET = "xl/worksheets/sheet1.xml"


def write(file: Path, rows: Iterable[Sequence[object]], sheet: str = "Ark1", more: Sequence[str] = ()) -> Path:
    """A workbook with one sheet, and `more` empty ones."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for name in more:
        book.create_sheet(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    book.save(file)
    return file


def change_part(file: Path, part: str, change: Callable[[bytes], bytes] | None) -> Path:
    """Change one part of the package, or leave it out."""
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    content = parts.pop(part, b"")
    if change is not None:
        parts[part] = change(content)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    file.write_bytes(held.getvalue())
    return file


def merged(folder: Path, rows: Sequence[Sequence[object]], *ranges: str) -> Path:
    """A workbook with merged cells."""
    book = load_workbook(write(folder / "bok.xlsx", rows))
    for cells in ranges:
        book.worksheets[0].merge_cells(cells)
    book.save(folder / "bok.xlsx")
    return folder / "bok.xlsx"


def hidden(folder: Path, rows: Sequence[Sequence[object]], *numbers: int) -> Path:
    """A workbook with hidden rows, as a filter leaves them."""
    book = load_workbook(write(folder / "bok.xlsx", rows))
    for number in numbers:
        book.worksheets[0].row_dimensions[number].hidden = True
    book.save(folder / "bok.xlsx")
    return folder / "bok.xlsx"


def by_hand(folder: Path, rows: str, change: Callable[[bytes], bytes] = bytes) -> Path:
    """A workbook whose rows under the headers are this XML; `change` may do something to the whole sheet's."""
    file = write(folder / "bok.xlsx", [HEADERS])
    change_part(file, "xl/workbook.xml", lambda xml: xml.replace(b'fullCalcOnLoad="1"', b""))
    return change_part(file, SHEET, lambda xml: change(xml.replace(b"</sheetData>", f"{rows}</sheetData>".encode())))
