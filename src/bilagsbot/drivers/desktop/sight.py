"""Sight: what a person's screen is like before a run. X11; elsewhere only its size is known."""

import os
import sys
from contextlib import closing, redirect_stdout
from dataclasses import dataclass

USUAL_DPI = 96


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
    from Xlib.display import Display
    from Xlib.error import ConnectionClosedError, DisplayError

    try:
        with redirect_stdout(sys.stderr):  # python-xlib prints what it thinks of the key file
            display = Display(os.environ.get("DISPLAY") or None)
    except (DisplayError, ConnectionClosedError, OSError):
        return None
    with closing(display):
        root = display.screen().root
        size = root.get_geometry()

        def said(name: str) -> str:
            found = root.get_full_property(display.get_atom(name), 0)
            value = found.value if found else b""
            return value if isinstance(value, str) else value.decode("latin-1")

        rules = said("_XKB_RULES_NAMES").split("\0")
        return Sight(size.width, size.height, _dpi(said("RESOURCE_MANAGER")), rules[2] if len(rules) > 2 else "")


def _dpi(resources: str) -> int:
    lines = (line.partition(":") for line in resources.splitlines())
    found = [value.strip() for name, _, value in lines if name.strip() == "Xft.dpi"]
    return int(float(found[0])) if found and found[0].replace(".", "", 1).isdigit() else USUAL_DPI


def _look_elsewhere() -> Sight | None:
    from mss import mss
    from mss.exception import ScreenShotError

    try:
        with mss() as screens:
            whole = screens.monitors[0]
    except ScreenShotError:
        return None
    return Sight(whole["width"], whole["height"])
