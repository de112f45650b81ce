"""Attempt: one item, once. Claim, key and read back, intent, click, receipt; or the lookup of an unknown one."""

import hashlib
import time
from collections.abc import Callable

from bilagsbot.flow.flow import Flow
from bilagsbot.model.errors import (
    Alerted,
    BadValue,
    BilagsbotError,
    LeaseLost,
    Rejected,
    StepFailed,
    Stopped,
    Unreachable,
)
from bilagsbot.model.item import Item
from bilagsbot.model.receipt import State
from bilagsbot.model.target import Target
from bilagsbot.run import clock
from bilagsbot.run.entry import Entry
from bilagsbot.run.evidence import Evidence
from bilagsbot.run.items import values_of
from bilagsbot.run.lease import Lease
from bilagsbot.run.ledger import Ledger
from bilagsbot.run.session import Session
from bilagsbot.steps.base import Scope, perform
from bilagsbot.steps.find_row import ManyRows, NoRow

Ask = Callable[[str, Callable[[], bool]], None]
"""Has a person do what the text says; comes back when they say so, or may when the function says that it is done."""


class Stop:
    """A person's wish to end the run; `requested` is set from a signal handler.

    `closed` says why the target may not be keyed into now, if it may not.
    """

    def __init__(self, closed: Callable[[], str] = lambda: "") -> None:
        self.requested = False
        self.closed = closed

    def check(self) -> None:
        """Raise Stopped where the run is to end."""
        if self.requested:
            raise Stopped("Stopped by a person.")
        if why := self.closed():
            raise Stopped(why)


