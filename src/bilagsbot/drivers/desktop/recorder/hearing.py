"""Hearing: the mouse and the keys of the whole screen, by pynput, in the order in which they were pressed."""

import queue
import time
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal, Self

from bilagsbot.drivers.desktop.recorder.hotkeys import HOTKEYS
from bilagsbot.drivers.desktop.x11.connection import connect
from bilagsbot.model.errors import Unreachable

GATHER = 0.01  # seconds until what was pressed before has come too: mouse and keys come by two ways
BACK_TAB = 0xFE20  # X's own symbol for Shift+Tab
# pynput's names in Playwright's words.
NAMES = {
    "enter": "Enter", "esc": "Escape", "tab": "Tab", "space": "Space", "backspace": "Backspace", "delete": "Delete",
    "insert": "Insert", "home": "Home", "end": "End", "page_up": "PageUp", "page_down": "PageDown", "up": "ArrowUp",
    "down": "ArrowDown", "left": "ArrowLeft", "right": "ArrowRight", **{f"f{n}": f"F{n}" for n in range(1, 21)},
}  # fmt: skip
HELD = {
    "ctrl": "Control", "ctrl_l": "Control", "ctrl_r": "Control", "alt": "Alt", "alt_l": "Alt", "alt_r": "Alt",
    "cmd": "Meta", "cmd_l": "Meta", "cmd_r": "Meta", "shift": "Shift", "shift_l": "Shift", "shift_r": "Shift",
}  # fmt: skip
What = Literal["press", "release", "key", "mark"]


@dataclass(frozen=True)
class Heard:
    """`key` is a key or a combination as Playwright writes them, a letter where `letter` is true, or what a hotkey
    marks. `at` counts as time.monotonic() does."""

    at: float
    what: What
    key: str = ""
    letter: bool = False
    x: int = 0
    y: int = 0
    button: str = ""


class Hearing:
    """A context manager. Raises Unreachable where there is no screen to listen to."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        self._held: set[str] = set()
        self.count = 0  # of what has been heard

    def __enter__(self) -> Self:
        try:
            from pynput import keyboard, mouse
        except ImportError as failed:
            raise Unreachable("There is no screen to listen to: log in to a desktop of X11.") from failed

        self._listeners = [
            mouse.Listener(on_click=self._click),
            keyboard.Listener(on_press=self._press, on_release=self._release),
        ]
        for listener in self._listeners:
            listener.start()
            listener.wait()
        return self

    def __exit__(self, *_: object) -> None:
        with closing(connect()) as display:
            for listener in self._listeners:
                listener.stop()
                # By pynput's own connection it would stop only when something more is pressed.
                display.record_disable_context(listener._context)
                display.flush()
                listener.join()

    def take(self, timeout: float) -> list[Heard]:
        """What has been heard since; waits up to so many seconds for something."""
        try:
            taken = [self._queue.get(timeout=timeout) if timeout else self._queue.get_nowait()]
        except queue.Empty:
            return []
        ends = time.monotonic() + GATHER
        while (left := ends - time.monotonic()) > 0:
            try:
                taken.append(self._queue.get(timeout=left))
            except queue.Empty:
                break
        return sorted(taken, key=lambda heard: heard.at)

    def _put(self, heard: Heard) -> None:
        self.count += 1
        self._queue.put(heard)

    def _click(self, x: int, y: int, button: Any, pressed: bool, *_: object) -> None:
        what: What = "press" if pressed else "release"
        self._put(Heard(time.monotonic(), what, x=int(x), y=int(y), button=str(button.name)))

    def _press(self, key: Any, *_: object) -> None:
        name = str(getattr(key, "name", ""))
        if name in HELD:
            self._held.add(HELD[name])
            return
        heard = self._key(key, name)
        if heard:
            self._put(heard)

    def _release(self, key: Any, *_: object) -> None:
        self._held.discard(HELD.get(str(getattr(key, "name", "")), ""))

    def _key(self, key: Any, name: str) -> Heard | None:
        now, char = time.monotonic(), getattr(key, "char", None)
        held: list[str] = [one for one in ("Control", "Alt", "Meta") if one in self._held]
        if char and held == ["Control", "Alt"] and char.lower() in HOTKEYS and "Shift" not in self._held:
            return Heard(now, "mark", HOTKEYS[char.lower()])
        if char and not held:
            return Heard(now, "key", char, letter=True)
        if getattr(key, "vk", None) == BACK_TAB:
            return Heard(now, "key", "Shift+Tab")
        last = NAMES.get(name) or (char or "").upper()
        if not last:
            return Heard(now, "key", "", letter=True) if not name else None  # an accent to come, or a media key
        if "Shift" in self._held:
            held.append("Shift")
        return Heard(now, "key", "+".join([*held, last]))
