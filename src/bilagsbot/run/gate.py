"""Gate: which items of a run wait for another person's approval, before anything of them is keyed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from bilagsbot.model.item import Item
from bilagsbot.model.receipt import State
from bilagsbot.run import known
from bilagsbot.run.approvals import flow_subject, item_subject, needs, posted_with
from bilagsbot.run.approve import NEW_FLOW, Approve, same_person
from bilagsbot.run.bot import Job
from bilagsbot.run.entry import Book, Entry
from bilagsbot.run.lease import EPOCH, Lease, held
from bilagsbot.run.ledger import Ledger
from bilagsbot.run.schema import approvals, events, items
from bilagsbot.sinks.text import grouped

_UNBEGUN: Final = (State.READY, State.FAILED, State.REJECTED, State.WAITING)
_AT_ONCE: Final = 500  # items in one transaction, which keeps everybody else from writing

Asked = dict[str, str]
"""The rules by which an item needs approval, each with its reason as a person reads it."""


@dataclass
class Gate:
    """What a run asks before it keys. `starter` is the OS user who started it."""

    job: Job
    book: Book
    ledger: Ledger
    lease: Lease
    run: str
    starter: str

    def hold(self, work: Sequence[tuple[Item, Entry]]) -> dict[str, Entry]:
        """Those that have to wait, as the ledger has them now: what is open, needs approval and has none.

        Raises LeaseLost.
        """
        rules = self.job.bot.approve
        if rules is None or not work:
            return {}
        if rules.changed:
            self._teach(work, rules)
        return self._stop([(item, entry) for item, entry in work if entry.state is not State.UNKNOWN], rules)

    def stops(self, item: Item, entry: Entry) -> bool:
        """Whether an item that is about to be keyed has to wait after all. Raises LeaseLost."""
        rules = self.job.bot.approve
        return rules is not None and bool(self._stop([(item, entry)], rules))

    def _teach(self, work: Sequence[tuple[Item, Entry]], rules: Approve) -> None:
        rows = [{"of": e.id, "new": known.teaching(i, self._values(i, rules))} for i, e in work]
        change = items.update().where(items.c.id == sa.bindparam("of"), held(self.ledger.store))
        change = change.values(teaches=sa.bindparam("new", type_=items.c.teaches.type))
        with self.ledger.store.transaction() as connection:
            connection.execute(change, [{**row, **self.lease.mark} for row in rows])
            self.lease.prolong(connection)

    def _values(self, item: Item, rules: Approve) -> list[known.Value]:
        return list(known.values(item, rules.changed, self.job.header))

    def _stop(self, work: Sequence[tuple[Item, Entry]], rules: Approve) -> dict[str, Entry]:
        with self.ledger.store.reading() as connection:
            asked = self._of_item(connection, work, rules)
            self._of_flow(connection, work, rules, asked)
        waits = {entry.id: (entry, asked[entry.id]) for _, entry in work if asked[entry.id]}
        self._wait(list(waits.values()))
        return {entry.id: entry for entry in self.ledger.now(waits)}

    def _of_item(
        self, connection: sa.Connection, work: Sequence[tuple[Item, Entry]], rules: Approve
    ) -> dict[str, Asked]:
        """By the rules of its content, unless that very content is approved."""
        values = {entry.id: self._values(item, rules) for item, entry in work}
        before = known.read(connection, self.book.client, self.book.app, (v for some in values.values() for v in some))
        seen: dict[known.Place, tuple[str, int]] = {}
        asked: dict[str, Asked] = {}
        for item, entry in work:
            asked[entry.id] = {}
            if rules.above is not None and item.sum is not None and abs(item.sum) > rules.above:
                word = "above" if item.sum > 0 else "beyond"
                asked[entry.id]["above"] = f"{grouped(item.sum)} is {word} {grouped(rules.above)}"
            for value in values[entry.id]:
                # Of two rows that disagree the later one waits, also where nothing was known before.
                first = seen.setdefault(value.place, (value.value, item.rows[0]))
                if reason := _change(value, before.get(value.place), first, rules):
                    asked[entry.id]["changed"] = reason
        wanting = {item_subject(entry.id): (item, entry) for item, entry in work if asked[entry.id]}
        for subject, content, _ in _given(connection, wanting, rules):
            item, entry = wanting[subject]
            if content == item.fingerprint:
                asked[entry.id] = {}
        return asked

    def _of_flow(
        self, connection: sa.Connection, work: Sequence[tuple[Item, Entry]], rules: Approve, asked: dict[str, Asked]
    ) -> None:
        """By the flow's version, unless somebody approved it who did not start what waits."""
        version = self.book.flow_version
        if not rules.new_flow or posted_with(connection, self.book.bot, version):
            return
        given = _given(connection, [flow_subject(self.book.bot)], rules)
        people = [by for _, content, by in given if content == version]
        for _, entry in work:
            starter = entry.starter or self.starter
            if not any(not same_person(by, starter) for by in people):
                own = f", and {people[0]} who approved it started the run" if people else ""
                asked[entry.id][NEW_FLOW] = f"nothing was posted with flow version {version} before{own}"

    def _wait(self, waits: Sequence[tuple[Entry, Asked]]) -> None:
        store = self.ledger.store
        states = items.c.state.in_(_UNBEGUN)
        change = items.update().where(items.c.id == sa.bindparam("of"), states, items.c.epoch <= EPOCH, held(store))
        names = ("message", "starter", "run", "awaits")
        new = {name: sa.bindparam(f"new_{name}", type_=items.c[name].type) for name in names}
        change = change.values(state=State.WAITING, epoch=EPOCH, changed_at=store.now, **new)
        told = events.insert().values(at=store.now, state=State.WAITING, by=self.lease.owner)
        rows = list(self._news(waits))
        for start in range(0, len(rows), _AT_ONCE):
            self.lease.guard()
            with store.transaction() as connection:
                for row in rows[start : start + _AT_ONCE]:
                    if connection.execute(change, {**row, **self.lease.mark}).rowcount:
                        connection.execute(told, {"item": row["of"], "why": row["new_message"]})
                self.lease.prolong(connection)

    def _news(self, waits: Sequence[tuple[Entry, Asked]]) -> Iterator[dict[str, object]]:
        """What changes in the ledger; the run in which it came to wait, and who started it, stay the same."""
        for entry, asked in waits:
            message = needs(asked, entry.id, self.book.bot)
            if not (entry.state is State.WAITING and entry.starter and entry.message == message):
                run, starter = (entry.run, entry.starter) if entry.starter else (self.run, self.starter)
                new = {"new_run": run, "new_starter": starter, "new_awaits": asked}
                yield {"of": entry.id, "new_message": message, **new}


def _change(value: known.Value, before: str | None, first: tuple[str, int], rules: Approve) -> str:
    """Why a value needs approval, or nothing."""
    if before is not None:
        return "" if value.value == before else f"{value.said} is another than was last posted"
    if value.value != first[0]:
        return f"{value.said} is another than in row {first[1]}"
    return f"{value.said} was never posted before" if rules.first else ""


def _given(connection: sa.Connection, subjects: Iterable[str], rules: Approve) -> list[tuple[str, str, str]]:
    """The approvals of these subjects by those who may: subject, content, by."""
    wanted = set(subjects)
    if not wanted:
        return []
    columns = (approvals.c.subject, approvals.c.content, approvals.c.by)
    found = connection.execute(sa.select(*columns).where(known.among(approvals.c.subject, wanted)))
    return [(subject, content, by) for subject, content, by in found if subject in wanted and rules.may(by)]
