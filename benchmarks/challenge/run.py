"""Seven fields whose ids and order change at every round, by a flow and by a straight Playwright script."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree
from threading import Thread

from benchmarks.engine import chromium, flow_keyer, script_page
from benchmarks.timing import in_turns, table
from playwright.sync_api import Page

from bilagsbot.model.item import Item
from bilagsbot.run.bot import Job, load_job

HERE = Path(__file__).parent
LABELS = {
    "first": "Fornavn", "last": "Etternavn", "company": "Firma", "role": "Stilling", "address": "Adresse",
    "email": "E-post", "phone": "Telefon",
}  # fmt: skip
LIMITS = {"field by field": 1.05, "in one batch": 0.35}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder's files over HTTP; the address of its root."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{http.server_port}"
    finally:
        http.shutdown()


def people(count: int) -> list[Item]:
    """Made-up people, each another one."""
    found = []
    for n in range(count):
        fields = {
            "first": f"Åse {n}", "last": f"Blåbærlien-{n}", "company": f"Ødegård & Sønner {n} AS", "role": "Rådgiver",
            "address": f"Kongens gate {n}, 0153 Oslo", "email": f"ase{n}@example.no", "phone": f"{22000000 + n}",
        }  # fmt: skip
        found.append(Item({"email": fields["email"]}, fields))
    return found


def by_hand(page: Page, item: Item) -> None:
    """The flow's steps as anybody would script them."""
    for name, label in LABELS.items():
        page.locator(f"xpath=//label[.='{label}']/following-sibling::input").fill(str(item.fields[name]))
    page.get_by_role("button", name="Send").click()


def job_on(workspace: Path, url: str) -> Job:
    """The bot on the page where it is served."""
    job = load_job(workspace, "challenge")
    return replace(job, bot=job.bot.model_copy(update={"target": job.bot.target.model_copy(update={"url": url})}))


def main() -> None:
    """Print the table."""
    workspace = Path(tempfile.mkdtemp(prefix="bilagsbot-bench-")) / "ws"
    copytree(HERE, workspace)
    items = people(51)
    with (
        served(HERE) as url,
        chromium() as browser,
        script_page() as (thread, page),
        flow_keyer(job_on(workspace, f"{url}/page.html"), items, browser, workspace / "fields") as one_by_one,
        flow_keyer(job_on(workspace, f"{url}/page.html"), items, browser, workspace / "batch", batch=True) as batch,
    ):
        thread.submit(page.goto, f"{url}/page.html").result()
        ways: dict[str, Callable[[Item], object]] = {
            "straight script": lambda item: thread.submit(by_hand, page, item).result(),
            "field by field": one_by_one,
            "in one batch": batch,
        }
        times = in_turns(ways, items)
    table("Seven fields of a page that changes at every round", times, "straight script", LIMITS)


if __name__ == "__main__":
    main()
