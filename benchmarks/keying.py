"""Keying through a flow against a straight Playwright script that does the same without any of the checks.

Both key the same invoices into the same practice program, in turns, in one browser each that is already logged in;
the table gives the median time an item, and their ratio.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from bilagsbot.cli.init import make_workspace
from bilagsbot.drivers.web.browser import arguments, ensure_browser
from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.flow.template import Templates
from bilagsbot.model.item import Item
from bilagsbot.practice.server import PracticeServer
from bilagsbot.run.attempt import Attempt, Stop
from bilagsbot.run.bot import Job, load_job
from bilagsbot.run.evidence import Evidence
from bilagsbot.run.items import read_batch
from bilagsbot.run.lease import Lease
from bilagsbot.run.ledger import Book, Ledger, Source
from bilagsbot.run.secrets import Login
from bilagsbot.run.session import Session
from bilagsbot.run.store import Store

ROUNDS = 12


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
    main.get_by_role("button", name="Oppdater").click()
    main.locator("[name=total]:not([value=''])").wait_for()
    main.get_by_role("button", name="Bokfør").click()
    main.locator("#status").wait_for()


def hand_keyer(program: PracticeServer) -> Callable[[Item], None]:
    """A logged-in page of a plain script, in a thread of its own, as Playwright wants for a second instance."""
    pool = ThreadPoolExecutor(1)

    def log_in() -> Page:
        playwright = sync_playwright().start()
        browser = playwright.chromium.launch(executable_path=ensure_browser(_say).program, args=arguments())
        page = browser.new_page(locale="nb-NO", viewport={"width": 1280, "height": 900})
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(program.url)
        page.locator("[name=bruker]").fill("ola")
        page.locator("[name=passord]").fill("practice-only")
        page.get_by_role("button", name="Logg inn").click()
        return page

    page = pool.submit(log_in).result()
    return lambda item: pool.submit(by_hand, page, item).result()


def flow_keyer(job: Job, items: list[Item], driver: WebDriver, pictures: bool) -> Callable[[Item], None]:
    """A session of the engine, with its ledger on disk, its read-back and its receipts."""
    state = job.workspace / f".bench-{pictures}"
    store = Store(f"sqlite:///{_made(state) / 'ledger.sqlite'}")
    ledger, lease = Ledger(store), Lease(store, "practice", state)
    lease.acquire()
    evidence = Evidence(state, "bench", pictures)
    session = Session(job, Login("practice", "ola", "practice-only"), Templates(), lambda: driver, evidence.folder)
    book = Book("bench", "Bench", "practice", "supplier-invoice", "practice", "")
    registered = ledger.register(book, Source("", ""), "bench", items)
    entries = {item.identity: entry for item, entry in zip(items, registered, strict=True)}

    def key(item: Item) -> None:
        state = Attempt(job.flow, item, entries[item.identity], ledger, lease, session, evidence, Stop(), _say).key(
            "bench"
        )
        assert state == "posted", ledger.entries(id_=entries[item.identity].id)[0].message

    return key


def main() -> None:
    """Print the table."""
    workspace = Path(tempfile.mkdtemp(prefix="bilagsbot-bench-")) / "ws"
    make_workspace(workspace)
    with PracticeServer(db=workspace / "practice.sqlite") as program:
        bot = workspace / "bots" / "practice-invoices.yaml"
        bot.write_text(bot.read_text().replace("http://127.0.0.1:8765/login", program.url))
        job = load_job(workspace, "practice-invoices")
        items = read_batch(job, job.workbook).items[: ROUNDS + 1]
        driver = WebDriver(job.selectors, headed=False, redact=str)
        keyers = {"straight script": hand_keyer(program), "flow": flow_keyer(job, items, driver, pictures=False)}
        times: dict[str, list[float]] = {name: [] for name in keyers}
        for item in items:
            for name, key in keyers.items():
                begun = time.perf_counter()
                key(item)
                times[name].append(time.perf_counter() - begun)
    base = statistics.median(times["straight script"][1:])
    for name, taken in times.items():
        median = statistics.median(taken[1:])
        print(f"{name:18} {median * 1000:7.0f} ms an item   {median / base:5.2f} x", flush=True)
    os._exit(0)  # the script's thread holds its browser open; nothing is left to save


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
