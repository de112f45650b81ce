"""From ledger entries to receipts, and from receipts to the files that the operator gets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from bilagsbot.model.errors import Mistake, writable
from bilagsbot.model.item import Item
from bilagsbot.model.receipt import Receipt, State
from bilagsbot.run.bot import Job
from bilagsbot.run.entry import Entry
from bilagsbot.run.evidence import Evidence
from bilagsbot.run.items import Batch
from bilagsbot.sinks import csv, html, jsonl, xlsx
from bilagsbot.sinks.summary import Proof, RunSummary, proof


@dataclass(frozen=True)
class Delivered:
    """The files that a run leaves for people."""

    workbook: Path
    report: Path
    lines: Path
    proof: Proof


class Receipts:
    """The receipts of one run. `save` puts on the disk what was added since: at once where something was posted.

    Raises Unwritable where the disk does not take them.
    """

    def __init__(self, job: Job, batch: Batch, run: str, evidence: Evidence) -> None:
        self._job, self._batch, self._run, self._evidence = job, batch, run, evidence
        self._by_item: dict[tuple[int, ...], Receipt] = {}
        self._unsaved: list[Receipt] = []
        self.lines = evidence.folder / "receipts.jsonl"

    def add(self, entry: Entry, item: Item, status: State | None = None, message: str = "") -> Receipt:
        """The receipt of an entry as it stands now; `status` and `message` where this run sees it otherwise."""
        receipt = Receipt(
            run=self._run, bot=self._job.bot.name, client=entry.client, item=entry.id, key=dict(entry.key),
            source=self._batch.table.file.name, sheet=self._batch.table.sheet, rows=item.rows,
            status=status or entry.state, fields=dict(entry.receipt), how=entry.how, sum=item.sum,
            at=datetime.fromtimestamp(entry.changed_at, UTC), message=message or entry.message,
            not_read_back=entry.not_read_back, attempts=entry.attempts,
            before=self._evidence.taken(entry.id, "before"), after=self._evidence.taken(entry.id, "after"),
        )  # fmt: skip
        self._keep(receipt)
        return receipt

    def untouched(self, item: Item) -> Receipt:
        """The receipt of an item that the run did not even come to note in the ledger."""
        receipt = Receipt(
            run=self._run, bot=self._job.bot.name, client=self._job.bot.client, item=f"row-{item.rows[0]}",
            key=dict(item.key), source=self._batch.table.file.name, sheet=self._batch.table.sheet, rows=item.rows,
            status=State.READY, sum=item.sum, at=datetime.now(UTC),
        )  # fmt: skip
        self._keep(receipt)
        return receipt

    def refuse(self, rows: tuple[int, ...], mistakes: Iterable[Mistake]) -> Receipt:
        """The receipt of rows whose input is wrong; they were not keyed."""
        reasons = " ".join(f"{m.what} {m.instead}".strip() for m in mistakes)
        receipt = Receipt(
            run=self._run, bot=self._job.bot.name, client=self._job.bot.client,
            item=f"row-{rows[0]}", key={}, source=self._batch.table.file.name, sheet=self._batch.table.sheet, rows=rows,
            status=State.REJECTED, sum=self._sum(rows), at=datetime.now(UTC), message=reasons,
        )  # fmt: skip
        self._keep(receipt)
        return receipt

    def _sum(self, rows: tuple[int, ...]) -> Decimal | None:
        return self._batch.sums.get(rows) if self._job.flow.sum_field else None

    def _keep(self, receipt: Receipt) -> None:
        self._by_item[receipt.rows] = receipt
        if receipt.status is not State.READY:
            self._unsaved.append(receipt)

    def save(self) -> None:
        """Wait until the disk has every receipt that was added."""
        if self._unsaved:
            with writable("The receipt"):
                jsonl.append(self.lines, *self._unsaved)
            self._unsaved.clear()

    @property
    def all(self) -> list[Receipt]:
        """Every item's last receipt, in the workbook's order."""
        return sorted(self._by_item.values(), key=lambda r: r.rows)

    def labels(self) -> Mapping[str, str]:
        """The receipt fields' column headers."""
        return {name: field.label or name for name, field in self._job.flow.receipt.items()}

    def deliver(self, started: datetime, by: str) -> Delivered:
        """Write the workbook's copy, the report and the CSV; gives where they are."""
        table, labels = self._batch.table, self.labels()
        total = sum(self._batch.sums.values(), Decimal(0)) if self._job.flow.sum_field else None
        summary = RunSummary(
            run=self._run, bot=self._job.bot.name, client=self._job.bot.client, source=table.file.name,
            started=started, ended=datetime.now(UTC), by=by, items_in_file=len(self._batch.sums),
            rows_in_file=self._batch.rows, sum_in_file=total,
            headers={name: self._job.header(name) for name in self._job.flow.key},
        )  # fmt: skip
        receipts = self.all
        with writable("The workbook's copy or the report"):
            workbook = xlsx.write(table.file, table.sheet, table.header_row, labels, receipts)
            report = html.write(self._evidence.folder / "report.html", summary, labels, receipts)
            csv.write(self._evidence.folder / "receipts.csv", labels, receipts)
        checked = proof(receipts, summary.items_in_file, total, summary.rows_in_file)
        return Delivered(workbook, report, self.lines, checked)
