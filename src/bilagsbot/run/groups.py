"""Which rows are one item."""

from collections.abc import Iterable, Mapping, Sequence

Key = tuple[str, ...]


def gather(keys: Mapping[int, Key | None]) -> list[tuple[int, ...]]:
    """The row numbers of each item, in the order of each item's first row; a row without a key stands alone."""
    gathered: dict[object, list[int]] = {}
    for row, key in keys.items():
        gathered.setdefault(row if key is None else key, []).append(row)
    return [tuple(rows) for rows in gathered.values()]


def strays(keys: Mapping[int, Key | None]) -> dict[Key, int]:
    """The items that may lack a row: those right above and right below a row without a key, with that row."""
    found: dict[Key, int] = {}
    for rows in (list(keys.items()), list(reversed(list(keys.items())))):
        found = {**_after(rows), **found}
    return found


def _after(keys: Iterable[tuple[int, Key | None]]) -> dict[Key, int]:
    """For each row without a key, the item of the row that came before."""
    found: dict[Key, int] = {}
    before: Key | None = None
    for row, key in keys:
        if key is None and before is not None:
            found.setdefault(before, row)
        before = key or before
    return found


def scattered(rows: Sequence[int], places: Mapping[int, int]) -> str:
    """The rows in words where other rows stand between them, as in `2, 3 and 9`; else nothing.

    `places` says which row of the table, blank ones left out, each row is.
    """
    together = places[rows[-1]] - places[rows[0]] == len(rows) - 1
    return "" if together else f"{', '.join(map(str, rows[:-1]))} and {rows[-1]}"
