"""Which path is which screen, and who may see it."""

from collections.abc import Callable

from bilagsbot.practice import control, list_screens, login_screens
from bilagsbot.practice.exchange import Refused, Reply, Request
from bilagsbot.practice.invoice_screen import invoice_screen
from bilagsbot.practice.journal_screen import journal_screen
from bilagsbot.practice.pages import error_page
from bilagsbot.practice.program import Program

Screen = Callable[[Program, Request], Reply]

_CONTROL: dict[str, Screen] = {
    "/_health": control.health,
    "/_knobs": control.knobs,
    "/_vouchers": control.vouchers,
}
_OPEN: dict[str, Screen] = {"/login": login_screens.login, "/loggut": login_screens.logout}
_SCREENS: dict[str, Screen] = {
    "/": login_screens.frames,
    "/meny": login_screens.menu,
    "/hjem": login_screens.home,
    "/faktura": invoice_screen,
    "/bilag": journal_screen,
    "/liste": list_screens.voucher_list,
    "/vis": list_screens.one_voucher,
    "/leverandorer": list_screens.supplier_popup,
}


def answer(program: Program, request: Request) -> Reply:
    """The reply to a request: a screen, or the login form in its place for one who is not logged in."""
    if program.knobs.take_expiry():
        program.sessions.close_all()
    if control_path := _CONTROL.get(request.path):
        return control_path(program, request)
    program.work.wait(program.knobs.now.latency_ms)
    if open_screen := _OPEN.get(request.path):
        return open_screen(program, request)
    screen = _SCREENS.get(request.path)
    if screen is None:
        return Reply(b"404", 404, "text/plain; charset=utf-8")
    if not program.sessions.alive(request.session, program.knobs.now.session_seconds):
        return login_screens.login_form(program, "Økten er utløpt" if request.session else "")
    try:
        return screen(program, request)
    except Refused as refused:
        return error_page(program, f"Feil! {refused.text}")
