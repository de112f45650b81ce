"""What the ledger costs an item: all that a run asks of it for one item that is posted.

SQLite in WAL with synchronous=FULL, as it stands in run/store.py. The yardstick is the disk itself: an item is claimed,
its intent and its receipt are written, and each of the three waits for the disk once.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from bilagsbot.model.item import Item
from bilagsbot.run.entry import Book, Entry, Source
from bilagsbot.run.lease import Lease
from bilagsbot.run.ledger import Ledger
from bilagsbot.run.store import Store

ITEMS = 400
OTHERS = 20_000  # items of earlier runs, which an office's ledger has


def syncs(folder: Path) -> Iterator[float]:
    """Milliseconds of a write of a page that waits for the disk, again and again."""
    with (folder / "yardstick").open("wb") as file:
        while True:
            begun = time.perf_counter()
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
            yield (time.perf_counter() - begun) * 1000


def invoices(first: int, count: int) -> list[Item]:
    """Items that differ in their number."""
    return [
        Item({"no": str(i)}, {"no": str(i), "amount": Decimal(i)}, (), (i + 2,), Decimal(i))
        for i in range(first, first + count)
    ]


def key(ledger: Ledger, lease: Lease, item: Item, entry: Entry) -> None:
    """What attempt and runner ask of the ledger for one item that goes well."""
    ledger.claim(entry, item, lease, "run")
    ledger.intent(entry, lease, "f" * 64)
    ledger.posted(entry, lease, {"voucher_no": "10001"}, "screen", [])
    list(ledger.now([entry.id]))


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="bilagsbot-bench-") as made:
        folder = Path(made)
        store = Store(f"sqlite:///{folder / 'ledger.sqlite'}")
        ledger, lease = Ledger(store), Lease(store, "login", folder)
        lease.acquire()
        book = Book("bot", "client", "app", "document", "login", "v1")
        begun = time.perf_counter()
        ledger.register(book, Source("earlier.xlsx", ""), "earlier", invoices(1_000_000, OTHERS))
        registered = time.perf_counter() - begun
        items = invoices(0, ITEMS)
        entries = ledger.register(book, Source("a.xlsx", ""), "run", items)
        taken, disk = [], syncs(folder)
        bare: list[float] = []
        for item, entry in zip(items, entries, strict=True):
            begun = time.perf_counter()
            key(ledger, lease, item, entry)
            taken.append((time.perf_counter() - begun) * 1000)
            bare.append(next(disk))
        lease.release()
        store.close()
    yardstick, median = statistics.median(bare), statistics.median(taken)
    print(f"register  {registered / OTHERS * 1000:7.3f} ms an item, {OTHERS} at once")
    print(f"post      {median:7.3f} ms an item, {median / yardstick:.1f} x a bare fsync ({yardstick:.3f} ms)")


if __name__ == "__main__":
    main()
