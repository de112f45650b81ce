"""What a cell can hold, how a person sees it, and the refusals that every field type shares."""

import datetime as dt
import unicodedata
from decimal import Decimal

from bilagsbot.model.errors import BadValue

CellValue = str | int | float | Decimal | bool | dt.datetime | dt.date | None

# Excel keeps 15 significant digits: a whole number from here on has lost its last ones.
# Source: Microsoft, "Last digits are changed to zeros when you type long numbers" (support.microsoft.com/kb/269370).
LOST_DIGITS = 10**15

TYPE_AGAIN = "Format the cell as text and type it again."

_LONGEST_SHOWN = 40
_USABLE = (str, int, float, Decimal, dt.date)
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_FORMULA_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#FIELD!"}


def shown(cell: CellValue) -> str:
    """The cell in quotes as a person sees it in a Norwegian workbook: one line, at most 40 characters."""
    text = _as_seen(cell)
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\n", "↵").replace("\t", "→")
        text = "".join("�" if is_invisible(c) else c for c in text)
    if len(text) > _LONGEST_SHOWN:
        text = text[: _LONGEST_SHOWN - 1] + "…"
    return f"'{text}'"


def _as_seen(cell: CellValue) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, dt.datetime):
        return cell.strftime("%d.%m.%Y" if is_midnight(cell) else "%d.%m.%Y %H:%M")
    if isinstance(cell, dt.date):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, float):
        # An integral float is shown by Excel without decimals: 1234.0 is seen as 1234.
        return norsk(Decimal(repr(cell))).removesuffix(",0")
    if isinstance(cell, Decimal):
        return norsk(cell)
    return str(cell)


def norsk(number: Decimal) -> str:
    """A number with decimal comma and no grouping, as Norwegian Excel takes it back."""
    return f"{number:f}".replace(".", ",")


def is_midnight(moment: dt.datetime) -> bool:
    return moment.time() == dt.time(0)


def is_invisible(char: str) -> bool:
    """Whether the character shows nothing of its own: controls, zero-width marks, soft hyphens, line separators."""
    return unicodedata.category(char) in _INVISIBLE


def is_empty(cell: CellValue) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def plain(text: str) -> str:
    """The text with every kind of space (no-break, narrow, thin) as an ordinary one, and none around it."""
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)
    return text.strip()


def refuse_unusable(cell: CellValue) -> None:
    """Raise BadValue for what no type takes: TRUE/FALSE, a formula's error, a time of day."""
    if isinstance(cell, bool):
        raise BadValue(f"{shown(cell)} is a yes/no cell.", TYPE_AGAIN)
    if isinstance(cell, str) and cell.strip() in _FORMULA_ERRORS:
        raise BadValue(f"{shown(cell)} is an error from a formula.", "Correct the formula, or type the value.")
    if not isinstance(cell, _USABLE):
        raise BadValue(f"{shown(cell)} is a time of day or a duration.", TYPE_AGAIN)


def as_number(cell: CellValue) -> Decimal | None:
    """The number of a numeric cell, exactly as Excel's digits say; None for other cells, BadValue for NaN and inf."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return None
    # repr gives the shortest digits that mean this float: 0.1 becomes 0.1, not 0.1000000000000000055.
    number = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
    if not number.is_finite():
        raise BadValue(f"{shown(cell)} is not a number.", "Correct the formula, or type the number.")
    return number


def as_text(cell: CellValue) -> str:
    """A cell that should have been text, as text; BadValue where Excel has already changed what was typed."""
    if isinstance(cell, dt.date):
        raise BadValue(f"{shown(cell)} is a date, not text: Excel turns numbers like 12-1 into dates.", TYPE_AGAIN)
    number = as_number(cell)
    if number is None:
        return plain(str(cell))
    if number != number.to_integral_value():
        raise BadValue(f"{shown(cell)} is a number with decimals.", TYPE_AGAIN)
    if abs(number) >= LOST_DIGITS:
        raise BadValue(
            f"{shown(cell)} has more than 15 digits as a number, and Excel has lost the last ones.",
            "Format the cell as text and type the number again.",
        )
    return str(int(number))
