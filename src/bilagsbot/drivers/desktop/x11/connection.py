"""A connection to an X display, with what every part of it asks."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from Xlib import X, error
from Xlib.display import Display
from Xlib.xobject.drawable import Window as XWindow

from bilagsbot.model.errors import Unreachable


def connect(name: str | None = None) -> Display:
    """Open the display of that name, by default $DISPLAY. Raises Unreachable where there is none."""
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


def close(display: Display) -> None:
    """Close the connection, also that to a screen that has gone: python-xlib leaves its socket open then."""
    with suppress(error.ConnectionClosedError, OSError):
        display.close()
    display.display.socket.close()


@contextmanager
def on_screen() -> Iterator[None]:
    """Raise Unreachable where the block meets a screen that has gone."""
    try:
        yield
    except (error.ConnectionClosedError, OSError) as gone:
        raise Unreachable("The screen has gone: its X server ended. Log in again, or run again.") from gone


def numbers(display: Display, window: XWindow, name: str) -> Sequence[int]:
    """A property that is a list of numbers; empty where the window, or its property, is not there."""
    try:
        found = window.get_full_property(display.get_atom(name), X.AnyPropertyType)
    except error.XError:
        return ()
    return [int(value) for value in found.value] if found is not None and found.format == 32 else ()


def text(display: Display, window: XWindow, name: str) -> str:
    """A property that is a text; empty where it is not there."""
    try:
        found = window.get_full_property(display.get_atom(name), X.AnyPropertyType)
    except error.XError:
        return ""
    value = found.value if found is not None else b""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
