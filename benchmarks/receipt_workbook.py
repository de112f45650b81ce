"""The receipt workbook against openpyxl's load, annotate and save, which drops charts and sparklines besides.

Both put the same four columns beside every row of the same workbook, in turns; the table gives the median time of a
workbook, and how many times longer openpyxl takes. Ours also waits until the disk has the file.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from openpyxl import Workbook, load_workbook

from bilagsbot.model.receipt import Receipt, State
from bilagsbot.sinks import xlsx
from bilagsbot.sinks.table import labels_of, values_of

ROUNDS = {25: 21, 2_000: 9, 100_000: 3}
SHEET = "Bilag"
FIELDS = {"voucher_no": "Bilagsnr"}
COLUMNS = (
    "Fakturanr", "Leverandør", "Orgnr", "Fakturadato", "Forfall", "Beløp", "Mva", "Konto", "Mva-kode", "KID",
    "Avdeling", "Tekst",
)  # fmt: skip


def make_workbook(path: Path, rows: int) -> Path:
    """A workbook of supplier invoices, with texts, dates and numbers as offices mix them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.append(COLUMNS)
    first = date(2026, 1, 5)
    for i in range(rows):
        day = first + timedelta(days=i % 300)
        sheet.append((
            f"F-{2_600_000 + i}", f"Leverandør {i % 400} AS", 910_000_000 + i % 400, day, day + timedelta(days=30),
            1_250.75 + i, 312.69, 6_300 + i % 90, i % 4, f"{2_600_000 + i}5", f"Avd {i % 12}", f"Kontorrekvisita {i}",
        ))  # fmt: skip
    book.save(path)
    return path


def receipts_for(rows: int) -> list[Receipt]:
    """A receipt for every row."""
    at = datetime(2026, 11, 22, 13, 3, 11, tzinfo=UTC)
    return [
        Receipt(
            run="r", bot="b", client="c", item=str(i), key={}, source="", sheet=SHEET, rows=(i + 2,),
            status=State.POSTED, fields={"voucher_no": str(10_000 + i)}, at=at + timedelta(seconds=i),
        )
        for i in range(rows)
    ]  # fmt: skip


def by_openpyxl(path: Path, receipts: list[Receipt]) -> None:
    """What a script would do."""
    book = load_workbook(path)
    sheet = book[SHEET]
    first = sheet.max_column + 1
    for i, label in enumerate(labels_of(FIELDS)):
        sheet.cell(1, first + i, label)
    for receipt in receipts:
        for i, value in enumerate(values_of(FIELDS, receipt)):
            sheet.cell(receipt.rows[0], first + i, value or None)
    book.save(path.with_name("openpyxl.xlsx"))


def ours(path: Path, receipts: list[Receipt]) -> None:
    """What a run does at its end."""
    xlsx.write(path, SHEET, 1, FIELDS, receipts)


def again(path: Path, receipts: list[Receipt]) -> None:
    """The same on our own copy of the workbook, whose four columns are there already."""
    xlsx.write(xlsx.target_of(path), SHEET, 1, FIELDS, receipts)


def main() -> None:
    """Print the table."""
    ways: tuple[Callable[[Path, list[Receipt]], None], ...] = (by_openpyxl, ours, again)
    with tempfile.TemporaryDirectory(prefix="bilagsbot-bench-") as folder:
        for rows, rounds in ROUNDS.items():
            path = make_workbook(Path(folder) / f"bok{rows}.xlsx", rows)
            receipts = receipts_for(rows)
            taken: dict[str, list[float]] = {way.__name__: [] for way in ways}
            for _ in range(rounds):
                for way in ways:
                    begun = time.perf_counter()
                    way(path, receipts)
                    taken[way.__name__].append(time.perf_counter() - begun)
            base = statistics.median(taken["by_openpyxl"])
            for name, times in taken.items():
                median = statistics.median(times)
                print(f"{rows:8} rows  {name:12} {median * 1000:10.1f} ms   {base / median:6.1f} x", flush=True)


if __name__ == "__main__":
    main()
