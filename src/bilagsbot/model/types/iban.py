"""International bank account numbers."""

import re
from typing import Literal

from stdnum import iban
from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types.base import Field
from bilagsbot.model.types.cells import CellValue, as_number, as_text, shown

_FORM = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")


class Iban(Field):
    """An IBAN in capitals without spaces: known country, that country's length and form, check digits that fit.

    Source: ISO 13616 and SWIFT's IBAN registry; check digits by ISO 7064 modulus 97.
    """

    type: Literal["iban"] = "iban"

    advice = "Write country, check digits and account, for example NO93 8601 1117 947."

    def read(self, cell: CellValue) -> str:
        if as_number(cell) is not None:
            raise BadValue(
                f"{shown(cell)} is not an IBAN: an IBAN begins with a country's two letters.",
                f"Format the cell as text. {self.advice}",
            )
        number = as_text(cell).replace(" ", "").upper()
        if not _FORM.fullmatch(number):
            raise BadValue(f"{shown(cell)} is not an IBAN.", self.advice)
        try:
            return iban.validate(number)
        except InvalidChecksum as e:
            what = f"{shown(cell)} is not an IBAN: its check digits do not fit."
            raise BadValue(what, "Look for a mistyped, missing or extra character.") from e
        except InvalidComponent as e:
            raise BadValue(f"{shown(cell)} is not an IBAN: no country '{number[:2]}' uses IBAN.", self.advice) from e
        except ValidationError as e:
            what = f"{shown(cell)} is not an IBAN: its length or form is not that of '{number[:2]}'."
            raise BadValue(what, "Look for a missing or extra character.") from e
