"""Organisation numbers."""

import re
from typing import Literal

from stdnum.no import orgnr

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types.base import Field
from bilagsbot.model.types.cells import CellValue, as_text, shown

_DRESSED = re.compile(r"(?:NO)?([0-9]+)(?:MVA)?")


class Orgnr(Field):
    """A Norwegian organisation number, as 9 digits; spaces, NO in front and MVA behind are taken off.

    Source: Brønnøysundregistrene, "The organization number": 9 digits, the last a modulus 11 check digit
    with weights 3 2 7 6 5 4 3 2.
    """

    type: Literal["orgnr"] = "orgnr"

    advice = "Write the 9 digits, for example 988 077 917."

    def read(self, cell: CellValue) -> str:
        match = _DRESSED.fullmatch(as_text(cell).replace(" ", "").upper())
        if not match:
            raise BadValue(f"{shown(cell)} is not an organisation number.", self.advice)
        digits = match[1]
        if len(digits) != 9:
            raise BadValue(f"{shown(cell)} has {len(digits)} digits; an organisation number has 9.", self.advice)
        if not orgnr.is_valid(digits):
            raise BadValue(
                f"{shown(cell)} is not an organisation number: its check digit does not fit.",
                "Look for a mistyped digit.",
            )
        return digits
