"""One process per login at a time."""

import shutil
import time
from pathlib import Path

import pytest

from bilagsbot.model.errors import LeaseLost
from bilagsbot.run.lease import Lease, LoginBusy
from bilagsbot.run.schema import leases
from bilagsbot.run.store import Store


def test_a_second_one_is_told_who_holds_the_login(store: Store, tmp_path: Path) -> None:
    first, second = (Lease(store, "acme", tmp_path / name) for name in ("machine-1", "machine-2"))
    first.acquire()

    with pytest.raises(LoginBusy, match=r"in use by .+ pid \d+ since \d\d:\d\d:\d\d"):
        second.acquire()

    other = Lease(store, "another login", tmp_path / "machine-2")
    other.acquire()
    epoch = other.epoch
    other.release()
    first.release()
    second.acquire()
    assert second.epoch == epoch + 1  # later than any other login's, for items go from one login to another
    second.release()


def test_two_of_one_workspace_cannot_both_hold_it(store: Store, tmp_path: Path) -> None:
    first, second = Lease(store, "acme", tmp_path), Lease(store, "acme", tmp_path)
    first.acquire()

    with pytest.raises(LoginBusy):
        second.acquire()
    first.release()


def test_it_is_renewed_for_as_long_as_it_is_held(store: Store, tmp_path: Path) -> None:
    held = Lease(store, "acme", tmp_path / "machine-1", length=0.9)
    held.acquire()
    until = time.monotonic() + 2.5
    while time.monotonic() < until:
        held.guard()
        with pytest.raises(LoginBusy):
            Lease(store, "acme", tmp_path / "machine-2").acquire()
        time.sleep(0.1)
    held.release()


def test_a_transaction_longer_than_the_lease_does_not_lose_it(store: Store, tmp_path: Path) -> None:
    held = Lease(store, "acme", tmp_path / "machine-1", length=0.9)
    held.acquire()
    with store.transaction() as connection:
        connection.execute(leases.update().values(since=0))  # on SQLite nobody else can write now, nor on this row
        time.sleep(1.5)
        held.prolong(connection)

    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        held.guard()
        with pytest.raises(LoginBusy):
            Lease(store, "acme", tmp_path / "machine-2").acquire()
        time.sleep(0.1)
    held.release()


def test_a_lost_lease_is_noticed(store: Store, tmp_path: Path) -> None:
    held = Lease(store, "acme", tmp_path / "machine-1", length=0.9)
    held.acquire()
    with store.transaction() as connection:
        connection.exec_driver_sql("update lease set epoch = epoch + 1, owner = 'another'")

    held._beat.join(timeout=5)  # it ends when it finds the lease gone
    with pytest.raises(LeaseLost, match="no longer ours"):
        held.guard()
    held.release()


def test_an_ended_process_of_the_same_workspace_is_followed_at_once(store: Store, tmp_path: Path) -> None:
    ended = Lease(store, "acme", tmp_path)
    ended.acquire()
    ended._ended.set()
    ended._lock.release()  # as the operating system does for a process that was killed

    following = Lease(store, "acme", tmp_path)
    following.acquire()

    assert following.epoch == 2
    following.release()


def test_waiting_for_it(store: Store, tmp_path: Path) -> None:
    frozen = Lease(store, "acme", tmp_path / "machine-1", length=1)
    frozen.acquire()
    frozen._ended.set()
    said: list[str] = []

    waiting = Lease(store, "acme", tmp_path / "machine-2")
    waiting.acquire(wait=10, say=said.append)

    assert len(said) == 1
    assert "Waiting for the login acme" in said[0]
    waiting.release()


def test_two_machines_that_claim_to_be_the_same_are_two(store: Store, tmp_path: Path) -> None:
    original, copy = tmp_path / "machine", tmp_path / "its copy"
    held = Lease(store, "acme", original)
    held.acquire()
    shutil.copytree(original, copy)  # as a copied workspace or a cloned machine has it

    with pytest.raises(LoginBusy):
        Lease(store, "acme", copy).acquire()
    held.guard()
    held.release()
