"""Norwegian bank account numbers."""

from typing import Literal

from stdnum.no import kontonr

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types.base import Field
from bilagsbot.model.types.cells import CellValue, as_text, shown


class Kontonr(Field):
    """A Norwegian bank account number, as 11 digits; written with points, spaces or neither.

    Source: ECBS, "Norway bank account number", as stdnum.no.kontonr checks it: 4 digits of the bank, 6 of the account
    and a modulus 11 check digit. The 7 digits of the old Postgiro, which stdnum takes, are refused.
    """

    type: Literal["kontonr"] = "kontonr"

    advice = "Write the 11 digits, for example 8601.11.17947."

    def read(self, cell: CellValue) -> str:
        digits = as_text(cell).replace(" ", "").replace(".", "")
        if not (digits.isascii() and digits.isdigit()):
            raise BadValue(f"{shown(cell)} is not a bank account number.", self.advice)
        if len(digits) == 10 and not isinstance(cell, str):
            raise BadValue(
                f"{shown(cell)} has 10 digits: as a number the cell loses a leading zero.",
                "Format the cell as text and type all 11 digits.",
            )
        if len(digits) != 11:
            raise BadValue(f"{shown(cell)} has {len(digits)} digits; a bank account number has 11.", self.advice)
        # is_valid alone would take 0000 and an old Postgiro number for 11 digits.
        if digits.startswith("0000") or not kontonr.is_valid(digits):
            raise BadValue(
                f"{shown(cell)} is not a bank account number: its check digit does not fit.",
                "Look for a mistyped digit.",
            )
        return digits
