"""The ledger: where every item stands, durably, and the only way from one state to the next.

One item is four short transactions: claim, intent, receipt, and before them its registration; the click is never
inside one. Every write carries the lease's epoch, so a later owner makes an earlier one's writes fail.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa

from bilagsbot.model.errors import BilagsbotError, LeaseLost
from bilagsbot.model.item import Item, canonical
from bilagsbot.model.receipt import State
from bilagsbot.run import clock
from bilagsbot.run.entry import Book, Entry, Source, entry_of
from bilagsbot.run.known import learn
from bilagsbot.run.lease import EPOCH, LOGIN, Lease, held
from bilagsbot.run.schema import events, items, leases
from bilagsbot.run.store import Store

OPEN = (State.READY, State.RUNNING, State.FAILED, State.WAITING)
_REPLACEABLE: Final = (State.READY, State.FAILED, State.REJECTED, State.WAITING)
_BRIEF: Final = tuple(items.c[n] for n in ("identity", "id", "state", "fingerprint", "flow_version", "starter"))
_AT_ONCE: Final = 500  # values in one statement; databases allow some thousands

Content = dict[str, object]
"""A row's values by column."""


class Taken(BilagsbotError):
    """Another session keys this item, or has keyed it since it was read."""


class Ledger:
    """The items of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        # To build a statement takes longer than to run it, so those of every item are built once.
        # Ours is what this lease claimed, or took up to ask about; nobody else's move may touch it then.
        earlier, ours = items.c.epoch <= EPOCH, sa.and_(items.c.epoch == EPOCH, items.c.login == LOGIN)
        tried = items.c.attempts + 1
        nobodys = sa.or_(items.c.login == LOGIN, ~self._leased())
        free = sa.and_(earlier, sa.or_(items.c.state != State.RUNNING, nobodys))
        self._claim = self._step((*OPEN, State.REJECTED), free, "run", "fingerprint", attempts=tried)
        self._taken = self._step((State.UNKNOWN,), sa.and_(earlier, nobodys), "run")
        self._intent = self._step((State.RUNNING,), ours, "keyed", "intent_mark", intent_at=store.now)
        submitted = (State.SUBMITTING, State.UNKNOWN)
        self._posted = self._step(submitted, ours, "receipt", "how", "not_read_back")
        self._found = self._step((State.RUNNING, *submitted), ours, "receipt", "how", "not_read_back")
        self._ended = self._step((State.RUNNING, *submitted), ours)
        self._held = sa.select(held(store))
        self._told = events.insert().values(at=store.now)

    def register(
        self, book: Book, source: Source, run: str, found: Sequence[Item], lease: Lease | None = None
    ) -> list[Entry]:
        """Every item's entry, in the order given; new ones become ready, all or none. Raises LeaseLost.

        An open entry whose content changed takes the new content; a submitted one keeps its own, and the caller
        compares fingerprints. A lease that is given is renewed with it.
        """
        asked = {item.identity: item for item in found}
        # Made before the transaction, which keeps everybody else from writing: leases too have to be renewed.
        contents = {identity: self._content(book, source, run, item) for identity, item in asked.items()}
        try:
            self._put(book, source, contents, asked, lease)
        except sa.exc.IntegrityError:  # another run brought some of them in the same instant
            self._put(book, source, contents, asked, lease)
        with self.store.reading() as connection:
            entries = {row.identity: entry_of(row) for row in self._known(connection, book, contents, tuple(items.c))}
        return [entries[item.identity] for item in found]

    def _put(
        self, book: Book, source: Source, contents: Mapping[str, Content], asked: Mapping[str, Item],
        lease: Lease | None,
    ) -> None:  # fmt: skip
        renewed: list[Content] = []
        changes: list[Content] = []
        with self.store.transaction() as connection:
            unknown = dict(contents)
            for row in self._known(connection, book, contents, _BRIEF):
                content = unknown.pop(row.identity)
                if row.state in _REPLACEABLE:
                    changed = row.fingerprint != content["fingerprint"]
                    state = State.READY if changed and row.state == State.REJECTED else State(row.state)
                    new = {name: value for name, value in content.items() if name != "run"}  # not keyed by it yet
                    # With another content or flow it waits anew, and whoever starts this run is its starter.
                    same = not changed and row.flow_version == book.flow_version
                    new |= {"starter": row.starter if same else "", "bot": book.bot}
                    renewed.append({"of": row.id, "was": row.state, "state": state, **new})
                    if changed:
                        changes.append(_change(row.id, state, book.bot, f"content changed in {source.file}"))
            ids = {identity: secrets.token_hex(6) for identity in unknown}
            self._insert(connection, book, ids, contents)
            self._renew(connection, renewed)
            came = ((id_, f"{source.file} rows {_rows(asked[identity].rows)}") for identity, id_ in ids.items())
            self._note(connection, [*changes, *(_change(id_, State.READY, book.bot, why) for id_, why in came)])
            if lease is not None:
                lease.prolong(connection)

    def find(self, book: Book, found: Sequence[Item]) -> list[Entry | None]:
        """The items' entries as they stand, in the order given; None for one that was never registered."""
        with self.store.reading() as connection:
            rows = self._known(connection, book, (item.identity for item in found), tuple(items.c))
            entries = {row.identity: entry_of(row) for row in rows}
        return [entries.get(item.identity) for item in found]

    def key_fields(self, book: Book) -> tuple[str, ...]:
        """The fields, in order, by which what was submitted is known; none where nothing was."""
        where = (items.c.client == book.client, items.c.app == book.app, items.c.document == book.document)
        submitted = items.c.state.in_([State.SUBMITTING, State.UNKNOWN, State.POSTED])
        with self.store.reading() as connection:
            one = connection.execute(sa.select(items.c.key, items.c.identity).where(*where, submitted).limit(1)).first()
        if one is None:
            return ()
        values: list[str] = json.loads(one.identity)  # PostgreSQL keeps no order of a key's fields
        return tuple(sorted(one.key, key=lambda name: values.index(canonical(one.key[name]))))

    def _known(
        self, connection: sa.Connection, book: Book, identities: Iterable[str], what: Sequence[sa.Column[Any]]
    ) -> Iterator[sa.Row[Any]]:
        where = (items.c.client == book.client, items.c.app == book.app, items.c.document == book.document)
        for some in _chunks(identities):
            yield from connection.execute(sa.select(*what).where(*where, items.c.identity.in_(some)))

    def _insert(
        self, connection: sa.Connection, book: Book, ids: Mapping[str, str], contents: Mapping[str, Content]
    ) -> None:
        whose = {"bot": book.bot, "client": book.client, "app": book.app, "document": book.document}
        new = [
            {"id": id_, "identity": identity, "state": State.READY, **whose, **contents[identity]}
            for identity, id_ in ids.items()
        ]
        if new:
            connection.execute(items.insert().values(changed_at=self.store.now), new)

    def _renew(self, connection: sa.Connection, rows: list[Content]) -> None:
        """Items that were never submitted: the operator's newest row is what counts, unless it is just being keyed."""
        if rows:
            as_seen = (items.c.id == sa.bindparam("of"), items.c.state == sa.bindparam("was"))
            change = items.update().where(*as_seen).values(changed_at=self.store.now)
            connection.execute(change, rows)

    def _content(self, book: Book, source: Source, run: str, item: Item) -> Content:
        return {
            "key": dict(item.key), "fingerprint": item.fingerprint, "sum": None if item.sum is None else str(item.sum),
            "login": book.login, "source": source.file, "sheet": source.sheet, "rows": list(item.rows),
            "flow_version": book.flow_version, "run": run,
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
                changed = found.where(held(self.store)).values(state=new, message=why, changed_at=self.store.now)
                for row in connection.execute(changed.returning(items.c.id), lease.mark):
                    self._event(connection, row.id, new, lease.owner, why)
                    left += new is State.UNKNOWN
        return left

    def _leased(self) -> sa.Exists:
        return sa.exists().where(leases.c.login == items.c.login, leases.c.until > self.store.now)

    def claim(self, entry: Entry, item: Item, lease: Lease, run: str) -> None:
        """The item is ours to key, with the content it has now. Raises Taken and LeaseLost."""
        self._move(self._claim, entry, lease, State.RUNNING, "", run=run, fingerprint=item.fingerprint)

    def take_up(self, entry: Entry, lease: Lease, run: str) -> None:
        """An unknown item is ours to ask the program about. Raises Taken and LeaseLost."""
        self._move(self._taken, entry, lease, State.UNKNOWN, entry.message, run=run)

    def intent(self, entry: Entry, lease: Lease, keyed: str) -> None:
        """About to click: durable before the click is. `keyed` is the fingerprint of what stands on the screen."""
        self._move(self._intent, entry, lease, State.SUBMITTING, "", keyed=keyed, intent_mark=clock.mark())

    def posted(
        self, entry: Entry, lease: Lease, receipt: Mapping[str, str], how: str, not_read_back: list[str]
    ) -> None:
        """The receipt is here. By lookup that may be of what a person keyed: no intent of ours. Raises LeaseLost."""
        more = {"receipt": dict(receipt), "how": how, "not_read_back": not_read_back}
        self._move(self._found if how == "lookup" else self._posted, entry, lease, State.POSTED, "", **more)

    def ended(self, entry: Entry, lease: Lease, state: State, why: str) -> None:
        """Back to ready, failed, rejected or unknown, with the reason."""
        self._move(self._ended, entry, lease, state, why)

    def _step(
        self, came: Iterable[State], own: sa.ColumnElement[bool], *columns: str, **fixed: sa.ColumnElement[Any]
    ) -> sa.Update:
        """The statement of one way from `came` to another state, which also sets these columns."""
        new = {
            name: sa.bindparam(f"new_{name}", type_=items.c[name].type)
            for name in ("state", "message", "login", *columns)
        }
        states = sa.or_(*(items.c.state == state for state in came))
        change = items.update().where(items.c.id == sa.bindparam("of"), states, own, held(self.store))
        return change.values(epoch=EPOCH, changed_at=self.store.now, **new, **fixed)

    def _move(self, step: sa.Update, entry: Entry, lease: Lease, state: State, why: str, **values: object) -> None:
        lease.guard()
        values |= {"state": state, "message": why, "login": lease.login}
        given = {"of": entry.id, **lease.mark, **{f"new_{name}": value for name, value in values.items()}}
        with self.store.transaction() as connection:
            if not connection.execute(step, given).rowcount:
                if step in (self._claim, self._taken) and connection.execute(self._held, lease.mark).scalar():
                    raise Taken(f"Item {entry.id} is in other hands.")
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
            return [entry_of(row) for row in rows]

    def now(self, ids: Iterable[str]) -> Iterator[Entry]:
        """These items as they stand, in any order."""
        with self.store.reading() as connection:
            for some in _chunks(ids):
                yield from map(entry_of, connection.execute(sa.select(items).where(items.c.id.in_(some))))

    def _event(self, connection: sa.Connection, item: str, state: State, by: str, why: str) -> None:
        if state is State.POSTED:
            learn(connection, item)
        self._note(connection, [_change(item, state, by, why)])

    def _note(self, connection: sa.Connection, changes: list[Content]) -> None:
        if changes:
            connection.execute(self._told, changes)


def _change(item: str, state: State, by: str, why: str) -> Content:
    """A row of the event table, but for its time."""
    return {"item": item, "state": state, "by": by, "why": why}


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(values)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _rows(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows))
