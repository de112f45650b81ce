"""The engine as a benchmark drives it: items through a flow, with ledger, read-back and receipt, a call each."""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from playwright.sync_api import Page, sync_playwright

from bilagsbot.drivers.web.browser import arguments, ensure_browser
from bilagsbot.drivers.web.launching import Chromium
from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.flow.template import Templates
from bilagsbot.model.item import Item
from bilagsbot.run.attempt import Attempt, Stop
from bilagsbot.run.bot import Job
from bilagsbot.run.evidence import Evidence
from bilagsbot.run.lease import Lease
from bilagsbot.run.ledger import Book, Ledger, Source
from bilagsbot.run.secrets import Login
from bilagsbot.run.session import Session
from bilagsbot.run.store import Store

Keyer = Callable[[Item], object]
T = TypeVar("T")


@contextmanager
def chromium() -> Iterator[Chromium]:
    """The browser of all flows of a benchmark."""
    browser = Chromium(headed=False, redact=str)
    try:
        yield browser
    finally:
        browser.close()


def flow_keyer(
    job: Job, items: Sequence[Item], browser: Chromium, name: str, batch: bool = False, evidence: bool = False
) -> Keyer:
    """Keys an item through the bot's flow: claim, fill, read back, durable intent, click, receipt.

    `evidence`: with pictures and journal, as a run does by default.
    """
    state = job.workspace / f".bench-{name.replace(' ', '-')}"
    state.mkdir(parents=True)
    job = replace(job, selectors=job.selectors.model_copy(update={"batch": batch}))
    store = Store(f"sqlite:///{state / 'ledger.sqlite'}")
    ledger, lease = Ledger(store), Lease(store, "bench", state)
    lease.acquire()
    proof = Evidence(state, "bench", evidence)
    session = Session(
        job, Login("bench", "ola", "practice-only"), Templates(), lambda: WebDriver(job.selectors, browser, str),
        proof.folder,
    )  # fmt: skip
    book = Book("bench", "Bench", job.flow.app, "bench", "bench", "")
    registered = ledger.register(book, Source("", ""), "bench", items)
    entries = {item.identity: entry for item, entry in zip(items, registered, strict=True)}

    def key(item: Item) -> None:
        entry = entries[item.identity]
        attempt = Attempt(job.flow, item, entry, ledger, lease, session, proof, Stop(), say)
        assert attempt.key("bench") == "posted", ledger.entries(id_=entry.id)[0].message

    return key


def script_keyer(begin: Callable[[Page], object], key: Callable[[Page, Item], object]) -> Keyer:
    """A plain script's page, in a thread of its own, as Playwright wants for a second instance."""
    pool = ThreadPoolExecutor(1)

    def start() -> Page:
        browser = (
            sync_playwright().start().chromium.launch(executable_path=ensure_browser(say).program, args=arguments())
        )
        page = browser.new_page(locale="nb-NO", viewport={"width": 1280, "height": 900})
        begin(page)
        return page

    page = pool.submit(start).result()
    return lambda item: pool.submit(key, page, item).result()


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, file=sys.stderr)
