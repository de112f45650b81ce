"""Norwegian VAT codes (mva-koder)."""

from typing import Annotated, Literal

from pydantic import Field as Option

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types.base import Field
from bilagsbot.model.types.cells import CellValue, as_text, shown

# The list has no 90.
_STANDARD = "0 1 3 5 6 7 11 12 13 14 15 20 21 22 31 32 33 51 52 81 82 83 84 85 86 87 88 89 91 92"
STANDARD = tuple(_STANDARD.split())


class MvaCode(Field):
    """A standard VAT code; `codes` replaces the list for a program with codes of its own.

    Source: Skatteetaten, Norwegian SAF-T Standard Tax Codes (github.com/Skatteetaten/saf-t,
    "Standard Tax Codes/CSV/Standard_Tax_Codes.csv").
    """

    type: Literal["mva_code"] = "mva_code"
    codes: Annotated[tuple[str, ...], Option(min_length=1)] = STANDARD

    advice = "Write the VAT code, for example 1 (input, regular rate) or 3 (output, regular rate)."

    def read(self, cell: CellValue) -> str:
        if isinstance(cell, str) and cell.rstrip().endswith("%"):
            raise BadValue(f"{shown(cell)} is a rate, not a VAT code.", self._listed())
        if isinstance(cell, float) and 0 < cell < 1:
            # A cell formatted as percent: 25 % is kept as 0.25.
            raise BadValue(f"{shown(cell)} is a rate, not a VAT code.", self._listed())
        code = as_text(cell)
        if code not in self.codes:
            raise BadValue(f"{shown(cell)} is not a VAT code known here.", self._listed())
        return code

    def _listed(self) -> str:
        return f"Write one of {', '.join(self.codes)}."
