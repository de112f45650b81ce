"""A submit leaves this machine once.

Chromium sends a POST again by itself when the connection closes before a byte of the answer came (measured on version
156: 19 of 24 lost replies were stored twice, and Playwright saw one request). So the request of a submit is sent by
Playwright's own client, which does not; the browser gets the answer as if it had asked (0 of 12).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Error, Route


@contextmanager
def sent_once(context: BrowserContext, timeout: float) -> Iterator[None]:
    """For the time of the block, whatever changes something on the server is sent exactly once. `timeout` in ms."""

    def send(route: Route) -> None:
        if route.request.method in ("GET", "HEAD", "OPTIONS"):
            route.continue_()
            return
        try:
            answer = route.fetch(max_retries=0, max_redirects=0, timeout=timeout)
        except Error:
            route.abort("connectionclosed")
            return
        route.fulfill(response=answer)

    context.route("**/*", send)
    try:
        yield
    finally:
        context.unroute("**/*", send)
