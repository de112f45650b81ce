"""The self-test: drive a small window of our own, and tell what works on this machine and how fast."""

import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

from bilagsbot.drivers.desktop.crops import Crop
from bilagsbot.drivers.desktop.images import Images
from bilagsbot.drivers.desktop.packages import NORWEGIAN
from bilagsbot.drivers.desktop.pointer import Pointer
from bilagsbot.drivers.desktop.preflight import Needs, require
from bilagsbot.drivers.desktop.screen import Screen
from bilagsbot.drivers.desktop.selftest_program import PATIENCE, SelftestProgram, State
from bilagsbot.drivers.desktop.selftest_window import LABEL, TITLE
from bilagsbot.drivers.desktop.sight import look
from bilagsbot.drivers.desktop.surroundings import for_programs
from bilagsbot.drivers.desktop.texts import Texts
from bilagsbot.drivers.desktop.virtual import VirtualDisplay
from bilagsbot.drivers.desktop.waiting import comes_true
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.drivers.desktop.x11.keyboard import X11Keyboard
from bilagsbot.drivers.desktop.x11.windows import X11Windows
from bilagsbot.model.errors import StepFailed, Unreachable
from bilagsbot.model.finding import Finding

LINE = "Blåbærsyltetøy AS – 1 234,50 € <(é)>;/"
GRABS = 20


def selftest() -> Iterator[Finding]:
    """Each check as it is done. On the person's screen, else on a virtual one. Raises Unreachable where there is none.

    Nobody may touch mouse and keys for these two seconds.
    """
    with _a_screen() as environment, ExitStack() as stack:
        program = SelftestProgram(environment)
        stack.callback(program.end)
        program.wait(lambda state: state.mapped, "the window does not show")
        keyboard, windows, screen = X11Keyboard(), X11Windows(), Screen()
        for close in (screen.close, windows.quit, keyboard.quit, keyboard.restore):
            stack.callback(close)
        checks = Checks(program, keyboard, windows, screen)
        for name, check in checks.all():
            yield _done(name, check)


def _done(name: str, check: Callable[[], str]) -> Finding:
    begun = time.perf_counter()
    try:
        found, well = check(), True
    except (StepFailed, Unreachable) as failed:
        found, well = str(failed), False
    return Finding(name, well, f"{(time.perf_counter() - begun) * 1000:6.1f} ms  {found}")


@contextmanager
def _a_screen() -> Iterator[Mapping[str, str]]:
    """The environment for the window. pyautogui and mss take the screen from ours, so it is changed for the while."""
    if look():
        require(Needs())
        yield for_programs(os.environ)
        return
    with VirtualDisplay() as display, display.driven():
        yield display.environment


class Checks:
    """One method a check: it gives what was found, or raises StepFailed."""

    def __init__(self, program: SelftestProgram, keyboard: X11Keyboard, windows: X11Windows, screen: Screen) -> None:
        self._program, self._keyboard, self._windows, self._screen = program, keyboard, windows, screen
        self._pointer, self._images = Pointer(), Images(screen)
        self._crop: Crop | None = None

    def all(self) -> list[tuple[str, Callable[[], str]]]:
        """In the order they are to be done: each leaves what the next one needs."""
        return [
            ("window found", lambda: self._window().title),
            ("window focused", self._focused),
            ("text typed", lambda: self._typed("", LINE)),
            ("Caps Lock seen", self._caps_lock),
            ("click hits", self._click),
            ("image found", self._image),
            ("grayed refused", self._grayed),
            ("text read", self._read),
            ("screenshot", self._speed),
        ]

    def _window(self) -> Window:
        found: list[Window] = []

        def told() -> bool:
            found[:] = [window for window in self._windows.all() if window.title == TITLE]
            return bool(found)

        if not comes_true(told, PATIENCE):
            raise StepFailed("the window manager does not tell of the window. Does one run?")
        return found[0]

    def _focused(self) -> str:
        if not self._windows.focus(self._window(), PATIENCE):
            raise StepFailed("the window does not get the keyboard")
        return "it has the keyboard"

    def _typed(self, before: str, text: str) -> str:
        """A window manager looks at a click before the window gets it, but not at keys: they would be first."""
        self._pointer.click(*self._program.ask().field.centre)
        self._program.wait(lambda state: state.focused, "the field was clicked, and has not got the keyboard")
        self._pointer.press("End")
        self._keyboard.type(text)
        self._program.wait(lambda state: state.text == before + text, f"{text!r} was typed")
        return text

    def _caps_lock(self) -> str:
        before = self._keyboard.caps_lock()
        self._turn_caps_lock(True)
        try:
            self._typed(LINE, "Æøå")
        finally:
            self._turn_caps_lock(before)
        return "and typed against"

    def _turn_caps_lock(self, on: bool) -> None:
        import pyautogui

        if self._keyboard.caps_lock() == on:
            return
        pyautogui.press("capslock")
        if not comes_true(lambda: self._keyboard.caps_lock() == on, PATIENCE):
            raise StepFailed("Caps Lock is not seen")

    def _click(self) -> str:
        self._pointer.click(*self._program.ask().button.centre)
        self._program.wait(lambda state: state.clicks == 1, "the button was clicked")
        return "once"

    def _image(self) -> str:
        """The mouse is taken off the button first, for it changes how that looks."""
        self._pointer.move(*self._program.ask().field.centre)
        state = self._settled()
        self._crop = Crop("button", self._screen.grab(state.button).pixels.copy(), self._screen.dpi())
        found = self._images.find(self._crop, self._screen.rect)
        if found != [state.button]:
            raise StepFailed(f"the button is at {tuple(state.button)}, and found at {[tuple(one) for one in found]}")
        return "once, where it is"

    def _grayed(self) -> str:
        self._program.ask("disable")
        self._settled()
        if self._crop is None:
            raise StepFailed("there is no image of the button")
        if self._images.find(self._crop, self._screen.rect):
            raise StepFailed("the image of the button is found, though the button is grayed")
        return "a grayed button is not taken for the button"

    def _read(self) -> str:
        texts = Texts(self._screen, NORWEGIAN)
        try:
            read = texts.read(self._program.ask().label)
        finally:
            texts.close()
        if read != LABEL:
            raise StepFailed(f"{LABEL!r} was read as {read!r}")
        return read

    def _speed(self) -> str:
        times = []
        for _ in range(GRABS):
            begun = time.perf_counter()
            self._screen.grab()
            times.append(time.perf_counter() - begun)
        width, height = self._screen.size
        return f"{statistics.median(times) * 1000:.1f} ms each, {width}x{height}, of {GRABS}"

    def _settled(self) -> State:
        """The window's state when it has done drawing."""
        state = self._program.ask()
        if not self._screen.still(state.button.grown(20), 0.1, PATIENCE):
            raise StepFailed("the window does not come to rest")
        return state
