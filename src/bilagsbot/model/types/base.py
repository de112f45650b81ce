"""What all field types share: required or not, the author's note, and the way from a cell to a value."""

import datetime as dt
from abc import abstractmethod
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types.cells import CellValue, is_empty, refuse_unusable, shown
from bilagsbot.model.types.month import Period

Value = str | int | Decimal | dt.date | Period

_Bound = TypeVar("_Bound", int, Decimal, dt.date)


class Field(BaseModel):
    """One field of a flow's item: how its cell is checked and what value comes of it."""

    # YAML reads codes: [1, 3] as numbers; they are meant as the text "1" and "3".
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    advice: ClassVar[str] = "Write a value."

    required: bool = True
    note: str = ""

    def parse(self, cell: CellValue) -> Value | None:
        """The cell's value; None where it is empty and need not be filled. Raises BadValue."""
        if is_empty(cell):
            if self.required:
                raise BadValue("is empty.", self.advice)
            return None
        try:
            refuse_unusable(cell)
            return self.read(cell)
        except BadValue as bad:
            raise BadValue(bad.what, self.note or bad.instead) from None

    @abstractmethod
    def read(self, cell: CellValue) -> Value:
        """The value of a cell that holds something. Raises BadValue."""

    def warn(self, value: Any) -> str:
        """A sentence about a value that is allowed but looks wrong, or nothing."""
        return ""


def require_order(low: _Bound | None, high: _Bound | None) -> None:
    """Raise ValueError where a field's min is above its max: no cell could ever fit."""
    if low is not None and high is not None and low > high:
        raise ValueError(f"min {low} is above max {high}")


def require_within(
    cell: CellValue, value: _Bound, low: _Bound | None, high: _Bound | None, show: Callable[[_Bound], str]
) -> None:
    """Raise BadValue where the value is below `low` or above `high`; both bounds are allowed values."""
    if low is not None and value < low:
        raise BadValue(f"{shown(cell)} is below {show(low)}.", f"Write {show(low)} or more.")
    if high is not None and value > high:
        raise BadValue(f"{shown(cell)} is above {show(high)}.", f"Write {show(high)} or less.")
