"""Read-back: a program may write a value its own way, but not another value."""

from typing import Literal

import pytest

from bilagsbot.model.compare import same

Kind = Literal["text", "amount", "date"]


@pytest.mark.parametrize(
    ("shown", "wanted", "kind"),
    [
        ("1 234,56", "1234.56", "amount"),
        ("1\u00a0234,56 kr", "1234.56", "amount"),
        ("1,234.56", "1234.56", "amount"),
        ("1.234,56", "1234,56", "amount"),
        ("1’234.50", "1234.5", "amount"),
        ("1,234", "1234.00", "amount"),
        ("1.234", "1234.00", "amount"),
        ("1,234,567", "1234567", "amount"),
        ("1 234,-", "1234.00", "amount"),
        ("1234,50-", "-1234.50", "amount"),
        ("(1 234,50)", "-1234.50", "amount"),
        ("−5,00", "-5", "amount"),
        ("0.125", "0,125", "amount"),
        ("-0,00", "0.00", "amount"),
        ("", " ", "amount"),
        ("31.12.2026", "2026-12-31", "date"),
        ("31.12.26", "2026-12-31", "date"),
        ("311226", "31122026", "date"),
        ("", "", "date"),
        ("per  avtale", "per avtale", "date"),
        (" Nord\u00a0 Sør\n", "Nord Sør", "text"),
        ("Bla\u030a", "Blå", "text"),
    ],
)
def test_the_same_value_written_otherwise(shown: str, wanted: str, kind: Kind) -> None:
    assert same(shown, wanted, kind)


@pytest.mark.parametrize(
    ("shown", "wanted", "kind"),
    [
        ("1 234,56", "1234.65", "amount"),
        ("123,45", "1234.5", "amount"),
        ("1234,50", "-1234.50", "amount"),
        ("", "0.00", "amount"),
        ("0,00", "", "amount"),
        ("100 EUR", "100", "amount"),
        ("1,23,456", "123456", "amount"),
        ("12.11.2026", "2026-12-11", "date"),
        ("31.02.2026", "2026-02-28", "date"),
        ("", "2026-12-31", "date"),
        ("nord", "Nord", "text"),
        ("1 234,56", "1234.56", "text"),
        ("", "x", "text"),
    ],
)
def test_another_value(shown: str, wanted: str, kind: Kind) -> None:
    assert not same(shown, wanted, kind)
