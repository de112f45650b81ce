"""The workbook that lies beside the screen while a person records."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.model.recording import Sample
from bilagsbot.model.types import CellValue
from bilagsbot.tables import xlsx
from bilagsbot.tables.base import Row


@dataclass(frozen=True)
class SampleRows:
    """A sheet's headers from the left, all of its rows, and those of them that were keyed in the recording."""

    sample: Sample
    sheet: str
    headers: Sequence[str]
    rows: Sequence[Row]
    keyed: Sequence[Mapping[str, CellValue]]

    def column(self, header: str) -> list[CellValue]:
        """All cells under a header."""
        return [row.cells[header] for row in self.rows]


def read_sample(workspace: Path, sample: Sample) -> SampleRows:
    """The sample's rows; its workbook is relative to the workspace. Raises BadInput for rows that are not there."""
    file = workspace / sample.workbook
    table = xlsx.read(file, sample.sheet, sample.header_row, needed=None)
    rows = list(table.rows)
    there = {row.number: row.cells for row in rows}
    if missing := [number for number in sample.rows if number not in there]:
        first, last = rows[0].number, rows[-1].number
        instead = f"Its rows are {first} to {last}."
        raise BadInput([Mistake(table.at(number), "there is no such row to key.", instead) for number in missing])
    return SampleRows(sample, table.sheet, list(table.letters), rows, [there[number] for number in sample.rows])


def beside(folder: Path, workbook: Path, sheet: str, header_row: int, rows: Sequence[int]) -> Sample:
    """The sample that a command line names: relative to the workspace if it is in it, and by default its first row."""
    whole = workbook.resolve()
    inside = whole.relative_to(folder) if whole.is_relative_to(folder) else whole
    chosen = tuple(rows) or (header_row + 1,)
    return Sample(workbook=inside.as_posix(), sheet=sheet, header_row=header_row, rows=chosen)


def as_read(cell: CellValue) -> str:
    """A cell as the bar shows it."""
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.strftime("%d.%m.%Y")
    return str(cell)
