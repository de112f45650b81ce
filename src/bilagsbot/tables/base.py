"""Table: the rows of the operator's file, whatever its format."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bilagsbot.model.errors import Mistake
from bilagsbot.model.types import CellValue


def heading(text: object) -> str:
    """A column header as headers compare: composed letters, and every run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", str(text)).split())


class Row(NamedTuple):
    """One row: its number in the file, 1-based, and its cells by column header."""

    number: int
    cells: Mapping[str, CellValue]


class Spoilt(NamedTuple):
    """Why a cell has no value: what is wrong with its formula, and what to do."""

    what: str
    instead: str


@dataclass(frozen=True)
class Table:
    """The rows under one header row. `letters` gives each header's column as the person sees it.

    `rows` may be gone through again; they are made as they are asked for, so that a long file takes little memory.
    `spoilt` are the cells without a value, by row and header; `warnings` are of what is allowed but looks wrong.
    """

    file: Path
    sheet: str
    header_row: int
    letters: Mapping[str, str]
    rows: Iterable[Row]
    spoilt: Mapping[tuple[int, str], Spoilt] = field(default_factory=dict)
    warnings: Sequence[Mistake] = ()

    def at(self, row: int, header: str = "") -> str:
        """Where a cell is, in the person's terms."""
        place = f"{self.file.name}, sheet {self.sheet}, row {row}" if self.sheet else f"{self.file.name}, row {row}"
        return f"{place}, column {self.letters[header]} ({header})" if header else place
