"""Make the sample workbooks of the bots: 25 invoices, 25 vouchers of two to four lines, 25 transactions.

Run it from the project's root: uv run python tools/sample_workbooks.py
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bilagsbot.tables import sample

SUPPLIERS = ("Northwind Paper Co", "Brightwater Utilities", "O'Hara and Sons")
ACCOUNTS = ("5700", "5790", "5765", "5610", "5685")
FIRST = date(2026, 1, 5)
INVOICES = {"Fakturanr": 14, "Leverandør": 26, "Fakturadato": 14, "Beløp": 14, "Konto": 8}
JOURNAL = {"Bilag": 12, "Dato": 12, "Beskrivelse": 34, "Konto": 8, "Debet": 12, "Kredit": 12, "Linjetekst": 28}

VOUCHERS = {"Bilag": 12, "Dato": 12, "Tekst": 34, "Konto": 28, "Debet": 12, "Kredit": 12, "Linjetekst": 28}
TRANSACTIONS = {"Bilagsnr": 12, "Dato": 12, "Beløp": 12, "Leverandør": 30, "Kategori": 18, "Tekst": 40}
SHOPS = ("Blåbærsyltetøy AS", "Ærlig & Øye ANS", "Grønn Åker – Lillehammer", "Café Olé", "O'Hara and Sons")
COSTS = ("Kostnader:Kontor & rekvisita", "Kostnader:Strøm", "Kostnader:Strømnett", "Kostnader:Møter")
CATEGORIES = ("Kontor", "Møter", "Husleie", "Strøm", "Reise")


def invoices() -> Iterator[tuple[object, ...]]:
    """A row an invoice; amounts and dates as offices write them."""
    for i in range(25):
        day = FIRST + timedelta(days=9 * i)
        ore = 12_500 + 98_765 * i
        amount: object = ore / 100 if i % 5 else f"{ore // 100:,}".replace(",", " ") + f",{ore % 100:02}"
        yield f"NO-{2026001 + i}", SUPPLIERS[i % 3], day if i % 4 else f"{day:%d.%m.%Y}", amount, ACCOUNTS[i % 5]


def journal() -> Iterator[tuple[object, ...]]:
    """A row a line; two to four lines a voucher."""
    for i in range(25):
        reference, day = f"GL-{3001 + i}", FIRST + timedelta(days=8 * i)
        text = f"Periodisering {day:%m.%Y}, avdeling {1 + i % 4}"
        parts = [float(1_000 + 137 * i + 10 * k) for k in range(1 + i % 3)]
        for k, part in enumerate(parts):
            yield reference, day, text, ACCOUNTS[(i + k) % 5], part, None, f"Kostnad {k + 1}"
        yield reference, day, text, "1060", None, sum(parts), None


def transactions() -> Iterator[tuple[object, ...]]:
    """A row a transaction, with the letters that keyboards lack."""
    for i in range(25):
        day, ore = FIRST + timedelta(days=11 * i), 9_950 + 123_457 * i
        text = f"Kvittering nr. {i + 1}: {'æøå – ÆØÅ' if i % 3 else 'del 1/2 <50 %>; (é) €'}"
        yield f"HB-{5001 + i}", day, ore / 100, SHOPS[i % 5], CATEGORIES[i % 5], text


def vouchers() -> Iterator[tuple[object, ...]]:
    """A row a line; two to four lines a voucher. Texts and accounts come again, and some begin as others do: registers
    propose what was written before."""
    for i in range(25):
        day, shop = FIRST + timedelta(days=7 * i), (*SHOPS, "Café", "Grønn Åker")[i % 7]
        ore = [10_050 + 1_137 * i + 1_010 * k for k in range(1 + i % 3)]
        head = f"GC-70{i + 1:02}", day, shop
        for k, part in enumerate(ore):
            yield *head, COSTS[(i + k) % 4], part / 100, None, f"Linje {k + 1} – æøå" if i % 4 else "Linje"
        yield *head, "Eiendeler:Bank", None, sum(ore) / 100, "Betaling"


if __name__ == "__main__":
    sample.write(Path("inbox/invoices.xlsx"), "Invoices", INVOICES, invoices())
    sample.write(Path("inbox/journal.xlsx"), "Journal", JOURNAL, journal())
    sample.write(Path("inbox/transactions.xlsx"), "Transaksjoner", TRANSACTIONS, transactions())
    sample.write(Path("inbox/vouchers.xlsx"), "Bilag", VOUCHERS, vouchers())
