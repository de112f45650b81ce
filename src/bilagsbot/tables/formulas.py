"""Cells that a reader of values takes for empty, or for 0: errors, and formulas whose result the workbook lacks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple

from bilagsbot.tables.base import Spoilt

# Those that calamine knows; at any other it refuses the whole sheet. Excel itself stores newer ones as #VALUE!.
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
WITHOUT_RESULT = Spoilt("holds a formula whose result is not in the file.", "Open it in Excel and save it.")


@dataclass
class Parsed:
    """The cells without a value, by row and column from 1, and the last row and column that hold something.

    `unknown` are those of them with an error that Excel does not have.
    """

    spoilt: dict[tuple[int, int], Spoilt] = field(default_factory=dict)
    unknown: list[tuple[int, int]] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0


def parse(sheet: IO[bytes], stale: bool) -> Parsed:
    """Read every cell of a sheet's XML.

    In a workbook that asks to be calculated when it is opened (`stale`) no result counts: the libraries that write
    such workbooks put 0 there. Raises SyntaxError or ValueError where the XML is damaged.
    """
    found, errors = Parsed(), dict[str, Spoilt]()
    for place, cell in _cells(sheet):
        parts = {etree.QName(part).localname: part.text for part in cell.iterchildren(tag=etree.Element)}
        if not parts:
            continue
        found.last_row, found.last_column = max(found.last_row, place[0]), max(found.last_column, place[1])
        if cell.get("t") == "e" and (name := parts.get("v")):
            found.spoilt[place] = errors.setdefault(name, _error(name))
            if name not in _ERRORS:
                found.unknown.append(place)
        if "f" in parts and _lacks_result(cell, parts, stale):
            found.spoilt[place] = WITHOUT_RESULT
    return found


def _cells(sheet: IO[bytes]) -> Iterator[tuple[tuple[int, int], etree._Element]]:
    row = 0
    for _, element in etree.iterparse(sheet, tag="{*}row", resolve_entities=False):
        row, column = int(element.get("r", row + 1)), 0
        for cell in element.iterchildren("{*}c"):
            # Cells may leave their place out; then each stands right of the one before.
            row, column = coordinate_to_tuple(r) if (r := cell.get("r")) else (row, column + 1)
            yield (row, column), cell
        element.clear()
        while (before := element.getprevious()) is not None and (parent := before.getparent()) is not None:
            parent.remove(before)


def _lacks_result(cell: etree._Element, parts: dict[str, str | None], stale: bool) -> bool:
    # Excel stores the result "" as an empty value of type str.
    return stale or (not parts.get("v") and cell.get("t") != "str")


def _error(name: str) -> Spoilt:
    return Spoilt(f"'{name}' is an error from a formula.", "Correct the formula, or type the value.")
