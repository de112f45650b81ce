"""find_row: the one row of a table on the screen that has these cells."""

from collections.abc import Iterable, Iterator, Mapping
from time import monotonic
from typing import ClassVar, Literal

from pydantic import Field

from bilagsbot.drivers.base import ScreenTable
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
    read; to click, there has to be one page. A column without a header is named by its number, from 1.
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
        said = ", ".join(f"{column} {value!r}" for column, value in wanted.items())
        pages = list(self._pages(scope, table))
        hits = [row for page in pages for row in page.rows if self._fits(row.cells, wanted)]
        if self.one:
            hits = list({self._cell(row.cells, self.one): row for row in hits}.values())
        if not hits:
            self._doubt(pages, wanted, said)
            raise NoRow(f"{self.table} has no row with {said}")
        if len(hits) > 1:
            raise ManyRows(f"{self.table} has {len(hits)} rows with {said}")
        for name, column in self.receipt.items():
            scope.captured[name] = self._cell(hits[0].cells, column)
        if self.click:
            if len(pages) > 1:
                raise StepFailed(f"{self.table} has {len(pages)} pages, and a row is clicked only where there is one")
            scope.driver.click_row(table, hits[0], self.click)

    def _pages(self, scope: Scope, table: Target) -> Iterator[ScreenTable]:
        page = scope.driver.rows(table)
        for _ in range(MAX_PAGES):
            yield page
            if not self.next or not scope.driver.shows(scope.target(self.next)):
                return
            page = self._next(scope, table, page)
        raise StepFailed(f"{self.table} has more than {MAX_PAGES} pages")

    def _next(self, scope: Scope, table: Target, page: ScreenTable) -> ScreenTable:
        """The next page. One that comes without a load is waited for: the old rows must not be read again."""
        link = scope.target(self.next)
        scope.driver.click(link)
        ends = monotonic() + scope.driver.timeout
        while (new := scope.driver.rows(table)) == page and not link.reloads:
            if monotonic() > ends:
                raise StepFailed(f"{self.table} shows the same rows after {self.next}")
        return new

    def _doubt(self, pages: list[ScreenTable], wanted: Mapping[str, str], said: str) -> None:
        """Raise StepFailed where a row may be there unseen: that the program does not hold an item must be certain."""
        known = {column for page in pages for column in page.columns}
        for column in wanted:
            if known and column not in known:  # a file without a row has no columns either
                raise StepFailed(self._no_column(column, known))
        for cells in (cells for page in pages for cells in page.others):
            if all(any(self._same(value, column, cell) for cell in cells) for column, value in wanted.items()):
                raise StepFailed(f"{self.table} has {said} in a row that does not have one cell a column")

    def _fits(self, cells: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
        return all(self._same(value, column, self._cell(cells, column)) for column, value in wanted.items())

    def _same(self, wanted: str, column: str, cell: str) -> bool:
        return same(cell, wanted, "amount" if column in self.amounts else "text")

    def _cell(self, cells: Mapping[str, str], column: str) -> str:
        try:
            return cells[column]
        except KeyError:
            raise StepFailed(self._no_column(column, cells)) from None

    def _no_column(self, column: str, known: Iterable[str]) -> str:
        return f"{self.table} has no column '{column}'. {suggest(column, known)}"
