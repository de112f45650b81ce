"""The lease: one process per login at a time, with an epoch that fences off whoever held it before."""

import getpass
import os
import platform
import threading
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.exc import IntegrityError

from bilagsbot.model.errors import BadInput, BilagsbotError, LeaseLost, LedgerUnavailable, Mistake
from bilagsbot.run import machine
from bilagsbot.run.schema import leases
from bilagsbot.run.store import Store

EPOCH = sa.bindparam("lease_epoch", type_=sa.Integer)
LOGIN = sa.bindparam("lease_login", type_=sa.String)
LENGTH = 30.0  # seconds; renewed every third
LENGTH_SET = "BILAGSBOT_LEASE"


def held(store: Store) -> sa.Exists:
    """The condition that every write of ours carries, given a lease's `mark`: it holds the login, in its epoch."""
    mine = (leases.c.login == LOGIN, leases.c.owner == sa.bindparam("lease_owner"))
    return sa.exists().where(*mine, leases.c.epoch == EPOCH, leases.c.until > store.now)


def default_length() -> float:
    """Seconds that a login, and a worker's word, is good for without being renewed; the same on all machines.

    Raises BadInput where BILAGSBOT_LEASE is no number of seconds.
    """
    given = os.environ.get(LENGTH_SET) or str(LENGTH)
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 600:
        raise BadInput([Mistake(LENGTH_SET, f"'{given}' is no number of seconds from 1 to 600.", "Write 30.")])
    return seconds


class LoginBusy(BilagsbotError):
    """Another process is logged in with this login."""


class Lease:
    """A login held by this process, renewed in the background until it is released."""

    def __init__(self, store: Store, login: str, state: Path, length: float | None = None) -> None:
        self._store, self.login, self._length = store, login, length or default_length()
        self.owner = f"{machine.mark(state)} {getpass.getuser()}@{platform.node()} pid {os.getpid()}"
        self.epoch = 0
        self.inherited = False
        """Whether it ran out in the hands of another machine, which gave it back to nobody."""
        self.taken_at = 0.0
        """When it became ours, on `time.monotonic()`."""
        self._deadline = 0.0
        self._ended = threading.Event()
        # Held by the operating system for as long as this process lives: whoever gets it knows that no other
        # process of this workspace still holds the login, whatever the lease says.
        (state / "locks").mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(state / "locks" / f"{_file_name(login)}.lock", timeout=0)
        self._beat = threading.Thread(target=self._renew, name=f"lease {login}", daemon=True)

    def acquire(
        self,
        wait: float = 0,
        say: Callable[[str], None] = lambda text: None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the login, waiting up to `wait` seconds. Raises LoginBusy, saying who holds it and since when.

        While it waits, `check` may raise what ends the waiting.
        """
        until, told = time.monotonic() + wait, False
        while not self._take():
            check()
            holder = self._holder()
            if time.monotonic() >= until:
                raise LoginBusy(f"The login {self.login} is in use by {holder}. Wait for it, or start with --wait.")
            if not told:
                say(f"Waiting for the login {self.login}: in use by {holder}.")
                told = True
            time.sleep(0.2)
        self._beat.start()

    def guard(self, need: float = 0) -> None:
        """Raise LeaseLost unless the lease lasts `need` seconds more."""
        if time.monotonic() + need > self._deadline:
            raise LeaseLost(f"The login {self.login} is no longer ours; nothing more is done with it.")

    @property
    def seconds_left(self) -> float:
        """How long the lease lasts if it is not renewed."""
        return self._deadline - time.monotonic()

    def release(self) -> None:
        """Give the login back; twice does no harm."""
        self._ended.set()
        if self._beat.is_alive():
            self._beat.join()
        if self.epoch:
            try:
                with self._store.transaction() as connection:
                    connection.execute(leases.update().where(*self._mine()).values(owner=None, until=0))
            except LedgerUnavailable:
                pass  # it runs out by itself
            self.epoch = 0
        self._lock.release()

    def prolong(self, connection: sa.Connection) -> None:
        """Renew at the end of a long transaction, which may have kept the renewing thread from writing.

        Nobody can have taken the login meanwhile and not be seen here. Raises LeaseLost where somebody had before.
        """
        asked = time.monotonic()
        longer = leases.update().where(*self._mine()).values(until=self._store.now + self._length)
        if not connection.execute(longer).rowcount:
            raise LeaseLost(f"The login {self.login} is no longer ours; nothing more is done with it.")
        self._deadline = asked + self._length

    @property
    def mark(self) -> dict[str, object]:
        """What `held` asks for: the login is leased to us, in our epoch."""
        return {"lease_login": self.login, "lease_owner": self.owner, "lease_epoch": self.epoch}

    def _mine(self) -> tuple[sa.ColumnElement[bool], ...]:
        return (leases.c.login == self.login, leases.c.owner == self.owner, leases.c.epoch == self.epoch)

    def _take(self) -> bool:
        try:
            self._lock.acquire()
        except Timeout:
            return False
        now, asked = self._store.now, time.monotonic()
        here = f"{self.owner.split()[0]} "
        free = sa.or_(leases.c.owner.is_(None), leases.c.until < now, leases.c.owner.startswith(here))
        new = {"owner": self.owner, "until": now + self._length, "since": now}
        try:
            with self._store.transaction() as connection:
                # Later than every epoch so far, also than those of the login that had an item before.
                epoch = connection.execute(sa.select(sa.func.coalesce(sa.func.max(leases.c.epoch), 0))).scalar_one() + 1
                known = connection.execute(
                    sa.select(leases.c.owner).where(leases.c.login == self.login).with_for_update()
                ).first()
                if known is None:
                    connection.execute(leases.insert().values(login=self.login, epoch=epoch, **new))
                    taken = 1
                else:
                    taken = connection.execute(
                        leases.update().where(leases.c.login == self.login, free).values(epoch=epoch, **new)
                    ).rowcount
        except IntegrityError:
            taken = 0  # another machine had the login's first lease in the same instant
        if not taken:
            self._lock.release()
            return False
        self.epoch = epoch
        self.inherited = known is not None and known.owner is not None and not known.owner.startswith(here)
        self.taken_at = asked
        self._deadline = asked + self._length
        return True

    def _holder(self) -> str:
        with self._store.reading() as connection:
            row = connection.execute(
                sa.select(leases.c.owner, leases.c.since).where(leases.c.login == self.login)
            ).first()
        if row is None or row.owner is None:
            return "another process that is just starting or ending"
        since = time.strftime("%H:%M:%S", time.localtime(row.since))
        return f"{row.owner.partition(' ')[2]} since {since}"

    def _renew(self) -> None:
        while not self._ended.wait(self._length / 3):
            asked = time.monotonic()
            try:
                with self._store.transaction() as connection:
                    kept = connection.execute(
                        leases.update().where(*self._mine(), leases.c.until > self._store.now)
                        .values(until=self._store.now + self._length)
                    ).rowcount  # fmt: skip
            except LedgerUnavailable:
                continue  # the deadline runs out by itself, and guard() sees it
            if not kept:
                self._deadline = 0
                return
            self._deadline = max(self._deadline, asked + self._length)  # it may have waited for `prolong`


def _file_name(login: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in login)
