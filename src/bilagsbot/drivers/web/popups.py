"""Windows that the program opens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Error, Page

from bilagsbot.drivers.web.loads import Loads
from bilagsbot.drivers.web.screen import Screen


@contextmanager
def in_popup(
    screen: Screen, loads: Loads, name: str, closes: bool, open_it: Callable[[], object]
) -> Iterator[None]:  # fmt: skip
    """Work in the window that `open_it` opens; at the end it is back to the one that was in front."""
    window = _opened(screen, name, open_it)
    loads.watch(window)
    screen.pages.append(window)
    try:
        yield
        if closes:
            screen.until(window.is_closed, f"the window that {name} opened did not close", "close", window)
    finally:
        screen.pages.remove(window)
        with suppress(Error):  # the browser is gone; the next verb says so
            window.close()
    screen.dialogs.settle()


def _opened(screen: Screen, name: str, open_it: Callable[[], object]) -> Page:
    windows: list[Page] = []

    def opened(window: Page) -> None:
        windows.append(window)

    page = screen.page
    page.on("popup", opened)
    try:
        open_it()
        screen.until(lambda: bool(windows), f"{name} opened no window", "popup")
    finally:
        page.remove_listener("popup", opened)
    return windows[0]
