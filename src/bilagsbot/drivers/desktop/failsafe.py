"""Failsafe: a person takes the mouse into the corner, or presses Ctrl+Alt+Q, and the run stops at once."""

import select
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from bilagsbot.drivers.desktop.pointer import CORNER
from bilagsbot.model.errors import Stopped

if TYPE_CHECKING:
    from Xlib.display import Display

HOTKEY = "Stopped by a person: Ctrl+Alt+Q was pressed."
LOOK = 0.1  # seconds between two looks at the pointer


class Failsafe:
    """Watches in a thread of its own. Where there is no X11 only pyautogui's corner stops, at its next act."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self.tripped = ""
        self._thread: threading.Thread | None = None
        if sys.platform == "linux":
            from bilagsbot.drivers.desktop.x11.connection import connect

            display = connect()  # here, where a screen that is not there is an error of the run's
            self._thread = threading.Thread(target=self._watch, args=(display,), name="failsafe", daemon=True)
            self._thread.start()

    def check(self) -> None:
        """Raises Stopped where a person has stopped the run."""
        if self.tripped:
            raise Stopped(self.tripped)

    def close(self) -> None:
        """Watch no longer."""
        self._over.set()
        if self._thread:
            self._thread.join()

    def _watch(self, display: "Display") -> None:
        from Xlib import XK, X, error

        root = display.screen().root
        key = display.keysym_to_keycode(XK.XK_q)
        for locks in (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask):  # Caps Lock and Num Lock count as held
            root.grab_key(key, X.ControlMask | X.Mod1Mask | locks, False, X.GrabModeAsync, X.GrabModeAsync)
        display.sync()
        with suppress(error.ConnectionClosedError, OSError, ValueError):  # the screen went first
            while not self._over.is_set() and not self.tripped:
                select.select([display.fileno()], [], [], LOOK)
                while display.pending_events():
                    if display.next_event().type == X.KeyPress:
                        self.tripped = HOTKEY
                place = root.query_pointer()
                if (place.root_x, place.root_y) == (0, 0):
                    self.tripped = CORNER
            display.close()
