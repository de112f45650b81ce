"""The voucher list, one voucher, and the popup that finds a supplier."""

from typing import Any
from urllib.parse import urlencode

from bilagsbot.practice.exchange import Refused, Reply, Request
from bilagsbot.practice.norwegian import amount_text, date_text, parse_date
from bilagsbot.practice.pages import page
from bilagsbot.practice.program import Program

PAGE_SIZE = 20
_SEARCH_FIELDS = ("f_fakturanr", "f_leverandor", "f_referanse")
_TYPES = {"invoice": "Leverandørfaktura", "journal": "Bilag"}


def voucher_list(program: Program, request: Request) -> Reply:
    """Vouchers that fit the search, newest first, 20 a page."""
    wanted = {name: request.form.get(name, "").strip() for name in _SEARCH_FIELDS}
    number = max(1, _whole(request.form.get("side", ""), 1))
    found, count = program.store.search(
        invoice_no=wanted["f_fakturanr"],
        supplier=wanted["f_leverandor"],
        reference=wanted["f_referanse"],
        limit=PAGE_SIZE,
        offset=(number - 1) * PAGE_SIZE,
    )
    pages = max(1, -(-count // PAGE_SIZE))

    def link(to: int) -> str:
        renamed = program.knobs.now.rename_field
        return "/liste?" + urlencode({renamed.get(n, n): v for n, v in wanted.items()} | {"side": to})

    return page(
        program,
        "liste.html",
        values=wanted,
        vouchers=[_shown(voucher) for voucher in found],
        count=count,
        number=number,
        pages=pages,
        previous=link(number - 1) if number > 1 else "",
        following=link(number + 1) if number < pages else "",
    )


def one_voucher(program: Program, request: Request) -> Reply:
    """All of one voucher; Refused if its number is unknown."""
    asked = request.form.get("nr", "")
    voucher = program.store.voucher(_whole(asked, 0))
    if voucher is None:
        raise Refused(f"Bilag {asked} finnes ikke", bare=True)
    return page(program, "vis.html", voucher=_shown(voucher))


def supplier_popup(program: Program, request: Request) -> Reply:
    """The search for suppliers; it shows none before something is asked for."""
    asked = request.form.get("sok")
    hits = program.store.suppliers(asked.strip()) if asked is not None else None
    return page(program, "leverandorer.html", asked=asked or "", hits=hits)


def _shown(voucher: dict[str, Any]) -> dict[str, Any]:
    due = voucher["due_date"]
    return voucher | {
        "type": _TYPES[voucher["type"]],
        "date": date_text(parse_date(voucher["date"])),
        "due_date": date_text(parse_date(due)) if due else "",
        "amount": amount_text(voucher["amount_ore"]),
    }


def _whole(text: str, otherwise: int) -> int:
    # Nine digits are more vouchers than anyone has, and fit SQLite's integers.
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else otherwise
