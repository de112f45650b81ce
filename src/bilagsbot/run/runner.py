"""Runner: all items of one workbook, each skipped, attempted, retried or resolved, and the receipts at the end."""

import getpass
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Protocol

from loguru import logger

from bilagsbot.model.errors import BadInput, BilagsbotError, LedgerUnavailable, Mistake, Unwritable
from bilagsbot.model.item import Item
from bilagsbot.model.receipt import Receipt, State
from bilagsbot.run.attempt import Ask, Attempt, Stop
from bilagsbot.run.bot import Job
from bilagsbot.run.entry import Book, Entry, Source
from bilagsbot.run.evidence import Evidence
from bilagsbot.run.gate import Gate
from bilagsbot.run.items import Batch
from bilagsbot.run.lease import Lease
from bilagsbot.run.ledger import OPEN, Ledger, Taken
from bilagsbot.run.rate import Rate
from bilagsbot.run.receipts import Delivered, Receipts
from bilagsbot.run.session import Session
from bilagsbot.run.standing import Standing

Work = tuple[Item, Entry]


@dataclass(frozen=True)
class Share:
    """A session's own part of a run's items, which it begins with: every `of`-th from `index` on. Then it helps out."""

    index: int
    of: int

    def ordered(self, work: list[Work]) -> list[Work]:
        """The own part first, then the others', the last of each first."""
        own = work[self.index :: self.of]
        others = [one for i in range(1, self.of) for one in work[(self.index + i) % self.of :: self.of][::-1]]
        return [*own, *others]


class Progress(Protocol):
    """Who watches a run."""

    def begin(self, items: int, total: Decimal) -> None: ...
    def item(self, item: Item) -> None: ...
    def done(self, receipt: Receipt) -> None: ...


class Unwatched:
    """Nobody watches: only the end is told, and what is done stands in the ledger."""

    def begin(self, items: int, total: Decimal) -> None:
        """Nothing."""

    def item(self, item: Item) -> None:
        """Nothing."""

    def done(self, receipt: Receipt) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Outcome:
    """What a run came to: every item's receipt, the files, and why it ended early, where it did."""

    run: str
    receipts: list[Receipt]
    delivered: Delivered
    ended_by: BilagsbotError | None
    drift: list[str]

    def count(self, *states: State) -> int:
        """How many receipts have one of these states."""
        return sum(r.status in states for r in self.receipts)


def book_of(job: Job, login: str) -> Book:
    """Whose books a job keys into, and what."""
    bot, flow = job.bot, job.flow
    return Book(bot.name, bot.client, flow.app, flow.document, login, flow.version)


