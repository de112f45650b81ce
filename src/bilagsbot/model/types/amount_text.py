"""Amounts as Norwegians write them: 1 234,56, 1.234,56, kr 1234,-, (100,00)."""

import re
from decimal import Decimal

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types.cells import plain, shown

_ADVICE = "Write digits and a decimal comma, for example 1234,56."

_KR = r"(?:kr\.?|nok)"
_SHAPE = re.compile(
    rf"(?:{_KR} ?)?(?P<before>[-(]?) ?(?:{_KR} ?)?"
    rf"(?P<body>[0-9][0-9 .,'’]*?)(?P<dash>,-)? ?(?:{_KR})? ?(?P<after>[-)]?) ?(?:{_KR})?",
    re.IGNORECASE,
)
_SIGNS = {("", ""): 1, ("-", ""): -1, ("", "-"): -1, ("(", ")"): -1}

# One separator with three digits behind it: thousands to some, decimals to others.
_EITHER_WAY = re.compile(r"([1-9][0-9]{0,2})[.,]([0-9]{3})")
_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_NORWEGIAN = (
    re.compile(r"(?P<whole>[0-9]+)(?:[.,](?P<part>[0-9]+))?"),
    re.compile(r"(?P<whole>[0-9]{1,3}(?: [0-9]{3})+)(?:[.,](?P<part>[0-9]+))?"),
    re.compile(r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+)(?:,(?P<part>[0-9]+))?"),
)


def read_amount(text: str, decimals: int = 2) -> Decimal:
    """The amount that the text can only mean. Raises BadValue where it is no amount, or could be two.

    `decimals` is how many the field takes; it matters for the advice only.
    """
    if "%" in text:
        raise BadValue(f"{shown(text)} is a percentage.", _ADVICE)
    undressed = undress(text)
    if undressed is None:
        raise BadValue(f"{shown(text)} is not an amount.", _ADVICE)
    sign, digits = undressed
    number = _read_digits(text, digits, decimals)
    # sign * number would round to 28 digits, and so hide a decimal too many.
    return number if sign > 0 else number.copy_negate()


def undress(text: str) -> tuple[int, str] | None:
    """The sign and the digits with their separators, without kr, minus, parentheses and ,-; None for other text."""
    match = _SHAPE.fullmatch(plain(text).replace("−", "-").replace("–", "-"))
    sign = _SIGNS.get((match["before"], match["after"])) if match else None
    # 100,-- is somebody's ,- or somebody's minus.
    if not match or sign is None or (match["dash"] and match["after"] == "-"):
        return None
    # ,- says "and no øre": with it, the point in 1.234,- can only be grouping.
    return sign, match["body"].strip() + (",00" if match["dash"] else "")


def _read_digits(text: str, digits: str, decimals: int) -> Decimal:
    either = _EITHER_WAY.fullmatch(digits)
    if either:
        left, right = either.groups()
        raise BadValue(
            f"{shown(text)} is ambiguous: it can mean {left}{right},00 or {left},{right}.",
            _one_or_the_other(left, right, decimals),
        )
    for shape in _NORWEGIAN:
        match = shape.fullmatch(digits)
        if match:
            whole = match["whole"].replace(" ", "").replace(".", "")
            return Decimal(f"{whole}.{match['part'] or '0'}")
    if _ENGLISH.fullmatch(digits):
        raise BadValue(f"{shown(text)} is written the English way, with comma between thousands.", _ADVICE)
    raise BadValue(f"{shown(text)} has its digits grouped wrongly.", _ADVICE)


def _one_or_the_other(left: str, right: str, decimals: int) -> str:
    if decimals == 0:
        return f"Write {left}{right}."
    # With room for three decimals a fourth one tells them from a group of thousands.
    part = right[:decimals] if decimals < 3 else f"{right}0"
    return f"Write {left}{right},00 or {left},{part}."
