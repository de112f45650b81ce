"""Items: one unit of work, made of one or more rows of the operator's table."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


def canonical(text: str) -> str:
    """Text as keys compare it: NFC, white space folded, case folded, so that one voucher has one key however typed."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


@dataclass(frozen=True)
class Item:
    """One voucher to key: its fields and lines as typed values, its key, and the rows it came from."""

    key: Mapping[str, str]
    fields: Mapping[str, object]
    lines: tuple[Mapping[str, object], ...] = ()
    rows: tuple[int, ...] = ()
    sum: Decimal | None = None

    @property
    def label(self) -> str:
        """The key as a person reads it."""
        return " / ".join(self.key.values())

    @property
    def identity(self) -> str:
        """The key in its canonical form; equal for two items that are the same voucher."""
        return json.dumps([canonical(v) for v in self.key.values()], ensure_ascii=False)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all content, in hex; another value under the same key is another voucher."""
        content = {"fields": _plain(self.fields), "lines": [_plain(line) for line in self.lines]}
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _plain(values: Mapping[str, object]) -> dict[str, str]:
    # An empty cell counts as no field: a flow that gets a new optional field must not make old items look changed.
    return {name: str(value) for name, value in values.items() if value is not None}
