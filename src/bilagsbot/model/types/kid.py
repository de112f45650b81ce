"""KID, the customer identification on a Norwegian payment."""

import re
from typing import Any, Literal

from stdnum import luhn

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types.base import Field
from bilagsbot.model.types.cells import CellValue, as_number, as_text, shown

Kind = Literal["MOD10", "MOD11"]

_KID = re.compile(r"[0-9]{1,24}[0-9-]")


class Kid(Field):
    """A KID of 2 to 25 characters; `kinds` names the check digit methods of the payee's agreement.

    Source: Mastercard Payment Services (formerly Nets), "KID": at most 25 digits, the last a check digit by modulus
    10 or modulus 11 as the payee's agreement says; no.wikipedia.org/wiki/KID-nummer for the shortest length, 2, and
    for '-' where modulus 11 gives ten.
    Without `kinds` a check digit that fits neither is a warning only: 18 % of random numbers fit one of the two
    (1/10 + 1/11 - 1/110), so passing proves little.
    """

    type: Literal["kid"] = "kid"
    kinds: tuple[Kind, ...] = ()

    advice = "Write 2 to 25 digits, for example 12345678903."

    def read(self, cell: CellValue) -> str:
        if as_number(cell) is not None:
            raise BadValue(
                f"{shown(cell)} is a KID as a number: Excel drops leading zeros and keeps only 15 digits.",
                "Format the cell as text and type the KID again.",
            )
        kid = as_text(cell).replace(" ", "").replace("−", "-").replace("–", "-")
        if not _KID.fullmatch(kid):
            raise BadValue(f"{shown(cell)} is not a KID.", self.advice)
        if self.kinds and not any(fits(kid, kind) for kind in self.kinds):
            raise BadValue(
                f"{shown(cell)} is not a KID: its check digit does not fit {' or '.join(self.kinds)}.",
                "Look for a mistyped digit.",
            )
        return kid

    def warn(self, value: Any) -> str:
        """A warning for a KID whose check digit fits neither method, where `kinds` does not already refuse it."""
        if not value or self.kinds or fits(value, "MOD10") or fits(value, "MOD11"):
            return ""
        return f"{shown(value)} has a check digit that fits neither MOD10 nor MOD11: look for a mistyped digit."


def fits(kid: str, kind: Kind) -> bool:
    """Whether the last character is the check digit of the others by this method."""
    if kind == "MOD10":
        return kid.isdigit() and luhn.is_valid(kid)
    return kid[-1] == mod11_check(kid[:-1])


def mod11_check(digits: str) -> str:
    """The modulus 11 check character: weights 2 to 7 from the right and round again; '-' stands for ten."""
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(digits)))
    return "0123456789-"[-total % 11]
