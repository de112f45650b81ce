"""How long until the first field is keyed: by a plain Playwright script on Chromium, and by the engine's driver.

Every way but the warm one is a process of its own, Python's imports and all; the time ends when the page's server
hears that the field has been typed into.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING

from benchmarks.timing import in_turns, table

if TYPE_CHECKING:
    from bilagsbot.drivers.web.launching import Chromium

PAGE = b"""<!doctype html><title>Innlogging</title><input name="bruker" oninput="fetch('/keyed')">"""


@contextmanager
def page(keyed: "Queue[float]") -> Iterator[str]:
    """A page that tells when its field is typed into; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/keyed":
                keyed.put(time.perf_counter())
            self.send_response(200)
            self.send_header("Content-Length", str(len(PAGE)))
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{http.server_port}/"
    finally:
        http.shutdown()


def script(url: str) -> None:
    """What anybody would write."""
    from playwright.sync_api import sync_playwright

    from bilagsbot.drivers.web.browser import find_browser

    program = find_browser(headed=True)  # Chromium itself; a script names it by its path
    assert program is not None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program.program, args=["--no-sandbox"])
        shown = browser.new_page()
        shown.goto(url)
        shown.locator("[name=bruker]").fill("ola")
        shown.wait_for_timeout(50)
        browser.close()


def driver(url: str) -> None:
    """What a run does from its first step on."""
    from bilagsbot.drivers.web.launching import Chromium

    browser = Chromium(headed=False, redact=str)
    session(browser, url)
    browser.close()


def session(browser: "Chromium", url: str) -> None:
    """One session in a browser that may run already."""
    from bilagsbot.drivers.web.session import WebDriver
    from bilagsbot.model.target import Selectors

    selectors = Selectors.model_validate({"app": "x", "targets": {"user": {"find": {"name": "bruker"}}}})
    screen = WebDriver(selectors, browser, str)
    screen.open(url)
    screen.fill(selectors.targets["user"], "ola")
    screen.close()


def main() -> None:
    """Print the table."""
    from bilagsbot.drivers.web.launching import Chromium

    keyed: Queue[float] = Queue()
    warm = Chromium(headed=False, redact=str)
    taken: dict[str, list[float]] = {}
    with page(keyed) as url:

        def timed(name: str, act: Callable[[], object]) -> Callable[[int], None]:
            def one(_: int) -> None:
                begun = time.perf_counter()
                act()
                taken.setdefault(name, []).append(keyed.get(timeout=60) - begun)

            return one

        def process(way: str) -> Callable[[], object]:
            return lambda: subprocess.run([sys.executable, "-m", "benchmarks.first_field", way, url], check=True)

        ways = {
            "plain script on Chromium, cold": timed("plain script on Chromium, cold", process("script")),
            "driver, cold": timed("driver, cold", process("driver")),
            "driver, browser warm": timed("driver, browser warm", lambda: session(warm, url)),
        }
        in_turns(ways, range(9))
        warm.close()
    times = {name: values[1:] for name, values in taken.items()}
    table(
        "First field keyed",
        times,
        "plain script on Chromium, cold",
        {"driver, cold": 0.75, "driver, browser warm": 0.5},
    )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        {"script": script, "driver": driver}[sys.argv[1]](sys.argv[2])
    else:
        main()
