"""A connection to an X display, with what every part of it asks."""

import os
from collections.abc import Sequence
from pathlib import Path

from Xlib import X, error
from Xlib.display import Display
from Xlib.xobject.drawable import Window as XWindow

from bilagsbot.model.errors import Unreachable


def connect(name: str | None = None) -> Display:
    """Open the display of that name, by default $DISPLAY. Raises Unreachable where there is none."""
    if not os.environ.get("XAUTHORITY") and not Path("~/.Xauthority").expanduser().exists():
        os.environ["XAUTHORITY"] = os.devnull  # python-xlib complains on stdout where it finds no such file
    try:
        display = Display(name)
    except (error.DisplayError, OSError, AssertionError) as failed:
        said = name or os.environ.get("DISPLAY") or "(DISPLAY is not set)"
        raise Unreachable(
            f"There is no screen {said}: log in to a desktop, or give the bot display: virtual."
        ) from failed
    # Windows vanish while they are asked about; an answer that comes late concerns nobody.
    display.set_error_handler(lambda *_: None)
    return display


def numbers(display: Display, window: XWindow, name: str) -> Sequence[int]:
    """A property that is a list of numbers; empty where the window, or its property, is not there."""
    try:
        found = window.get_full_property(display.intern_atom(name), X.AnyPropertyType)
    except (error.XError, error.ConnectionClosedError):
        return ()
    return [int(value) for value in found.value] if found is not None and found.format == 32 else ()


def text(display: Display, window: XWindow, name: str) -> str:
    """A property that is a text; empty where it is not there."""
    try:
        found = window.get_full_property(display.intern_atom(name), X.AnyPropertyType)
    except (error.XError, error.ConnectionClosedError):
        return ""
    value = found.value if found is not None else b""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
