"""A person at a program's windows, whose every act the recorder has time to see, as people are slow."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from bilagsbot.drivers.desktop.atspi import Atspi
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.own import OwnWindows
from bilagsbot.drivers.desktop.pointer import Pointer
from bilagsbot.drivers.desktop.programs import Program
from bilagsbot.drivers.desktop.recorder.recorder import DesktopRecorder
from bilagsbot.drivers.desktop.session import DesktopDriver
from bilagsbot.drivers.desktop.x11.keyboard import X11Keyboard
from bilagsbot.drivers.desktop.x11.windows import X11Windows
from bilagsbot.drivers.notebook import Notebook
from bilagsbot.flow.recordings import read_recording
from bilagsbot.model.recording import Action, Head
from bilagsbot.model.target import Target

from ..forms import wait

HOLDERS = ("window", "dialog")


class Person:
    """Real mouse and keys; things are found by what the program tells to another listener than the recorder."""

    def __init__(
        self, recorder: DesktopRecorder, thread: Thread, program: Program, eyes: Atspi,
        keyboard: X11Keyboard, windows: X11Windows,
    ) -> None:  # fmt: skip
        self.recorder, self._thread, self._program, self._eyes = recorder, thread, program, eyes
        self._keyboard, self._hand, self._windows = keyboard, Pointer(), windows

    def where(self, role: str, name: str = "", within: str = "") -> Rect:
        """The one thing of that role and name, in the window of that title, once it is there."""
        assert wait(lambda: len(self._all(role, name, within)) == 1), f"{role} {name}"
        return self._all(role, name, within)[0]

    def _all(self, role: str, name: str = "", within: str = "") -> list[Rect]:
        tree = self._eyes.tree([process.pid for process in self._program.processes()])
        holders = [n.id for n in tree.nodes.values() if n.showing and n.name == within and n.role in HOLDERS]
        nodes = [n for n in tree.nodes.values() if n.showing and n.role == role and name in ("", n.name)]
        inside = [n for n in nodes if not within or any(tree.within(n, holder) for holder in holders)]
        return [rect for node in inside if (rect := self._eyes.rect(node))]

    def click(self, role: str, name: str = "", within: str = "") -> None:
        x, y = self._still(lambda: self.where(role, name, within).centre)
        self._act(lambda: self._hand.click(x, y))

    def choose(self, option: str) -> None:
        """In the one list there is; a list that is opened while the machine is busy closes again now and then."""
        for _ in range(3):
            self.click("combobox")
            if wait(lambda: self._all("menuitem", option), 3):
                break
        self.click("menuitem", option)

    def field(self, label: str) -> None:
        """Click into the field right of a label."""
        x, y = self._still(lambda: self._beside(label))
        self._act(lambda: self._hand.click(x, y))

    def hover(self, label: str) -> None:
        """Bring the mouse there."""
        self._move(*self._beside(label))

    def _beside(self, label: str) -> tuple[int, int]:
        place = self.where("label", label)
        return place.right + 60, place.centre[1]

    def _still(self, where: Callable[[], tuple[int, int]]) -> tuple[int, int]:
        """Bring the mouse there, once it lies still; the place."""
        places = [where()]

        def stays() -> bool:
            self._move(*places[-1])
            places.append(where())
            return places[-1] == places[-2]

        assert wait(stays)
        return places[-1]

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


class Secrets:
    """What has been told to be a secret, and is taken out."""

    def __init__(self) -> None:
        self.all: set[str] = set()

    def redact(self, text: str) -> str:
        for secret in sorted(self.all, key=len, reverse=True):
            text = text.replace(secret, "***") if len(secret) > 3 else text
        return text


@contextmanager
def recorded(
    program: Program, bus: str, folder: Path, speaks: bool = True, command: str = "form"
) -> Iterator[Person]:  # fmt: skip
    """A recorder that watches that program, and a person before it. `bus` is the address of the session bus; to the
    recorder the program `speaks`, or is a picture only. `command` is what a recording says that it was started by."""
    Pointer().move(640, 20)
    secrets, keyboard = Secrets(), X11Keyboard()
    windows, looking, seen, eyes = X11Windows(), X11Windows(), Atspi(bus), Atspi(bus)
    notebook = Notebook(folder, Head(recording=folder.name, driver="desktop", program=command), secrets.redact)
    owned = OwnWindows(program, looking)
    assert wait(owned.windows, 30)
    recorder = DesktopRecorder(notebook, owned, looking, seen if speaks else None, secrets.all.add)
    over, failed = Event(), list[BaseException]()

    def run() -> None:
        try:
            recorder.run(over.is_set)
        except BaseException as error:
            failed.append(error)
            raise

    thread = Thread(target=run)
    thread.start()
    try:
        assert wait(lambda: recorder.rests or failed)
        yield Person(recorder, thread, program, eyes, keyboard, windows)
    finally:
        over.set()
        thread.join()
        keyboard.restore()
        for part in (keyboard, windows, looking, seen, eyes):
            part.quit()
    assert not failed


def found_again(driver: DesktopDriver, action: Action) -> list[str]:
    """Which ways to an action's thing the driver finds it by, each by itself. Raises StepFailed where one finds it
    not, or several times."""
    assert action.element is not None
    assert action.element.box is not None
    x, y, width, height = action.element.box
    for way in action.ways:
        target = Target.model_validate({"name": str(way), "window": action.title, "find": [way.model_dump(
            exclude_defaults=True)], "is": {"type": action.element.type}})  # fmt: skip
        found = driver._finder.find(target)
        at = found.rect.moved(-found.window.rect.x, -found.window.rect.y)
        assert Rect(x, y, width, height).holds(*at.centre), f"{way} is at {at}"
        assert way.image or way.ocr or at == (x, y, width, height), f"{way} is at {at}"
    return [way.way for way in action.ways]


def actions(folder: Path) -> list[Action]:
    """What has been written down."""
    return list(read_recording(folder).actions)


def plain(found: list[Action]) -> list[tuple[str, str, str]]:
    """Each one's verb, what it was done to, and its value."""
    return [
        (one.action, (one.element.label or one.element.named or one.element.type) if one.element else "", one.value)
        for one in found
    ]
