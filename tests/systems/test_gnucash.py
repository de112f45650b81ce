"""GnuCash, a desktop program: vouchers of several lines are keyed cell by cell into its register, which tells only of
the cell that the keyboard is in."""

import random
from pathlib import Path

import pytest

from bilagsbot.tables import sample
from tests.kills import Killer, ore
from tests.run.moments import states, until_submitting
from tests.workspaces import Bilagsbot

from . import gnucash, own

pytestmark = [pytest.mark.system, pytest.mark.soak, pytest.mark.xdist_group("desktop")]
BOT = "gnucash-register"
WORKBOOK = "inbox/vouchers.xlsx"
COLUMNS = {"Bilag": 12, "Dato": 12, "Tekst": 34, "Konto": 28, "Debet": 12, "Kredit": 12, "Linjetekst": 28}


@pytest.fixture
def office(tmp_path: Path) -> Bilagsbot:
    """This project's own bot, flow, selectors and workbook, and an empty book."""
    if reason := own.install("gnucash", "tesseract-ocr-eng"):
        pytest.skip(reason)
    own.copy_to(tmp_path, BOT)
    book(tmp_path).parent.mkdir()
    gnucash.make_book(book(tmp_path))
    home = tmp_path / "home"
    gnucash.settle_in(home)
    environment = {"HOME": str(home), "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""}
    return Bilagsbot(tmp_path, "gnucash-acme", "", "no-password", environment)


def book(workspace: Path) -> Path:
    return workspace / "books" / "acme.gnucash"


def in_sheet(office: Bilagsbot, workbook: str = WORKBOOK) -> list[gnucash.Voucher]:
    """The vouchers of the workbook, which has a row a line."""
    found: dict[str, gnucash.Voucher] = {}
    for row in office.sheet(workbook, "Bilag"):
        line = gnucash.Line(row["Konto"], ore(row["Debet"] or 0) - ore(row["Kredit"] or 0), row["Linjetekst"])
        before = found[row["Bilag"]].lines if row["Bilag"] in found else ()
        found[row["Bilag"]] = gnucash.Voucher(row["Bilag"], row["Dato"].date(), row["Tekst"], (*before, line))
    return list(found.values())


def test_twenty_five_vouchers_are_in_the_saved_file_as_in_the_workbook(office: Bilagsbot) -> None:
    wanted = in_sheet(office)
    assert {len(one.lines) for one in wanted} == {2, 3, 4}

    receipts = office.receipts(BOT)

    assert [receipt["status"] for receipt in receipts] == ["posted"] * 25
    held = gnucash.vouchers(book(office.workspace))
    assert held == wanted
    assert all(sum(line.ore for line in one.lines) == 0 for one in held)
    ids = [one["GnuCash-id"] for one in office.sheet("inbox/vouchers.kvittering.xlsx", "Bilag")]
    assert set(ids) == gnucash.ids(book(office.workspace))

    assert [receipt["status"] for receipt in office.receipts(BOT)] == ["skipped"] * 25
    assert gnucash.vouchers(book(office.workspace)) == wanted


def test_a_voucher_on_an_account_that_the_book_lacks_leaves_nothing_behind(office: Bilagsbot) -> None:
    wanted = in_sheet(office)
    office.edit(WORKBOOK, "Bilag", "D4", "Kostnader:Finnes ikke")

    receipts = office.receipts(BOT, "--limit", "3", code=1)

    assert [receipt["status"] for receipt in receipts[:3]] == ["posted", "failed", "posted"]
    assert gnucash.vouchers(book(office.workspace)) == [wanted[0], wanted[2]]


def test_the_next_run_finds_a_voucher_whose_receipt_was_lost(office: Bilagsbot) -> None:
    wanted = in_sheet(office)[:3]
    run = office.start("run", BOT, "--limit", "3", "--quiet", "--no-pictures")
    until_submitting(office, run)
    run.kill()
    run.communicate()

    office("run", BOT, "--limit", "3", "--quiet", "--no-pictures", code=1)  # as there are more

    held = gnucash.vouchers(book(office.workspace))
    assert held == in_sheet(office)[: len(held)]
    assert len(held) >= len(wanted)
    assert states(office)["posted"] == len(held)


def _kill(office: Bilagsbot, kills: int, items: int) -> None:
    def fill(count: int) -> None:
        rows: list[tuple[object, ...]] = []
        for i in range(count):
            head = f"K-{4001 + i}", f"{1 + i % 28:02}.{1 + i % 11:02}.2026", "Blåbær AS"
            amount = (125_00 + 737 * i) / 100
            rows += (*head, "Kostnader:Møter", amount, None, "Linje æøå"), (*head, "Eiendeler:Bank", None, amount, "–")
        sample.write(office.workspace / WORKBOOK, "Bilag", COLUMNS, rows)

    killer = Killer(office, BOT, items, random.Random(20261124), fill, span=8)
    killer.kill(kills)
    killer.finish()
    assert killer.fell.total() == kills
    held = gnucash.vouchers(book(office.workspace))
    assert [one.number for one in held] == [f"K-{4001 + i}" for i in range(killer.items)]
    assert all([line.memo for line in one.lines] == ["Linje æøå", "–"] for one in held)
    ids = {item["receipt"]["transaction_id"] for item in office.items("--state", "posted")}
    assert ids == gnucash.ids(book(office.workspace))


@pytest.mark.timeout(280)
def test_five_kills(office: Bilagsbot) -> None:
    _kill(office, kills=5, items=10)


@pytest.mark.timeout(2 * 3600)
def test_a_hundred_kills(office: Bilagsbot) -> None:
    _kill(office, kills=100, items=200)
