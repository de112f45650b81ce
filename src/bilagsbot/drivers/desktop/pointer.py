"""Pointer and keys by pyautogui."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bilagsbot.drivers.desktop.keynames import combination
from bilagsbot.model.errors import StepFailed, Stopped, Unreachable

CORNER = "Stopped by a person: the mouse was put into the upper left corner."


class Pointer:
    """The mouse, and the keys that are no text. pyautogui takes the display that $DISPLAY names when it is first used,
    so a process has one, and it is there. Raises Unreachable where it is not."""

    def __init__(self) -> None:
        # Where Python has no tkinter, mouseinfo ends the process; pyautogui does without it.
        sys.modules.setdefault("mouseinfo", None)  # type: ignore[arg-type]
        try:
            import pyautogui
        except _no_display() as failed:
            raise Unreachable("There is no screen: log in to a desktop, or give the bot display: virtual.") from failed

        pyautogui.PAUSE = 0
        pyautogui.FAILSAFE_POINTS = [(0, 0)]  # in the other corners are a program's own buttons
        self._hand = pyautogui

    def click(self, x: int, y: int, times: int = 1) -> None:
        """Click there with the left button."""
        with self._stoppable():
            self._hand.click(x, y, clicks=times, interval=0)

    def move(self, x: int, y: int) -> None:
        """Move there, without a click."""
        with self._stoppable():
            self._hand.moveTo(x, y)

    def position(self) -> tuple[int, int]:
        """Where the mouse is."""
        x, y = self._hand.position()
        return int(x), int(y)

    def rest(self) -> None:
        """Move to where nothing is looked at: what is under the mouse looks different. Not into a corner that stops."""
        width, height = self._hand.size()
        self.move(width - 2, height - 2)

    def press(self, key: str) -> None:
        """A key or a combination as Playwright writes them. Raises StepFailed for a key of another name, or one that
        the keyboard has not."""
        keys = combination(key)
        if not all(self._hand.platformModule.keyboardMapping.get(one) for one in keys):
            raise StepFailed(f"this machine's keyboard has no key '{key}'. Use another way to do the same")
        with self._stoppable():
            self._hand.hotkey(*keys)

    @contextmanager
    def _stoppable(self) -> Iterator[None]:
        try:
            yield
        except self._hand.FailSafeException as corner:
            raise Stopped(CORNER) from corner


def _no_display() -> tuple[type[Exception], ...]:
    """What pyautogui lets through on import where there is no display."""
    if sys.platform != "linux":
        return ()
    from Xlib.error import DisplayError

    return KeyError, OSError, DisplayError
