"""Amounts of money."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field as Option
from pydantic import model_validator

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types.amount_text import read_amount
from bilagsbot.model.types.base import Field, require_order, require_within
from bilagsbot.model.types.cells import LOST_DIGITS, CellValue, as_number, norsk, shown

_LARGEST = Decimal(10**15)  # 1e999999 would be a million digits in every row's sentence
_Bound = Annotated[Decimal, Option(ge=-_LARGEST, le=_LARGEST)] | None


class Amount(Field):
    """An amount with exactly `decimals` decimals, never rounded; `min` and `max` are allowed values."""

    type: Literal["amount"] = "amount"
    min: _Bound = None
    max: _Bound = None
    decimals: Annotated[int, Option(ge=0, le=6)] = 2
    zero: bool = True

    advice = "Write an amount, for example 1234,56."

    @model_validator(mode="after")
    def _bounds_fit(self) -> Self:
        require_order(self.min, self.max)
        return self

    def read(self, cell: CellValue) -> Decimal:
        number = as_number(cell)
        if number is None:
            if not isinstance(cell, str):
                raise BadValue(f"{shown(cell)} is a date, not an amount.", self.advice)
            number = read_amount(cell, self.decimals)
        amount = self._quantised(cell, number)
        if not amount and not self.zero:
            raise BadValue(f"{shown(cell)} is zero.", "Write an amount other than 0.")
        require_within(cell, amount, self.min, self.max, norsk)
        return amount

    def _quantised(self, cell: CellValue, number: Decimal) -> Decimal:
        if abs(number) >= LOST_DIGITS:
            raise BadValue(f"{shown(cell)} is larger than any amount.", "Write at most 15 digits.")
        unit = Decimal(1).scaleb(-self.decimals)
        # Adding zero turns -0.00 into 0.00, which programs show and compare better.
        amount = number.quantize(unit) + 0
        noise = _float_noise(number, unit) if isinstance(cell, float) else 0
        if abs(amount - number) > noise:
            decimals = "no decimals" if self.decimals == 0 else f"at most {self.decimals} decimals"
            what = "has decimals" if self.decimals == 0 else f"has more than {self.decimals} decimals"
            raise BadValue(f"{shown(cell)} {what}.", f"Round the amount, also in a formula: {decimals}.")
        return amount


def _float_noise(number: Decimal, unit: Decimal) -> Decimal:
    """How far a formula's binary result may lie from the decimal number it stands for.

    0,1+0,2 is off by 4e-17; a sum of a million kroner by up to 1e-7. Never so much that a true decimal passes.
    """
    return min(max(Decimal("1e-9"), abs(number) * Decimal("1e-13")), unit / 20)
