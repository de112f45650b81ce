"""A workbook of 100,000 rows: two are keyed, and every row has its receipt all the same."""

import re
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bilagsbot.practice.server import PracticeServer
from bilagsbot.starter import samples
from tests.processes import needs_proc, peak_memory
from tests.workspaces import Bilagsbot

BOT = "practice-invoices"
ROWS = 100_000
MOST_MEMORY = 2_000_000  # kB


def fill(file: Path, rows: int) -> None:
    """The sample invoices again and again, each time under other numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Fakturaer")
    sheet.append(list(samples.INVOICE_COLUMNS))
    kinds = list(samples.invoices(20))
    for i in range(rows):
        sheet.append([f"F-{3_000_000 + i}", *kinds[i % len(kinds)][1:]])
    book.save(file)


def run(office: Bilagsbot) -> str:
    """A run that keys two more; tells how long it took and how much memory."""
    begun = time.monotonic()
    process = office.start("run", BOT, "--limit", "2", "--quiet")
    memory = peak_memory(process)
    out, err = process.communicate(timeout=60)
    sys.stdout.write(f"\n{time.monotonic() - begun:.0f} s, {memory / 1000:.0f} MB at most\n{out}{err}\n")
    assert process.returncode == 1, out + err
    assert memory < MOST_MEMORY
    return out


def statuses(office: Bilagsbot) -> Counter[object]:
    """How often each status stands in the receipt, opened again."""
    book = load_workbook(office.workspace / "inbox" / "fakturaer.kvittering.xlsx", read_only=True)
    header, *rows = book["Fakturaer"].iter_rows(values_only=True)
    place = header.index("Status")
    book.close()
    return Counter(row[place] for row in rows)


@needs_proc
@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_hundred_thousand_rows(office: Bilagsbot, program: PracticeServer) -> None:
    fill(office.workspace / "inbox" / "fakturaer.xlsx", ROWS)

    said = run(office)

    assert re.search(r"in file +100000 items +100000 rows .* balances", said)
    assert [v["invoice_no"] for v in program.vouchers()] == ["F-3000000", "F-3000001"]
    assert statuses(office) == {"Bokført": 2, "Ikke behandlet": ROWS - 2}
    (report,) = (office.workspace / ".bilagsbot" / "runs").glob("*/report.html")
    assert report.stat().st_size < 2_000_000

    said = run(office)

    assert re.search(r"skipped +2 items", said)
    assert [v["invoice_no"] for v in program.vouchers()] == [f"F-{3_000_000 + i}" for i in range(4)]
    assert statuses(office) == {"Hoppet over": 2, "Bokført": 2, "Ikke behandlet": ROWS - 4}
