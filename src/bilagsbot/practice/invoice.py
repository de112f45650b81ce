"""The supplier invoice: from what is typed to a voucher."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bilagsbot.practice.checks import known_account, needed, needed_date
from bilagsbot.practice.exchange import Refused, Upload
from bilagsbot.practice.norwegian import amount_text, date_text, parse_amount, parse_date
from bilagsbot.practice.seeds import INPUT_MVA_ACCOUNT, PAYABLE_ACCOUNT
from bilagsbot.practice.store import Store
from bilagsbot.practice.vouchers import Line, NewVoucher, Supplier

CREDIT_DAYS = 14
# Code: (what the list shows, percent)
MVA_CODES = {"0": ("Ingen", 0), "1": ("25 %", 25), "11": ("15 %", 15), "13": ("12 %", 12)}


def recalculated(typed: Mapping[str, str], store: Store) -> dict[str, str]:
    """The form as the program gives it back; Refused if the supplier's number is unknown.

    What cannot be read as a date or an amount stays as it was typed.
    """
    form = {name: text.strip() for name, text in typed.items()}
    supplier = _supplier(form, store)
    form["leverandor"] = supplier.name if supplier else ""
    form["leverandornr"] = supplier.no if supplier else ""
    for name in ("fakturadato", "forfallsdato"):
        with suppress(ValueError):
            form[name] = date_text(parse_date(form.get(name, "")))
    if not form.get("forfallsdato"):
        with suppress(ValueError):
            form["forfallsdato"] = date_text(_default_due(parse_date(form.get("fakturadato", ""))))
    form |= {"netto": "", "mva": "", "total": ""}
    with suppress(ValueError):
        total = parse_amount(form.get("belop", ""))
        net = net_of(total, form.get("mvakode", "0"))
        form["belop"] = amount_text(total)
        form |= {"netto": amount_text(net), "mva": amount_text(total - net), "total": amount_text(total)}
    return form


def net_of(total_ore: int, mva_code: str) -> int:
    """Øre without MVA of an amount that includes it; an unknown code counts as none."""
    percent = MVA_CODES.get(mva_code, MVA_CODES["0"])[1]
    return int((Decimal(total_ore * 100) / (100 + percent)).quantize(Decimal(1), ROUND_HALF_UP))


def invoice_voucher(typed: Mapping[str, str], attachment: Upload | None, store: Store) -> NewVoucher:
    """The voucher to store; Refused for the first thing that is missing or wrong, in the screen's order."""
    form = recalculated(typed, store)
    if not form["leverandor"]:
        raise Refused("Leverandør mangler")
    invoice_no = needed(form, "fakturanr", "Fakturanr")
    day = needed_date(form, "fakturadato", "Fakturadato")
    due = needed_date(form, "forfallsdato", "Forfallsdato")
    total = _amount(form)
    account = needed(form, "konto", "Konto")
    known_account(account)
    code = form.get("mvakode", "0")
    if code not in MVA_CODES:
        raise Refused("Mva-kode er ugyldig")
    return NewVoucher(
        type="invoice",
        date=day,
        due_date=due,
        amount_ore=total,
        lines=_lines(total, account, code, form.get("tekst", "")),
        supplier=form["leverandor"],
        supplier_no=form["leverandornr"],
        invoice_no=invoice_no,
        description=form.get("tekst", ""),
        account=account,
        mva_code=code,
        kid=form.get("kid", ""),
        attachment=attachment.name if attachment else "",
        attachment_sha256=hashlib.sha256(attachment.content).hexdigest() if attachment else "",
    )


def _amount(form: Mapping[str, str]) -> int:
    try:
        total = parse_amount(needed(form, "belop", "Beløp"))
    except ValueError:
        raise Refused("Beløp er ugyldig") from None
    if total == 0:
        raise Refused("Beløp mangler")
    return total


def _supplier(form: Mapping[str, str], store: Store) -> Supplier | None:
    # A typed number wins over a chosen one: the popup empties the quick field.
    no = form.get("leverandornr_hurtig") or form.get("leverandornr")
    if not no:
        return None
    supplier = store.supplier(no)
    if supplier is None:
        raise Refused("Ukjent leverandør", bare=True)
    return supplier


def _default_due(day: date) -> date:
    return day + timedelta(days=CREDIT_DAYS)


def _lines(total: int, account: str, code: str, text: str) -> tuple[Line, ...]:
    """Cost and MVA against what is owed; a credit note's negative amounts change sides."""
    net = net_of(total, code)
    signed = [(account, net), (INPUT_MVA_ACCOUNT, total - net), (PAYABLE_ACCOUNT, -total)]
    return tuple(Line(to, max(ore, 0), max(-ore, 0), text) for to, ore in signed if ore)