@dataclass
class Runner:
    """One run of one bot over one batch."""

    job: Job
    batch: Batch
    run: str
    ledger: Ledger
    lease: Lease
    session: Session
    evidence: Evidence
    stop: Stop
    ask: Ask
    progress: Progress
    limit: int | None = None
    retry_rejected: bool = False
    rate: Rate = field(default_factory=lambda: Rate(None))
    starter: str = ""
    """Who started it, where that is not the user of this process."""
    _shared: bool = False

    def go(self) -> Outcome:
        """Key what is to be keyed. Whatever ends it early stands in the outcome, with every receipt known so far.

        Raises BadInput and LedgerUnavailable before the first item, Unwritable where the receipts cannot be delivered.
        """
        started, work = datetime.now(UTC), self._registered()
        try:
            ended_by = self._key(self._sort(work))
        except Exception:
            self._deliver(work, started, None)  # a fault of ours; what is known by now is still the operator's
            raise
        delivered = self._deliver(work, started, ended_by)
        return Outcome(self.run, self.receipts.all, delivered, ended_by, self._drift())

    def take_part(self, share: Share) -> BilagsbotError | None:
        """A share of a run's items, beside other sessions; the receipts are delivered when all have ended.

        Gives what ended it early, and raises as `go` does.
        """
        self._shared = True
        ended_by = self._key(share.ordered(self._sort(self._registered())))
        self._drift()
        return ended_by

    def _registered(self) -> list[Work]:
        """Every item with its entry in the ledger, and what an ended process left behind put right."""
        self._begun: set[str] = set()
        self.receipts = Receipts(self.job, self.batch, self.run, self.evidence)
        self._standing = Standing(self.job.flow, self.receipts, self.retry_rejected)
        book = self._book()
        self._same_key(book)
        self.gate = Gate(self.job, book, self.ledger, self.lease, self.run, self.starter or getpass.getuser())
        self.ledger.recover(book, self.lease)
        source = Source(self.batch.table.file.name, self.batch.table.sheet)
        entries = self.ledger.register(book, source, self.run, self.batch.items, self.lease)
        return list(zip(self.batch.items, entries, strict=True))

    def _key(self, todo: list[Work]) -> BilagsbotError | None:
        """Key these; gives what ended it early."""
        self.progress.begin(len(todo), sum((item.sum or Decimal(0) for item, _ in todo), Decimal(0)))
        try:
            self._work(todo)
        except BilagsbotError as error:
            return error
        finally:
            self.session.discard()
        return None

    def _drift(self) -> list[str]:
        """What was found by a lower way of its selectors, in words; noted for `bilagsbot drift` too."""
        for one in self.session.drift:
            way = self.job.selectors.targets[one.target].find[one.anchor]  # as written, its templates not filled in
            self.evidence.drift(self.job.selectors.app, one.target, str(way))
        return [f"{d.target} was found by anchor {d.anchor + 1}" for d in self.session.drift]

    def _same_key(self, book: Book) -> None:
        """Raise BadInput where the flow's key is another than when items were submitted: they would be posted again."""
        before, key = self.ledger.key_fields(book), tuple(self.job.flow.key)
        if before and before != key:
            known, now = (f"[{', '.join(names)}]" for names in (before, key))
            what = f"its key is {now}, but what it has posted is known by {known}, and would be posted again."
            instead = f"Write key: {known}. For another kind of document give the flow a 'posts' of its own."
            raise BadInput([Mistake(f"flows/{self.job.bot.flow}", what, instead)])

    def _deliver(self, work: list[Work], started: datetime, ended_by: BilagsbotError | None) -> Delivered:
        try:
            self._rest(work, str(ended_by or "the run broke off"))
            return self.receipts.deliver(started, getpass.getuser())
        except Unwritable as error:
            said = f"{error} What was posted is in the ledger, and nothing is posted twice."
            raise Unwritable(f"{ended_by} {said}" if ended_by and str(ended_by) != str(error) else said) from error

    def _book(self) -> Book:
        return book_of(self.job, self.lease.login)

    def _sort(self, work: list[Work]) -> list[Work]:
        """What is to be done: all unknown items, those first that can be asked about at once, and so many to key as the
        limit says. What this run has nothing to do for gets its receipt now."""
        for rows, mistakes in self.batch.refused():
            self.receipts.refuse(rows, mistakes)
        now, settle = self.ledger.store.time(), self.job.bot.target.settle
        ask_now: list[Work] = []
        key: list[Work] = []
        ask_later: list[Work] = []
        for item, entry in work:
            if self._standing.is_settled(item, entry):
                continue
            if entry.state is not State.UNKNOWN:
                key.append((item, entry))
            elif (entry.intent_at or 0) + settle > now:
                ask_later.append((item, entry))
            else:
                ask_now.append((item, entry))
        held = self.gate.hold([*ask_now, *key, *ask_later])
        for item, entry in key:
            if entry.id in held:
                self.receipts.add(held[entry.id], item)
        self.receipts.save()
        free = [(item, entry) for item, entry in key if entry.id not in held]
        return [*ask_now, *free[: self.limit], *ask_later]

    def _work(self, todo: list[Work]) -> None:
        unsettled: list[Work] = []
        for item, entry in todo:
            self.stop.check()
            if self._shared:
                entry = self._fresh(entry)
                busy = entry.state is State.RUNNING or entry.state not in (*OPEN, State.UNKNOWN)
                if busy or self._has_failed(entry):
                    continue  # another session's work by now
            self.rate.wait(self._may_go_on)
            self.progress.item(item)
            self._begun.add(entry.id)
            try:
                state = self._resolve(item, entry) if entry.state is State.UNKNOWN else self._ask_first(item, entry)
                if state is State.READY and self._attempt(item, entry) is State.UNKNOWN:
                    unsettled.append((item, entry))
                    continue
            except Taken as taken:
                logger.debug("{}", taken)
            self.progress.done(self._receipt(item, entry))
        # Asked about only now: the others were keyed while the settle time of these went by.
        for item, entry in unsettled:
            self.progress.item(item)
            with suppress(Taken):
                if self._resolve(item, entry) is State.READY:
                    self._attempt(item, entry)
            self.progress.done(self._receipt(item, entry))

    def _may_go_on(self) -> None:
        self.stop.check()
        self.lease.guard()

    def _has_failed(self, entry: Entry) -> bool:
        """Whether an item has failed in this run; the next one tries it again."""
        return entry.state is State.FAILED and entry.run == self.run

    def _attempt(self, item: Item, entry: Entry) -> State:
        if self.gate.stops(item, entry):
            return State.WAITING
        tries, forgiven = self.job.bot.attempts, 0
        while True:
            attempt = self._one(item, entry)
            state = attempt.key(self.run)
            if state in (State.FAILED, State.UNKNOWN):
                self.session.discard()  # a screen that failed is not trusted
            if state is State.FAILED and attempt.expired and not forgiven:
                forgiven = 1  # not the item's fault; but a session that expires at once would go on for ever
            else:
                tries -= 1
            if state is not State.FAILED or not tries:
                return state

    def _ask_first(self, item: Item, entry: Entry) -> State:
        """Ready to be keyed, unless the bot has the program asked and it holds the item, or does not answer."""
        if not self.job.bot.ask_first:
            return State.READY
        state = self._one(item, entry).ask_first(self.run)
        if state is State.FAILED:
            self.session.discard()
        return state

    def _resolve(self, item: Item, entry: Entry) -> State:
        if not self.job.flow.lookup:
            return State.UNKNOWN
        self.session.discard()
        entry = self._fresh(entry)
        return self._one(item, entry).resolve(self.job.bot.target.settle, self.run)

    def _one(self, item: Item, entry: Entry) -> Attempt:
        return Attempt(
            self.job.flow, item, entry, self.ledger, self.lease, self.session, self.evidence, self.stop, self.ask,
            self.job.bot.target.settle,
        )  # fmt: skip

    def _fresh(self, entry: Entry) -> Entry:
        (fresh,) = self.ledger.now([entry.id])
        return fresh

    def _receipt(self, item: Item, entry: Entry) -> Receipt:
        receipt = self.receipts.add(self._fresh(entry), item)
        self.receipts.save()
        logger.info("{} {} {}", receipt.status, item.label, receipt.message)
        return receipt

    def _rest(self, work: list[Work], why: str) -> None:
        """A receipt for what the run did not come to the end of, as the ledger has it, or as it was last seen there."""
        done = {r.item for r in self.receipts.all}
        left = {entry.id: (item, entry) for item, entry in work if entry.id not in done}
        try:
            for now in self.ledger.now(list(left)):
                item, _ = left.pop(now.id)
                self._broken_off(item, now, why, now.state is State.SUBMITTING and now.run == self.run)
        except LedgerUnavailable:
            for item, entry in left.values():
                self._broken_off(item, entry, why, entry.id in self._begun)
        self.receipts.save()

    def _broken_off(self, item: Item, entry: Entry, why: str, in_doubt: bool) -> None:
        if in_doubt:
            self.receipts.add(entry, item, State.UNKNOWN, f"{why} The next run asks the program about it first.")
        elif entry.run == self.run and entry.state is State.RUNNING:
            self.receipts.add(entry, item, State.READY, f"broken off before submit: {why}")
        else:
            self.receipts.add(entry, item)
