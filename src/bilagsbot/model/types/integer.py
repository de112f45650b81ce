"""Whole numbers: quantities, voucher series, department numbers that a program counts with."""

import re
from typing import Literal, Self

from pydantic import model_validator

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types.base import Field, require_order, require_within
from bilagsbot.model.types.cells import LOST_DIGITS, CellValue, as_number, plain, shown

_WHOLE = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?: [0-9]{3}){1,4})")


class Integer(Field):
    """A whole number of at most 15 digits; `min` and `max` are allowed values."""

    type: Literal["integer"] = "integer"
    min: int | None = None
    max: int | None = None

    advice = "Write a whole number, for example 12."

    @model_validator(mode="after")
    def _bounds_fit(self) -> Self:
        require_order(self.min, self.max)
        return self

    def read(self, cell: CellValue) -> int:
        value = self._whole(cell)
        require_within(cell, value, self.min, self.max, str)
        return value

    def _whole(self, cell: CellValue) -> int:
        number = as_number(cell)
        if number is not None:
            if number != number.to_integral_value():
                raise BadValue(f"{shown(cell)} has decimals.", self.advice)
            if abs(number) >= LOST_DIGITS:
                raise BadValue(f"{shown(cell)} has more than 15 digits.", "Write at most 15 digits.")
            return int(number)
        text = plain(cell).replace("−", "-").replace("–", "-") if isinstance(cell, str) else ""
        if not _WHOLE.fullmatch(text):
            raise BadValue(f"{shown(cell)} is not a whole number.", self.advice)
        return int(text.replace(" ", ""))
