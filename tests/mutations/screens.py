"""The practice program's screens, each as it is while somebody keys: reached without any selectors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Frame, Page

from bilagsbot.practice.server import PracticeServer
from tests.practice.http_user import INVOICE, HttpUser

ON_A_PAGE = 20  # vouchers; the list has a next page when there are more
SUPPLIER = {"leverandor": "Blåbærsyltetøy AS", "leverandornr": "20001"}
KEYED = {**INVOICE, **SUPPLIER, "kid": "123", "tekst": "Varer"}
LINES = {"bilagsdato": "050325", "beskrivelse": "Lønn", "referanse": "L-1", "konto_1": "6300", "debet_1": "10",
         "konto_2": "1920", "kredit_2": "10"}  # fmt: skip
SEND = """([fields, button]) => {
  const form = document.forms[0];
  for (const name in fields) form.elements[name].value = fields[name];
  form.elements[button].onclick = null;
  form.elements[button].click();
}"""


@dataclass(frozen=True)
class Screen:
    """How it is reached, and the name of the frame that it is in."""

    open: Callable[["Screens"], object]
    frame: str = "hoved"


class Screens:
    """One window at the practice program, logged in as soon as a screen is asked for that needs it."""

    def __init__(self, page: Page, program: PracticeServer) -> None:
        self.page, self.program = page, program
        self._site = program.url.removesuffix("/login")

    def show(self, name: str) -> int:
        """Load a screen; the number of its frame among the window's."""
        screen = SCREENS[name]
        screen.open(self)
        return [frame.name for frame in self.page.frames].index(screen.frame)

    def login(self) -> None:
        """The login form, after a wrong password."""
        self.page.context.clear_cookies()
        self.page.goto(self.program.url)
        self._log_in("wrong")

    def expired(self) -> None:
        """The login form in the main frame."""
        self._main("/hjem")
        self.program.set_knobs(expire_sessions=True)
        self._frame.goto(f"{self._site}/faktura")

    def home(self) -> None:
        """The menu beside the program's first page."""
        self._main("/hjem")

    def invoice(self) -> None:
        """The invoice form, keyed and updated."""
        self._send("/faktura", KEYED, "oppdater")

    def invoice_posted(self) -> None:
        """The same after the posting, with the voucher's number in a field."""
        self.program.set_knobs(confirm="field")
        self._send("/faktura", KEYED, "bokfor")
        self.program.set_knobs(confirm="status")

    def error(self) -> None:
        """The program's error page."""
        self._send("/faktura", {}, "bokfor")

    def supplier(self) -> None:
        """What the window of the supplier search shows."""
        self._main("/hjem")
        self.page.goto(f"{self._site}/leverandorer?sok=AS")

    def journal(self) -> None:
        """The journal form with three lines, updated."""
        self._send("/bilag", LINES, "oppdater")

    def journal_posted(self) -> None:
        """The same after the posting, with its status line."""
        self._send("/bilag", LINES, "bokfor")

    def vouchers(self) -> None:
        """The first page of several of the voucher list."""
        self._main("/liste")

    @property
    def _frame(self) -> Frame:
        frame = self.page.frame(name="hoved")
        assert frame is not None
        return frame

    def _main(self, path: str) -> None:
        self.page.goto(self.program.url)
        self._log_in("practice-only")
        self._frame.goto(f"{self._site}{path}")

    def _send(self, path: str, fields: dict[str, str], button: str) -> None:
        self._main(path)
        with self._frame.expect_navigation():
            self._frame.evaluate(SEND, [fields, button])

    def _log_in(self, password: str) -> None:
        self.page.locator("[name=bruker]").fill("ola")
        self.page.locator("[name=passord]").fill(password)
        with self.page.expect_navigation():
            self.page.locator("[type=submit]").click()


SCREENS = {
    "login": Screen(Screens.login, ""), "expired login": Screen(Screens.expired), "menu": Screen(Screens.home, "meny"),
    "invoice": Screen(Screens.invoice), "posted invoice": Screen(Screens.invoice_posted),
    "error": Screen(Screens.error), "supplier search": Screen(Screens.supplier, ""),
    "journal": Screen(Screens.journal), "posted journal": Screen(Screens.journal_posted),
    "vouchers": Screen(Screens.vouchers),
}  # fmt: skip


@contextmanager
def practice(folder: Path) -> Iterator[PracticeServer]:
    """The practice program with more vouchers than its list shows at once."""
    with PracticeServer(db=folder / "practice.sqlite") as program:
        user = HttpUser(program.port)
        user.cookie = user.post("/login", bruker="ola", passord="practice-only").cookie
        for i in range(ON_A_PAGE + 1):
            user.post("/faktura", **{**INVOICE, "fakturanr": f"F-{i}", "bokfor": "Bokfør"})
        yield program
