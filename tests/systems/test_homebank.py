"""HomeBank, a desktop program: its dialog stays open and confirms nothing, so the saved file gives the receipt."""

import random
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from lxml import etree

from bilagsbot.tables import sample
from tests.kills import Killer, Voucher, compare, ore, tell
from tests.run.moments import states, wait_until
from tests.workspaces import Bilagsbot

from . import homebank, own

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("desktop")]
BOT = "homebank-transactions"
COLUMNS = {"Bilagsnr": 12, "Dato": 12, "Beløp": 12, "Leverandør": 30, "Kategori": 18, "Tekst": 40}


@pytest.fixture
def office(tmp_path: Path) -> Bilagsbot:
    """This project's own bot, flow, selectors and workbook, and an empty book."""
    if reason := own.install("homebank", "tesseract-ocr-nor"):
        pytest.skip(reason)
    own.copy_to(tmp_path, BOT)
    book(tmp_path).parent.mkdir()
    book(tmp_path).write_text(homebank.BOOK, encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    return Bilagsbot(tmp_path, "homebank-acme", "", "no-password", {"HOME": str(home)})


def book(workspace: Path) -> Path:
    return workspace / "books" / "acme.xhb"


def in_sheet(office: Bilagsbot) -> list[homebank.Transaction]:
    return [
        homebank.Transaction(
            row["Bilagsnr"], row["Dato"].date(), ore(row["Beløp"]), row["Leverandør"], row["Kategori"], row["Tekst"]
        )
        for row in office.sheet("inbox/transactions.xlsx", "Transaksjoner")
    ]


def test_twenty_five_transactions_are_in_the_saved_file_as_in_the_workbook(office: Bilagsbot) -> None:
    receipts = office.receipts(BOT)

    assert [receipt["status"] for receipt in receipts] == ["posted"] * 25
    assert homebank.transactions(book(office.workspace)) == in_sheet(office)
    written = office.sheet("inbox/transactions.kvittering.xlsx", "Transaksjoner")
    assert [row["Bilag i HomeBank"] for row in written] == [row["Bilagsnr"] for row in written]

    assert [receipt["status"] for receipt in office.receipts(BOT)] == ["skipped"] * 25
    assert len(homebank.transactions(book(office.workspace))) == 25


def saved(office: Bilagsbot) -> int:
    """How many transactions the file holds; none while HomeBank is just writing it."""
    with suppress(etree.XMLSyntaxError):
        return len(homebank.transactions(book(office.workspace)))
    return 0


def test_the_next_run_knows_what_was_saved_before_a_crash(office: Bilagsbot) -> None:
    run = office.start("run", BOT, "--limit", "3", "--quiet", "--no-pictures")
    wait_until(lambda: saved(office) == 2, run)
    run.kill()
    run.communicate()

    office("run", BOT, "--quiet", "--no-pictures")

    assert homebank.transactions(book(office.workspace)) == in_sheet(office)
    assert states(office)["posted"] == 25


def test_a_book_that_is_open_elsewhere_is_left_alone(office: Bilagsbot) -> None:
    """Any program that was started with the file; what is saved there would be lost."""
    other = subprocess.Popen(["tail", "-f", str(book(office.workspace))], stdout=subprocess.DEVNULL)
    try:
        said = office("run", BOT, "--limit", "1", code=4)
    finally:
        other.kill()
        other.wait()

    assert f"books/acme.xhb is open already, in process {other.pid}" in said
    assert homebank.transactions(book(office.workspace)) == []


def _kill(office: Bilagsbot, kills: int, items: int) -> None:
    def fill(count: int) -> None:
        rows = [
            (f"K-{4001 + i}", f"{1 + i % 28:02}.{1 + i % 11:02}.2026", (125_00 + 737 * i) / 100, "Blåbær AS", "Kontor",
             f"Kvittering {i} – æøå")
            for i in range(count)
        ]  # fmt: skip
        sample.write(office.workspace / "inbox" / "transactions.xlsx", "Transaksjoner", COLUMNS, rows)

    killer = Killer(office, BOT, items, random.Random(20261124), fill, span=8)
    killer.kill(kills)
    killer.finish()
    held = [Voucher(one.reference, one.reference, one.ore) for one in homebank.transactions(book(office.workspace))]
    sheet = office.sheet("inbox/transactions.kvittering.xlsx", "Transaksjoner")
    came = compare(killer, held, sheet, "Bilagsnr", "reference", "reference")
    tell("HomeBank", killer, came)
    assert came.well, came


@pytest.mark.soak
@pytest.mark.timeout(280)
def test_five_kills(office: Bilagsbot) -> None:
    _kill(office, kills=5, items=10)


@pytest.mark.soak
@pytest.mark.timeout(2 * 3600)
def test_a_hundred_kills(office: Bilagsbot) -> None:
    _kill(office, kills=100, items=200)
