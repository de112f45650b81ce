"""One worksheet's XML: read and write cells in it without disturbing anything else it holds."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.cell import column_index_from_string

from bilagsbot.sinks.package import parse, string_of

_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_LETTERS: Final = re.compile(r"[A-Za-z]+")


class Sheet:
    """A worksheet's XML tree; raises ValueError where the part is no worksheet."""

    def __init__(self, xml: bytes, strings: Sequence[str]) -> None:
        self.root = parse(xml)
        self._strings = strings
        # Strict workbooks have another namespace, and some writers give the usual one a prefix.
        self._ns = etree.QName(self.root).namespace or ""
        data = self.root.find(self.tag("sheetData"))
        if data is None:
            raise ValueError("no sheetData")
        self.data: etree._Element = data
        self._rows: dict[int, etree._Element] = {}
        number = 0
        for row in data.iterchildren(self.tag("row")):
            number = int(row.get("r", number + 1))
            row.set("r", str(number))
            self._rows[number] = row
        self._order = sorted(self._rows)

    def tag(self, name: str) -> str:
        """An element's name in the worksheet's own namespace."""
        return f"{{{self._ns}}}{name}" if self._ns else name

    def add(self, parent: etree._Element, name: str, index: int) -> etree._Element:
        """A new child element at an index, under the prefix the parent already uses."""
        child = etree.SubElement(parent, self.tag(name))
        parent.insert(index, child)
        return child

    def texts(self, row: int) -> dict[int, str]:
        """The texts, stripped, of the cells of a row that have any, by column."""
        if row not in self._rows:
            return {}
        found = {column: self._text(cell).strip() for column, cell in self._cells(self._rows[row])}
        return {column: text for column, text in found.items() if text}

    def style(self, row: int, column: int) -> str | None:
        """The index of a cell's style; None where it has the default."""
        cell = self._cell(row, column)
        return None if cell is None else cell.get("s")

    def has_formula(self, row: int, column: int) -> bool:
        """Whether a cell is a formula."""
        cell = self._cell(row, column)
        return cell is not None and cell.find(self.tag("f")) is not None

    def occupied(self, first_row: int) -> set[int]:
        """The columns that hold anything, or belong to merged cells, in a row or below it."""
        columns = {
            column
            for number, row in self._rows.items()
            if number >= first_row
            for column, cell in self._cells(row)
            if len(cell)
        }
        for merge in self.root.iter(self.tag("mergeCell")):
            left, _, right, bottom = _bounds(merge.get("ref", "")) or (1, 0, 0, 0)
            columns.update(range(left, right + 1) if bottom >= first_row else ())
        return columns

    def set_text(self, row: int, column: int, text: str, style: str | None = None) -> None:
        """Make a cell an inline string of already escaped text, or empty; `style` is for a cell that has none."""
        if not text and self._cell(row, column) is None:
            return
        cell = self._make_cell(self._make_row(row), row, column)
        for child in list(cell):
            cell.remove(child)
        cell.text = None
        # Metadata of what stood there (a rich value, a dynamic array) would not fit a text.
        for name in ("t", "cm", "vm"):
            cell.attrib.pop(name, "")
        if style is not None and "s" not in cell.attrib:
            cell.set("s", style)
        if text:
            cell.set("t", "inlineStr")
            t = etree.SubElement(etree.SubElement(cell, self.tag("is")), self.tag("t"))
            t.set(_XML_SPACE, "preserve")
            t.text = text

    def widen(self, bottom: int, right: int) -> None:
        """Make the sheet's stated dimension include a cell."""
        dimension = self.root.find(self.tag("dimension"))
        bounds = _bounds(dimension.get("ref", "")) if dimension is not None else None
        if dimension is not None and bounds is not None:
            left, top, old_right, old_bottom = bounds
            end = f"{get_column_letter(max(right, old_right))}{max(bottom, old_bottom)}"
            dimension.set("ref", f"{get_column_letter(left)}{top}:{end}")

    def to_bytes(self) -> bytes:
        """The worksheet as it goes back in the package."""
        return etree.tostring(self.root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)

    def _text(self, cell: etree._Element) -> str:
        if cell.get("t") == "inlineStr":
            return string_of(cell)
        value = cell.findtext(self.tag("v"), "")
        return self._strings[int(value)] if cell.get("t") == "s" and value else value

    def _cells(self, row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
        column = 0
        for cell in row.iterchildren(self.tag("c")):
            letters = _LETTERS.match(cell.get("r", ""))
            column = column_index_from_string(letters[0]) if letters else column + 1
            yield column, cell

    def _cell(self, row: int, column: int) -> etree._Element | None:
        cells = self._cells(self._rows[row]) if row in self._rows else iter(())
        return next((cell for at, cell in cells if at == column), None)

    def _make_row(self, number: int) -> etree._Element:
        if number not in self._rows:
            place = bisect_right(self._order, number)
            later = self._rows[self._order[place]] if place < len(self._order) else None
            row = self.add(self.data, "row", len(self.data) if later is None else self.data.index(later))
            row.set("r", str(number))
            self._rows[number] = row
            self._order.insert(place, number)
        return self._rows[number]

    def _make_cell(self, row: etree._Element, number: int, column: int) -> etree._Element:
        before: etree._Element | None = None
        for at, cell in list(self._cells(row)):
            # A cell without a reference stands where its neighbours put it, and is about to get a new neighbour.
            if "r" not in cell.attrib:
                cell.set("r", f"{get_column_letter(at)}{number}")
            if at == column:
                return cell
            if at < column:
                before = cell
        new = self.add(row, "c", 0 if before is None else row.index(before) + 1)
        new.set("r", f"{get_column_letter(column)}{number}")
        if spans := row.get("spans"):
            ends = [int(end) for end in re.findall(r"\d+", spans)]
            row.set("spans", f"{min(*ends, column)}:{max(*ends, column)}")
        return new


def _bounds(ref: str) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom of a range; None where it is none, or has whole rows or columns."""
    try:
        left, top, right, bottom = range_boundaries(ref)
    except (ValueError, TypeError):
        return None
    if left is None or top is None or right is None or bottom is None:
        return None
    return left, top, right, bottom
