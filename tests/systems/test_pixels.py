"""The practice program in Chromium's window, seen as pixels only, as through Citrix or RDP."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bilagsbot.drivers.desktop.virtual import VirtualDisplay
from bilagsbot.drivers.web.browser import arguments, find_browser
from bilagsbot.practice.server import PracticeServer
from bilagsbot.tables import sample
from tests.practice.http_user import HttpUser
from tests.workspaces import Bilagsbot

from . import own
from .pixels.cutting import cut

pytestmark = [pytest.mark.system, pytest.mark.soak, pytest.mark.xdist_group("desktop")]  # a minute on a busy machine
HERE = Path(__file__).parent / "pixels"
BOT = "pixels-invoices"
BUTTONS = {"search": "Søk…"}
COLUMNS = {"Fakturanr": 14, "Leverandørnr": 12, "Leverandør": 32, "Fakturadato": 13, "Forfall": 13, "Beløp": 14,
           "Konto": 8, "Mva": 10, "KID": 14}  # fmt: skip
INVOICES = (
    ("F-2601001", "20001", "Blåbærsyltetøy AS", dt.date(2026, 1, 5), None, 1250.0, "6800", "1 25 %", None),
    ("1708", "20002", "Ødegård Trelast AS", dt.date(2026, 1, 14), dt.date(2026, 2, 13), 123456.78, "4300", "11 15 %",
     "26010025"),
    ("Kreditnota 7", "20003", "Bjørnås Rørleggerservice AS", dt.date(2026, 2, 1), dt.date(2026, 3, 3), -9876.1, "6300",
     "0 Ingen", "26010033"),
)  # fmt: skip


@pytest.fixture
def program(tmp_path: Path) -> Iterator[PracticeServer]:
    """The practice program with no vouchers."""
    with PracticeServer(db=tmp_path / "practice.sqlite") as running:
        yield running


@pytest.fixture
def office(tmp_path: Path, program: PracticeServer, monkeypatch: pytest.MonkeyPatch) -> Bilagsbot:
    """The bot of `pixels/`, its picture cut from this machine's screen: each machine has letters of its own."""
    if reason := own.install("chromium", "tesseract-ocr-nor"):
        pytest.skip(reason)
    browser = find_browser(headed=True)
    if browser is None:
        pytest.skip("no Chrome, Edge or Chromium is installed")
    workspace = tmp_path / "office"
    shutil.copytree(HERE, workspace, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    bot = workspace / "bots" / f"{BOT}.yaml"
    text = bot.read_text(encoding="utf-8").replace("http://127.0.0.1:8765/login", program.url)
    spec = yaml.safe_load(text)
    given = spec["target"]["program"]
    given["command"] = str(browser.program)
    given["arguments"] += [*arguments(), "--test-type"]  # else Chromium warns of what root needs
    bot.write_text(yaml.safe_dump(spec, allow_unicode=True), encoding="utf-8")
    sample.write(workspace / "inbox" / "fakturaer.xlsx", "Fakturaer", COLUMNS, INVOICES)
    page = _form(program, tmp_path / "form.html")
    command = [given["command"], *given["arguments"][3:], f"--app={page.as_uri()}", f"--user-data-dir={tmp_path}/cut"]
    with VirtualDisplay() as display:
        for name, value in display.own.items():
            monkeypatch.setenv(name, value)
        cut(display, command, BUTTONS, workspace / "selectors" / "practice-pixels")
    monkeypatch.undo()
    return Bilagsbot(workspace, "practice", "ola", "practice-only")


def _form(program: PracticeServer, file: Path) -> Path:
    """The invoice form as a page of its own."""
    user = HttpUser(program.port)
    user.cookie = user.post("/login", bruker="ola", passord="practice-only").cookie
    file.write_text(user.get("/faktura").text, encoding="utf-8")
    return file


@pytest.mark.timeout(150)
def test_invoices_are_keyed_into_a_picture_of_the_program(office: Bilagsbot, program: PracticeServer) -> None:
    receipts = office.receipts(BOT)

    assert [receipt["status"] for receipt in receipts] == ["posted"] * len(INVOICES)
    held = program.vouchers()
    written = office.sheet("inbox/fakturaer.kvittering.xlsx", "Fakturaer")
    assert [int(row["Bilagsnr"]) for row in written] == [voucher["no"] for voucher in held]
    assert [_keyed(voucher) for voucher in held] == [_in_workbook(*invoice) for invoice in INVOICES]


def _keyed(voucher: dict[str, Any]) -> tuple[object, ...]:
    names = ("invoice_no", "supplier_no", "supplier", "date", "due_date", "amount_ore", "account", "mva_code", "kid")
    return tuple(voucher[name] for name in names)


def _in_workbook(
    number: str, supplier_no: str, supplier: str, day: dt.date, due: dt.date | None, amount: float, account: str,
    vat: str, kid: str | None,
) -> tuple[object, ...]:  # fmt: skip
    due = due or day + dt.timedelta(days=14)  # the program's own rule
    code = vat.split()[0]
    return number, supplier_no, supplier, str(day), str(due), round(amount * 100), account, code, kid or ""
