"""A row's XML with texts put in some of its cells."""

import re
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from bilagsbot.sinks.rowbytes import ATTRIBUTE, Cell, Row, RowBytes, attributes_of

_SPANS: Final = re.compile(rb"(\sspans\s*=\s*[\"'])([^\"']*)")
# Metadata of what stood there (a rich value, a dynamic array) would not fit a text.
_DROPPED: Final = (b"r", b"t", b"cm", b"vm")


class RowTexts:
    """Writes cells and rows under the prefix that the worksheet uses."""

    def __init__(self, xml: RowBytes) -> None:
        self._xml = xml
        self._x, self._prefix = xml.prefix, xml.prefix.decode()
        self._kept: dict[bytes, str] = {}

    def new(self, number: int, first: int, texts: Sequence[str], style: str | None) -> bytes:
        """A row that was not there."""
        return b'<%brow r="%d">%b</%brow>' % (self._x, number, self._cells(number, first, texts, style), self._x)

    def changed(self, row: Row, first: int, texts: Sequence[str], style: str | None) -> bytes:
        """A row with these texts from column `first` on; an empty text empties a cell, but makes none."""
        xml, end = self._xml.xml, b"</%brow>" % self._x
        opened = self._opened(row, first, first + max((i for i, text in enumerate(texts) if text), default=0))
        if self._xml.ends_left_of(row, first):
            added = self._cells(row.number, first, texts, style)
            return b"".join((opened, xml[row.opened : row.end - len(end)], added, end))
        pieces, at, done = [opened], row.opened, first
        for cell in self._xml.cells(row, first):
            pieces.append(xml[at : cell.start])
            at = cell.end
            if (to := min(cell.column, first + len(texts))) > done:
                pieces.append(self._cells(row.number, done, texts[done - first : to - first], style))
                done = to
            if done == cell.column < first + len(texts):
                pieces.append(self._exchanged(row.number, cell, texts[done - first], style))
                done += 1
            else:
                pieces.append(self._placed(row.number, cell))
        pieces.append(self._cells(row.number, done, texts[done - first :], style))
        # A row that was empty, `<row/>`, has no end of its own.
        return b"".join((*pieces, xml[at : row.end] or end))

    def _cells(self, number: int, first: int, texts: Sequence[str], style: str | None) -> bytes:
        attributes = "" if style is None else f' s="{style}"'
        return b"".join([self._cell(number, i, text, attributes) for i, text in enumerate(texts, first) if text])

    def _cell(self, number: int, column: int, text: str, attributes: str) -> bytes:
        x, start = self._prefix, f'c r="{get_column_letter(column)}{number}"{attributes}'
        if not text:
            return f"<{x}{start}/>".encode()
        inline = f'<{x}is><{x}t xml:space="preserve">{escape(text)}</{x}t></{x}is>'
        return f'<{x}{start} t="inlineStr">{inline}</{x}c>'.encode()

    def _exchanged(self, number: int, cell: Cell, text: str, style: str | None) -> bytes:
        """The cell with another text, or without one."""
        if cell.attributes not in self._kept:  # nearly all cells of a column are alike
            kept = [found for found in ATTRIBUTE.finditer(cell.attributes) if found[1] not in _DROPPED]
            self._kept[cell.attributes] = b"".join([found[0] for found in kept]).decode()
        attributes = self._kept[cell.attributes]
        if style is not None and b"s" not in attributes_of(cell.attributes):
            attributes += f' s="{style}"'
        return self._cell(number, cell.column, text, attributes)

    def _placed(self, number: int, cell: Cell) -> bytes:
        """A cell that says where it stands: it may be about to get a new neighbour."""
        written = self._xml.xml[cell.start : cell.end]
        if cell.placed:
            return written
        name = len(self._x) + 2
        return b'%b r="%b%d"%b' % (written[:name], get_column_letter(cell.column).encode(), number, written[name:])

    def _opened(self, row: Row, left: int, right: int) -> bytes:
        """A row's start tag, with its number, and with spans that include these columns where it has any."""
        name = b"<%brow" % self._x
        tag = self._xml.xml[row.start : row.opened].removesuffix(b"/>").removesuffix(b">")
        if not row.placed:
            tag = b'%b r="%d"%b' % (name, row.number, tag.removeprefix(name))

        def wider(found: re.Match[bytes]) -> bytes:
            ends = [int(end) for end in re.findall(rb"\d+", found[2])]
            return b"%b%d:%d" % (found[1], min(*ends, left, right), max(*ends, left, right))

        return _SPANS.sub(wider, tag) + b">"
