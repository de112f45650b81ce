"""Amounts: every Norwegian way of writing one, and none that could mean two."""

import datetime as dt
from decimal import Decimal

import pytest
from pydantic import ValidationError

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types import Amount, CellValue


@pytest.mark.parametrize(
    "text",
    [
        "1 234,56",
        "1\u00a0234,56",
        "1\u202f234,56",
        "1\u2009234,56",
        " 1234,56 ",
        "1.234,56",
        "1234.56",
        "1 234.56",
        "kr 1 234,56",
        "kr. 1234,56",
        "Kr1234,56",
        "1234,56 kr",
        "NOK 1234,56",
        "1234,56nok",
    ],
)
def test_the_ways_of_writing_1234_56(text: str) -> None:
    assert Amount().parse(text) == Decimal("1234.56")


@pytest.mark.parametrize("text", ["1234,-", "1 234,-", "1.234,-", "kr 1234,-", "1 234,- kr", "1.234,00", "001234"])
def test_whole_kroner(text: str) -> None:
    assert str(Amount().parse(text)) == "1234.00"


@pytest.mark.parametrize(
    "text", ["-5,5", "−5,50", "–5,5", "5,50-", "5,5−", "(5,50)", "kr -5,5", "-kr 5,5", "(kr 5,50)"]
)
def test_negative_amounts(text: str) -> None:
    assert str(Amount().parse(text)) == "-5.50"


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (7, "7.00"),
        (1234.5, "1234.50"),
        (0.1 + 0.2, "0.30"),
        (sum([0.1] * 1000), "100.00"),
        (123456789.1 + 0.2, "123456789.30"),
        (Decimal("12.30"), "12.30"),
        (-0.0, "0.00"),
        ("-0,00", "0.00"),
        ("1.234.567", "1234567.00"),
        ("12.345.678,90", "12345678.90"),
        ("12,3400", "12.34"),
    ],
)
def test_amounts_are_exact_to_the_oere(cell: CellValue, amount: str) -> None:
    assert str(Amount().parse(cell)) == amount


@pytest.mark.parametrize("text", ["1.234", "1,234"])
def test_one_separator_before_three_digits_could_be_either(text: str) -> None:
    with pytest.raises(BadValue) as e:
        Amount().parse(text)
    assert f"'{text}' is ambiguous" in e.value.what
    assert e.value.instead == "Write 1234,00 or 1,23."


@pytest.mark.parametrize(("decimals", "advice"), [(0, "Write 1234."), (3, "Write 1234,00 or 1,2340.")])
def test_the_advice_for_an_ambiguous_amount_is_itself_accepted(decimals: int, advice: str) -> None:
    field = Amount(decimals=decimals)
    with pytest.raises(BadValue) as e:
        field.parse("1.234")
    assert e.value.instead == advice
    for suggestion in advice.removeprefix("Write ").removesuffix(".").split(" or "):
        field.parse(suggestion)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("1,234.56", "is written the English way"),
        ("1,234,567", "is written the English way"),
        ("12 34,00", "grouped wrongly"),
        ("1 2345,00", "grouped wrongly"),
        ("12.34,00", "grouped wrongly"),
        ("1.234,567", "more than 2 decimals"),
        ("0,125", "more than 2 decimals"),
        ("1234,567", "more than 2 decimals"),
        (f"1,{'0' * 40}1", "more than 2 decimals"),
        (12.345, "'12,345' has more than 2 decimals"),
        ("25 %", "is a percentage"),
        ("€ 100", "'€ 100' is not an amount"),
        ("100,--", "is not an amount"),
        ("(100", "is not an amount"),
        ("-100-", "is not an amount"),
        ("kr", "is not an amount"),
        ("ca. 100", "is not an amount"),
        ("١٢٣", "is not an amount"),
        (float("nan"), "is not a number"),
        (float("inf"), "is not a number"),
        (True, "'TRUE' is a yes/no cell"),
        (dt.date(2026, 3, 1), "'01.03.2026' is a date, not an amount"),
        (dt.datetime(2026, 3, 1), "'01.03.2026' is a date, not an amount"),
        (1e15, "larger than any amount"),
        (1e300, "larger than any amount"),
        ("9" * 5000, "larger than any amount"),
    ],
)
def test_what_is_not_an_amount_is_refused_with_advice(cell: CellValue, why: str) -> None:
    with pytest.raises(BadValue) as e:
        Amount().parse(cell)
    assert why in e.value.what
    assert e.value.instead


def test_bounds_are_allowed_and_what_lies_outside_is_named() -> None:
    field = Amount(min=Decimal(0), max=Decimal("100.50"))
    assert field.parse("0") == 0
    assert field.parse("100,50") == Decimal("100.50")
    with pytest.raises(BadValue, match=r"'-1' is below 0\. Write 0 or more\."):
        field.parse("-1")
    with pytest.raises(BadValue, match=r"'100,51' is above 100,50\. Write 100,50 or less\."):
        field.parse("100,51")


@pytest.mark.parametrize("cell", [0, "0,00", "-0", 1e-12])
def test_zero_can_be_refused(cell: CellValue) -> None:
    with pytest.raises(BadValue, match="is zero"):
        Amount(zero=False).parse(cell)


def test_decimals_can_be_other_than_two() -> None:
    assert str(Amount(decimals=0).parse("5,00")) == "5"
    assert str(Amount(decimals=4).parse(1.2345)) == "1.2345"
    with pytest.raises(BadValue, match="has decimals"):
        Amount(decimals=0).parse(5.5)


def test_bounds_that_no_amount_fits_are_refused_when_the_flow_is_read() -> None:
    with pytest.raises(ValidationError, match="min 5 is above max 1"):
        Amount(min=Decimal(5), max=Decimal(1))
