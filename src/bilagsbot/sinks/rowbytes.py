"""Where the rows and cells of a worksheet lie in its XML, found without making a tree of them.

A workbook of 100,000 rows has a million cells, of which a receipt touches none; only their places are needed.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string

ATTRIBUTES: Final = rb"(?:\s+[^\s=/>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*+"
ATTRIBUTE: Final = re.compile(rb"\s+([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_HIDDEN: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_LETTERS: Final = re.compile(rb"\s*([A-Za-z]+)")


class Row(NamedTuple):
    """A row: its number, whether it says so itself, where its element starts, its start tag ends, its element ends."""

    number: int
    placed: bool
    start: int
    opened: int
    end: int


class Cell(NamedTuple):
    """A cell: its column, whether it says so itself, where its element starts and ends, its attributes as written but
    for the usual way of placing it, and its content."""

    column: int
    placed: bool
    start: int
    end: int
    attributes: bytes
    content: bytes


class RowBytes:
    """A worksheet's XML, as UTF-8, and its rows; raises ValueError where it has none of the form we know."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.plain = plain(xml)
        data = re.search(rb"<((?:[^\s<>/:]+:)?)sheetData(?=[\s/>])" + ATTRIBUTES + rb"\s*/?>", self.plain)
        if data is None:
            raise ValueError("no sheetData")
        self.prefix = data[1]
        self.before, self.start = data.span()
        self.end = self.plain.find(b"</" + self.prefix + b"sheetData", self.start)
        if data[0].endswith(b"/>"):
            self.end = self.start
        # Nearly all writers begin and end cells so; asking for that first is four times as fast.
        self._usual = re.compile(re.escape(b"<" + self.prefix) + rb'c r="([A-Z]+)\d+"')
        self._ending = b"</%bc></%brow>" % (self.prefix, self.prefix)
        self._cell = self.element(b"c", rb'(?: r="([A-Z]+)\d+")?')
        self._opening = b"<" + self.prefix + b"c"
        self._formula = re.compile(b"<" + re.escape(self.prefix) + rb"f[\s/>]")
        self.rows = {row.number: row for row in self._rows()}

    def element(self, name: bytes, usual: bytes = b"()") -> re.Pattern[bytes]:
        """Matches an element that holds none of its own name: `usual` attributes, others, and content, None for `/>`.

        The usual ones are a group of their own, and may be none.
        """
        tag = re.escape(self.prefix + name)
        return re.compile(rb"<%b%b(%b)\s*(?:/>|>(.*?)</%b\s*>)" % (tag, usual, ATTRIBUTES, tag), re.DOTALL)

    def _rows(self) -> Iterator[Row]:
        tag, ending = b"<" + self.prefix + b"row", b"</" + self.prefix + b"row"
        opening = re.compile(re.escape(tag) + rb'(?: r="(\d+)")?(' + ATTRIBUTES + rb")\s*(/?)>")
        number, at = 0, self.start
        while (start := self.plain.find(tag, at, self.end)) >= 0:
            opened = opening.match(self.plain, start)
            if opened is None or (start > at and self.plain[at:start].strip()):
                raise ValueError("something else than rows in sheetData")
            said = opened[1] or attributes_of(opened[2]).get(b"r")
            number = int(said or number + 1)
            at = opened.end()
            if not opened[3]:
                at = self.plain.index(b">", self.plain.index(ending, at)) + 1
            yield Row(number, said is not None, start, opened.end(), at)
        if self.plain[at : self.end].strip():
            raise ValueError("something else than rows in sheetData")

    def cells(self, row: Row, first: int = 1) -> Iterator[Cell]:
        """A row's cells, maybe without those left of column `first`; one that says no place follows its neighbour."""
        column = 0
        usual = b'%b r="%b%d"' % (self._opening, get_column_letter(first).encode(), row.number)
        start = self.plain.find(usual, row.opened, row.end)
        for found in self._cell.finditer(self.plain, max(start, row.opened), row.end):
            said = _said_column(found)
            column = said or column + 1
            yield Cell(column, bool(said), *found.span(), found[2], found[3] or b"")

    def last_column(self, row: Row) -> int:
        """A row's rightmost column, 0 where it has no cells: Excel opens no sheet whose cells are in disorder."""
        start = self.plain.rfind(self._opening, row.opened, row.end)
        if start < 0:
            return 0
        if usual := self._usual.match(self.plain, start, row.end):
            return column_index_from_string(usual[1].decode())
        return max((cell.column for cell in self.cells(row)), default=0)

    def ends_left_of(self, row: Row, column: int) -> bool:
        """Whether a row's end tag follows upon a cell that says it is left of a column, all written as most do."""
        usual = self._usual.match(self.plain, max(self.plain.rfind(self._opening, row.opened, row.end), 0))
        left = usual is not None and column_index_from_string(usual[1].decode()) < column
        return left and self.plain.endswith(self._ending, row.opened, row.end)

    def has_formula(self, row: Row, columns: range) -> bool:
        """Whether a cell in one of these columns of a row is a formula."""
        if self._formula.search(self.plain, row.opened, row.end) is None:
            return False
        return any(
            cell.column in columns and self._formula.search(cell.content) for cell in self.cells(row, columns[0])
        )


def plain(xml: bytes) -> bytes:
    """The XML with blanks for comments, CDATA sections and instructions, which may hold what looks like a tag."""
    hides = xml.find(b"<!") >= 0 or xml.find(b"<?", 2) >= 0
    return _HIDDEN.sub(lambda found: b" " * len(found[0]), xml) if hides else xml


def attributes_of(written: bytes) -> dict[bytes, bytes]:
    """A start tag's attributes, with their values as written."""
    return {name: double or single for name, double, single in ATTRIBUTE.findall(written)}


def _said_column(cell: re.Match[bytes]) -> int:
    """The column of a cell's reference; 0 where it has none."""
    letters = cell[1] or ((at := _LETTERS.match(attributes_of(cell[2]).get(b"r", b""))) and at[1])
    return column_index_from_string(letters.decode()) if letters else 0
