"""Text as it may stand in a cell of a workbook: no illegal characters, not too long."""

import re
from typing import Final

LONGEST: Final = 32_767
"""The most UTF-16 code units Excel keeps in a cell."""

_ILLEGAL: Final = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
# An underscore is escaped where a reader would take it, with what follows, for one of our own escapes. What
# follows may end in a character about to be escaped itself, whose escape starts with the missing underscore.
_TO_ESCAPE: Final = re.compile(f"[{_ILLEGAL}]|_(?=x[0-9A-Fa-f]{{4}}[_{_ILLEGAL}])")


def cell_text(text: str) -> str:
    """A text cut to what a cell holds and escaped as `_xHHHH_` where XML has no way to write a character."""
    return _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", _cut(text.replace("\r\n", "\n")))


def _cut(text: str) -> str:
    if 2 * len(text) <= LONGEST:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * LONGEST:
        return text
    kept = units[: 2 * (LONGEST - 1)].decode("utf-16-le", "surrogatepass")
    # The cut may have gone through the middle of a character outside the first plane.
    return kept.rstrip("".join(map(chr, range(0xD800, 0xDC00)))) + "…"
