"""Which rows are one item."""

from collections.abc import Iterable, Mapping, Sequence

Key = tuple[str, ...]


class Groups:
    """The rows of each item, and how many rows it has; a row without a key stands alone.

    `keys` are by row number, in the order of the table.
    """

    def __init__(self, keys: Mapping[int, Key | None]) -> None:
        self._keys = keys
        members: dict[Key, list[int]] = {}
        for row, key in keys.items():
            if key is not None:
                members.setdefault(key, []).append(row)
        self._members = {key: tuple(rows) for key, rows in members.items()}
        self._places = {row: i for i, row in enumerate(keys)}
        self._lacking = {**_after(reversed(list(keys.items()))), **_after(keys.items())}

    def of(self, row: int) -> tuple[int, ...]:
        """The rows of the item that a row belongs to."""
        key = self._keys[row]
        return (row,) if key is None else self._members[key]

    def name(self, row: int) -> str:
        """What all rows of the item say."""
        return " / ".join(self._keys[row] or ())

    def stray(self, row: int) -> int | None:
        """The row that may belong to this row's item too: it is right above or below, and its key cannot be read."""
        key = self._keys[row]
        return None if key is None else self._lacking.get(key)

    def scattered(self, rows: Sequence[int]) -> str:
        """An item's rows in words where other rows stand between them, as in `2, 3 and 9`; else nothing."""
        together = self._places[rows[-1]] - self._places[rows[0]] == len(rows) - 1
        return "" if together else f"{', '.join(map(str, rows[:-1]))} and {rows[-1]}"


def _after(keys: Iterable[tuple[int, Key | None]]) -> dict[Key, int]:
    """For each row without a key, the item of the row that came before."""
    found: dict[Key, int] = {}
    before: Key | None = None
    for row, key in keys:
        if key is None and before is not None:
            found.setdefault(before, row)
        before = key or before
    return found
