"""Numbers with check digits: organisation, account, IBAN and KID; what Excel does to them; whole numbers."""

import datetime as dt
import random

import pytest

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types import CellValue, Field, Iban, Integer, Kid, Kontonr, Orgnr
from bilagsbot.model.types.kid import fits, mod11_check


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        (Orgnr(), "988077917", "988077917"),
        (Orgnr(), "988 077 917", "988077917"),
        (Orgnr(), "NO 988 077 917 MVA", "988077917"),
        (Orgnr(), "no988077917mva", "988077917"),
        (Orgnr(), 988077917, "988077917"),
        (Orgnr(), 988077917.0, "988077917"),
        (Kontonr(), "8601.11.17947", "86011117947"),
        (Kontonr(), "8601 11\u00a017947", "86011117947"),
        (Kontonr(), 86011117947, "86011117947"),
        (Kontonr(), "02056439652", "02056439652"),
        (Iban(), "NO93 8601 1117 947", "NO9386011117947"),
        (Iban(), "de89370400440532013000", "DE89370400440532013000"),
        (Kid(), "12345678903", "12345678903"),
        (Kid(), " 0012 3456 ", "00123456"),
        (Kid(kinds=("MOD10",)), "12344", "12344"),
        (Kid(kinds=("MOD11",)), "12343", "12343"),
        (Kid(kinds=("MOD10", "MOD11")), "12343", "12343"),
        (Integer(), "1 234", 1234),
        (Integer(), "−12", -12),
        (Integer(), 12.0, 12),
    ],
)
def test_numbers_are_kept_without_their_dress(field: Field, cell: CellValue, value: object) -> None:
    assert field.parse(cell) == value


@pytest.mark.parametrize(
    ("field", "cell", "why", "instead"),
    [
        (Orgnr(), "988077918", "its check digit does not fit", "mistyped digit"),
        (Orgnr(), 98807791, "'98807791' has 8 digits; an organisation number has 9", "988 077 917"),
        (Orgnr(), "SE556000467001", "is not an organisation number", "988 077 917"),
        (Kontonr(), "86011117949", "its check digit does not fit", "mistyped digit"),
        (Kontonr(), 2056439652, "loses a leading zero", "Format the cell as text"),
        (Kontonr(), "2056439652", "has 10 digits; a bank account number has 11", "8601.11.17947"),
        (Kontonr(), "4090403", "has 7 digits", "11 digits"),
        (Kontonr(), "00004090403", "is not a bank account number", "mistyped digit"),
        (Kontonr(), "8601-11-17947", "is not a bank account number", "8601.11.17947"),
        (Kontonr(), 8601111794712345, "Excel has lost the last ones", "Format the cell as text"),
        (Iban(), "NO9386011117948", "its check digits do not fit", "mistyped"),
        (Iban(), "ZZ49 8601 1117 947", "no country 'ZZ' uses IBAN", "NO93 8601 1117 947"),
        (Iban(), "NO10860111179471", "its length or form is not that of 'NO'", "missing or extra"),
        (Iban(), 86011117947, "begins with a country's two letters", "NO93 8601 1117 947"),
        (Iban(), "86011117947", "is not an IBAN", "NO93 8601 1117 947"),
        (Kid(), 12345678903, "is a KID as a number: Excel drops leading zeros", "Format the cell as text"),
        (Kid(), "1", "'1' is not a KID", "2 to 25 digits"),
        (Kid(), "1" * 26, "is not a KID", "2 to 25 digits"),
        (Kid(), "12-34", "is not a KID", "2 to 25 digits"),
        (Kid(kinds=("MOD10",)), "12343", "does not fit MOD10", "mistyped digit"),
        (Kid(kinds=("MOD10", "MOD11")), "12345", "does not fit MOD10 or MOD11", "mistyped digit"),
        (Kid(), dt.date(2026, 1, 1), "is a date", "Format the cell as text"),
        (Integer(), "1.234", "is not a whole number", "for example 12"),
        (Integer(), "12 34", "is not a whole number", "for example 12"),
        (Integer(), 1.5, "'1,5' has decimals", "for example 12"),
        (Integer(), 1e15, "more than 15 digits", "at most 15"),
        (Integer(), "9" * 5000, "is not a whole number", "for example 12"),
        (Integer(min=1), 0, "'0' is below 1", "1 or more"),
        (Integer(max=9), "10", "'10' is above 9", "9 or less"),
    ],
)
def test_a_wrong_number_is_refused_with_advice(field: Field, cell: CellValue, why: str, instead: str) -> None:
    with pytest.raises(BadValue) as e:
        field.parse(cell)
    assert why in e.value.what
    assert instead in e.value.instead


@pytest.mark.parametrize(("digits", "check"), [("1234567890", "3"), ("98807791", "7"), ("6", "-"), ("0", "0")])
def test_modulus_11_with_weights_two_to_seven(digits: str, check: str) -> None:
    assert mod11_check(digits) == check


def test_modulus_11_may_end_in_a_minus() -> None:
    assert Kid(kinds=("MOD11",)).parse("6−") == "6-"
    with pytest.raises(BadValue, match="does not fit MOD10"):
        Kid(kinds=("MOD10",)).parse("6-")


def test_a_bad_check_digit_only_warns_where_the_method_is_not_known() -> None:
    assert Kid().parse("12345") == "12345"
    assert "'12345' has a check digit that fits neither MOD10 nor MOD11" in Kid().warn("12345")
    assert Kid().warn("12344") == ""
    assert Kid().warn("12343") == ""
    assert Kid(kinds=("MOD10",)).warn("12344") == ""


def test_passing_either_method_proves_little() -> None:
    rng = random.Random(20260301)
    kids = [f"{rng.randrange(10**12):012d}" for _ in range(5000)]
    share = sum(fits(kid, "MOD10") or fits(kid, "MOD11") for kid in kids) / len(kids)
    assert share == pytest.approx(2 / 11, abs=0.02)
