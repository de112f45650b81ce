"""Table: the rows of the operator's file, whatever its format."""

import unicodedata
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from bilagsbot.model.types import CellValue


def heading(text: object) -> str:
    """A column header as headers compare: composed letters, and every run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", str(text)).split())


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, 1-based, and its cells by column header."""

    number: int
    cells: Mapping[str, CellValue]


@dataclass(frozen=True)
class Table:
    """The rows under one header row. `letters` gives each header's column as the person sees it.

    `unstored` are the cells, by row and header, that hold a formula whose result the file does not hold.
    """

    file: Path
    sheet: str
    header_row: int
    letters: Mapping[str, str]
    rows: Sequence[Row]
    unstored: AbstractSet[tuple[int, str]] = frozenset()

    def at(self, row: int, header: str = "") -> str:
        """Where a cell is, in the person's terms."""
        place = f"{self.file.name}, sheet {self.sheet}, row {row}" if self.sheet else f"{self.file.name}, row {row}"
        return f"{place}, column {self.letters[header]} ({header})" if header else place
