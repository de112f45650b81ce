"""Receipts as a CSV file that a Norwegian Excel opens right, and that holds no formula."""

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from bilagsbot.model.receipt import Receipt
from bilagsbot.sinks.atomic import Replace, publish
from bilagsbot.sinks.summary import latest
from bilagsbot.sinks.table import header, lines
from bilagsbot.sinks.text import number

# The wide forms are what some Asian keyboards write, and Excel takes them for the plain ones.
_FORMULA: Final = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_PLAIN_NUMBER: Final = re.compile(r"[+-]?\d+(?:[ .\u00a0\u202f]\d{3})*(?:[.,]\d+)?")


def write(path: Path, fields: Mapping[str, str], receipts: Iterable[Receipt], *, replace: Replace = os.replace) -> Path:
    """Write a line for each item's last receipt, and return the path it got.

    UTF-8 with a byte order mark, semicolons, CRLF. `fields` are the flow's receipt fields and their headings.
    """
    kept = latest(receipts)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(safe, header(fields, kept)))
    for line in lines(fields, kept):
        writer.writerow([number(value) if isinstance(value, Decimal) else safe(value) for value in line])
    data = out.getvalue().encode("utf-8-sig")
    return publish(path, lambda file: file.write(data), replace)


def safe(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text) else text
