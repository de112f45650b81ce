"""Sight: what a person's screen is like before a run. X11; elsewhere only its size is known."""

import sys
from contextlib import closing
from dataclasses import dataclass

from bilagsbot.drivers.desktop.dpi import screen_dpi
from bilagsbot.model.errors import Unreachable


@dataclass(frozen=True)
class Sight:
    """Its size in pixels, its scale in dots per inch, and its keyboard layouts in Linux' words: `no`, `us,no`."""

    width: int
    height: int
    dpi: int = 0
    layouts: str = ""


def look() -> Sight | None:
    """The screen that this process would drive, or None where there is none."""
    return _look_x11() if sys.platform == "linux" else _look_elsewhere()


def _look_x11() -> Sight | None:
    from bilagsbot.drivers.desktop.x11.connection import connect, text

    try:
        display = connect()
    except Unreachable:
        return None
    with closing(display):
        root = display.screen().root
        size = root.get_geometry()
        rules = text(display, root, "_XKB_RULES_NAMES").split("\0")
        return Sight(size.width, size.height, screen_dpi(), rules[2] if len(rules) > 2 else "")


def _look_elsewhere() -> Sight | None:
    from bilagsbot.drivers.desktop.screen import Screen

    try:
        with closing(Screen()) as screen:
            return Sight(*screen.size)
    except Unreachable:
        return None
