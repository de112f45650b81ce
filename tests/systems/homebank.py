"""HomeBank 5.6, installed if need be, and a book of it in a workspace."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

BOOK = """<?xml version="1.0"?>
<homebank v="1.4" d="050602">
<properties title="Acme" curr="1" auto_smode="1" auto_weekday="1"/>
<cur key="1" flags="0" iso="NOK" name="Norwegian Krone" symb="kr" syprf="0" dchar="," gchar=" " frac="2" rate="0"/>
<account key="1" flags="0" pos="1" type="1" curr="1" name="Bank" initial="1000" minimum="0" maximum="0"/>
</homebank>
"""


@dataclass(frozen=True)
class Transaction:
    """One transaction as the saved file has it; the amount in øre, an expense positive."""

    reference: str
    date: dt.date
    ore: int
    payee: str
    category: str
    memo: str


def transactions(book: Path) -> list[Transaction]:
    """Every transaction of a book, in the file's order."""
    root = etree.parse(book).getroot()
    payees = {one.get("key"): one.get("name") or "" for one in root.iter("pay")}
    categories = {one.get("key"): one.get("name") or "" for one in root.iter("cat")}
    return [
        Transaction(
            one.get("info") or "", dt.date.fromordinal(int(one.get("date") or 0)),
            -round(float(one.get("amount") or 0) * 100), payees.get(one.get("payee"), ""),
            categories.get(one.get("category"), ""), one.get("wording") or "",
        )
        for one in root.iter("ope")
    ]  # fmt: skip
