"""Keying through a flow against a straight Playwright script that does the same without any of the checks.

All key the same invoices into the same practice program, in turns, in pages that are logged in already.
"""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from playwright.sync_api import Error, Page

from benchmarks.engine import chromium, flow_keyer, script_page
from benchmarks.timing import in_turns, table
from bilagsbot.cli.init import make_workspace
from bilagsbot.model.item import Item
from bilagsbot.practice.server import PracticeServer
from bilagsbot.run.bot import load_job
from bilagsbot.run.entry import Entry
from bilagsbot.run.items import read_batch

LIMITS = {"field by field": 1.05, "in one batch": 0.35}


def log_in(page: Page, url: str) -> None:
    """As the flow's start."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(url)
    page.locator("[name=bruker]").fill("ola")
    page.locator("[name=passord]").fill("practice-only")
    page.get_by_role("button", name="Logg inn").click()


def by_hand(page: Page, item: Item) -> None:
    """The flow's steps as anybody would script them."""
    fields = item.fields
    page.frame_locator("[name=meny]").get_by_text("Ny leverandørfaktura").click()
    main = page.frame_locator("[name=hoved]")
    with page.expect_popup() as coming:
        main.get_by_role("button", name="Søk…").click()
    popup = coming.value
    popup.locator("[name=sok]").fill(str(fields["supplier"]))
    popup.get_by_role("button", name="Finn").click()
    with suppress(Error):  # the window closes under the click
        popup.get_by_role("row", name=str(fields["supplier"])).get_by_text("Velg").click()
    main.locator("[name=fakturanr]").fill(f"H-{fields['invoice_no']}")
    main.locator("[name=fakturadato]").fill(f"{fields['invoice_date']:%d.%m.%Y}")
    main.locator("[name=belop]").fill(f"{fields['amount']:.2f}".replace(".", ","))
    main.locator("[name=konto]").fill(str(fields["account"]))
    main.locator("[name=mvakode]").select_option(str(fields["vat"]))
    if fields["due_date"]:
        main.locator("[name=forfallsdato]").fill(f"{fields['due_date']:%d.%m.%Y}")
    if fields["kid"]:
        main.locator("[name=kid]").fill(str(fields["kid"]))
    main.get_by_role("button", name="Oppdater").click()
    main.locator("[name=total]:not([value=''])").wait_for()
    main.get_by_role("button", name="Bokfør").click()
    main.locator("#status").wait_for()


def main() -> None:
    """Print the table."""
    workspace = Path(tempfile.mkdtemp(prefix="bilagsbot-bench-")) / "ws"
    make_workspace(workspace)
    with ExitStack() as stack:
        program = stack.enter_context(PracticeServer(db=workspace / "practice.sqlite"))
        browser = stack.enter_context(chromium())
        bot = workspace / "bots" / "practice-invoices.yaml"
        bot.write_text(bot.read_text(encoding="utf-8").replace("http://127.0.0.1:8765/login", program.url), "utf-8")
        job = load_job(workspace, "practice-invoices")
        items = read_batch(job, job.workbook).items[:21]
        state = workspace / "bench"
        thread, page = stack.enter_context(script_page())
        thread.submit(log_in, page, program.url).result()

        def flow(name: str, batch: bool = False, evidence: bool = False) -> Callable[[Item], Entry]:
            return stack.enter_context(flow_keyer(job, items, browser, state / name, batch, evidence))

        ways: dict[str, Callable[[Item], object]] = {
            "straight script": lambda item: thread.submit(by_hand, page, item).result(),
            "field by field": flow("fields"),
            "in one batch": flow("batch", batch=True),
            "field by field, with pictures": flow("pictures", evidence=True),
        }
        times = in_turns(ways, items)
        assert len(program.vouchers()) == len(ways) * len(items)
    table("A voucher into the practice program", times, "straight script", LIMITS)
    own = {name: taken for name, taken in times.items() if name.startswith("field")}
    table("What pictures cost", own, "field by field", {"field by field, with pictures": 1.10})


if __name__ == "__main__":
    main()
