"""From table rows to items: every cell by its type, every row, every rule; all mistakes in one report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from bilagsbot.flow.template import Templates
from bilagsbot.model.errors import BadInput, BadValue, Mistake, StepFailed
from bilagsbot.model.item import Item
from bilagsbot.model.types import FieldSpec
from bilagsbot.run.bot import Job
from bilagsbot.tables import xlsx
from bilagsbot.tables.base import Row, Table


@dataclass
class Batch:
    """What a table came to: the items that may be keyed, the mistakes of the others, and warnings."""

    table: Table
    items: list[Item] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)
    sums: dict[tuple[int, ...], Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._refused: list[tuple[tuple[int, ...], Mistake]] = []
        self._rows_wrong: set[int] = set()

    @property
    def rows(self) -> int:
        """How many rows of the table hold something."""
        return len(self.table.rows)

    def wrong(self, rows: Sequence[int], mistake: Mistake) -> None:
        """Note a mistake that keeps these rows from being keyed."""
        self._rows_wrong.update(rows)
        self._refused.append((tuple(rows), mistake))
        self.mistakes.append(mistake)

    def whole(self, rows: tuple[int, ...]) -> None:
        """One row of an item is wrong, so none of its rows is keyed."""
        self._rows_wrong.update(rows)
        self._refused = [(rows if set(own) <= set(rows) else own, mistake) for own, mistake in self._refused]

    def refused(self) -> list[tuple[tuple[int, ...], list[Mistake]]]:
        """The rows that are not keyed, those of one item together, with their mistakes."""
        by_rows: dict[tuple[int, ...], list[Mistake]] = {}
        for rows, mistake in self._refused:
            by_rows.setdefault(rows, []).append(mistake)
        return list(by_rows.items())

    def is_wrong(self, rows: Sequence[int]) -> bool:
        """Whether one of these rows has a mistake."""
        return not self._rows_wrong.isdisjoint(rows)


def read_batch(job: Job, workbook: Path) -> Batch:
    """The items of a workbook, with every mistake of every row. Raises BadInput where it is no table of that form."""
    flow, given = job.flow, job.bot.input
    headers = [job.header(name) for name in (*flow.item, *flow.lines)]
    optional = [
        job.header(name)
        for name, spec in (*flow.item.items(), *flow.lines.items())
        if not spec.required and name not in given.columns
    ]
    table = xlsx.read(workbook, given.sheet, given.header_row, [h for h in headers if h not in optional])
    batch = Batch(table)
    parsed = {row.number: _Row(job, batch, row) for row in table.rows}
    seen: dict[str, Item] = {}
    for rows in _groups(job, list(parsed.values())):
        batch.sums[tuple(row.number for row in rows)] = _sum(flow.sum_field, rows[0].item, [row.line for row in rows])
        item = _item(job, batch, rows)
        if item is None:
            continue
        first = seen.setdefault(item.identity, item)
        if first is not item:
            what = f"{item.label} is in the file already, in row {first.rows[0]}."
            where = table.at(item.rows[0], job.header(flow.key[0]))
            batch.wrong(item.rows, Mistake(where, what, "Remove one of them, or correct the key."))
            continue
        _check(job, batch, item)
        if not batch.is_wrong(item.rows):
            batch.items.append(item)
    batch.mistakes.sort(key=lambda m: _row_number(m.where))
    return batch


class _Row:
    """One row's values by field; a cell that does not fit is noted and left out."""

    def __init__(self, job: Job, batch: Batch, row: Row) -> None:
        self.number = row.number
        self.item = dict(self._values(job, batch, row, job.flow.item))
        self.line = dict(self._values(job, batch, row, job.flow.lines))

    def _values(self, job: Job, batch: Batch, row: Row, specs: Mapping[str, FieldSpec]) -> Iterator[tuple[str, object]]:
        for name, spec in specs.items():
            header = job.header(name)
            try:
                value = spec.parse(row.cells.get(header))
            except BadValue as bad:
                batch.wrong([row.number], Mistake(batch.table.at(row.number, header), bad.what, bad.instead))
                continue
            if value is not None and (warning := spec.warn(value)):
                batch.warnings.append(Mistake(batch.table.at(row.number, header), warning))
            yield name, value


def _groups(job: Job, rows: list[_Row]) -> Iterator[list[_Row]]:
    """The rows of each item, in the order of each item's first row."""
    gathered: dict[object, list[_Row]] = {}
    for row in rows:
        by = tuple(str(row.item.get(name)) for name in job.bot.group_by) if job.bot.group_by else row.number
        gathered.setdefault(by, []).append(row)
    yield from gathered.values()


def _item(job: Job, batch: Batch, rows: list[_Row]) -> Item | None:
    first, numbers = rows[0], tuple(row.number for row in rows)
    for row in rows[1:]:
        for name, value in row.item.items():
            if name in first.item and value != first.item[name]:
                where = batch.table.at(row.number, job.header(name))
                what = f"{value} differs from row {first.number} of the same voucher, which says {first.item[name]}."
                batch.wrong(numbers, Mistake(where, what, "Write the same in all its rows."))
    if batch.is_wrong(numbers):
        batch.whole(numbers)
        return None
    key = {name: str(first.item[name]) for name in job.flow.key}
    lines = tuple(row.line for row in rows) if job.flow.lines else ()
    return Item(key, first.item, lines, numbers, batch.sums[numbers] if job.flow.sum_field else None)


def _sum(name: str, values: Mapping[str, object], lines: Sequence[Mapping[str, object]]) -> Decimal:
    """An item's sum, of the cells that could be read."""
    of = [line.get(name[6:]) for line in lines] if name.startswith("lines.") else [values.get(name)]
    return sum((v for v in of if isinstance(v, Decimal)), Decimal(0))


def _check(job: Job, batch: Batch, item: Item) -> None:
    templates, values = Templates(), {"item": values_of(item)}
    where = batch.table.at(item.rows[0])
    for check in job.flow.checks:
        try:
            if not templates.holds(check.that, values):
                batch.wrong(item.rows, Mistake(where, templates.render(check.say, values)))
        except StepFailed as failed:
            batch.wrong(item.rows, Mistake(where, f"{failed}."))


def values_of(item: Item) -> dict[str, object]:
    """An item as templates see it."""
    return {**item.fields, "lines": item.lines}


def _row_number(where: str) -> int:
    digits = where.partition(", row ")[2].partition(",")[0]
    return int(digits) if digits.isdigit() else 0


def demand(batch: Batch, valid_only: bool) -> None:
    """Raise BadInput with all mistakes, unless only the valid rows are asked for and there are some."""
    if batch.mistakes and not (valid_only and batch.items):
        raise BadInput(batch.mistakes)
