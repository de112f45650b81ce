"""Approvals: what waits for one, and what becomes of it by a person's word. Who, when and why is kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa

from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.model.receipt import State
from bilagsbot.run.approve import NEW_FLOW, Approve, same_person
from bilagsbot.run.schema import approvals, events, items
from bilagsbot.run.store import Store

_ORDER: Final = ("above", "changed", NEW_FLOW)  # PostgreSQL keeps no order of a mapping
OWN: Final = "you started the run in which it came to wait ({}); another person has to approve."
Rules = Callable[[str], Approve | None]
"""What a bot asks approval for, by the bot's name."""


def item_subject(id_: str) -> str:
    """What an approval of an item is of; its content is the item's fingerprint."""
    return f"item:{id_}"


def flow_subject(bot: str) -> str:
    """What an approval of a bot's flow is of; its content is the flow's version."""
    return f"flow:{bot}"


def needs(asked: Mapping[str, str], id_: str, bot: str) -> str:
    """Why an item waits, and what to do."""
    reasons = [asked[rule] for rule in _ORDER if rule in asked]
    item = [f"bilagsbot approve {id_}"] if set(asked) - {NEW_FLOW} else []
    flow = [f"bilagsbot approve --flow {bot}"] if NEW_FLOW in asked else []
    return f"needs approval: {'; '.join([*reasons, *item, *flow])}"


def posted_with(connection: sa.Connection, bot: str, version: str) -> bool:
    """Whether a bot has posted with a flow version; what a person keyed and a lookup found was not keyed by it."""
    where = (items.c.bot == bot, items.c.flow_version == version, items.c.state == State.POSTED)
    keyed = sa.select(items.c.id).where(*where, items.c.intent_at.is_not(None)).limit(1)
    return connection.execute(keyed).first() is not None


@dataclass(frozen=True)
class Waiting:
    """An item that waits for approval. `since` is in Unix seconds, on the database's clock."""

    id: str
    bot: str
    key: Mapping[str, str]
    sum: Decimal | None
    why: str
    rules: tuple[str, ...]
    starter: str
    since: float
    run: str


