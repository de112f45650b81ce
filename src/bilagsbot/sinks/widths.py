"""How wide the receipt's columns are, and how a worksheet is told."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Final

from lxml import etree

from bilagsbot.sinks.sheetxml import Sheet
from bilagsbot.sinks.words import MESSAGE, STATUS, TIME

_WIDTHS: Final = {STATUS: 15.0, TIME: 20.0, MESSAGE: 60.0}


def width_of(label: str) -> float:
    """A column's width, in characters."""
    return _WIDTHS.get(label, max(14.0, len(label) + 4.0))


def set_widths(sheet: Sheet, first: int, labels: Sequence[str]) -> None:
    """Give new columns a width, unless the sheet already gives them one that can be seen."""
    cols = sheet.columns()
    for column, label in enumerate(labels, first):
        ranges = list(cols.iterchildren(sheet.tag("col")))
        covering = next((col for col in ranges if _low(col) <= column <= _high(col)), None)
        if covering is None:
            _show(sheet.add(cols, "col", sum(_high(col) < column for col in ranges)), column, width_of(label))
        elif covering.get("hidden") in ("1", "true"):
            # People hide every unused column to the right; the receipt must still be seen.
            _cut_out(covering, column, width_of(label))


def _cut_out(hidden: etree._Element, column: int, width: float) -> None:
    """Divide a hidden range of columns so that one of them can be seen."""
    pieces = ((_low(hidden), column - 1), (column, column), (column + 1, _high(hidden)))
    for low, high in pieces:
        if low <= high:
            piece = deepcopy(hidden)
            piece.set("min", str(low))
            piece.set("max", str(high))
            hidden.addprevious(piece)
            if low == column:
                piece.attrib.pop("hidden")
                _show(piece, column, width)
    parent = hidden.getparent()
    assert parent is not None
    parent.remove(hidden)


def _show(col: etree._Element, column: int, width: float) -> None:
    col.set("min", str(column))
    col.set("max", str(column))
    col.set("width", f"{width:g}")
    col.set("customWidth", "1")


def _low(col: etree._Element) -> int:
    return int(col.get("min", "0"))


def _high(col: etree._Element) -> int:
    return int(col.get("max", "0"))
