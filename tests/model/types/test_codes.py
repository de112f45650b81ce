"""Codes from a list: currency, VAT and the choices of a program."""

import pytest
from pydantic import ValidationError

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types import CellValue, Choice, Currency, Field, MvaCode

KINDS = Choice(choices={"F": "Faktura", "K": "Kreditnota"})


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        (Currency(), "nok", "NOK"),
        (Currency(), " EUR\u00a0", "EUR"),
        (Currency(codes=("BGN",)), "BGN", "BGN"),
        (MvaCode(), "3", "3"),
        (MvaCode(), 31, "31"),
        (MvaCode(), 0, "0"),
        (MvaCode(codes=("1H",)), "1H", "1H"),
        (KINDS, "F", "F"),
        (KINDS, "k", "K"),
        (KINDS, "kreditnota", "K"),
        (Choice(choices={"1": "Ja"}), 1, "1"),
    ],
)
def test_known_codes(field: Field, cell: CellValue, value: str) -> None:
    assert field.parse(cell) == value


@pytest.mark.parametrize(
    ("field", "cell", "why", "instead"),
    [
        (Currency(), "NKO", "'NKO' is not a currency code", "Did you mean 'NOK'?"),
        (Currency(), "kr", "is not a currency code", "Write NOK."),
        (Currency(), "BGN", "is no longer a currency", "Write EUR."),
        (Currency(), "QQQ", "is not a currency code", "for example NOK"),
        (Currency(codes=("NOK", "EUR")), "USD", "is not a currency code known here", "Known: EUR, NOK."),
        (MvaCode(), "2", "'2' is not a VAT code", "Write one of 0, 1, 3, 5"),
        (MvaCode(), "90", "'90' is not a VAT code", "89, 91, 92."),
        (MvaCode(), "25 %", "'25 %' is a rate, not a VAT code", "Write one of"),
        (MvaCode(), 0.25, "is a rate, not a VAT code", "Write one of"),
        (MvaCode(codes=("1", "1H")), "3", "is not a VAT code known here", "Write one of 1, 1H."),
        (KINDS, "G", "'G' is not one of the choices", "Write F (Faktura) or K (Kreditnota)."),
        (Choice(choices={w: w for w in ["Januar", "Februar"]}), "X", "is not one", "Write Januar or Februar."),
        (Choice(choices={f"Avdeling {n}": "" for n in range(9)}), "Avdelin 3", "is not one", "mean 'Avdeling 3'?"),
    ],
)
def test_unknown_codes_are_refused_with_the_right_ones(field: Field, cell: CellValue, why: str, instead: str) -> None:
    with pytest.raises(BadValue) as e:
        field.parse(cell)
    assert why in e.value.what
    assert instead in e.value.instead


def test_choices_that_cannot_be_told_apart_are_refused_when_the_flow_is_read() -> None:
    with pytest.raises(ValidationError, match="'k' could mean both choice 'F' and choice 'K'"):
        Choice(choices={"F": "K", "K": "Kreditnota"})
    with pytest.raises(ValidationError):
        Choice(choices={})