class Approvals:
    """The approvals of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def waiting(self) -> list[Waiting]:
        """What waits for approval, the longest first."""
        since = sa.select(sa.func.max(events.c.at)).where(events.c.item == items.c.id, events.c.state == State.WAITING)
        found = sa.select(items, since.scalar_subquery().label("since")).where(items.c.state == State.WAITING)
        with self.store.reading() as connection:
            rows = [row for row in connection.execute(found) if _waits(row)]
        return sorted((_waiting(row) for row in rows), key=lambda waiting: (waiting.since, waiting.id))

    def bots(self, ids: Iterable[str]) -> set[str]:
        """The bots whose items these are."""
        with self.store.reading() as connection:
            return set(connection.execute(sa.select(items.c.bot).where(items.c.id.in_(list(ids)))).scalars())

    def approve(self, ids: Sequence[str], by: str, why: str, rules: Rules) -> list[str]:
        """Approve the content that these items have now; gives those that may be keyed now.

        Raises BadInput with every mistake; then none is approved.
        """
        ready = []
        with self.store.transaction() as connection:
            for row in self._rows(connection, ids, by, rules, refuse=False):
                self._give(connection, item_subject(row.id), row.fingerprint, by, why)
                left = {rule: reason for rule, reason in row.awaits.items() if rule == NEW_FLOW}
                ready += self._go_on(connection, row, left, by, why)
        return ready

    def refuse(self, ids: Sequence[str], by: str, why: str, rules: Rules) -> None:
        """These items become rejected. Raises BadInput with every mistake; then none does."""
        with self.store.transaction() as connection:
            for row in self._rows(connection, ids, by, rules, refuse=True):
                connection.execute(approvals.delete().where(approvals.c.subject == item_subject(row.id)))
                self._become(connection, row, State.REJECTED, {}, by, f"refused by {by}: {why}")

    def approve_flow(self, bot: str, version: str, rules: Approve | None, by: str, why: str) -> list[str]:
        """Approve a flow version for a bot; gives the items that may be keyed now. Raises BadInput."""
        where = f"approve --flow {bot}"
        if rules is None or not rules.new_flow:
            raise BadInput([Mistake(where, "this bot asks no approval of its flow.", "It has no approve: new_flow.")])
        ready = []
        with self.store.transaction() as connection:
            waits = (items.c.bot == bot, items.c.flow_version == version, items.c.state == State.WAITING)
            found = connection.execute(sa.select(items).where(*waits).with_for_update())
            rows = [row for row in found if _waits(row) and NEW_FLOW in row.awaits]
            own = [row for row in rows if same_person(row.starter, by)]
            mistakes = [] if rules.may(by) else [_not_one_of(where, by, rules)]
            mistakes += [Mistake(where, OWN.format(own[0].run))] if own else []
            if posted_with(connection, bot, version):
                mistakes.append(Mistake(where, f"it has posted with version {version}; there is nothing to approve."))
            if mistakes:
                raise BadInput(mistakes)
            self._give(connection, flow_subject(bot), version, by, why)
            for row in rows:
                left = {rule: reason for rule, reason in row.awaits.items() if rule != NEW_FLOW}
                ready += self._go_on(connection, row, left, by, why)
        return ready

    def runs(self, ids: Iterable[str]) -> list[str]:
        """The runs that items were last seen in: where one is approved, its run may be gone on with."""
        with self.store.reading() as connection:
            found = connection.execute(sa.select(items.c.run).where(items.c.id.in_(list(ids))).distinct())
            return sorted(found.scalars())

    def _rows(self, connection: sa.Connection, ids: Sequence[str], by: str, rules: Rules, refuse: bool) -> list[Any]:
        """The items, kept from other writers. Raises BadInput where one cannot be approved, or refused, by `by`."""
        found = connection.execute(sa.select(items).where(items.c.id.in_(ids)).with_for_update())
        rows = {row.id: row for row in found}
        mistakes = []
        for id_ in dict.fromkeys(ids):
            where = f"approve {id_}"
            if (row := rows.get(id_)) is None:
                mistakes.append(Mistake(where, f"the ledger has no item '{id_}'.", self._near(connection, id_)))
            elif not _waits(row):
                mistakes.append(Mistake(where, f"the item is {row.state}; it does not wait for approval."))
            else:
                asked = rules(row.bot)
                if asked and not asked.may(by):
                    mistakes.append(_not_one_of(where, by, asked))
                if not refuse and same_person(row.starter, by):
                    mistakes.append(Mistake(where, OWN.format(row.run)))
                if not refuse and set(row.awaits) == {NEW_FLOW}:
                    more = f"Write: bilagsbot approve --flow {row.bot}"
                    mistakes.append(Mistake(where, "what waits for approval is its flow.", more))
        if mistakes:
            raise BadInput(mistakes)
        return list(rows.values())

    def _near(self, connection: sa.Connection, id_: str) -> str:
        known = connection.execute(sa.select(items.c.id).where(items.c.state == State.WAITING)).scalars()
        return suggest(id_, known) or "Nothing waits for approval."

    def _give(self, connection: sa.Connection, subject: str, content: str, by: str, why: str) -> None:
        new = approvals.insert().values(subject=subject, content=content, by=by, why=why, at=self.store.now)
        connection.execute(new)

    def _go_on(self, connection: sa.Connection, row: Any, left: dict[str, str], by: str, why: str) -> list[str]:
        """Ready, unless it waits for another approval too."""
        said = f"approved by {by}{f': {why}' if why else ''}"
        if left:
            self._become(connection, row, State.WAITING, left, by, f"{said}; {needs(left, row.id, row.bot)}")
            return []
        self._become(connection, row, State.READY, {}, by, said)
        return [row.id]

    def _become(
        self, connection: sa.Connection, row: Any, state: State, awaits: dict[str, str], by: str, message: str
    ) -> None:
        new = {"state": state, "message": message, "awaits": awaits, "changed_at": self.store.now}
        connection.execute(items.update().where(items.c.id == row.id).values(**new))
        connection.execute(events.insert().values(item=row.id, at=self.store.now, state=state, by=by, why=message))


def _waits(row: Any) -> bool:
    """Whether an item waits for approval, with the content that it came to wait with."""
    return bool(row.state == State.WAITING and row.awaits and row.starter)


def _not_one_of(where: str, by: str, rules: Approve) -> Mistake:
    return Mistake(where, f"{by} is none of those who may approve.", f"They are: {', '.join(rules.by)}.")


def _waiting(row: Any) -> Waiting:
    total = None if row.sum is None else Decimal(row.sum)
    reasons = {rule: row.awaits[rule] for rule in _ORDER if rule in row.awaits}
    why = "; ".join(reasons.values())
    since = row.changed_at if row.since is None else row.since
    return Waiting(row.id, row.bot, row.key, total, why, tuple(reasons), row.starter, since, row.run)
