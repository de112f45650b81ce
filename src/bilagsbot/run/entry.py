"""An item as the ledger knows it, and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from bilagsbot.model.receipt import State


@dataclass(frozen=True)
class Book:
    """Whose books and what kind of document: what an item's identity is unique within."""

    bot: str
    client: str
    app: str
    document: str
    login: str
    flow_version: str


@dataclass(frozen=True)
class Source:
    """The table that a run reads: file name and sheet."""

    file: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as the ledger knows it. Times are Unix seconds on the database's clock."""

    id: str
    bot: str
    client: str
    key: Mapping[str, str]
    fingerprint: str
    sum: Decimal | None
    login: str
    source: str
    sheet: str
    rows: tuple[int, ...]
    state: State
    attempts: int
    intent_at: float | None
    intent_mark: str | None
    run: str
    receipt: Mapping[str, str]
    how: str
    message: str
    not_read_back: tuple[str, ...]
    changed_at: float
    starter: str


def entry_of(row: sa.Row[tuple[object, ...]]) -> Entry:
    """A row of the item table."""
    values = row._mapping
    plain = {name: values[name] for name in Entry.__dataclass_fields__}
    return Entry(
        **plain | {
            "rows": tuple(values["rows"]), "state": State(values["state"]), "receipt": values["receipt"] or {},
            "sum": None if values["sum"] is None else Decimal(values["sum"]),
            "not_read_back": tuple(values["not_read_back"] or ()),
        }
    )  # fmt: skip
