"""Where the receipt's columns go in a sheet: over those of an earlier run, or in the first free place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.sinks.celltext import cell_text
from bilagsbot.sinks.sheetxml import Sheet

_LAST_COLUMN: Final = 16_384


@dataclass(frozen=True)
class Place:
    """The first of the receipt's columns, and whether the columns are new to the sheet."""

    first: int
    new: bool


def find_place(sheet: Sheet, labels: Sequence[str], rows: Iterable[int]) -> Place:
    """Where columns with these labels go; BadInput where the header row is empty or the sheet is full."""
    headers = sheet.headings()
    if not headers:
        raise BadInput([Mistake(f"row {sheet.header_row}", "has no headings.")])
    wanted = [cell_text(label).strip() for label in labels]
    for first in sorted(headers, reverse=True):
        if [headers.get(first + i, "") for i in range(len(wanted))] == wanted:
            block = range(first, first + len(wanted))
            # A formula in there is somebody's work, not ours; it stays, and new columns are made.
            if not any(sheet.has_formula(row, block) for row in rows):
                return Place(first, new=False)
    return Place(_first_free(sheet, max(headers) + 1, len(wanted)), new=True)


def _first_free(sheet: Sheet, start: int, count: int) -> int:
    """The first column of a block that nothing stands in, from the header row down."""
    occupied = sheet.occupied(start)
    first = start
    while taken := occupied.intersection(range(first, first + count)):
        first = max(taken) + 1
    if first + count - 1 > _LAST_COLUMN:
        raise BadInput([Mistake(f"row {sheet.header_row}", f"has no room for {count} more columns to its right.")])
    return first
