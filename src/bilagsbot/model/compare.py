"""Whether what a screen shows is what was keyed, however the program writes it."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Literal

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types.amount_text import undress
from bilagsbot.model.types.dates import read_date

# Grouping is tried first: programs show two decimals, so a lone 1,234 or 1.234 on a screen is thousands.
_GROUPED = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?P<sep>[ .,'’])[0-9]{3}(?:(?P=sep)[0-9]{3})*)(?:(?!(?P=sep))[.,](?P<part>[0-9]+))?"
)
_PLAIN = re.compile(r"(?P<whole>[0-9]+)(?:[.,](?P<part>[0-9]+))?")


def same(shown: str, wanted: str, kind: Literal["text", "amount", "date"]) -> bool:
    """Whether both mean the same as `kind`; as text where either cannot be read as that kind."""
    if kind == "amount":
        amounts = _screen_amount(shown), _screen_amount(wanted)
        if None not in amounts:
            return amounts[0] == amounts[1]
    elif kind == "date":
        dates = _screen_date(shown), _screen_date(wanted)
        if None not in dates:
            return dates[0] == dates[1]
    return _one_line(shown) == _one_line(wanted)


def _one_line(text: str) -> str:
    # split() also splits at no-break and narrow spaces, which programs put between groups of digits.
    return " ".join(unicodedata.normalize("NFC", text).split())


def _screen_amount(text: str) -> Decimal | None:
    """The amount on a screen, or None for what is none; an empty field is none, not zero."""
    undressed = undress(text)
    if undressed is None:
        return None
    sign, digits = undressed
    number = _GROUPED.fullmatch(digits) or _PLAIN.fullmatch(digits)
    if not number:
        return None
    whole = re.sub("[^0-9]", "", number["whole"])
    amount = Decimal(f"{whole}.{number['part'] or '0'}")
    return amount if sign > 0 else amount.copy_negate()


def _screen_date(text: str) -> dt.date | None:
    try:
        return read_date(text)
    except BadValue:
        return None
