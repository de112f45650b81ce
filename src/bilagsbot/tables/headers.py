"""Which column holds which field: the header row, and what to say where it is not as the bot says."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.model.types import CellValue
from bilagsbot.tables.base import heading

Cells = Sequence[CellValue]
# The first and the last cell of merged ones, each by row and column from 0.
Merged = tuple[tuple[int, int], tuple[int, int]]


def columns(
    where: str, top: Sequence[Cells], header_row: int, needed: Sequence[str], optional: Sequence[str],
    merged: Sequence[Merged] = (),
) -> dict[str, int]:  # fmt: skip
    """Each header's column, 0-based; `where` is the sheet, `top` its first rows. Raises BadInput with every mistake.

    Every `needed` header has to be there once; an `optional` one at most once; neither in `merged` cells.
    """
    named = _named(top[header_row - 1] if header_row <= len(top) else ())
    joined = [cells for cells in merged if cells[0][0] < header_row <= cells[1][0] + 1]
    if not joined and not any(header in named for header in needed):
        _refuse_other_row(where, top, header_row, needed)
    found, mistakes, place = {}, [], f"{where}, row {header_row}"
    for header in dict.fromkeys((*needed, *optional)):
        columns = named.get(header, [])
        over = next((cells for cells in joined if columns and cells[0][1] <= columns[0] <= cells[1][1]), None)
        if len(columns) > 1:
            mistakes.append(Mistake(place, _several(header, columns), "Rename or remove all but one."))
        elif over:
            what = f"the header '{header}' stands in the merged cells {_range(over)}."
            mistakes.append(Mistake(place, what, "Unmerge them, and write one header in each column."))
        elif columns:
            found[header] = columns[0]
        elif header in needed:
            near = suggest(header, [name for name in named if name not in needed])
            instead = near or "Add it, or name another column in the bot's 'columns'."
            mistakes.append(Mistake(place, f"there is no column '{header}'.", f"{_unmerge(joined)}{instead}"))
    if mistakes:
        raise BadInput(mistakes)
    return found


def _several(header: str, columns: Sequence[int]) -> str:
    letters = " and ".join(get_column_letter(i + 1) for i in columns)
    return f"the column '{header}' is there {'twice' if len(columns) == 2 else 'several times'}, in {letters}."


def _unmerge(joined: Sequence[Merged]) -> str:
    """What to do first where merged cells may be why a header is not found; nothing where there are none."""
    if not joined:
        return ""
    ranges = [_range(cells) for cells in joined]
    return f"Unmerge {', '.join(ranges[:5])}{' …' if len(ranges) > 5 else ''}, and write one header in each column. "


def _range(cells: Merged) -> str:
    """Merged cells as Excel writes them, as in `A1:C1`."""
    return ":".join(f"{get_column_letter(column + 1)}{row + 1}" for row, column in cells)


def _named(cells: Cells) -> dict[str, list[int]]:
    named: dict[str, list[int]] = {}
    for i, cell in enumerate(cells):
        if cell is not None and heading(cell):
            named.setdefault(heading(cell), []).append(i)
    return named


def _refuse_other_row(where: str, top: Sequence[Cells], header_row: int, needed: Sequence[str]) -> None:
    """Raise BadInput where none of the headers is in the header row, but another row has them, or none has any."""
    hits = {n: sum(h in _named(cells) for h in needed) for n, cells in enumerate(top, start=1)}
    best = max(hits, key=lambda n: hits[n], default=0)
    if best and hits[best] > len(needed) / 2:
        what = f"the column headers are not here but in row {best}."
        instead = f"Write header_row: {best} under 'input' in the bot's file."
    elif not any(_named(cells) for cells in top):
        what, instead = "the sheet is empty.", f"Write the column headers here: {', '.join(needed)}."
    elif header_row > len(top) or not _named(top[header_row - 1]):
        what, instead = "the row of the column headers is empty.", f"Write them here: {', '.join(needed)}."
    else:
        return
    raise BadInput([Mistake(f"{where}, row {header_row}", what, instead)])
