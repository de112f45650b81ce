"""The SQLite file: vouchers go in whole or not at all, however the program dies."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bilagsbot.practice.schema import SCHEMA
from bilagsbot.practice.seeds import SUPPLIERS
from bilagsbot.practice.vouchers import NewVoucher, Supplier

FIRST_NO = 10001
_BUSY_SECONDS = 30
_INSERT = (
    "INSERT INTO voucher (no, type, date, due_date, supplier, supplier_no, invoice_no, reference, description,"
    " amount_ore, account, mva_code, kid, attachment, attachment_sha256, created) VALUES (:no, :type, :date,"
    " :due_date, :supplier, :supplier_no, :invoice_no, :reference, :description, :amount_ore, :account,"
    " :mva_code, :kid, :attachment, :attachment_sha256, :created)"
)
_INSERT_LINE = (
    "INSERT INTO voucher_line (voucher, account, debit_ore, credit_ore, text)"
    " VALUES (:voucher, :account, :debit_ore, :credit_ore, :text)"
)
_SEARCH = (
    "FROM voucher WHERE (:invoice_no = '' OR invoice_no = :invoice_no)"
    " AND (:reference = '' OR reference = :reference) AND instr(folded(supplier), folded(:supplier)) > 0"
)


class Store:
    """One SQLite file; a connection for each call, so that any thread may call."""

    def __init__(self, path: Path) -> None:
        """Make the tables and the suppliers if they are missing; sqlite3.Error if the file cannot be used."""
        self._path = path
        with self._connection() as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(SCHEMA)
            db.executemany(
                "INSERT OR IGNORE INTO supplier (no, name, orgnr) VALUES (:no, :name, :orgnr)",
                [asdict(supplier) for supplier in SUPPLIERS],
            )

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        # Autocommit: what must be one transaction says BEGIN itself.
        with closing(sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)) as db:
            db.row_factory = sqlite3.Row
            # SQLite's own LIKE and lower() know no æøå.
            db.create_function("folded", 1, _folded, deterministic=True)
            yield db

    def add(self, voucher: NewVoucher) -> int:
        """Store a voucher under the next free number, which is returned."""
        row = asdict(voucher) | {
            "date": voucher.date.isoformat(),
            "due_date": voucher.due_date.isoformat() if voucher.due_date else None,
            "created": datetime.now(UTC).isoformat(timespec="milliseconds"),
        }
        lines: tuple[dict[str, Any], ...] = row.pop("lines")
        with self._connection() as db:
            # IMMEDIATE, so that no one else can take the same number in between.
            db.execute("BEGIN IMMEDIATE")
            (highest,) = db.execute("SELECT max(no) FROM voucher").fetchone()
            no = FIRST_NO if highest is None else int(highest) + 1
            key = db.execute(_INSERT, row | {"no": no}).lastrowid
            db.executemany(_INSERT_LINE, [line | {"voucher": key} for line in lines])
            db.execute("COMMIT")
        return no

    def vouchers(self) -> list[dict[str, Any]]:
        """Every voucher with its lines, oldest first."""
        with self._connection() as db:
            found = [dict(row) for row in db.execute("SELECT * FROM voucher ORDER BY no")]
            return [voucher | {"lines": _lines(db, voucher["id"])} for voucher in found]

    def voucher(self, no: int) -> dict[str, Any] | None:
        """The voucher with a number, and its lines; None if there is none."""
        with self._connection() as db:
            row = db.execute("SELECT * FROM voucher WHERE no = ?", (no,)).fetchone()
            return dict(row) | {"lines": _lines(db, row["id"])} if row else None

    def search(
        self, invoice_no: str, supplier: str, reference: str, limit: int, offset: int
    ) -> tuple[list[dict[str, Any]], int]:
        """One page of vouchers, newest first, and how many there are in all; an empty text asks for nothing."""
        wanted = {"invoice_no": invoice_no, "supplier": supplier, "reference": reference}
        # The search is a constant of this file; what the user typed goes in as parameters.
        page = f"SELECT * {_SEARCH} ORDER BY no DESC LIMIT :limit OFFSET :offset"
        with self._connection() as db:
            (count,) = db.execute(f"SELECT count(*) {_SEARCH}", wanted).fetchone()
            rows = db.execute(page, wanted | {"limit": limit, "offset": offset}).fetchall()
        return [dict(row) for row in rows], count

    def suppliers(self, text: str) -> list[Supplier]:
        """Suppliers whose name, number or organisation number contains a text, by number."""
        query = (
            "SELECT no, name, orgnr FROM supplier WHERE instr(folded(name), folded(:text)) > 0"
            " OR instr(no, :text) > 0 OR instr(orgnr, :text) > 0 ORDER BY no"
        )
        with self._connection() as db:
            return [Supplier(*row) for row in db.execute(query, {"text": text})]

    def supplier(self, no: str) -> Supplier | None:
        """The supplier with a number; None if there is none."""
        with self._connection() as db:
            row = db.execute("SELECT no, name, orgnr FROM supplier WHERE no = ?", (no,)).fetchone()
            return Supplier(*row) if row else None


def _folded(text: str) -> str:
    return text.casefold()


def _lines(db: sqlite3.Connection, key: int) -> list[dict[str, Any]]:
    query = "SELECT account, debit_ore, credit_ore, text FROM voucher_line WHERE voucher = ? ORDER BY rowid"
    return [dict(row) for row in db.execute(query, (key,))]
