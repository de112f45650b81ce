"""From table rows to items: every cell by its type, every row, every rule; all mistakes in one report."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from bilagsbot.flow.template import Templates
from bilagsbot.model.errors import BadInput, BadValue, Mistake, StepFailed
from bilagsbot.model.item import Item
from bilagsbot.model.types import FieldSpec
from bilagsbot.model.types.cells import shown
from bilagsbot.run.batch import Batch
from bilagsbot.run.bot import Job
from bilagsbot.run.groups import gather, scattered, strays
from bilagsbot.tables import xlsx
from bilagsbot.tables.base import Row

__all__ = ["Batch", "demand", "read_batch", "values_of"]


def read_batch(job: Job, workbook: Path) -> Batch:
    """The items of a workbook, with every mistake of every row. Raises BadInput where it is no table of that form."""
    given, specs = job.bot.input, [*job.flow.item.items(), *job.flow.lines.items()]
    needed = [job.header(name) for name, spec in specs if spec.required or name in given.columns]
    optional = [job.header(name) for name, spec in specs if not spec.required and name not in given.columns]
    batch = Batch(xlsx.read(workbook, given.sheet, given.header_row, needed, optional))
    templates = Templates()
    seen: dict[str, Item] = {}
    for rows in _groups(job, batch, {row.number: _RowRead(job, batch, row) for row in batch.table.rows}):
        item = _item(job, batch, rows)
        if item is None:
            continue
        first = seen.setdefault(item.identity, item)
        if first is not item:
            what = f"{item.label} is in the file already, in row {first.rows[0]}."
            where = batch.table.at(item.rows[0], job.header(job.flow.key[0]))
            batch.wrong(item.rows, Mistake(where, what, "Remove one of them, or correct the key."))
            continue
        _check(job, batch, item, templates)
        if not batch.is_wrong(item.rows):
            batch.items.append(item)
    return batch


class _RowRead:
    """One row's values by field; a cell that does not fit is noted and left out."""

    def __init__(self, job: Job, batch: Batch, row: Row) -> None:
        self.number = row.number
        self.item = dict(_values(job, batch, row, job.flow.item))
        self.line = dict(_values(job, batch, row, job.flow.lines))


def _values(job: Job, batch: Batch, row: Row, specs: Mapping[str, FieldSpec]) -> Iterator[tuple[str, object]]:
    for name, spec in specs.items():
        header = job.header(name)
        try:
            if (row.number, header) in batch.table.unstored:
                raise BadValue("holds a formula whose result is not in the file.", "Open it in Excel and save it.")
            value = spec.parse(row.cells.get(header))
        except BadValue as bad:
            batch.wrong([row.number], Mistake(batch.table.at(row.number, header), bad.what, bad.instead))
            continue
        if value is not None and (warning := spec.warn(value)):
            batch.warnings.append(Mistake(batch.table.at(row.number, header), warning))
        yield name, value


def _groups(job: Job, batch: Batch, rows: Mapping[int, _RowRead]) -> Iterator[list[_RowRead]]:
    """The rows of each item, in the order of each item's first row; notes each item's sum."""
    by = job.bot.group_by
    keys = {number: _group_key(by, row) for number, row in rows.items()}
    lacking = strays(keys) if by else {}
    places = {number: i for i, number in enumerate(rows)}
    for numbers in gather(keys):
        found = [rows[number] for number in numbers]
        batch.sums[numbers] = _sum(job.flow.sum_field, found[0].item, [row.line for row in found])
        key = keys[numbers[0]]
        if key in lacking:  # a voucher without one of its lines must not be keyed by --valid-only
            what = f"one of its rows may be row {lacking[key]}, where {job.header(by[0])} cannot be read."
            batch.keep_out(numbers, Mistake(batch.table.at(numbers[0]), what, "Correct that row first."))
        if by and (apart := scattered(numbers, places)):
            what = f"the rows {apart} say {' / '.join(key or ())} and are taken as one item, with other rows between."
            batch.warnings.append(Mistake(batch.table.at(numbers[0], job.header(by[0])), what))
        yield found


def _group_key(by: Sequence[str], row: _RowRead) -> tuple[str, ...] | None:
    """What the row is gathered by; None where it stands alone, or where a cell of it cannot be read."""
    return tuple(str(row.item[name]) for name in by) if by and all(name in row.item for name in by) else None


def _item(job: Job, batch: Batch, rows: Sequence[_RowRead]) -> Item | None:
    first, numbers = rows[0], tuple(row.number for row in rows)
    for row in rows[1:]:
        for name, value in row.item.items():
            if name in first.item and value != first.item[name]:
                where = batch.table.at(row.number, job.header(name))
                what = f"{_said(value)}, but in row {first.number} of the same voucher it {_said(first.item[name])}."
                batch.wrong(numbers, Mistake(where, what, "Write the same in all its rows."), row.number)
    if batch.is_wrong(numbers):
        batch.whole(numbers)
        return None
    key = {name: str(first.item[name]) for name in job.flow.key}
    lines = tuple(row.line for row in rows) if job.flow.lines else ()
    return Item(key, first.item, lines, numbers, batch.sums[numbers] if job.flow.sum_field else None)


def _said(value: object) -> str:
    return "is empty" if value is None else f"says {shown(value if isinstance(value, (Decimal, date)) else str(value))}"


def _sum(name: str, values: Mapping[str, object], lines: Sequence[Mapping[str, object]]) -> Decimal:
    """An item's sum, of the cells that could be read."""
    of = [line.get(name[6:]) for line in lines] if name.startswith("lines.") else [values.get(name)]
    return sum((v for v in of if isinstance(v, Decimal)), Decimal(0))


def _check(job: Job, batch: Batch, item: Item, templates: Templates) -> None:
    values = {"item": values_of(item)}
    where = batch.table.at(item.rows[0])
    for check in job.flow.checks:
        try:
            if not templates.holds(check.that, values):
                batch.wrong(item.rows, Mistake(where, templates.render(check.say, values)))
        except StepFailed as failed:
            batch.wrong(item.rows, Mistake(where, f"{item.label} cannot be checked: {str(failed).rstrip('.')}."))


def values_of(item: Item) -> dict[str, object]:
    """An item as templates see it."""
    return {**item.fields, "lines": item.lines}


def demand(batch: Batch, valid_only: bool) -> None:
    """Raise BadInput with all mistakes, unless only the valid rows are asked for and there are some."""
    if batch.mistakes and not (valid_only and batch.items):
        raise BadInput(batch.mistakes)
