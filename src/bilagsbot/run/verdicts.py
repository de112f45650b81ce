"""From table rows to items: every cell by its type, every row, every rule."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal

from bilagsbot.flow.template import Templates
from bilagsbot.model.errors import BadValue, Mistake, StepFailed
from bilagsbot.model.item import Item
from bilagsbot.model.types import FieldSpec
from bilagsbot.model.types.cells import shown
from bilagsbot.run.batch import Verdict
from bilagsbot.run.bot import Job
from bilagsbot.run.groups import Groups, Key
from bilagsbot.tables.base import Row, Table

# Each field's name, its column's header, and its type.
_Columns = Sequence[tuple[str, str, FieldSpec]]


class Verdicts:
    """One verdict after the other, each when the last row of its voucher is read: no more rows are held than that."""

    def __init__(self, job: Job, table: Table) -> None:
        self._job, self._table = job, table
        self._item, self._lines = _columns(job, job.flow.item), _columns(job, job.flow.lines)
        self._by = _columns(job, {name: job.flow.item[name] for name in job.bot.group_by})
        self._sum_field = job.flow.sum_field
        self._templates = Templates()
        self._seen: dict[bytes, int] = {}

    def __iter__(self) -> Iterator[Verdict]:
        for rows, groups in self._vouchers():
            verdict = Verdict(tuple(row.number for row in rows), _sum(self._sum_field, rows))
            for row in rows:
                verdict.mistakes += [(row.number, mistake) for mistake in row.mistakes]
                verdict.warnings += row.warnings
            if groups:
                self._judge_group(verdict, groups)
            self._agree(verdict, rows)
            if not verdict.is_wrong:
                verdict.item = self._made(verdict, rows)
                self._judge_item(verdict, verdict.item)
            yield verdict

    def _vouchers(self) -> Iterator[tuple[list["_RowRead"], Groups | None]]:
        """The rows of each voucher, in the order of their last rows."""
        if not self._by:
            yield from (([self._read(row)], None) for row in self._table.rows)
            return
        # Which rows belong together is known at the end only, so the table is gone through twice.
        interned: dict[Key | None, Key | None] = {}
        keys = {row.number: interned.setdefault(key := self._key(row), key) for row in self._table.rows}
        groups, begun = Groups(keys), dict[int, list[_RowRead]]()
        for row in self._table.rows:
            numbers = groups.of(row.number)
            begun.setdefault(numbers[0], []).append(self._read(row))
            if row.number == numbers[-1]:
                yield begun.pop(numbers[0]), groups

    def _read(self, row: Row) -> "_RowRead":
        return _RowRead(self._table, row, self._item, self._lines)

    def _key(self, row: Row) -> Key | None:
        """What the row is gathered by; None where a cell of it cannot be read."""
        with suppress(BadValue):
            return tuple(str(_value(self._table, row, header, spec)) for _, header, spec in self._by)
        return None

    def _judge_group(self, verdict: Verdict, groups: Groups) -> None:
        first, by = verdict.rows[0], self._job.header(self._job.bot.group_by[0])
        if stray := groups.stray(first):  # a voucher without one of its lines must not be keyed by --valid-only
            what = f"one of its rows may be row {stray}, where {by} cannot be read."
            verdict.because.append(Mistake(self._table.at(first), what, "Correct that row first."))
        if apart := groups.scattered(verdict.rows):
            what = f"the rows {apart} say {groups.name(first)} and are taken as one item, with other rows between."
            verdict.warnings.append(Mistake(self._table.at(first, by), what))

    def _agree(self, verdict: Verdict, rows: Sequence["_RowRead"]) -> None:
        """Note where rows of one voucher differ in what is the voucher's own."""
        first = rows[0]
        for row in rows[1:]:
            for name, value in row.item.items():
                if name in first.item and value != first.item[name]:
                    where = self._table.at(row.number, self._job.header(name))
                    other = f"but in row {first.number} of the same voucher it {_said(first.item[name])}."
                    mistake = Mistake(where, f"{_said(value)}, {other}", "Write the same in all its rows.")
                    verdict.wrong(row.number, mistake)

    def _made(self, verdict: Verdict, rows: Sequence["_RowRead"]) -> Item:
        flow, fields = self._job.flow, rows[0].item
        key = {name: str(fields[name]) for name in flow.key}
        lines = tuple(row.line for row in rows) if flow.lines else ()
        return Item(key, fields, lines, verdict.rows, verdict.sum if self._sum_field else None)

    def _judge_item(self, verdict: Verdict, item: Item) -> None:
        number = item.rows[0]
        digest = hashlib.blake2b(item.identity.encode(), digest_size=16).digest()
        first = self._seen.setdefault(digest, number)
        if first != number:
            what = f"{item.label} is in the file already, in row {first}."
            where = self._table.at(number, self._job.header(self._job.flow.key[0]))
            verdict.wrong(number, Mistake(where, what, "Remove one of them, or correct the key."))
            return
        values = {"item": values_of(item)}
        for check in self._job.flow.checks:
            try:
                if self._templates.holds(check.that, values):
                    continue
                mistake = Mistake(self._table.at(number), self._templates.render(check.say, values))
            except StepFailed as failed:
                reason = f"{item.label} cannot be checked: {str(failed).rstrip('.')}."
                mistake = Mistake(self._table.at(number), reason)
            verdict.wrong(number, mistake)


class _RowRead:
    """One row's values by field; a cell that does not fit is noted and left out."""

    def __init__(self, table: Table, row: Row, item: _Columns, lines: _Columns) -> None:
        self.number = row.number
        self.mistakes: list[Mistake] = []
        self.warnings: list[Mistake] = []
        self.item = self._values(table, row, item)
        self.line = self._values(table, row, lines)

    def _values(self, table: Table, row: Row, columns: _Columns) -> dict[str, object]:
        values: dict[str, object] = {}
        for name, header, spec in columns:
            try:
                value = values[name] = _value(table, row, header, spec)
            except BadValue as bad:
                self.mistakes.append(Mistake(table.at(row.number, header), bad.what, bad.instead))
                continue
            if value is not None and (warning := spec.warn(value)):
                self.warnings.append(Mistake(table.at(row.number, header), warning))
        return values


def _columns(job: Job, specs: Mapping[str, FieldSpec]) -> _Columns:
    return [(name, job.header(name), spec) for name, spec in specs.items()]


def _value(table: Table, row: Row, header: str, spec: FieldSpec) -> object:
    """What a cell says. Raises BadValue."""
    if spoilt := table.spoilt.get((row.number, header)):
        raise BadValue(*spoilt)
    return spec.parse(row.cells.get(header))


def _said(value: object) -> str:
    return "is empty" if value is None else f"says {shown(value if isinstance(value, (Decimal, date)) else str(value))}"


def _sum(name: str, rows: Sequence[_RowRead]) -> Decimal:
    """An item's sum, of the cells that could be read."""
    of = [row.line.get(name[6:]) for row in rows] if name.startswith("lines.") else [rows[0].item.get(name)]
    return sum((v for v in of if isinstance(v, Decimal)), Decimal(0))


def values_of(item: Item) -> dict[str, object]:
    """An item as templates see it."""
    return {**item.fields, "lines": item.lines}
