"""A click that the page itself checks: it reaches the very element that was found, or nothing.

Playwright's click waits two animation frames for an element that keeps still, and costs 30 to 50 ms. This one asks the
page once whether anything moves or covers the element, and guards the click itself, which costs 6 (measured on
version 156). Where the page is not as simple as that, Playwright's does it.
"""

from collections.abc import Callable

from playwright.sync_api import Error, Frame

from bilagsbot.drivers.web.locate import Sight
from bilagsbot.drivers.web.pagescripts import DISARM
from bilagsbot.drivers.web.screen import Screen


def click(screen: Screen, name: str, frame: Frame, sight: Sight, patiently: Callable[[], object]) -> None:
    """Click where the sight says; `patiently` where it says nothing, or where the click was dropped as a miss."""
    if sight.point is None:
        screen.strike(name, patiently)
        return
    x, y = sight.point
    page = screen.page
    screen.strike(name, lambda: page.mouse.click(x, y))
    gate = None if page.is_closed() else disarmed(frame)
    if gate is not None and not gate["hit"]:
        screen.strike(name, patiently)


def disarmed(frame: Frame) -> dict[str, bool] | None:
    """What became of the guarded click: see DISARM; None where the next page is there already."""
    try:
        gate: dict[str, bool] | None = frame.evaluate(DISARM)
    except Error:
        return None
    return gate
