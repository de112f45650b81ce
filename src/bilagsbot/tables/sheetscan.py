"""A quick look through a sheet's XML for what its values do not tell.

It sees text, not elements: a parse of 100,000 rows takes seconds, this some tenths of one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from openpyxl.utils import column_index_from_string

_LONGEST_CELL = 1 << 20  # bytes; 32,767 characters and the markup around them
_ROOT = re.compile(rb"<(\w+:)?worksheet\b")


@dataclass
class Scan:
    """Where a sheet ends, which rows are hidden, and whether only a parse tells more.

    The last row and column count cells that hold nothing; the first 26 columns are not told apart. `doubtful`: there
    are formulas without a result, errors, or cells in rows beyond Excel's last.
    """

    last_row: int = 0
    last_column: int = 26
    hidden: set[int] = field(default_factory=set)
    doubtful: bool = False


def scan(chunks: Iterable[bytes], stale: bool) -> Scan:
    """Look through a sheet's XML; with `stale` every formula is doubtful. Raises ValueError where it has no end."""
    found, row, far, piece = Scan(), 0, set[bytes](), b""
    look: _Patterns | None = None
    for piece in _pieces(chunks):
        look = look or _Patterns(piece, stale)
        hides = look.hidden.search(piece)
        for tag, number in look.row.findall(piece):
            row = int(number) if number else row + 1
            if row > found.last_row:
                found.last_row = row
            if hides and look.hidden.search(tag):
                found.hidden.add(row)
        if look.is_far.search(piece):
            far.update(look.far.findall(piece))
        found.doubtful = found.doubtful or look.doubts(piece)
    if look is None or not look.end.search(piece):
        raise ValueError("the sheet is cut short")
    found.doubtful = found.doubtful or any(place[-1:].isdigit() for place in far)
    found.last_column = max((column_index_from_string(c.decode()) for c in far if c.isalpha()), default=26)
    return found


class _Patterns:
    """What to look for, with the prefix that the sheet gives its elements, as in `<x:row>`."""

    def __init__(self, start: bytes, stale: bool) -> None:
        root = _ROOT.search(start)
        if root is None:
            raise ValueError("the part is no sheet of cells in UTF-8")
        p = root[1] or b""
        self.end = re.compile(rb"</%bworksheet\s*>\s*\Z" % p)
        self.row = re.compile(rb"(<%brow\b(?:[^>]*?\sr=[\"'](\d+))?[^>]*>)" % p)
        self.hidden = re.compile(rb"hidden=[\"'](?:1|true)[\"']")
        # The columns right of Z, and whole places with a row number of seven digits.
        self.is_far = re.compile(rb"r=[\"'][A-Za-z](?:[A-Za-z]|\d{7})")
        self.far = re.compile(rb"r=[\"']([A-Za-z]+\d{7,}|[A-Za-z]{2,}(?=\d))")
        self._formula = re.compile(rb"<%bf[\s/>]" % p)
        without_result = rb"(?:</%bf>|<%bf\b[^>]*/>)(?!\s*<%bv[^>]*>[^<])" % (p, p, p)
        self._without_result = self._formula if stale else re.compile(without_result)
        self._error = re.compile(rb"t=[\"']e[\"']")

    def doubts(self, piece: bytes) -> bool:
        """Whether there is an error, or a formula without a result."""
        # Most sheets of vouchers have no formulas, and are told by the pattern that is fast.
        formula = self._formula.search(piece) and self._without_result.search(piece)
        return bool(formula or self._error.search(piece))


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same text, cut where a cell begins."""
    left = b""
    for chunk in chunks:
        text = left + chunk
        cut = max(text.rfind(b"<c "), text.rfind(b":c "), len(text) - _LONGEST_CELL, 0)
        if cut:
            yield text[:cut]
        left = text[cut:]
    yield left
