"""What is stored: vouchers, their lines, and suppliers."""

import datetime
from dataclasses import dataclass
from typing import Literal

VoucherType = Literal["invoice", "journal"]


@dataclass(frozen=True)
class Supplier:
    """A supplier: our number for it, its name, its organisation number."""

    no: str
    name: str
    orgnr: str


@dataclass(frozen=True)
class Line:
    """One line of a voucher, in øre; one of debit and credit is 0."""

    account: str
    debit_ore: int
    credit_ore: int
    text: str = ""


@dataclass(frozen=True)
class NewVoucher:
    """A voucher that is checked and not yet stored: it has no number. Amounts are in øre."""

    type: VoucherType
    date: datetime.date
    amount_ore: int
    lines: tuple[Line, ...]
    due_date: datetime.date | None = None
    supplier: str = ""
    supplier_no: str = ""
    invoice_no: str = ""
    reference: str = ""
    description: str = ""
    account: str = ""
    mva_code: str = ""
    kid: str = ""
    attachment: str = ""
    attachment_sha256: str = ""
