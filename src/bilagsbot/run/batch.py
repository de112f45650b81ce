"""Batch: what a table came to: the items that may be keyed, and what is wrong with the other rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from bilagsbot.model.errors import Mistake
from bilagsbot.model.item import Item
from bilagsbot.tables.base import Table


@dataclass
class Verdict:
    """What the rows of one voucher came to: an item, or the mistakes that keep them from being keyed.

    `mistakes` are those to correct, each with its row; `because` are mistakes that another row has.
    """

    rows: tuple[int, ...]
    sum: Decimal
    item: Item | None = None
    mistakes: list[tuple[int, Mistake]] = field(default_factory=list)
    because: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)

    def wrong(self, row: int, mistake: Mistake) -> None:
        """Note a mistake, so that there is no item."""
        self.mistakes.append((row, mistake))
        self.item = None

    @property
    def is_wrong(self) -> bool:
        """Whether these rows must not be keyed."""
        return bool(self.mistakes or self.because)


class Batch:
    """The items, the mistakes of the rows that are none, warnings, and each item's sum by its rows."""

    def __init__(self, table: Table, verdicts: Iterable[Verdict]) -> None:
        """Keep the verdicts in the order of each one's first row."""
        self.table = table
        self._verdicts = sorted(verdicts, key=lambda verdict: verdict.rows)
        self.items = [verdict.item for verdict in self._verdicts if verdict.item]
        self.sums = {verdict.rows: verdict.sum for verdict in self._verdicts}
        self.rows = sum(len(rows) for rows in self.sums)

    @property
    def mistakes(self) -> list[Mistake]:
        """What a person has to correct, from the top of the sheet to its end."""
        listed = [noted for verdict in self._verdicts for noted in verdict.mistakes]
        return [mistake for _, mistake in sorted(listed, key=lambda noted: noted[0])]

    @property
    def warnings(self) -> list[Mistake]:
        """What is allowed but looks wrong."""
        return [*self.table.warnings, *(warning for verdict in self._verdicts for warning in verdict.warnings)]

    def refused(self) -> list[tuple[tuple[int, ...], list[Mistake]]]:
        """The rows that are not keyed, those of one item together, with their mistakes."""
        return [
            (verdict.rows, [*(mistake for _, mistake in verdict.mistakes), *verdict.because])
            for verdict in self._verdicts if verdict.is_wrong
        ]  # fmt: skip
