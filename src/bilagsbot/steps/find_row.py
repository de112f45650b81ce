"""find_row: the one row of a table on the screen that has these cells."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field

from bilagsbot.drivers.base import ScreenRow
from bilagsbot.model.compare import same
from bilagsbot.model.errors import StepFailed, suggest
from bilagsbot.model.target import Target
from bilagsbot.steps.base import Scope, Step

MAX_PAGES = 500


class NoRow(StepFailed):
    """No row fits. In a lookup this is an answer: the program does not hold the item."""


class ManyRows(StepFailed):
    """Several rows fit; only a person can say which."""


class FindRow(Step):
    """Find the one row whose cells are as `where` says; take receipt fields from it, or click in it.

    Cells compare as text, and as amounts in the columns that `amounts` names. All pages that `next` leads to are
    read; to click, the row has to be on the first.
    """

    verb: ClassVar[str] = "find_row"
    step: Literal["find_row"] = "find_row"
    table: str = Field(alias="in", description="The table's target.")
    where: Mapping[str, str] = Field(min_length=1, description="Column header: what the cell must say.")
    amounts: tuple[str, ...] = Field((), description="Columns of `where` that compare as amounts.")
    receipt: Mapping[str, str] = Field(default_factory=dict, description="Receipt field: column header.")
    click: str = Field("", description="The column to click in, in the row found.")
    one: str = Field("", description="Rows that share this column's cell are one hit: a report with a row a line.")
    next: str = Field("", description="The target that leads to the table's next page.")

    def targets(self) -> Iterator[str]:
        yield self.table
        if self.next:
            yield self.next

    def run(self, scope: Scope) -> None:
        table = scope.target(self.table)
        wanted = {column: scope.render(template) for column, template in self.where.items()}
        hits = [row for row in self._rows(scope, table) if self._fits(row, wanted)]
        if self.one:
            hits = list({self._cell(row, self.one): row for row in hits}.values())
        said = ", ".join(f"{column} {value!r}" for column, value in wanted.items())
        if not hits:
            raise NoRow(f"{self.table} has no row with {said}")
        if len(hits) > 1:
            raise ManyRows(f"{self.table} has {len(hits)} rows with {said}")
        for name, column in self.receipt.items():
            scope.captured[name] = self._cell(hits[0], column)
        if self.click:
            scope.driver.click_row(table, hits[0].index, self.click)

    def _rows(self, scope: Scope, table: Target) -> Iterator[ScreenRow]:
        scope.driver.wait(table, "visible")
        yield from scope.driver.rows(table)
        for _ in range(MAX_PAGES):
            if not self.next or not scope.driver.shows(scope.target(self.next)):
                return
            scope.driver.click(scope.target(self.next))
            scope.driver.wait(table, "visible")
            yield from scope.driver.rows(table)
        raise StepFailed(f"{self.table} has more than {MAX_PAGES} pages")

    def _fits(self, row: ScreenRow, wanted: Mapping[str, str]) -> bool:
        return all(
            same(self._cell(row, column), value, "amount" if column in self.amounts else "text")
            for column, value in wanted.items()
        )

    def _cell(self, row: ScreenRow, column: str) -> str:
        try:
            return row.cells[column]
        except KeyError:
            raise StepFailed(f"{self.table} has no column '{column}'. {suggest(column, row.cells)}") from None
