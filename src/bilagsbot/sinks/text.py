"""Moments, sums and row numbers as a Norwegian office writes them."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

NBSP = "\u00a0"


def moment(at: datetime) -> str:
    """A moment in this machine's local time, to the second: `2026-11-22 14:03:11`."""
    return at.astimezone().replace(tzinfo=None).isoformat(" ", "seconds")


def number(value: Decimal) -> str:
    """A sum with decimal comma, two decimals or as many more as it has, and no thousands separator: `1234,50`."""
    return _fixed(value).replace(".", ",")


def grouped(value: Decimal) -> str:
    """A sum for reading, thousands apart by no-break spaces: `1 234,50`."""
    whole, _, decimals = _fixed(value).partition(".")
    return f"{int(whole.lstrip('-')):,}".replace(",", NBSP).join(("-" if whole.startswith("-") else "", f",{decimals}"))


def row_list(rows: Iterable[int]) -> str:
    """Row numbers with runs drawn together by an en dash, which no spreadsheet takes for a date: `5–7, 9`."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def _fixed(value: Decimal) -> str:
    exponent = value.normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    text = f"{value:.{places}f}"
    return text.lstrip("-") if not value else text
