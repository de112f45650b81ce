"""The screen for journal vouchers."""

from collections.abc import Mapping

from bilagsbot.practice.exchange import Refused, Reply, Request
from bilagsbot.practice.journal import journal_voucher, recalculated_header, recalculated_rows, rows_of, sums
from bilagsbot.practice.pages import page
from bilagsbot.practice.posting import post
from bilagsbot.practice.program import Program


def journal_screen(program: Program, request: Request) -> Reply:
    """The journal form: empty, updated, posted, or with what is wrong. Refused for an error page."""
    if request.method != "POST":
        return _form(program, {})
    if "bokfor" not in request.form:
        program.work.wait(program.knobs.now.update_lag_ms)
        return _form(program, request.form)
    try:
        no = post(program, lambda: journal_voucher(request.form))
    except Refused as refused:
        if refused.bare or program.knobs.now.error_style == "page":
            raise
        return _form(program, request.form, alert=refused.text)
    if isinstance(no, Reply):
        return no
    return _form(program, request.form if program.knobs.now.confirm == "field" else {}, posted=no)


def _form(program: Program, typed: Mapping[str, str], alert: str = "", posted: int = 0) -> Reply:
    rows = recalculated_rows(rows_of(typed))
    debit, credit = sums(rows)
    return page(
        program,
        "bilag.html",
        values=recalculated_header(typed),
        rows=rows,
        debit=debit,
        credit=credit,
        alert=alert,
        posted=posted,
        confirm=program.knobs.now.confirm,
    )
