"""The tables of the program's SQLite file."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS supplier (
    no TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    orgnr TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS voucher (
    id INTEGER PRIMARY KEY,
    no INTEGER NOT NULL UNIQUE,
    type TEXT NOT NULL,
    date TEXT NOT NULL,
    due_date TEXT,
    supplier TEXT NOT NULL,
    supplier_no TEXT NOT NULL,
    invoice_no TEXT NOT NULL,
    reference TEXT NOT NULL,
    description TEXT NOT NULL,
    amount_ore INTEGER NOT NULL,
    account TEXT NOT NULL,
    mva_code TEXT NOT NULL,
    kid TEXT NOT NULL,
    attachment TEXT NOT NULL,
    attachment_sha256 TEXT NOT NULL,
    created TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS voucher_line (
    voucher INTEGER NOT NULL REFERENCES voucher (id),
    account TEXT NOT NULL,
    debit_ore INTEGER NOT NULL,
    credit_ore INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS voucher_line_voucher ON voucher_line (voucher);
"""
