"""The screen for supplier invoices."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import SystemRandom

from bilagsbot.practice.exchange import Refused, Reply, Request, Upload
from bilagsbot.practice.invoice import MVA_CODES, invoice_voucher, recalculated
from bilagsbot.practice.pages import page
from bilagsbot.practice.posting import post
from bilagsbot.practice.program import Program


@dataclass(frozen=True)
class FormRow:
    """One row of the form: the field's usual name, its label, how it looks, and a hint after it."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""


ROWS = (
    FormRow("leverandor", "Leverandør", "supplier"),
    FormRow("leverandornr_hurtig", "Leverandørnr (hurtigvalg)"),
    FormRow("fakturanr", "Fakturanr"),
    FormRow("fakturadato", "Fakturadato", hint="ddmmåå"),
    FormRow("forfallsdato", "Forfallsdato", hint="tomt: 14 dager"),
    FormRow("belop", "Beløp", hint="inkl. mva"),
    FormRow("konto", "Konto"),
    FormRow("mvakode", "Mva-kode", "mva"),
    FormRow("kid", "KID"),
    FormRow("tekst", "Tekst", "textarea"),
    FormRow("vedlegg", "Vedlegg", "file"),
    FormRow("netto", "Netto", "computed"),
    FormRow("mva", "Mva", "computed"),
    FormRow("total", "Total", "computed"),
)


def invoice_screen(program: Program, request: Request) -> Reply:
    """The invoice form: empty, updated, posted, or with what is wrong. Refused for an error page."""
    if request.method != "POST":
        return _form(program)
    if "bokfor" not in request.form:
        program.work.wait(program.knobs.now.update_lag_ms)
        return _form(program, recalculated(request.form, program.store))
    try:
        no = post(program, lambda: invoice_voucher(request.form, _attachment(request), program.store))
    except Refused as refused:
        if refused.bare or program.knobs.now.error_style == "page":
            raise
        return _form(program, recalculated(request.form, program.store), alert=refused.text)
    if isinstance(no, Reply):
        return no
    kept = recalculated(request.form, program.store) if program.knobs.now.confirm == "field" else {}
    return _form(program, kept, posted=no)


def _attachment(request: Request) -> Upload | None:
    upload = request.files.get("vedlegg")
    return upload if upload and upload.name else None


def _form(program: Program, values: Mapping[str, str] | None = None, alert: str = "", posted: int = 0) -> Reply:
    rows = list(ROWS)
    if program.knobs.now.shuffle_rows:
        SystemRandom().shuffle(rows)
    return page(
        program,
        "faktura.html",
        rows=rows,
        values=values or {},
        mva_codes={code: shown for code, (shown, _) in MVA_CODES.items()},
        alert=alert,
        posted=posted,
        confirm=program.knobs.now.confirm,
    )
