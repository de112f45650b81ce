"""Tables on a page, as people read them."""

from playwright.sync_api import ElementHandle, Locator

from bilagsbot.drivers.base import ScreenRow, ScreenTable
from bilagsbot.drivers.web.locate import Sight, sight
from bilagsbot.drivers.web.screen import Screen
from bilagsbot.drivers.web.tablescripts import CELL, CLICK_CELL, ROWS
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target


def read_table(screen: Screen, table: Target, element: Locator) -> ScreenTable:
    """The table as it is now. Raises StepFailed where nothing names its columns."""
    tables = screen.attempt(table.name, lambda: element.evaluate_all(ROWS, table.headers))
    if len(tables) != 1:
        raise StepFailed(f"{table.name} has changed while it was read")
    told = tables[0]
    if not told["columns"]:
        raise StepFailed(f"{table.name} has no header row; say in its selector what its 'headers' are")
    return ScreenTable(
        columns=tuple(told["columns"]),
        rows=tuple(ScreenRow(row["index"], row["cells"]) for row in told["rows"]),
        others=tuple(tuple(cells) for cells in told["others"]),
    )


def cell_sight(screen: Screen, table: Target, element: Locator, row: ScreenRow, column: str) -> Sight:
    """Where a click would hit the row's cell in that column, guarded. Raises StepFailed where the row is another."""
    told = screen.attempt(table.name, lambda: element.evaluate_all(CLICK_CELL, _asked(table, row, column)))
    if told is None:
        raise StepFailed(f"{table.name} has changed since its row was found")
    return sight(table, told)


def cell_of(screen: Screen, table: Target, element: Locator, row: ScreenRow, column: str) -> ElementHandle:
    """The row's cell in that column, or the link in it. Raises StepFailed where the row is another by now."""
    asked = _asked(table, row, column)
    handle = screen.attempt(table.name, lambda: element.evaluate_handle(CELL, asked, timeout=screen.ms))
    cell = handle.as_element()
    if cell is None:
        raise StepFailed(f"{table.name} has changed since its row was found")
    return cell


def _asked(table: Target, row: ScreenRow, column: str) -> list[object]:
    if column not in row.cells:
        raise StepFailed(f"{table.name} has no column {column!r}")
    return [row.index, dict(row.cells), column, table.headers]
