"""Formulas whose result a workbook does not hold: to a reader of values they look like empty cells, or like 0."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile

from openpyxl.utils.cell import coordinate_to_tuple

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_RECALCULATE = re.compile(rb"fullCalcOnLoad=[\"'](?:1|true)[\"']")
_CHUNK = 1 << 20  # bytes


def unstored(package: ZipFile, part: str) -> set[tuple[int, int]]:
    """The cells of a sheet's part, as row and column from 1, that hold a formula without a result.

    In a workbook that asks to be calculated when it is opened no result counts: the libraries that write such
    workbooks put 0 there.
    """
    if not _has_formulas(package, part):
        return set()
    stale = "xl/workbook.xml" in package.namelist() and bool(_RECALCULATE.search(package.read("xl/workbook.xml")))
    return {place for place, cell in _cells(package, part) if _lacks_result(cell, stale)}


def _has_formulas(package: ZipFile, part: str) -> bool:
    """A quick look; most workbooks of vouchers hold none, and are not parsed twice."""
    tail = b""
    with package.open(part) as sheet:
        while chunk := sheet.read(_CHUNK):
            if _FORMULA.search(tail + chunk):
                return True
            tail = chunk[-40:]
    return False


def _cells(package: ZipFile, part: str) -> Iterator[tuple[tuple[int, int], Element]]:
    row = 0
    with package.open(part) as sheet:
        for _, element in iterparse(sheet):  # noqa: S314 - the same text that openpyxl's own parser has just read
            if _name(element) != "row":
                continue
            row, column = int(element.get("r", row + 1)), 0
            for cell in element:
                # Cells may leave their place out; then each stands right of the one before.
                row, column = coordinate_to_tuple(r) if (r := cell.get("r")) else (row, column + 1)
                yield (row, column), cell
            element.clear()


def _lacks_result(cell: Element, stale: bool) -> bool:
    parts = {_name(part): part for part in cell}
    if "f" not in parts:
        return False
    # Excel stores the result "" as an empty value of type str.
    return stale or (("v" not in parts or not parts["v"].text) and cell.get("t") != "str")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
