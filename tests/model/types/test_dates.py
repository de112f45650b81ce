"""Dates: day before month, and no date that does not exist."""

import datetime as dt

import pytest
from pydantic import ValidationError

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types import CellValue, Date


@pytest.mark.parametrize(
    "cell",
    [
        "31.12.2026",
        "31.12.26",
        "311226",
        "31122026",
        "2026-12-31",
        "31/12/2026",
        " 31.12.2026\u00a0",
        dt.date(2026, 12, 31),
        dt.datetime(2026, 12, 31),
    ],
)
def test_the_ways_of_writing_new_years_eve(cell: CellValue) -> None:
    value = Date().parse(cell)
    assert value == dt.date(2026, 12, 31)
    assert not isinstance(value, dt.datetime)


@pytest.mark.parametrize(("text", "year"), [("1.3.00", 2000), ("01.03.99", 2099), ("29.02.28", 2028)])
def test_two_digit_years_are_in_this_century(text: str, year: int) -> None:
    value = Date().parse(text)
    assert isinstance(value, dt.date)
    assert value.year == year


@pytest.mark.parametrize(
    ("cell", "why", "instead"),
    [
        ("31.02.2026", "February 2026 has 28 days", "31.12.2026"),
        ("29.02.2100", "February 2100 has 28 days", "31.12.2026"),
        ("31042026", "April 2026 has 30 days", "31.12.2026"),
        ("00.01.2026", "January 2026 has 31 days", "31.12.2026"),
        ("12/31/2026", "looks like month before day", "Write the day first: 31.12.2026."),
        ("02.13.26", "looks like month before day", "Write the day first: 13.02.2026."),
        ("31.13.2026", "there is no month 13", "31.12.2026"),
        ("20261231", "there is no month 26", "31.12.2026"),
        ("20101231", "is in the year 1231", "from 1900 to 2199"),
        (dt.datetime(2026, 3, 1, 14, 30), "'01.03.2026 14:30' has a time of day", "the date alone"),
        (46387, "'46387' is a number, not a date", "Format the cell as a date"),
        (311226, "is a number, not a date", "Format the cell as a date"),
        ("31-12-2026", "is not a date", "31.12.2026"),
        ("tomorrow\nor so", "'tomorrow↵or so' is not a date", "31.12.2026"),
    ],
)
def test_what_is_not_a_date_is_refused_with_advice(cell: CellValue, why: str, instead: str) -> None:
    with pytest.raises(BadValue) as e:
        Date().parse(cell)
    assert why in e.value.what
    assert instead in e.value.instead


def test_bounds() -> None:
    field = Date(min=dt.date(2026, 1, 1), max=dt.date(2026, 12, 31))
    assert field.parse("01.01.2026") == dt.date(2026, 1, 1)
    with pytest.raises(BadValue, match=r"is below 01\.01\.2026\. Write 01\.01\.2026 or more"):
        field.parse("31.12.2025")
    with pytest.raises(ValidationError, match="above max"):
        Date(min=dt.date(2026, 2, 1), max=dt.date(2026, 1, 1))
