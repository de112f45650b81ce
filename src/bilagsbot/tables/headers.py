"""Which column holds which field: the header row, and what to say where it is not as the bot says."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.model.types import CellValue
from bilagsbot.tables.base import heading

Cells = Sequence[CellValue]


def columns(
    where: str, top: Sequence[Cells], header_row: int, needed: Sequence[str], optional: Sequence[str]
) -> dict[str, int]:
    """Each header's column, 0-based; `where` is the sheet, `top` its first rows. Raises BadInput with every mistake.

    Every `needed` header has to be there once; an `optional` one at most once.
    """
    named = _named(top[header_row - 1] if header_row <= len(top) else ())
    if not any(header in named for header in needed):
        _refuse_other_row(where, top, header_row, needed)
    found, mistakes = {}, []
    for header in dict.fromkeys((*needed, *optional)):
        places = named.get(header, [])
        if len(places) == 1:
            found[header] = places[0]
        elif places:
            letters = " and ".join(get_column_letter(i + 1) for i in places)
            what = f"the column '{header}' is there {'twice' if len(places) == 2 else 'several times'}, in {letters}."
            mistakes.append(Mistake(f"{where}, row {header_row}", what, "Rename or remove all but one."))
        elif header in needed:
            near = suggest(header, [name for name in named if name not in needed])
            instead = near or "Add it, or name another column in the bot's 'columns'."
            mistakes.append(Mistake(f"{where}, row {header_row}", f"there is no column '{header}'.", instead))
    if mistakes:
        raise BadInput(mistakes)
    return found


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
