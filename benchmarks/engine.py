"""The engine as a benchmark drives it: items through a flow, with ledger, read-back and receipt, a call each."""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from bilagsbot.drivers.web.browser import arguments, ensure_browser
from bilagsbot.drivers.web.launching import Chromium
from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.flow.template import Templates
from bilagsbot.model.item import Item
from bilagsbot.model.receipt import State
from bilagsbot.run.attempt import Attempt, Stop
from bilagsbot.run.bot import Job
from bilagsbot.run.entry import Book, Entry, Source
from bilagsbot.run.evidence import Evidence
from bilagsbot.run.lease import Lease
from bilagsbot.run.ledger import Ledger
from bilagsbot.run.secrets import Login
from bilagsbot.run.session import Session
from bilagsbot.run.store import Store


@contextmanager
def chromium() -> Iterator[Chromium]:
    """The browser of all flows of a benchmark."""
    browser = Chromium(headed=False, redact=str)
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def flow_keyer(
    job: Job, items: Sequence[Item], browser: Chromium, state: Path, batch: bool = False, evidence: bool = False
) -> Iterator[Callable[[Item], Entry]]:
    """Keys an item through the bot's flow: claim, fill, read back, durable intent, click, receipt; gives its entry.

    `state` is a new folder for the ledger. `evidence`: with pictures, as a run does by default; the journal is written
    in any case.
    """
    state.mkdir(parents=True)
    job = replace(job, selectors=job.selectors.model_copy(update={"batch": batch}))
    store = Store(f"sqlite:///{state / 'ledger.sqlite'}")
    ledger, lease = Ledger(store), Lease(store, "bench", state)
    lease.acquire()
    proof = Evidence(state, "bench", evidence)
    login = Login("bench", "ola", "practice-only")
    session = Session(job, login, Templates(), lambda: WebDriver(job.selectors, browser, str), proof.folder)
    book = Book("bench", job.bot.client, job.flow.app, job.flow.document, "bench", job.flow.version)
    registered = ledger.register(book, Source("", ""), "bench", items)
    entries = {item.identity: entry for item, entry in zip(items, registered, strict=True)}

    def key(item: Item) -> Entry:
        entry = entries[item.identity]
        ended = Attempt(job.flow, item, entry, ledger, lease, session, proof, Stop(), say).key("bench")
        (known,) = ledger.entries(id_=entry.id)
        if ended is not State.POSTED:
            session.discard()
            say(f"{job.bot.name} {dict(item.fields)}: {ended} {known.message}")
        return known

    try:
        yield key
    finally:
        session.discard()
        lease.release()
        store.close()


@contextmanager
def script_page() -> Iterator[tuple[ThreadPoolExecutor, Page]]:
    """A plain script's page, set up as the engine's, and the thread to use it in: Playwright wants one an instance."""

    def launch() -> tuple[Playwright, Browser, Page]:
        program = ensure_browser(say).program
        playwright = sync_playwright().start()
        browser = playwright.chromium.launch(executable_path=program, args=arguments())
        page = browser.new_page(locale="nb-NO", viewport={"width": 1280, "height": 900})
        page.set_default_timeout(10_000)
        return playwright, browser, page

    with ThreadPoolExecutor(1) as thread:
        playwright, browser, page = thread.submit(launch).result()
        try:
            yield thread, page
        finally:
            thread.submit(browser.close).result()
            thread.submit(playwright.stop).result()


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, file=sys.stderr)
