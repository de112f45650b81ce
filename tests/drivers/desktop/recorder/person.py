"""A person at a program's windows, whose every act the recorder has time to see, as people are slow."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

from bilagsbot.drivers.desktop.atspi import Atspi
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.pointer import Pointer
from bilagsbot.drivers.desktop.programs import Program
from bilagsbot.drivers.desktop.recorder.recorder import DesktopRecorder
from bilagsbot.drivers.desktop.x11.keyboard import X11Keyboard
from bilagsbot.drivers.desktop.x11.windows import X11Windows
from bilagsbot.flow.recordings import read_recording
from bilagsbot.model.recording import Action

from ..forms import wait


class Person:
    """Real mouse and keys; things are found by what the program tells to another listener than the recorder."""

    def __init__(
        self, recorder: DesktopRecorder, thread: Thread, program: Program, eyes: Atspi,
        keyboard: X11Keyboard, windows: X11Windows,
    ) -> None:  # fmt: skip
        self.recorder, self._thread, self._program, self._eyes = recorder, thread, program, eyes
        self._keyboard, self._hand, self._windows = keyboard, Pointer(), windows

    def where(self, role: str, name: str = "") -> Rect:
        """The one thing of that role and name, once it is there."""
        found: list[Rect] = []

        def look() -> bool:
            tree = self._eyes.tree([process.pid for process in self._program.processes()])
            nodes = [n for n in tree.nodes.values() if n.showing and n.role == role and name in ("", n.name)]
            found[:] = [rect for node in nodes if (rect := self._eyes.rect(node))]
            return len(found) == 1

        assert wait(look), f"{len(found)} {role} {name}"
        return found[0]

    def click(self, role: str, name: str = "") -> None:
        x, y = self.where(role, name).centre
        self.at(x, y)

    def field(self, label: str) -> None:
        """Click into the field right of a label."""
        self.at(*self._beside(label))

    def hover(self, label: str) -> None:
        """Bring the mouse there."""
        self._move(*self._beside(label))

    def _beside(self, label: str) -> tuple[int, int]:
        place = self.where("label", label)
        return place.right + 60, place.centre[1]

    def at(self, x: int, y: int) -> None:
        self._move(x, y)
        self._act(lambda: self._hand.click(x, y))

    def point(self, role: str, name: str = "") -> None:
        self._move(*self.where(role, name).centre)

    def type(self, text: str) -> None:
        self._act(lambda: self._keyboard.type(text))

    def press(self, *keys: str) -> None:
        for key in keys:
            self._act(lambda key=key: self._hand.press(key))  # type: ignore[misc]

    def burst(self, text: str, key: str) -> None:
        """Faster than anybody can look."""

        def strike() -> None:
            self._keyboard.type(text)
            self._hand.press(key)

        self._act(strike)

    def done(self) -> None:
        """Say so, and wait until all is written down."""
        self.rests()
        self._hand.press("Control+Alt+F")
        self._thread.join(20)
        assert not self._thread.is_alive()

    def rests(self) -> None:
        assert wait(lambda: self.recorder.rests)

    def _move(self, x: int, y: int) -> None:
        """To there, once what is there lies still; a button takes no click before it has seen the mouse."""
        self.rests()
        self._hand.move(x, y)
        assert self._windows.settled(5)
        assert all(self._windows.answers(window, 5) for window in self._windows.all())
        self.rests()

    def _act(self, act: Callable[[], object]) -> None:
        self.rests()
        before = self.recorder.heard
        act()
        assert wait(lambda: self.recorder.heard > before)
        self.rests()


def actions(folder: Path) -> list[Action]:
    """What has been written down."""
    return list(read_recording(folder).actions)


def plain(found: list[Action]) -> list[tuple[str, str, str]]:
    """Each one's verb, what it was done to, and its value."""
    return [
        (one.action, (one.element.label or one.element.named or one.element.type) if one.element else "", one.value)
        for one in found
    ]
