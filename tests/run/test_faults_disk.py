"""The disk is full or the ledger locked: the run stops and says so, and nothing is keyed without a durable intent."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bilagsbot.practice.server import PracticeServer
from tests.workspaces import Bilagsbot

from .moments import assert_each_once, ended, states, until_filled, until_submitting, wait_until

BOT = "practice-invoices"


@pytest.fixture
def small_disk(office: Bilagsbot) -> Iterator[Path]:
    """A file system of 1 MB under .bilagsbot."""
    folder = office.workspace / ".bilagsbot"
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs a file system of its own: run as root on Linux")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _fill(folder: Path) -> Path:
    """Take every byte that is left."""
    filler = folder / "filler"
    handle = os.open(filler, os.O_CREAT | os.O_WRONLY)
    try:
        for size in (4096, 512, 1):
            try:
                while True:
                    os.write(handle, b"x" * size)
            except OSError:
                pass
    finally:
        os.close(handle)
    return filler


@contextmanager
def _locked(office: Bilagsbot) -> Iterator[None]:
    """Another process writes to the ledger and does not come to an end."""
    with closing(sqlite3.connect(office.workspace / ".bilagsbot" / "ledger.sqlite", isolation_level=None)) as other:
        other.execute("begin immediate")
        yield
        other.execute("rollback")


def _impatient(office: Bilagsbot) -> None:
    office.environment["BILAGSBOT_LEDGER"] = f"sqlite:///{office.workspace}/.bilagsbot/ledger.sqlite?timeout=1"


def test_full_before_the_run(office: Bilagsbot, program: PracticeServer, small_disk: Path) -> None:
    filler = _fill(small_disk)

    said = office("run", BOT, "--quiet", code=4)

    assert "The ledger cannot be used: database or disk is full." in said
    assert program.vouchers() == []
    filler.unlink()
    office("run", BOT, "--limit", "1", "--quiet", "--no-pictures", code=1)
    assert_each_once(office, program, 1)


def test_full_before_the_intent(office: Bilagsbot, program: PracticeServer, small_disk: Path) -> None:
    run = office.start("run", BOT, "--limit", "2", "--no-pictures")
    until_filled(office, run, "invoice.number")
    filler = _fill(small_disk)

    said = ended(run, 4)

    assert "The ledger cannot be used" in said
    assert "nothing is posted twice" in said
    assert program.vouchers() == []
    assert states(office)["submitting"] == 0
    filler.unlink()
    office("run", BOT, "--limit", "2", "--quiet", "--no-pictures", code=1)
    assert_each_once(office, program, 2)


def test_full_before_the_receipt(office: Bilagsbot, program: PracticeServer, small_disk: Path) -> None:
    program.set_knobs(store_lag_ms=1000)
    run = office.start("run", BOT, "--limit", "2", "--no-pictures")
    until_submitting(office, run)
    filler = _fill(small_disk)

    said = ended(run, 4)

    assert "The ledger cannot be used" in said
    assert len(program.vouchers()) == 1
    assert states(office)["submitting"] == 1
    filler.unlink()
    receipts = office.receipts(BOT, "--limit", "1", "--no-pictures", code=1)
    assert [(r["status"], r["how"]) for r in receipts[:2]] == [("posted", "lookup"), ("posted", "screen")]
    assert_each_once(office, program, 2)


def test_a_ledger_locked_before_the_run(office: Bilagsbot, program: PracticeServer) -> None:
    office("run", BOT, "--limit", "1", "--quiet", code=1)
    _impatient(office)

    with _locked(office):
        said = office("run", BOT, "--limit", "1", "--quiet", code=4)
        assert "database is locked" in said
        assert len(office.items()) == 25  # to look takes no lock

    assert len(program.vouchers()) == 1


@pytest.mark.parametrize("moment", ["before the intent", "before the receipt"])
def test_a_ledger_locked_in_the_middle(moment: str, office: Bilagsbot, program: PracticeServer) -> None:
    _impatient(office)
    after = moment == "before the receipt"
    program.set_knobs(store_lag_ms=1000 if after else 0)
    run = office.start("run", BOT, "--limit", "1", "--quiet")
    if after:
        until_submitting(office, run)
    else:
        until_filled(office, run, "invoice.number")
    with _locked(office):
        said = ended(run, 4)

    assert "The run ended early: The ledger cannot be used: database is locked." in said
    assert "balances" in said
    row = office.sheet("inbox/fakturaer.kvittering.xlsx", "Fakturaer")[0]
    assert row["Status"] == ("Ukjent" if after else "Ikke behandlet")
    assert "database is locked" in row["Melding"]
    assert len(program.vouchers()) == after
    office("run", BOT, "--limit", "1", "--quiet", code=1)
    assert_each_once(office, program, 1 + after)


def test_evidence_that_cannot_be_written_fails_no_item(office: Bilagsbot, program: PracticeServer) -> None:
    run = office.start("run", BOT, "--limit", "1")
    folder = office.workspace / ".bilagsbot" / "runs"
    wait_until(lambda: any(folder.glob("*")), run)
    (mine,) = folder.glob("*")
    (mine / "pictures").write_text("a file where the pictures' folder would be")
    (mine / "journal.jsonl").mkdir()

    said = ended(run, 1)

    assert said.count("evidence cannot be written") == 1
    assert_each_once(office, program, 1)


@pytest.mark.parametrize("address", ["somewhere", "mysql://me:secret-4711@host/ledger"])
def test_an_address_that_is_no_ledgers(address: str, office: Bilagsbot, program: PracticeServer) -> None:
    office.environment["BILAGSBOT_LEDGER"] = address

    said = office("run", BOT, "--quiet", code=2)

    assert said.startswith("BILAGSBOT_LEDGER: this is no address")
    assert "secret-4711" not in said
    assert program.vouchers() == []
