"""Receipts as a plain table of their own, for files that are no copy of a workbook."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bilagsbot.model.receipt import Receipt
from bilagsbot.sinks.text import moment, row_list
from bilagsbot.sinks.words import MESSAGE, STATUS, TIME, word

ROWS = "Rad"
SUM = "Sum"


def labels_of(fields: Mapping[str, str]) -> list[str]:
    """The headings of the receipt's own columns; `fields` are the flow's receipt fields and their headings."""
    return [STATUS, *fields.values(), TIME, MESSAGE]


def values_of(fields: Mapping[str, str], receipt: Receipt) -> list[str]:
    """The values of the receipt's own columns."""
    own = [receipt.fields.get(name, "") for name in fields]
    return [word(receipt.status), *own, moment(receipt.at), receipt.message]


def header(fields: Mapping[str, str], receipts: Sequence[Receipt]) -> list[str]:
    """The headings of the whole table: rows, key, sum, and the receipt's own."""
    return [ROWS, *_keys(receipts), SUM, *labels_of(fields)]


def lines(fields: Mapping[str, str], receipts: Sequence[Receipt]) -> list[list[str | Decimal]]:
    """One line of values for each receipt; only the sum is a number."""
    keys = _keys(receipts)
    return [
        [
            row_list(receipt.rows),
            *(receipt.key.get(key, "") for key in keys),
            "" if receipt.sum is None else receipt.sum,
            *values_of(fields, receipt),
        ]
        for receipt in receipts
    ]


def _keys(receipts: Sequence[Receipt]) -> list[str]:
    return list(dict.fromkeys(key for receipt in receipts for key in receipt.key))
