"""A table's rows before and after a change: what is read under a heading is what stood under it."""

from typing import Literal

from bilagsbot.drivers.base import ScreenRow, ScreenTable


def same_rows(was: ScreenTable, now: ScreenTable) -> Literal["right", "stopped", "wrong"]:
    """`stopped` where a heading is missing, or a row is told as none, for a lookup takes neither for an answer.

    A column without a heading is known by its number alone: what is clicked there has to be told by its text.
    """
    named = [column for column in was.columns if not column.isdigit()]
    known = [column for column in named if column in now.columns]
    before, after = [_cells(row, known) for row in was.rows], [_cells(row, known) for row in now.rows]
    if any(cells not in before for cells in after):
        return "wrong"
    gone = [row for row, cells in zip(was.rows, before, strict=True) if cells not in after]
    if any(not any(set(row.cells.values()) <= set(other) for other in now.others) for row in gone):
        return "wrong"
    return "stopped" if gone or known != named else "right"


def _cells(row: ScreenRow, columns: list[str]) -> dict[str, str]:
    return {column: row.cells[column] for column in columns if column in row.cells}
