"""The journal voucher: rows of debit and credit, from what is typed to a voucher."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from bilagsbot.practice.checks import known_account, needed_date
from bilagsbot.practice.exchange import Refused
from bilagsbot.practice.norwegian import amount_text, date_text, parse_amount, parse_date
from bilagsbot.practice.vouchers import Line, NewVoucher

FIRST_ROWS = 2
MOST_ROWS = 200
_ROW = re.compile(r"(?:konto|debet|kredit|linjetekst)_(\d{1,4})")


@dataclass(frozen=True)
class Row:
    """One row as typed; `no` counts from 1."""

    no: int
    account: str = ""
    debit: str = ""
    credit: str = ""
    text: str = ""

    @property
    def used(self) -> bool:
        """Whether anything is typed in it."""
        return any((self.account, self.debit, self.credit, self.text))


def rows_of(typed: Mapping[str, str]) -> list[Row]:
    """The rows of a form, at least the first two; Refused if there are more than 200."""
    numbers = [int(found[1]) for name in typed if (found := _ROW.fullmatch(name))]
    count = max([FIRST_ROWS, *numbers])
    if count > MOST_ROWS:
        raise Refused("For mange linjer", bare=True)

    def text(name: str, no: int) -> str:
        return typed.get(f"{name}_{no}", "").strip()

    return [
        Row(no, text("konto", no), text("debet", no), text("kredit", no), text("linjetekst", no))
        for no in range(1, count + 1)
    ]


def recalculated_header(typed: Mapping[str, str]) -> dict[str, str]:
    """The fields above the rows as the program gives them back."""
    form = {name: typed.get(name, "").strip() for name in ("bilagsdato", "beskrivelse", "referanse")}
    with suppress(ValueError):
        form["bilagsdato"] = date_text(parse_date(form["bilagsdato"]))
    return form


def recalculated_rows(rows: list[Row]) -> list[Row]:
    """The rows with their amounts rewritten, and an empty one more when all are used."""
    again = [Row(row.no, row.account, _rewritten(row.debit), _rewritten(row.credit), row.text) for row in rows]
    if all(row.used for row in again) and len(again) < MOST_ROWS:
        again.append(Row(len(again) + 1))
    return again


def sums(rows: list[Row]) -> tuple[int, int]:
    """Øre of debit and of credit; what is no amount counts as nothing."""
    return sum(_ore(row.debit) for row in rows), sum(_ore(row.credit) for row in rows)


def journal_voucher(typed: Mapping[str, str]) -> NewVoucher:
    """The voucher to store; Refused for the first thing that is missing or wrong, from the top."""
    header = recalculated_header(typed)
    day = needed_date(header, "bilagsdato", "Bilagsdato")
    lines = tuple(_line(row) for row in rows_of(typed) if row.used)
    if not lines:
        raise Refused("Linjer mangler")
    debit = sum(line.debit_ore for line in lines)
    if debit != sum(line.credit_ore for line in lines):
        raise Refused("Debet og kredit er ikke like", bare=True)
    return NewVoucher(
        type="journal",
        date=day,
        amount_ore=debit,
        lines=lines,
        reference=header["referanse"],
        description=header["beskrivelse"],
    )


def _line(row: Row) -> Line:
    if not row.account:
        raise Refused(f"Konto mangler på linje {row.no}")
    known_account(row.account)
    if row.debit and row.credit:
        raise Refused(f"Linje {row.no} har både debet og kredit")
    try:
        debit = parse_amount(row.debit) if row.debit else 0
        credit = parse_amount(row.credit) if row.credit else 0
    except ValueError:
        raise Refused(f"Beløp er ugyldig på linje {row.no}") from None
    if not debit and not credit:
        raise Refused(f"Beløp mangler på linje {row.no}")
    return Line(row.account, debit, credit, row.text)


def _ore(text: str) -> int:
    with suppress(ValueError):
        return parse_amount(text)
    return 0


def _rewritten(text: str) -> str:
    with suppress(ValueError):
        return amount_text(parse_amount(text))
    return text
