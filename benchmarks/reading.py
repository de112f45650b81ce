"""Reading a workbook of 100,000 rows and 12 columns: `tables.xlsx.read` against openpyxl's read-only mode, in turns.

Then `bilagsbot check` on the same file: seconds, and the most memory that its process took.
"""

import datetime as dt
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook, load_workbook
from tests.processes import peak_memory

from bilagsbot.cli.init import make_workspace
from bilagsbot.tables import xlsx

ROWS = 100_000
ROUNDS = 5
HEADERS = ("Fakturanr", "Leverandør", "Fakturadato", "Forfall", "Beløp", "Konto", "Mva-kode", "KID", "Avdeling",
           "Prosjekt", "Tekst", "Telefon")  # fmt: skip


def write(file: Path) -> None:
    """Invoices with texts, dates, amounts, KIDs as text and phone numbers as numbers."""
    book, chance = Workbook(write_only=True), random.Random(1)
    page = book.create_sheet("Fakturaer")
    page.append(HEADERS)
    for i in range(ROWS):
        day = dt.date(2026, 1, 1) + dt.timedelta(i % 360)
        page.append(
            (
                f"F-{i}", f"Leverandør {i % 500} AS", day, day + dt.timedelta(14), round(chance.uniform(1, 1e5), 2),
                "4300", "1", "12345678903", str(i % 40), f"P{i % 70}", f"Husleie måned {i % 12}, ref. {i}",
                22_000_000 + i,
            )
        )  # fmt: skip
    book.save(file)


def by_openpyxl(file: Path) -> int:
    """Go through all rows with openpyxl."""
    book = load_workbook(file, read_only=True, data_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True, min_row=2))


def by_us(file: Path) -> int:
    """Go through all rows with our own reader, with all that it checks."""
    return sum(1 for _ in xlsx.read(file, "Fakturaer", 1, HEADERS).rows)


def check(workspace: Path, file: Path) -> tuple[float, float]:
    """The seconds and the megabytes of one `bilagsbot check`."""
    begun = time.perf_counter()
    program = str(Path(sys.executable).with_name("bilagsbot"))
    command = [program, "check", "practice-invoices", "--input", str(file)]
    process = subprocess.Popen(command, cwd=workspace, stdout=subprocess.DEVNULL, text=True)
    peak = peak_memory(process)
    assert process.returncode == 0
    return time.perf_counter() - begun, peak / 1024


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="bilagsbot-bench-") as folder:
        workspace, file = Path(folder) / "ws", Path(folder) / "fakturaer.xlsx"
        make_workspace(workspace)
        write(file)
        readers: dict[str, Callable[[Path], int]] = {"openpyxl read-only": by_openpyxl, "tables.xlsx.read": by_us}
        times: dict[str, list[float]] = {name: [] for name in readers}
        checks: list[tuple[float, float]] = []
        for _ in range(ROUNDS):
            for name, reader in readers.items():
                begun = time.perf_counter()
                assert reader(file) == ROWS
                times[name].append(time.perf_counter() - begun)
            checks.append(check(workspace, file))
    slow = statistics.median(times["openpyxl read-only"])
    print(f"{ROWS} rows x {len(HEADERS)} columns, medians of {ROUNDS} rounds in turns")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:20} {median:7.2f} s   {slow / median:5.1f} x")
    seconds, peak = (statistics.median(values) for values in zip(*checks, strict=True))
    print(f"{'bilagsbot check':20} {seconds:7.2f} s   {peak:5.0f} MB at most", flush=True)


if __name__ == "__main__":
    main()
