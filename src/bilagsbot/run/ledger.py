"""The ledger: where every item stands, durably, and the only way from one state to the next.

One item is four short transactions: claim, intent, receipt, and before them its registration; the click is never
inside one. Every write carries the lease's epoch, so a later owner makes an earlier one's writes fail.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from bilagsbot.model.errors import LeaseLost
from bilagsbot.model.item import Item
from bilagsbot.model.receipt import State
from bilagsbot.run.lease import Lease
from bilagsbot.run.store import Store, events, items, leases

OPEN = (State.READY, State.RUNNING, State.FAILED, State.WAITING)


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


@dataclass(frozen=True)
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
    run: str
    receipt: Mapping[str, str]
    how: str
    message: str
    not_read_back: tuple[str, ...]
    changed_at: float


class Ledger:
    """The items of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def register(self, book: Book, source: Source, run: str, found: Sequence[Item]) -> list[Entry]:
        """Every item's entry, in the order given; new ones become ready.

        An open entry whose content changed takes the new content; a submitted one keeps its own, and the caller
        compares fingerprints.
        """
        with self.store.transaction() as connection:
            known = self._known(connection, book)
            for item in found:
                entry = known.get(item.identity)
                if entry is None:
                    self._insert(connection, book, source, run, item)
                elif entry.state in (State.READY, State.FAILED, State.REJECTED, State.WAITING):
                    self._renew(connection, book, source, run, item, entry)
            known = self._known(connection, book)
        return [known[item.identity] for item in found]

    def _known(self, connection: sa.Connection, book: Book) -> dict[str, Entry]:
        where = (items.c.client == book.client, items.c.app == book.app, items.c.document == book.document)
        return {row.identity: _entry(row) for row in connection.execute(sa.select(items).where(*where))}

    def _insert(self, connection: sa.Connection, book: Book, source: Source, run: str, item: Item) -> None:
        new = secrets.token_hex(6)
        connection.execute(
            items.insert().values(
                id=new, bot=book.bot, client=book.client, app=book.app, document=book.document,
                identity=item.identity, state=State.READY, **self._content(book, source, run, item),
            )
        )  # fmt: skip
        self._event(connection, new, State.READY, book.bot, f"{source.file} rows {_rows(item.rows)}")

    def _renew(self, connection: sa.Connection, book: Book, source: Source, run: str, item: Item, entry: Entry) -> None:
        """An item that was never submitted: the operator's newest row is what counts."""
        changed = entry.fingerprint != item.fingerprint
        state = State.READY if changed and entry.state is State.REJECTED else entry.state
        connection.execute(
            items.update().where(items.c.id == entry.id)
            .values(state=state, bot=book.bot, **self._content(book, source, run, item))
        )  # fmt: skip
        if changed:
            self._event(connection, entry.id, state, book.bot, f"content changed in {source.file}")

    def _content(self, book: Book, source: Source, run: str, item: Item) -> dict[str, object]:
        return {
            "key": dict(item.key), "fingerprint": item.fingerprint, "sum": None if item.sum is None else str(item.sum),
            "login": book.login, "source": source.file, "sheet": source.sheet, "rows": list(item.rows),
            "flow_version": book.flow_version, "run": run, "changed_at": self.store.now,
        }  # fmt: skip

    def recover(self, book: Book, lease: Lease) -> int:
        """Under a new lease, whatever an ended process left behind: `running` is ready again, `submitting` is unknown.

        Gives the number of unknown ones.
        """
        where = (items.c.client == book.client, items.c.app == book.app, items.c.document == book.document)
        left = 0
        with self.store.transaction() as connection:
            for old, new in ((State.RUNNING, State.READY), (State.SUBMITTING, State.UNKNOWN)):
                ours = sa.or_(items.c.login == lease.login, ~self._leased())
                found = items.update().where(*where, items.c.state == old, ours)
                why = f"found {old} when {lease.owner} took the login"
                changed = found.where(lease.still_mine()).values(state=new, message=why, changed_at=self.store.now)
                for row in connection.execute(changed.returning(items.c.id)):
                    self._event(connection, row.id, new, lease.owner, why)
                    left += new is State.UNKNOWN
        return left

    def _leased(self) -> sa.Exists:
        return sa.exists().where(leases.c.login == items.c.login, leases.c.until > self.store.now)

    def claim(self, entry: Entry, item: Item, lease: Lease, run: str) -> None:
        """The item is ours to key, with the content it has now. Raises LeaseLost."""
        more = {"epoch": lease.epoch, "attempts": items.c.attempts + 1, "run": run, "fingerprint": item.fingerprint}
        self._move(entry, lease, (*OPEN, State.REJECTED), State.RUNNING, "", claim=True, **more)

    def intent(self, entry: Entry, lease: Lease, keyed: str) -> None:
        """About to click: durable before the click is. `keyed` is the fingerprint of what stands on the screen."""
        self._move(entry, lease, (State.RUNNING,), State.SUBMITTING, "", intent_at=self.store.now, keyed=keyed)

    def posted(
        self, entry: Entry, lease: Lease, receipt: Mapping[str, str], how: str, not_read_back: list[str]
    ) -> None:
        """The receipt is here. Raises LeaseLost."""
        came = (State.SUBMITTING, State.UNKNOWN)
        more = {"receipt": dict(receipt), "how": how, "not_read_back": not_read_back}
        self._move(entry, lease, came, State.POSTED, "", claim=True, epoch=lease.epoch, **more)

    def ended(self, entry: Entry, lease: Lease, state: State, why: str) -> None:
        """Back to ready, failed, rejected or unknown, with the reason."""
        came = (State.RUNNING, State.SUBMITTING, State.UNKNOWN)
        self._move(entry, lease, came, state, why, claim=True, epoch=lease.epoch)

    def _move(
        self, entry: Entry, lease: Lease, came: Iterable[State], state: State, why: str,
        claim: bool = False, **values: object,
    ) -> None:  # fmt: skip
        lease.guard()
        own = items.c.epoch <= lease.epoch if claim else items.c.epoch == lease.epoch
        change = items.update().where(items.c.id == entry.id, items.c.state.in_(list(came)), own, lease.still_mine())
        with self.store.transaction() as connection:
            done = connection.execute(
                change.values(state=state, message=why, login=lease.login, changed_at=self.store.now, **values)
            ).rowcount
            if not done:
                raise LeaseLost(f"Item {entry.id} is no longer ours; nothing more is done with it.")
            self._event(connection, entry.id, state, lease.owner, why)

    def settle(self, id_: str, state: State, receipt: Mapping[str, str], by: str, why: str) -> bool:
        """A person's word on an unknown item; False where it is not (or no longer) unknown, or being keyed now."""
        with self.store.transaction() as connection:
            done = connection.execute(
                items.update().where(items.c.id == id_, sa.or_(
                    items.c.state == State.UNKNOWN, sa.and_(items.c.state == State.SUBMITTING, ~self._leased())
                ))
                .values(state=state, receipt=dict(receipt) or None, how="settled" if receipt else "",
                        message=f"settled by {by}: {why}", changed_at=self.store.now)
            ).rowcount  # fmt: skip
            if done:
                self._event(connection, id_, state, by, why)
        return bool(done)

    def entries(self, bot: str = "", state: str = "", id_: str = "") -> list[Entry]:
        """The entries that fit, newest last."""
        where = [c == v for c, v in ((items.c.bot, bot), (items.c.state, state), (items.c.id, id_)) if v]
        with self.store.reading() as connection:
            rows = connection.execute(sa.select(items).where(*where).order_by(items.c.changed_at, items.c.id))
            return [_entry(row) for row in rows]

    def _event(self, connection: sa.Connection, item: str, state: State, by: str, why: str) -> None:
        connection.execute(events.insert().values(item=item, at=self.store.now, state=state, by=by, why=why))


def _entry(row: sa.Row[tuple[object, ...]]) -> Entry:
    values = row._mapping
    plain = {name: values[name] for name in Entry.__dataclass_fields__}
    return Entry(
        **plain | {
            "rows": tuple(values["rows"]), "state": State(values["state"]), "receipt": values["receipt"] or {},
            "sum": None if values["sum"] is None else Decimal(values["sum"]),
            "not_read_back": tuple(values["not_read_back"] or ()),
        }
    )  # fmt: skip


def _rows(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows))
