"""Workbooks for the tests: rows as a person types them, and files that are none."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook


def write(file: Path, rows: Iterable[Sequence[object]], sheet: str = "Ark1") -> Path:
    """A workbook with one sheet."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    file.parent.mkdir(parents=True, exist_ok=True)
    book.save(file)
    return file


def change_part(file: Path, part: str, change: Callable[[bytes], bytes] | None) -> Path:
    """Change one part of the package, or leave it out."""
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    content = parts.pop(part)
    if change is not None:
        parts[part] = change(content)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    file.write_bytes(held.getvalue())
    return file
