"""Two who fill in forms: the engine with a flow, and a plain script; each gives what the page found it worth."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.engine import flow_keyer, say, script_page
from benchmarks.miniwob.by_hand import SCRIPTS
from benchmarks.miniwob.rows import Row
from benchmarks.miniwob.site import begin, reward
from benchmarks.miniwob.tasks import TASKS
from playwright.sync_api import Error, Page

from bilagsbot.drivers.web.launching import Chromium
from bilagsbot.flow.flow import Flow
from bilagsbot.flow.load import load_flow
from bilagsbot.model.item import Item
from bilagsbot.run.bot import Bot, Job

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
def by_flow(job: Job, items: Sequence[Item], browser: Chromium, state: Path, batch: bool = False) -> Iterator[Keyer]:
    """The engine, with its ledger in the folder `state`, its read-back and its receipts."""
    with flow_keyer(job, items, browser, state, batch) as key:
        yield lambda item: float(key(item).receipt.get("reward", 0))


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
                say(f"{name} {dict(item.fields)} by script: {error.message}")
                self.page.goto("about:blank")
                return 0.0

        return lambda item: self.pool.submit(key, item).result()


@contextmanager
def by_hand() -> Iterator[Scripter]:
    """A browser for plain scripts."""
    with script_page() as (thread, page):
        yield Scripter(thread, page)


def _texts(item: Item) -> Mapping[str, str]:
    texts = {name: "" if value is None else str(value) for name, value in item.fields.items()}
    return {**texts, "labels": "\n".join(str(line["label"]) for line in item.lines)}
