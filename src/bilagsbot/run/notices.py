"""Notices: tell people what became of an unattended run, each address once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from loguru import logger

from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.model.receipt import State
from bilagsbot.run.addresses import Address, load_address
from bilagsbot.run.noticewords import TEST_BODY, TEST_TITLE, body, title
from bilagsbot.run.notify import Kind, Notify
from bilagsbot.run.schema import notices
from bilagsbot.run.secrets import Redactor
from bilagsbot.run.sending import LIMIT, Carrier, Message, carrier, deliver
from bilagsbot.run.store import Store
from bilagsbot.sinks.words import Language

LONGEST = 300  # of a key, in the ledger


@dataclass(frozen=True)
class Notice:
    """What there is to tell. `client`, `sum` (of what was posted) and `details` are told only where figures may be."""

    kind: Kind
    bot: str
    client: str
    run: str
    counts: Mapping[State, int] | Mapping[str, int]
    sum: Decimal | None = None
    details: tuple[str, ...] = ()
    what: Literal["", "pause", "approve", "settle"] = ""  # what a person has to do
    commands: tuple[str, ...] = ()  # to run then, such as `bilagsbot settle ID`; told to everyone

    def message(self, language: Language, figures: bool) -> Message:
        """As people read it."""
        about = {"kind": self.kind, "bot": self.bot, "run": self.run}
        return Message(title(self, language), body(self, language, figures), self._tone(), about)

    def _tone(self) -> Literal["success", "warning", "failure", "info"]:
        if self.kind == "stopped":
            return "failure"
        if self.kind == "drift":
            return "info"
        well = {state for state, count in self.counts.items() if count} <= {State.POSTED, State.SKIPPED}
        return "success" if self.kind == "finished" and well else "warning"


class Notices:
    """Sends notices, and notes in the ledger which address has been told what.

    What is being sent when the process is killed is not sent again: at most once. What could not be sent may be told
    again; of that an address that took a notice only after the time limit sees two.
    """

    def __init__(self, store: Store, workspace: Path, redact: Redactor, limit: float = LIMIT) -> None:
        self._store, self._workspace, self._redact, self._limit = store, workspace, redact, limit

    def tell(self, notify: Notify, notice: Notice, key: str) -> list[str]:
        """Send a notice to each address that was not told of `key` yet; gives those that it did not get to.

        Takes no longer than the time limit, however many addresses hang. Raises LedgerUnavailable.
        """
        if notice.kind not in notify.when:
            return []
        carriers, failed = self._carriers(notify.to)
        claimed = {name: carriers[name] for name in carriers if self._claim(name, key)}
        took = deliver(claimed, notice.message(notify.language, notify.figures), self._limit)
        for name in claimed.keys() - took:
            self._give_back(name, key)
            logger.warning("The notice to {} was not taken. 'bilagsbot notice {} --test' tries it.", name, name)
        return [name for name in dict.fromkeys(notify.to) if name in failed or name in claimed.keys() - took]

    def _carriers(self, names: tuple[str, ...]) -> tuple[dict[str, Carrier], set[str]]:
        carriers: dict[str, Carrier] = {}
        for name in names:
            try:
                carriers[name] = open_address(load_address(name), self._workspace, self._redact, self._limit)
            except BadInput as lacking:
                logger.warning("{}", lacking)
        return carriers, set(names) - carriers.keys()

    def _claim(self, name: str, key: str) -> bool:
        """Whether nobody else sends it or has sent it."""
        try:
            with self._store.transaction() as connection:
                connection.execute(notices.insert().values(key=_row(name, key), at=self._store.now))
        except sa.exc.IntegrityError:
            return False
        return True

    def _give_back(self, name: str, key: str) -> None:
        with self._store.transaction() as connection:
            connection.execute(notices.delete().where(notices.c.key == _row(name, key)))


def open_address(address: Address, workspace: Path, redact: Redactor, limit: float = LIMIT) -> Carrier:
    """What carries messages there, its secrets hidden from now on. Raises BadInput where it is no address."""
    redact.hide(*address.secrets())
    opened = carrier(address, workspace, limit)
    if opened is None:
        instead = "Write one such as mailto://user:password@host, or file://notices.jsonl; see docs/unattended.md."
        raise BadInput([Mistake(f"notice {address.name}", "this is no address that notices can go to.", instead)])
    return opened


def send_test(address: Address, workspace: Path, redact: Redactor) -> bool:
    """Whether the address took a test notice."""
    message = Message(TEST_TITLE, TEST_BODY, about={"kind": "test"})
    return bool(deliver({address.name: open_address(address, workspace, redact)}, message))


def _row(name: str, key: str) -> str:
    row = f"{name} {key}"  # a name has no space, so that no two pairs are one row
    return row if len(row) <= LONGEST else hashlib.sha256(row.encode()).hexdigest()
