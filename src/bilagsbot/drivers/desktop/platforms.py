"""Which implementation serves this system."""

import sys

from bilagsbot.drivers.desktop.keyboard import Keyboard
from bilagsbot.drivers.desktop.pointer import Pointer
from bilagsbot.drivers.desktop.windows import Windows
from bilagsbot.model.errors import Unreachable

NONE = "Desktop programs can be driven on Linux with X11, and on Windows; not yet on {system}."


def open_windows() -> Windows:
    """The windows of this screen. Raises Unreachable where there is none, or the system is not known."""
    if sys.platform == "linux":
        from bilagsbot.drivers.desktop.x11.windows import X11Windows

        return X11Windows()
    if sys.platform == "win32":
        from bilagsbot.drivers.desktop.others import PlainWindows

        return PlainWindows()
    raise Unreachable(NONE.format(system=sys.platform))


def open_keyboard(pointer: Pointer) -> Keyboard:
    """The keyboard of this screen. Raises Unreachable as `open_windows` does."""
    if sys.platform == "linux":
        from bilagsbot.drivers.desktop.x11.keyboard import X11Keyboard

        return X11Keyboard()
    if sys.platform == "win32":
        from bilagsbot.drivers.desktop.others import PlainKeyboard

        return PlainKeyboard(pointer)
    raise Unreachable(NONE.format(system=sys.platform))
