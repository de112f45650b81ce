"""One worksheet's XML: read its headings and write texts beside its rows, every other byte left as it is."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

from lxml import etree
from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import column_index_from_string, get_column_letter

from bilagsbot.sinks.package import parse, string_of
from bilagsbot.sinks.rowbytes import RowBytes, plain
from bilagsbot.sinks.rowtexts import RowTexts

Strings = Callable[[Collection[int]], Mapping[int, str]]
"""The shared strings at these places."""

_LETTERS: Final = re.compile(r"[A-Za-z]+")
# What is not UTF-8 has a declaration that says so, or zeros among its first characters.
_UTF8: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?<(?:\?xml\s[^>]*encoding\s*=\s*[\"']utf-8[\"']|\?xml\s(?![^>]*encoding)|[^?\0])", re.IGNORECASE
)


class Sheet:
    """A worksheet; raises ValueError where the part is none, or has rows of no form we know.

    The header row and all that is around the rows is a tree, `root`; the rows are bytes.
    """

    def __init__(self, xml: bytes, header_row: int, strings: Strings) -> None:
        if not _UTF8.match(xml):
            xml = etree.tostring(parse(xml), encoding="UTF-8")
        self.bytes = RowBytes(xml)
        self._order = sorted(self.bytes.rows)
        self._texts = RowTexts(self.bytes)
        self._strings, self.header_row = strings, header_row
        self._changes: list[tuple[int, int, int, bytes]] = []
        header = self.bytes.rows.get(header_row)
        row = xml[header.start : header.end] if header else b""
        self.root = parse(xml[: self.bytes.start] + row + xml[self.bytes.end :])
        # Strict workbooks have another namespace, and some writers give the usual one a prefix.
        self._ns = etree.QName(self.root).namespace or ""
        data = self.root.find(self.tag("sheetData"))
        if data is None:
            raise ValueError("no sheetData")
        self.data: etree._Element = data

    def tag(self, name: str) -> str:
        """An element's name in the worksheet's own namespace."""
        return f"{{{self._ns}}}{name}" if self._ns else name

    def add(self, parent: etree._Element, name: str, index: int) -> etree._Element:
        """A new child element at an index, under the prefix the parent already uses."""
        child = etree.SubElement(parent, self.tag(name))
        parent.insert(index, child)
        return child

    def headings(self) -> dict[int, str]:
        """The texts, stripped, of the cells of the header row that have any, by column."""
        cells = dict(self._header_cells())
        shared = [int(cell.findtext(self.tag("v")) or 0) for cell in cells.values() if cell.get("t") == "s"]
        strings = self._strings(shared)
        found = {column: self._text(cell, strings).strip() for column, cell in cells.items()}
        return {column: text for column, text in found.items() if text}

    def heading_style(self, column: int) -> str | None:
        """The index of a heading's style; None where it has the default."""
        return next((cell.get("s") for at, cell in self._header_cells() if at == column), None)

    def has_formula(self, row: int, columns: range) -> bool:
        """Whether a cell in these columns of a row is a formula."""
        return row in self.bytes.rows and self.bytes.has_formula(self.bytes.rows[row], columns)

    def occupied(self, first_column: int) -> set[int]:
        """The columns, from this one on, that hold anything or belong to merged cells, from the header row down."""
        columns: set[int] = set()
        for row in self.bytes.rows.values():
            if row.number >= self.header_row and self.bytes.last_column(row) >= first_column:
                columns.update(cell.column for cell in self.bytes.cells(row, first_column) if b"<" in cell.content)
        for merge in self.root.iter(self.tag("mergeCell")):
            left, _, right, bottom = _bounds(merge.get("ref", "")) or (1, 0, 0, 0)
            columns.update(range(left, right + 1) if bottom >= self.header_row else ())
        return columns

    def set_texts(self, number: int, first: int, texts: Sequence[str], style: str | None = None) -> None:
        """Make the cells of a row from column `first` on inline strings of already escaped texts, or empty.

        `style` is for cells that have none.
        """
        if (row := self.bytes.rows.get(number)) is not None:
            self._changes.append((row.start, row.end, number, self._texts.changed(row, first, texts, style)))
        elif any(texts):
            place = bisect_right(self._order, number)
            at = self.bytes.rows[self._order[place]].start if place < len(self._order) else self.bytes.end
            self._changes.append((at, at, number, self._texts.new(number, first, texts, style)))

    def columns(self) -> etree._Element:
        """The element that holds the columns' widths, made where there is none."""
        cols = self.root.find(self.tag("cols"))
        return self.add(self.root, "cols", self.root.index(self.data)) if cols is None else cols

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
        frame = plain(etree.tostring(self.root, encoding="UTF-8"))
        rows = frame.index(b"<%bsheetData" % self.bytes.prefix)
        for name in (b"dimension", b"cols"):
            element = self.bytes.element(name)
            if (now := element.search(frame, 0, rows)) is not None:
                old = element.search(self.bytes.plain, 0, self.bytes.before)
                start, end = old.span() if old else (self.bytes.before, self.bytes.before)
                self._changes.append((start, end, 0, now[0]))
        pieces: list[bytes | memoryview] = []
        at = 0
        view = memoryview(self.bytes.xml)
        for start, end, _, new in sorted(self._changes, key=lambda change: change[:3]):
            pieces += [view[at:start], new]
            at = end
        return b"".join([*pieces, view[at:]])

    def _header_cells(self) -> Iterator[tuple[int, etree._Element]]:
        column = 0
        for cell in self.data.iter(self.tag("c")):
            letters = _LETTERS.match(cell.get("r", ""))
            column = column_index_from_string(letters[0]) if letters else column + 1
            yield column, cell

    def _text(self, cell: etree._Element, strings: Mapping[int, str]) -> str:
        if cell.get("t") == "inlineStr":
            return string_of(cell)
        value = cell.findtext(self.tag("v"), "")
        return strings.get(int(value), "") if cell.get("t") == "s" and value else value


def _bounds(ref: str) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom of a range; None where it is none, or has whole rows or columns."""
    try:
        left, top, right, bottom = range_boundaries(ref)
    except (ValueError, TypeError):
        return None
    if left is None or top is None or right is None or bottom is None:
        return None
    return left, top, right, bottom