class Attempt:
    """One item's way through the program, and every step's Conduct on that way."""

    def __init__(
        self, flow: Flow, item: Item, entry: Entry, ledger: Ledger, lease: Lease,
        session: Session, evidence: Evidence, stop: Stop, ask: Ask, settle: float = 60.0,
    ) -> None:  # fmt: skip
        self._flow, self._item, self._entry = flow, item, entry
        self._ledger, self._lease, self._session = ledger, lease, session
        self._evidence, self._stop, self._ask = evidence, stop, ask
        self._click_within = max(2.0, settle / 4)  # seconds after the intent: the settle time is counted from there
        self._submitted = False
        self.expired = False

    def key(self, run: str) -> State:
        """Key the item and bring back its receipt. Raises Stopped and Unreachable (item ready again), LeaseLost."""
        self._ledger.claim(self._entry, self._item, self._lease, run)
        scope: Scope | None = None
        try:
            scope = self._scope()
            perform(self._flow.steps, scope)
            if not self._submitted:
                raise StepFailed("the flow ended without a submit")
            return self._receive(scope)
        except LeaseLost:
            raise
        except Rejected as refused:
            if self._shows_expired(scope):  # many a program says so where it says what is wrong with a voucher
                return self._fail(refused)
            # After submit only a reject_if of the flow's own knows a page on which nothing was stored.
            uncertain = self._submitted and isinstance(refused, Alerted)
            return self._end(State.UNKNOWN if uncertain else State.REJECTED, str(refused))
        except (Stopped, Unreachable) as ended:
            if not self._submitted:
                self._end(State.READY, str(ended))
                raise
            return self._end(State.UNKNOWN, str(ended))
        except StepFailed as failed:
            self._shows_expired(scope)
            return self._fail(failed)

    def resolve(self, settle: float, run: str) -> State:
        """Ask the program whether it holds an item whose submit was not seen to end.

        `settle` is how many seconds after the intent the program may still store what was sent. Raises Stopped,
        Unreachable, and Taken where another session asks about it, LeaseLost.
        """
        self._ledger.take_up(self._entry, self._lease, run)
        self._wait_out(settle)
        return self._look_up(State.UNKNOWN)

    def ask_first(self, run: str) -> State:
        """Ask the program whether it holds an item that was never keyed here; ready where it does not, failed where
        that cannot be told. Raises Stopped and Unreachable (item ready again), LeaseLost."""
        self._ledger.claim(self._entry, self._item, self._lease, run)
        try:
            return self._look_up(State.FAILED)
        except (Stopped, Unreachable) as ended:
            self._end(State.READY, str(ended))
            raise

    def _look_up(self, unanswered: State) -> State:
        self._submitted = True  # nothing may be posted on the way
        try:
            scope = self._scope()
            perform(self._flow.lookup, scope)
            self._take(scope, "lookup")
            return State.POSTED
        except NoRow:
            return self._end(State.READY, "the program does not hold it, by lookup")
        except (ManyRows, StepFailed, Rejected) as failed:
            return self._end(unanswered, f"the lookup gave no answer: {failed}")

    def _wait_out(self, settle: float) -> None:
        # The database's clock may have been set meanwhile, so this machine's own has the last word where the intent
        # was its own; and where another machine's work was broken off, all the time is waited for from then on.
        ago, now = clock.since(self._entry.intent_mark), time.monotonic()
        if ago is not None:
            ends = now - ago + settle
        else:
            left = (self._entry.intent_at or 0) + settle - self._ledger.store.time()
            ends = max(now + min(left, settle), self._lease.taken_at + settle if self._lease.inherited else 0.0)
        if self._entry.login != self._lease.login:  # whose session may have been at its click until a moment ago
            ends = max(ends, now + settle)
        clock.wait_until(ends, self._may_go_on)

    def _may_go_on(self) -> None:
        self._stop.check()
        self._lease.guard()

    def _scope(self) -> Scope:
        def note(step: str, target: str, value: str) -> None:
            self._evidence.note(self._entry.id, step, target, value)

        return self._session.scope(self, values_of(self._item), note)

    def _receive(self, scope: Scope) -> State:
        """The receipt: from the screen where the steps captured it, else from the lookup."""
        how = "screen"
        if self._missing(scope) and self._flow.lookup:
            how = "lookup"
            self._evidence.picture(scope.driver, self._entry.id, "after")
            try:
                perform(self._flow.lookup, scope)
            except Rejected as refused:
                raise StepFailed(f"the lookup was refused: {refused}") from refused
        self._take(scope, how)
        return State.POSTED

    def _take(self, scope: Scope, how: str) -> None:
        if missing := self._missing(scope):
            raise StepFailed(f"no receipt: {'; '.join(missing)}")
        receipt = {name: scope.captured[name] for name in self._flow.receipt}
        self._ledger.posted(self._entry, self._lease, receipt, how, scope.not_read_back)
        self._evidence.picture(scope.driver, self._entry.id, "after")

    def _missing(self, scope: Scope) -> list[str]:
        """What the receipt lacks: fields not captured, or captured as something else than their type."""
        wrong = []
        for name, field in self._flow.receipt.items():
            if name not in scope.captured:
                wrong.append(f"{name} was not captured")
                continue
            try:
                field.type.parse(scope.captured[name])
            except BadValue as bad:
                wrong.append(f"{name}: {bad.what}")
        return wrong

    def _shows_expired(self, scope: Scope | None) -> bool:
        """Whether the program has logged us out, kept in `expired`; then the failure is not the item's."""
        try:
            if scope is not None and self._flow.expired:
                self.expired = scope.driver.shows(scope.target(self._flow.expired))
        except (StepFailed, Rejected):
            pass  # what the screen shows cannot be told, so nothing is said of it
        return self.expired

    def _fail(self, failed: StepFailed | Rejected) -> State:
        if self.expired:
            why = f"the session expired ({failed})"
        else:
            why = f"{'after submit' if self._submitted else 'before submit'}: {failed}"
        return self._end(State.UNKNOWN if self._submitted else State.FAILED, why)

    def _end(self, state: State, why: str) -> State:
        self._ledger.ended(self._entry, self._lease, state, why)
        return state

    # What steps ask of their Conduct:

    def submit(self, scope: Scope, target: Target) -> None:
        """The point of no return: all read back, aimed, pictured, and the intent durable; then one click."""
        if self._submitted:
            raise StepFailed("the flow submits a second time")
        scope.compare_all()
        scope.driver.aim(target)
        self._evidence.picture(scope.driver, self._entry.id, "before")
        self.checkpoint()
        keyed = "\n".join(f"{where}={wanted}" for where, (_, wanted) in scope.keyed.items())
        self._ledger.intent(self._entry, self._lease, hashlib.sha256(keyed.encode()).hexdigest())
        self._submitted = True
        scope.keyed.clear()
        self._lease.guard()
        scope.driver.submit(target, time.time() + min(self._click_within, self._lease.seconds_left))

    def checkpoint(self) -> None:
        """Between steps: the lease is ours; and before submit, nobody wants to stop."""
        self._lease.guard()
        if not self._submitted:
            self._stop.check()

    def pause(self, scope: Scope, message: str, done: Callable[[], bool]) -> None:
        """Ask a person, and wait for the answer or for `done`, as long as the login is ours."""

        def done_by_us() -> bool:
            self._lease.guard()
            return done()

        self._ask(message, done_by_us)


class Rehearsal:
    """Conduct of a rehearsal: keys, reads back, aims, and stops before submit. Needs no ledger."""

    class Reached(BilagsbotError):
        """The rehearsal is at the submit, and all before it is well."""

    def __init__(self, lease: Lease, stop: Stop, ask: Ask) -> None:
        self._lease, self._stop, self._ask = lease, stop, ask

    def submit(self, scope: Scope, target: Target) -> None:
        """Everything but the intent and the click."""
        scope.compare_all()
        scope.driver.aim(target)
        raise Rehearsal.Reached

    def checkpoint(self) -> None:
        """Between steps."""
        self._lease.guard()
        self._stop.check()

    def pause(self, scope: Scope, message: str, done: Callable[[], bool]) -> None:
        """Ask a person, and wait for the answer or for `done`."""
        self._ask(message, done)
