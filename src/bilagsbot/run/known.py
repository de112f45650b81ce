"""Known values: what was last posted for whom, as the bank account of a supplier, kept as SHA-256.

An item carries what it teaches; whatever way it comes to be posted, that is known in the same transaction.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bilagsbot.model.item import Item, canonical
from bilagsbot.run.schema import items, known_values

MOST_NAMED = 500  # values in one statement; databases allow some thousands

Place = tuple[str, str]
"""Which value it is: the field, and of whom."""


@dataclass(frozen=True)
class Value:
    """A value of an item and of whom it is, both as SHA-256; `said` names them to a person, without the value."""

    field: str
    of: str
    value: str
    said: str

    @property
    def place(self) -> Place:
        """Where it is known."""
        return self.field, self.of


def values(item: Item, changed: Mapping[str, Iterable[str]], header: Callable[[str], str]) -> Iterator[Value]:
    """What is to be compared of an item. An empty cell is nothing: the program keys what it has itself."""
    for whose, fields in changed.items():
        owner = "" if item.fields.get(whose) is None else str(item.fields[whose])
        for field in fields:
            value = re.sub(r"[\s.]", "", canonical(str(item.fields.get(field) or "")))
            if value:
                said = f"{header(field)} of {owner}" if owner else header(field)
                yield Value(f"{whose}.{field}", _sha(canonical(owner)), _sha(value), said)


def read(connection: sa.Connection, client: str, app: str, asked: Iterable[Value]) -> dict[Place, str]:
    """What is known of these, in one client's books in one application."""
    of = {value.of for value in asked}
    where = [known_values.c.client == client, known_values.c.app == app, among(known_values.c.of, of)]
    found = sa.select(known_values.c.field, known_values.c.of, known_values.c.value).where(*where)
    return {(row.field, row.of): row.value for row in connection.execute(found)} if of else {}


def among(column: sa.Column[str], wanted: set[str]) -> sa.ColumnElement[bool]:
    """The condition that a column is one of these; no condition where they are too many to be named."""
    return column.in_(sorted(wanted)) if len(wanted) <= MOST_NAMED else sa.true()


def teaching(item: Item, learned: Iterable[Value]) -> dict[str, object]:
    """What an item carries until it is posted; of other content than this it teaches nothing."""
    return {"fingerprint": item.fingerprint, "values": [[v.field, v.of, v.value] for v in learned]}


def learn(connection: sa.Connection, id_: str) -> None:
    """Know what an item teaches that is posted in this transaction."""
    columns = (items.c[name] for name in ("client", "app", "fingerprint", "changed_at", "teaches"))
    row = connection.execute(sa.select(*columns).where(items.c.id == id_)).one()
    taught = row.teaches or {}
    if taught.get("fingerprint") != row.fingerprint:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    for field, of, value in sorted(taught["values"]):
        new = {"value": value, "at": row.changed_at}
        known = dialect.insert(known_values).values(client=row.client, app=row.app, field=field, of=of, **new)
        where = [known_values.c[name] for name in ("client", "app", "field", "of")]
        connection.execute(known.on_conflict_do_update(index_elements=where, set_=new))


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
