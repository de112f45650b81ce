"""Windows and keyboard of Windows, by the libraries that come with pyautogui. Not measured: nobody has run it yet."""

import time

from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.pointer import Pointer
from bilagsbot.drivers.desktop.waiting import comes_true
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.model.errors import StepFailed

PASTED = 0.1  # seconds a program needs to fetch what is pasted; nothing tells that it has


class PlainWindows:
    """See Windows, by pygetwindow. It tells no process and no owner: those are 0."""

    def __init__(self) -> None:
        import pygetwindow

        self._get = pygetwindow

    def all(self) -> list[Window]:
        found = [one for one in self._get.getAllWindows() if one.title]
        return [
            Window(
                int(one._hWnd), str(one.title), 0, Rect(one.left, one.top, one.width, one.height),
                bool(one.isMinimized), False, 0,
            )
            for one in reversed(found)  # Windows tells the topmost first
        ]  # fmt: skip

    def active(self) -> int:
        found = self._get.getActiveWindow()
        return int(found._hWnd) if found else 0

    def has_keyboard(self, window: Window) -> bool:
        return self.active() == window.id

    def focus(self, window: Window, timeout: float) -> bool:
        self._ask(window, "restore" if window.minimised else "activate")
        return comes_true(lambda: self.active() == window.id, timeout)

    def at(self, x: int, y: int) -> int:
        there = [window.id for window in self.all() if not window.minimised and window.rect.holds(x, y)]
        return there[-1] if there else 0

    def answers(self, window: Window, timeout: float) -> bool:
        return True

    def settled(self, timeout: float) -> bool:
        return True

    def close(self, window: Window) -> None:
        self._ask(window, "close")

    def minimise(self, window: Window) -> None:
        """Put it away."""
        self._ask(window, "minimize")

    def stamp(self) -> object:
        return self.all(), self.active()

    def quit(self) -> None:
        return

    def _ask(self, window: Window, what: str) -> None:
        """One that has gone is asked nothing."""
        for one in self._get.getAllWindows():
            if int(one._hWnd) == window.id:
                try:
                    getattr(one, what)()
                except self._get.PyGetWindowException as failed:
                    raise StepFailed(f"the window '{window.title}' does not let itself be moved: {failed}") from failed


class PlainKeyboard:
    """See Keyboard: text is pasted, for pyautogui types æ, – and € wrongly. The clipboard then holds
    what was typed last."""

    def __init__(self, pointer: Pointer) -> None:
        import pyperclip

        self._pointer, self._clipboard = pointer, pyperclip

    def type(self, text: str, into: int = 0) -> bool:
        if wrong := [letter for letter in text if not letter.isprintable() and letter not in "\u00a0\u202f"]:
            raise StepFailed(f"the text holds U+{ord(wrong[0]):04X}, which no key writes: remove it")
        if text:
            self._clipboard.copy(text)
            self._pointer.press("Control+V")
            time.sleep(PASTED)
        return True

    def caps_lock(self) -> bool:
        return False  # pasted text does not mind

    def restore(self) -> None:
        return

    def quit(self) -> None:
        return
