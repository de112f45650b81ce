"""The rows of the practice bots' sample workbooks."""

from collections.abc import Iterator
from datetime import date, timedelta

SUPPLIERS = (
    "Blåbærsyltetøy AS", "Ødegård Trelast AS", "Bjørnås Rørleggerservice AS", "Fjellhøy Kontorrekvisita AS",
    "Ærlig Regnskapsdata AS", "Skjærgårdens Båt og Motor AS", "Ås Blomster ANS", "Nordlys Kraft AS",
)  # fmt: skip
INVOICE_COLUMNS = {
    "Fakturanr": 14, "Leverandør": 32, "Fakturadato": 13, "Forfall": 13, "Beløp": 14, "Konto": 8, "Mva-kode": 10,
    "KID": 14,
}  # fmt: skip
JOURNAL_COLUMNS = {"Referanse": 12, "Dato": 13, "Beskrivelse": 34, "Konto": 8, "Debet": 12, "Kredit": 12, "Tekst": 24}
ACCOUNTS = ("4300", "6300", "6540", "6800", "6860", "7140")
FIRST = date(2026, 1, 5)


def invoices(count: int = 25) -> Iterator[tuple[object, ...]]:
    """Rows of supplier invoices, with amounts and dates as offices write them."""
    for i in range(count):
        day = FIRST + timedelta(days=9 * i)
        ore = 125_000 + 98_765 * i
        amount: object = ore / 100 if i % 5 else f"{ore // 100} kr"
        yield (
            f"F-{2601001 + i}", SUPPLIERS[i % len(SUPPLIERS)], day if i % 4 else f"{day:%d.%m.%Y}",
            day + timedelta(days=30) if i % 3 else None, amount, ACCOUNTS[i % len(ACCOUNTS)],
            ("1", "1", "11", "0")[i % 4], _kid(2601001 + i) if i % 2 else None,
        )  # fmt: skip


def journal(count: int = 10) -> Iterator[tuple[object, ...]]:
    """Rows of vouchers of two to four lines each."""
    for i in range(count):
        reference, day = f"P-{101 + i}", FIRST + timedelta(days=20 * i)
        text = f"Periodisering {day:%m.%Y}"
        parts = [float(1_000 + 137 * i + 10 * k) for k in range(1 + i % 3)]
        for k, part in enumerate(parts):
            yield reference, day, text, ACCOUNTS[(i + k) % len(ACCOUNTS)], part, None, f"Kostnad {k + 1}"
        yield reference, day, text, "1920", None, sum(parts), None


def _kid(number: int) -> str:
    """A KID with a mod 10 check digit."""
    digits = [int(c) for c in reversed(str(number))]
    checked = sum(sum(divmod(n * 2, 10)) if i % 2 == 0 else n for i, n in enumerate(digits))
    return f"{number}{-checked % 10}"
