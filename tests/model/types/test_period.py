"""Periods: months however an office names them."""

import datetime as dt

import pytest

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types import AccountingPeriod, CellValue, Period


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03",
        "2026/3",
        "03.2026",
        "3.2026",
        "03/2026",
        "202603",
        202603,
        202603.0,
        "mars 2026",
        "Mars 2026",
        "MARCH 2026",
        "mar. 2026",
        dt.date(2026, 3, 31),
        dt.datetime(2026, 3, 1),
    ],
)
def test_the_ways_of_writing_march(cell: CellValue) -> None:
    assert AccountingPeriod().parse(cell) == Period(2026, 3)


@pytest.mark.parametrize(
    ("text", "month"),
    [("januar 2026", 1), ("mai 2026", 5), ("May 2026", 5), ("jul 2026", 7), ("okt 2026", 10), ("des 2026", 12)],
)
def test_month_names_in_both_languages(text: str, month: int) -> None:
    assert AccountingPeriod().parse(text) == Period(2026, month)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2026-13", "there is no month 13"),
        ("00.2026", "there is no month 0"),
        ("marts 2026", "there is no month 'marts'"),
        ("0203-03", "is in the year 203"),
        ("03.26", "'03.26' is not a month"),
        (3.2026, "'3,2026' is not a month"),
        (46082, "'46082' is not a month"),
    ],
)
def test_what_is_not_a_month_is_refused_with_advice(cell: CellValue, why: str) -> None:
    with pytest.raises(BadValue) as e:
        AccountingPeriod().parse(cell)
    assert why in e.value.what
    assert "2026-03" in e.value.instead or "1900" in e.value.instead


def test_a_period_is_written_and_ordered_as_a_month() -> None:
    assert str(Period(2026, 3)) == "2026-03"
    assert Period(2025, 12) < Period(2026, 1)
    with pytest.raises(ValueError, match="no month 13"):
        Period(2026, 13)
