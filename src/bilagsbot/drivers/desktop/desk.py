"""Desk: the parts that a desktop program is seen and moved by, and how they wait."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from bilagsbot.drivers.desktop.accessibility import Accessibility
from bilagsbot.drivers.desktop.crops import Crop, load_crop
from bilagsbot.drivers.desktop.failsafe import Failsafe
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.images import Images
from bilagsbot.drivers.desktop.keyboard import Keyboard
from bilagsbot.drivers.desktop.own import OwnWindows, fits
from bilagsbot.drivers.desktop.pointer import Pointer
from bilagsbot.drivers.desktop.programs import Program
from bilagsbot.drivers.desktop.screen import Screen
from bilagsbot.drivers.desktop.texts import Texts
from bilagsbot.drivers.desktop.waiting import comes_true
from bilagsbot.drivers.desktop.windows import Window, Windows
from bilagsbot.drivers.dialogs import Dialogs
from bilagsbot.model.errors import BadInput, StepFailed, Unreachable

ENDING = 0.3  # seconds from a program's last word to its end
REST = 0.05  # seconds that a window has to draw a button without the mouse on it
PING = 1.0  # seconds that a program has to say that it lives


@dataclass
class Desk:
    """Everything on one screen, for one program. `titles` are those of the selectors' windows; `timeout` is in
    seconds."""

    program: Program
    windows: Windows
    keyboard: Keyboard
    pointer: Pointer
    screen: Screen
    images: Images
    failsafe: Failsafe
    dialogs: Dialogs
    pictures: Path
    language: str
    titles: frozenset[str]
    accessibility: Accessibility | None
    timeout: float
    _crops: dict[str, Crop] = field(default_factory=dict)
    _texts: Texts | None = None
    _owned: OwnWindows | None = None

    @property
    def texts(self) -> Texts:
        """OCR, opened when it is first needed."""
        if self._texts is None:
            self._texts = Texts(self.screen, self.language)
        return self._texts

    def crop(self, name: str, dpi: int) -> Crop:
        """A picture of the selectors' folder; each is read once. Raises StepFailed for one that is no good."""
        if name not in self._crops:
            try:
                self._crops[name] = load_crop(self.pictures / name, dpi)
            except BadInput as bad:
                raise StepFailed(str(bad)) from bad
        return self._crops[name]

    def pictured(self, crop: Crop, window: Window) -> list[Rect]:
        """Where in a window a picture is; a button looks different under the mouse, which is taken off it then."""
        found = self.images.find(crop, window.rect)
        if not found and window.rect.holds(*self.pointer.position()):
            self.pointer.rest()
            self.screen.still(window.rect, REST, REST * 4)
            found = self.images.find(crop, window.rect)
        return found

    def own(self) -> list[Window]:
        """The program's windows, the topmost last; looked for again whenever any window has changed."""
        return self._ours().windows()

    def pids(self) -> Collection[int]:
        """The numbers of the program's processes; what it starts later comes with a window of its own."""
        return self._ours().pids()

    def _ours(self) -> OwnWindows:
        if self._owned is None:
            self._owned = OwnWindows(self.program, self.windows, self.titles)
        return self._owned

    def titled(self, title: str) -> list[Window]:
        """The program's windows whose title fits; * stands for anything."""
        return [window for window in self.own() if fits(window.title, title)]

    def picture(self) -> bytes:
        """A JPEG of the screen with nothing on it but the program's windows: what else a person has open is black."""
        own = {window.id for window in self.own()}
        shown = [window for window in self.windows.all() if not window.minimised]
        return self.screen.jpeg([(window.rect, window.id in own) for window in shown])

    def in_front(self, window: Window) -> Window | None:
        """A modal window of the program that has to be answered before that window can be used."""
        own = self.own()
        after = [one for one in own if one.modal and one.id != window.id and not _owns(one, window, own)]
        return after[-1] if after else None

    def focus(self, window: Window) -> None:
        """Give a window the keyboard. Raises StepFailed where it does not take it."""
        if self.windows.has_keyboard(window) and not window.minimised:
            return
        if not self.windows.focus(window, min(self.timeout, 5.0)):
            raise StepFailed(f"the window '{window.title}' does not come to the front{self.silent(window)}")

    def silent(self, window: Window) -> str:
        """Words for a program that does not answer; nothing where it does."""
        if self.program.stopped() or not self.windows.answers(window, PING):
            return ": its program does not answer any more"
        return ""

    def why_gone(self, window: Window) -> str:
        """Words for a thing that is not there any more. Raises StepFailed where its program has ended: that takes a
        moment after its things are gone."""
        self.until(lambda: not self.program.running(), ENDING)
        self.check()
        return self.silent(window)

    def point_at(self, window: Window, x: int, y: int) -> None:
        """Bring the mouse there, and wait until the program knows: a button takes no click before. It answers what
        the window manager asks in turn, after all that it was told before. Raises StepFailed where it does not."""
        self.pointer.move(x, y)
        if not self.windows.settled(self.timeout):
            raise StepFailed("the window manager does not answer")
        if not self.windows.answers(window, self.timeout):
            raise StepFailed(f"the window '{window.title}' does not take the mouse: its program does not answer")

    def check(self) -> None:
        """Between two acts: nobody wants to stop, and the program lives. Raises Stopped, StepFailed."""
        self.failsafe.check()
        try:
            self.program.check()
        except Unreachable as ended:
            raise StepFailed(str(ended)) from ended

    def until(self, done: Callable[[], bool], timeout: float | None = None) -> bool:
        """Whether it comes true in time. Raises Stopped where a person stops the run meanwhile."""

        def look() -> bool:
            self.failsafe.check()
            return done()

        return comes_true(look, self.timeout if timeout is None else timeout)

    def quit(self) -> None:
        """Let go of everything but the program."""
        self.failsafe.close()
        self.keyboard.restore()
        self.keyboard.quit()
        for part in (self.accessibility, self.windows):
            if part is not None:
                part.quit()
        if self._texts is not None:
            self._texts.close()
        self.screen.close()


def _owns(dialog: Window, window: Window, own: list[Window]) -> bool:
    """Whether the window was opened from the dialog, so that the dialog waits for it."""
    by_id = {one.id: one for one in own}
    seen: set[int] = set()
    while window.owner and window.id not in seen:
        seen.add(window.id)
        if window.owner == dialog.id:
            return True
        if window.owner not in by_id:
            return False
        window = by_id[window.owner]
    return False
