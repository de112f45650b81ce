"""Amounts and dates as a Norwegian types and reads them."""

import re
from datetime import date
from decimal import Decimal

NO_BREAK_SPACE = "\u00a0"
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+")
_AMOUNT = re.compile(r"-?\d{1,12}(\.\d{1,2})?")
_DATES = (
    re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{2})"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"),
)


def parse_amount(text: str) -> int:
    """Øre of `12 500,00`, `12.500,00`, `12500` or `12500.5`; ValueError otherwise."""
    bare = re.sub(r"\s", "", text)  # \s takes the no-break spaces too
    if "," in bare or _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    if not _AMOUNT.fullmatch(bare):
        raise ValueError(f"'{text}' is not an amount")
    return int(Decimal(bare) * 100)


def amount_text(ore: int) -> str:
    """Øre as `12 500,00`, with no-break spaces between the thousands."""
    kroner, rest = divmod(abs(ore), 100)
    grouped = f"{kroner:,}".replace(",", NO_BREAK_SPACE)
    return f"{'-' if ore < 0 else ''}{grouped},{rest:02d}"


def parse_date(text: str) -> date:
    """The date in `ddmmyy`, `dd.mm.yyyy` or `yyyy-mm-dd`; ValueError otherwise."""
    for pattern in _DATES:
        if found := pattern.fullmatch(text.strip()):
            year = int(found["y"])
            return date(year + 2000 if year < 100 else year, int(found["m"]), int(found["d"]))
    raise ValueError(f"'{text}' is not a date")


def date_text(day: date) -> str:
    """A date as `dd.mm.yyyy`."""
    return day.strftime("%d.%m.%Y")
