"""Runner: all items of one workbook, each skipped, attempted, retried or resolved, and the receipts at the end."""

import getpass
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Protocol

from loguru import logger

from bilagsbot.model.errors import BadInput, BilagsbotError, LedgerUnavailable, Mistake, Unwritable
from bilagsbot.model.item import Item
from bilagsbot.model.receipt import Receipt, State
from bilagsbot.run.attempt import Ask, Attempt, Stop
from bilagsbot.run.bot import Job
from bilagsbot.run.evidence import Evidence
from bilagsbot.run.items import Batch
from bilagsbot.run.lease import Lease
from bilagsbot.run.ledger import Book, Entry, Ledger, Source
from bilagsbot.run.receipts import Delivered, Receipts
from bilagsbot.run.session import Session

Work = tuple[Item, Entry]
OTHER_CONTENT = (
    "its content is not what was being keyed when the outcome was lost (see {}); run that workbook, or settle item {}"
)


class Progress(Protocol):
    """Who watches a run."""

    def begin(self, items: int, total: Decimal) -> None: ...
    def item(self, item: Item) -> None: ...
    def done(self, receipt: Receipt) -> None: ...


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

    def go(self) -> Outcome:
        """Key what is to be keyed. Whatever ends it early stands in the outcome, with every receipt known so far.

        Raises BadInput and LedgerUnavailable before the first item, Unwritable where the receipts cannot be delivered.
        """
        self._begun: set[str] = set()
        self.receipts = Receipts(self.job, self.batch, self.run, self.evidence)
        started = datetime.now(UTC)
        ended_by: BilagsbotError | None = None
        book = self._book()
        self._same_key(book)
        self.ledger.recover(book, self.lease)
        source = Source(self.batch.table.file.name, self.batch.table.sheet)
        entries = self.ledger.register(book, source, self.run, self.batch.items, self.lease)
        work = list(zip(self.batch.items, entries, strict=True))
        todo = self._sort(work)
        self.progress.begin(len(todo), sum((item.sum or Decimal(0) for item, _ in todo), Decimal(0)))
        try:
            self._work(todo)
        except BilagsbotError as error:
            ended_by = error
        except Exception:
            self._deliver(work, started, None)  # a fault of ours; what is known by now is still the operator's
            raise
        finally:
            self.session.discard()
        delivered = self._deliver(work, started, ended_by)
        drift = [f"{d.target} was found by anchor {d.anchor + 1}" for d in self.session.drift]
        for one in self.session.drift:
            way = self.job.selectors.targets[one.target].find[one.anchor]  # as written, its templates not filled in
            self.evidence.drift(self.job.selectors.app, one.target, str(way))
        return Outcome(self.run, self.receipts.all, delivered, ended_by, drift)

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
        bot, flow = self.job.bot, self.job.flow
        return Book(bot.name, bot.client, flow.app, flow.document, bot.target.login, flow.version)

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
            if self._is_settled(item, entry):
                continue
            if entry.state is not State.UNKNOWN:
                key.append((item, entry))
            elif (entry.intent_at or 0) + settle > now:
                ask_later.append((item, entry))
            else:
                ask_now.append((item, entry))
        self.receipts.save()
        return [*ask_now, *key[: self.limit], *ask_later]

    def _is_settled(self, item: Item, entry: Entry) -> bool:
        """Whether this run has nothing to do for an item; it gets its receipt."""
        if entry.state is State.POSTED:
            self._posted_earlier(item, entry)
        elif entry.state is State.REJECTED and not self.retry_rejected:
            self.receipts.add(entry, item)
        elif entry.state in (State.RUNNING, State.SUBMITTING):
            self.receipts.add(entry, item, State.UNKNOWN, f"another process works on it with {entry.login}")
        elif entry.state is State.UNKNOWN and not self.job.flow.lookup:
            message = f"{entry.message}; look in the program, then: bilagsbot settle {entry.id}"
            self.receipts.add(entry, item, message=message)
        elif entry.state is State.UNKNOWN and entry.fingerprint != item.fingerprint:
            self.receipts.add(entry, item, message=OTHER_CONTENT.format(entry.source, entry.id))
        else:
            return False
        return True

    def _posted_earlier(self, item: Item, entry: Entry) -> None:
        when = datetime.fromtimestamp(entry.changed_at).strftime("%d.%m.%Y %H:%M")
        had = ", ".join(f"{name} {value}" for name, value in entry.receipt.items())
        if entry.fingerprint == item.fingerprint:
            self.receipts.add(entry, item, State.SKIPPED, f"already posted {when}: {had}")
        else:
            what = f"posted {when} with other content from {entry.source}: {had}. "
            self.receipts.add(entry, item, State.REJECTED, what + "Correct the row, or give it a key of its own.")

    def _work(self, todo: list[Work]) -> None:
        unsettled: list[Work] = []
        for item, entry in todo:
            self.stop.check()
            self.progress.item(item)
            self._begun.add(entry.id)
            state = self._resolve(item, entry) if entry.state is State.UNKNOWN else self._ask_first(item, entry)
            if state is State.READY and self._attempt(item, entry) is State.UNKNOWN:
                unsettled.append((item, entry))
            else:
                self.progress.done(self._receipt(item, entry))
        # Asked about only now: the others were keyed while the settle time of these went by.
        for item, entry in unsettled:
            self.progress.item(item)
            if self._resolve(item, entry) is State.READY:
                self._attempt(item, entry)
            self.progress.done(self._receipt(item, entry))

    def _attempt(self, item: Item, entry: Entry) -> State:
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
        return self._one(item, entry).resolve(self.job.bot.target.settle)

    def _one(self, item: Item, entry: Entry) -> Attempt:
        return Attempt(
            self.job.flow, item, entry, self.ledger, self.lease, self.session, self.evidence, self.stop, self.ask
        )

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
