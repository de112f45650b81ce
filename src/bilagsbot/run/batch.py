"""Batch: what a table came to: the items that may be keyed, and what is wrong with the other rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bilagsbot.model.errors import Mistake
from bilagsbot.model.item import Item
from bilagsbot.tables.base import Table


@dataclass
class Batch:
    """The items, the mistakes of the rows that are none, warnings, and each item's sum by its rows."""

    table: Table
    items: list[Item] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)
    sums: dict[tuple[int, ...], Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._listed: list[tuple[int, Mistake]] = []
        self._refused: list[tuple[tuple[int, ...], Mistake]] = []
        self._rows_wrong: set[int] = set()
        self._together: dict[int, tuple[int, ...]] = {}

    @property
    def rows(self) -> int:
        """How many rows of the table hold something."""
        return len(self.table.rows)

    @property
    def mistakes(self) -> list[Mistake]:
        """What a person has to correct, from the top of the sheet to its end."""
        return [mistake for _, mistake in sorted(self._listed, key=lambda listed: listed[0])]

    def wrong(self, rows: Sequence[int], mistake: Mistake, at: int = 0) -> None:
        """Note a mistake, in row `at` or the first of them, that keeps these rows from being keyed."""
        self._listed.append((at or rows[0], mistake))
        self.keep_out(rows, mistake)

    def keep_out(self, rows: Sequence[int], because: Mistake) -> None:
        """Keep rows from being keyed because of a mistake that is noted elsewhere."""
        self._rows_wrong.update(rows)
        self._refused.append((tuple(rows), because))

    def whole(self, rows: tuple[int, ...]) -> None:
        """One row of an item is wrong, so none of its rows is keyed."""
        self._rows_wrong.update(rows)
        self._together.update(dict.fromkeys(rows, rows))

    def refused(self) -> list[tuple[tuple[int, ...], list[Mistake]]]:
        """The rows that are not keyed, those of one item together, with their mistakes."""
        by_rows: dict[tuple[int, ...], list[Mistake]] = {}
        for rows, mistake in self._refused:
            by_rows.setdefault(self._together.get(rows[0], rows), []).append(mistake)
        return list(by_rows.items())

    def is_wrong(self, rows: Sequence[int]) -> bool:
        """Whether one of these rows has a mistake."""
        return not self._rows_wrong.isdisjoint(rows)
