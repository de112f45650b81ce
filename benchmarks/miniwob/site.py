"""MiniWoB++'s pages from its wheel, served on this machine, with the number after `#` deciding what a page asks for."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import distribution
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page

# An episode that begins shows no earlier reward, and has 11 days, so that its own is worth what it was a moment ago.
EPISODES = """
{
  const begin = core.startEpisodeReal;
  core.startEpisodeReal = () => {
    core.EPISODE_MAX_TIME = 1e9;
    core.wob_latest = '-';
    document.getElementById('reward-last').textContent = '-';
    Math.seedrandom(location.hash);
    begin();
  };
}
"""


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def pages(folder: Path) -> Iterator[str]:
    """The address under which each task is TASK.html; `folder` is to hold a copy of the pages."""
    shutil.copytree(Path(str(distribution("miniwob").locate_file("miniwob/html"))), folder)
    with (folder / "core" / "core.js").open("a", encoding="utf-8") as core:
        core.write(EPISODES)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/miniwob"
        finally:
            server.shutdown()
            thread.join()


def begin(page: Page, url: str, seed: int) -> None:
    """Open the task and press its START."""
    page.goto(f"{url}#{seed}")
    page.locator("#sync-task-cover").click()


def reward(page: Page) -> float:
    """What the page found the episode worth: above 0 where all is right."""
    return float(page.locator("#reward-last").inner_text())
