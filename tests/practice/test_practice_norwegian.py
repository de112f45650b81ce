"""Amounts and dates as typed and as shown."""

from datetime import date

import pytest

from bilagsbot.practice.norwegian import amount_text, parse_amount, parse_date


@pytest.mark.parametrize(
    ("typed", "ore"),
    [
        ("12500", 1250000),
        ("12 500,00", 1250000),
        ("12\u00a0500,00", 1250000),
        ("12\u202f500,5", 1250050),
        ("12.500,00", 1250000),
        ("12.500", 1250000),
        ("12500.50", 1250050),
        ("-0,01", -1),
    ],
)
def test_amounts_are_read(typed: str, ore: int) -> None:
    assert parse_amount(typed) == ore


@pytest.mark.parametrize("typed", ["", "tolv", "1,234", "1,2,3", "NaN", "1e5", "--1", "1234567890123"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is not an amount"):
        parse_amount(typed)


@pytest.mark.parametrize(
    ("ore", "shown"), [(0, "0,00"), (1250000, "12\u00a0500,00"), (-123456789, "-1\u00a0234\u00a0567,89")]
)
def test_amounts_are_shown_with_no_break_spaces(ore: int, shown: str) -> None:
    assert amount_text(ore) == shown


@pytest.mark.parametrize("typed", ["050325", "05.03.2025", "5.3.2025", "2025-03-05", " 050325 "])
def test_dates_are_read(typed: str) -> None:
    assert parse_date(typed) == date(2025, 3, 5)


@pytest.mark.parametrize("typed", ["", "310225", "05/03/2025", "05.03.25", "i dag"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_date(typed)
