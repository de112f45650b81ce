"""A submit leaves this machine once, and not too late.

Chromium sends a POST again by itself when the connection closes before a byte of the answer came (measured on version
156: 19 of 24 lost replies were stored twice, and Playwright saw one request). So the request of a submit is sent by
Playwright's own client, which does not; the browser gets the answer as if it had asked (0 of 12).
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import BrowserContext, Error, Route

READS = ("GET", "HEAD", "OPTIONS")
PUMP = 10  # milliseconds between two looks at whether a request has come to its end


@contextmanager
def sent_once(context: BrowserContext, timeout: float, deadline: float) -> Iterator[None]:
    """For the time of the block, what changes something on the server is sent exactly once, and none after `deadline`.

    `timeout` in ms, `deadline` in Unix seconds.
    """
    under_way: list[Route] = []

    def send(route: Route) -> None:
        under_way.append(route)
        try:
            if route.request.method in READS:
                route.continue_()
            elif time.time() > deadline:  # this process was frozen between the click and its request
                route.abort("aborted")
            else:
                _send(route, timeout)
        except Error:
            pass  # the window closed meanwhile; what was sent was sent once
        finally:
            under_way.remove(route)

    context.route("**/*", send)
    try:
        yield
    finally:
        with suppress(Error):  # the browser is gone
            # A request whose route is taken away before its end is sent by the browser too: a second time.
            while under_way:
                context.pages[0].wait_for_timeout(PUMP)
            context.unroute("**/*", send)


def _send(route: Route, timeout: float) -> None:
    try:
        answer = route.fetch(max_retries=0, max_redirects=0, timeout=timeout)
    except Error:
        route.abort("connectionclosed")
        return
    route.fulfill(response=answer)
