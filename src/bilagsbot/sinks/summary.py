"""What a run comes to: its heading, and the proof that every item of the file is accounted for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from bilagsbot.model.receipt import Receipt, State


@dataclass(frozen=True)
class RunSummary:
    """The run as its report names it, and what was counted in the file before anything was keyed.

    `sum_in_file` and `rows_in_file` are None where the flow has no sum field, or rows were not counted.
    """

    run: str
    bot: str
    client: str
    source: str
    started: datetime
    ended: datetime | None
    by: str
    items_in_file: int
    rows_in_file: int | None
    sum_in_file: Decimal | None
    currency: str = "kr"
    headers: Mapping[str, str] = field(default_factory=dict)
    """The key's fields by the headings that the workbook's owner knows them under."""


@dataclass(frozen=True)
class Tally:
    """A count of items, their rows and their sum."""

    items: int = 0
    rows: int = 0
    sum: Decimal = Decimal(0)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.items + other.items, self.rows + other.rows, self.sum + other.sum)

    def __sub__(self, other: "Tally") -> "Tally":
        return Tally(self.items - other.items, self.rows - other.rows, self.sum - other.sum)


@dataclass(frozen=True)
class Proof:
    """The items by state held against the file; `difference` is what the file has more than the receipts."""

    by_state: Mapping[State, Tally]
    counted: Tally
    in_file: Tally
    difference: Tally
    balances: bool


def latest(receipts: Iterable[Receipt]) -> list[Receipt]:
    """One receipt an item, the last given, in the order the items first came."""
    return list({receipt.item: receipt for receipt in receipts}.values())


def proof(
    receipts: Iterable[Receipt], items_in_file: int, sum_in_file: Decimal | None, rows_in_file: int | None = None
) -> Proof:
    """Hold receipts against what was counted in the file.

    Balances only if every item of the file has a receipt: those not handled need one too, with state `ready`. A total
    of None is not held against anything.
    """
    by_state = dict.fromkeys(State, Tally())
    for receipt in latest(receipts):
        by_state[receipt.status] += Tally(1, len(receipt.rows), receipt.sum or Decimal(0))
    counted = sum(by_state.values(), Tally())
    in_file = Tally(
        items_in_file,
        counted.rows if rows_in_file is None else rows_in_file,
        counted.sum if sum_in_file is None else sum_in_file,
    )
    difference = in_file - counted
    return Proof(by_state, counted, in_file, difference, balances=difference == Tally())
