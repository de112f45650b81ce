"""Two who fill in forms: the engine with a flow, and a plain script; each gives what the page found it worth."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.miniwob.by_hand import SCRIPTS
from benchmarks.miniwob.rows import Row
from benchmarks.miniwob.site import begin, reward
from benchmarks.miniwob.tasks import TASKS
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from bilagsbot.drivers.web.browser import arguments, ensure_browser
from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.flow.flow import Flow
from bilagsbot.flow.load import load_flow
from bilagsbot.flow.template import Templates
from bilagsbot.model.item import Item
from bilagsbot.model.receipt import State
from bilagsbot.run.attempt import Attempt, Stop
from bilagsbot.run.bot import Bot, Job
from bilagsbot.run.evidence import Evidence
from bilagsbot.run.lease import Lease
from bilagsbot.run.ledger import Book, Ledger, Source
from bilagsbot.run.secrets import Login
from bilagsbot.run.session import Session
from bilagsbot.run.store import Store

WORKSPACE = Path(__file__).parent
Keyer = Callable[[Item], float]


def load_task(name: str, url: str) -> Job:
    """The task's flow on its page. There is no workbook: the rows are read from the page."""
    flow, selectors = load_flow(WORKSPACE, TASKS[name].flow)
    target = {"url": url, "login": "nobody"}
    bot = Bot.model_validate({"flow": flow.name, "client": name, "target": target, "input": {"xlsx": "none.xlsx"}})
    return Job(WORKSPACE, bot.model_copy(update={"name": name}), flow, selectors)


def make_item(flow: Flow, seed: int, row: Row) -> Item:
    """The row as read_batch would make an item of it: each cell by its type."""
    cells = {"seed": seed, **row.cells}
    fields = {name: spec.parse(cells.get(name)) for name, spec in flow.item.items()}
    lines = tuple({name: spec.parse(line.get(name)) for name, spec in flow.lines.items()} for line in row.lines)
    return Item({"seed": str(seed)}, fields, lines)


@contextmanager
def by_flow(job: Job, items: Sequence[Item], state: Path) -> Iterator[Keyer]:
    """A session of the engine, with its ledger in the folder `state`, its read-back and its receipts."""
    state.mkdir(parents=True)
    store = Store(f"sqlite:///{state / 'ledger.sqlite'}")
    ledger, lease = Ledger(store), Lease(store, "nobody", state)
    lease.acquire()
    evidence = Evidence(state, "bench", pictures=False)
    open_driver = lambda: WebDriver(job.selectors, headed=False, redact=str)  # noqa: E731
    session = Session(job, Login("nobody", "", ""), Templates(), open_driver, evidence.folder)
    book = Book(job.bot.name, job.bot.client, job.flow.app, job.flow.document, "nobody", job.flow.version)
    registered = ledger.register(book, Source("", ""), "bench", items)
    entries = {item.identity: entry for item, entry in zip(items, registered, strict=True)}

    def key(item: Item) -> float:
        entry = entries[item.identity]
        ended = Attempt(job.flow, item, entry, ledger, lease, session, evidence, Stop(), _say).key("bench")
        known = ledger.entries(id_=entry.id)[0]
        if ended is State.POSTED:
            return float(known.receipt["reward"])
        session.discard()
        _say(f"{job.bot.name} {dict(item.fields)}: {ended} {known.message}")
        return 0.0

    try:
        yield key
    finally:
        session.discard()
        lease.release()
        store.close()


@dataclass(frozen=True)
class Scripter:
    """A plain script's page, in a thread of its own, as Playwright wants for a second instance."""

    pool: ThreadPoolExecutor
    page: Page

    def rows(self, name: str, url: str, seeds: Sequence[int]) -> list[Row]:
        """What the task asks for under each of the seeds."""

        def read(seed: int) -> Row:
            begin(self.page, url, seed)
            row = TASKS[name].row(self.page)
            self.page.goto("about:blank")  # the episode that nobody ended has to go
            return row

        return [self.pool.submit(read, seed).result() for seed in seeds]

    def keyer(self, name: str, url: str) -> Keyer:
        """Fills in the task's form."""
        script = SCRIPTS[TASKS[name].flow]

        def key(item: Item) -> float:
            begin(self.page, url, int(str(item.fields["seed"])))
            try:
                script(self.page, _texts(item))
                return reward(self.page)
            except Error as error:
                _say(f"{name} {dict(item.fields)} by script: {error.message}")
                self.page.goto("about:blank")
                return 0.0

        return lambda item: self.pool.submit(key, item).result()


@contextmanager
def by_hand() -> Iterator[Scripter]:
    """A browser for plain scripts, set up as the engine's."""

    def launch() -> tuple[Playwright, Browser, Page]:
        program = ensure_browser(_say).program
        playwright = sync_playwright().start()
        browser = playwright.chromium.launch(executable_path=program, args=arguments())
        page = browser.new_page(locale="nb-NO", viewport={"width": 1280, "height": 900})
        page.set_default_timeout(10_000)
        return playwright, browser, page

    with ThreadPoolExecutor(1) as pool:
        playwright, browser, page = pool.submit(launch).result()
        try:
            yield Scripter(pool, page)
        finally:
            pool.submit(browser.close).result()
            pool.submit(playwright.stop).result()


def _texts(item: Item) -> Mapping[str, str]:
    texts = {name: "" if value is None else str(value) for name, value in item.fields.items()}
    return {**texts, "labels": "\n".join(str(line["label"]) for line in item.lines)}


def _say(text: str) -> None:
    print(text, file=sys.stderr)
