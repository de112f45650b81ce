"""DesktopDriver: one desktop program, with a Driver's verbs."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from bilagsbot.drivers.base import Answer, Drift, ScreenRow, ScreenTable
from bilagsbot.drivers.desktop.desk import Desk
from bilagsbot.drivers.desktop.fields import Fields
from bilagsbot.drivers.desktop.finding import Finder, Found
from bilagsbot.drivers.desktop.tables import read_table
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Selectors, Target

TRIES = 20
POLITE = 2.0  # seconds for a program to end when it is asked


class DesktopDriver:
    """See Driver. Ends the program with the session, unless it was adopted."""

    def __init__(self, desk: Desk, selectors: Selectors) -> None:
        self._desk = desk
        self._finder = Finder(desk, selectors.recorded.dpi)
        self._fields = Fields(desk, self._finder)
        self._aimed: Found | None = None

    @property
    def timeout(self) -> float:
        """Seconds."""
        return self._desk.timeout

    @timeout.setter
    def timeout(self, seconds: float) -> None:
        self._desk.timeout = seconds

    @property
    def drift(self) -> list[Drift]:
        """What was found by a lower anchor; each once."""
        return self._finder.drift

    def begin(self) -> None:
        self._aimed = None
        self._desk.dialogs.forget()
        self._desk.dialogs.deadline = float("inf")

    def open(self, url: str) -> None:
        raise StepFailed("a desktop program has no addresses; it is started with the session. Write wait_for: TARGET")

    def click(self, target: Target) -> None:
        self._fields.click(target)

    def fill(self, target: Target, text: str) -> str:
        return self._fields.fill(target, text)

    def fill_all(self, fields: Sequence[tuple[Target, str]]) -> Sequence[str] | None:
        return None  # what is set without keys, programs do not always take over

    def choose(self, target: Target, option: str) -> str:
        return self._fields.choose(target, option)

    def tick(self, target: Target, on: bool) -> None:
        self._fields.tick(target, on)

    def press(self, key: str, target: Target | None) -> None:
        self._desk.check()
        if target is not None:
            self._fields.click(target)
        elif not any(window.id == self._desk.windows.active() for window in self._desk.own()):
            raise StepFailed(f"another program has the keyboard, so {key} was not pressed")
        self._desk.pointer.press(key)

    def upload(self, target: Target, files: Sequence[Path]) -> str:
        raise StepFailed("a desktop program has no file fields; fill its file dialog")

    def download(self, target: Target, folder: Path) -> Path:
        raise StepFailed("a desktop program downloads nothing; fill its file dialog")

    def leave(self) -> None:
        self._desk.dialogs.settle()  # each field was left when it was filled

    def read(self, target: Target) -> str:
        return self._fields.read(target)

    def read_all(self, targets: Sequence[Target]) -> Sequence[str | None]:
        self._desk.check()
        # A register's cell that was left is another by now.
        found = [None if target.moves else self._finder.now(target) for target in targets]
        return [None if one is None else self._fields.shown(one) for one in found]

    def shows(self, target: Target) -> bool:
        return self._finder.shows(target)

    def wait(self, target: Target, state: Literal["visible", "hidden"]) -> None:
        if not self._desk.until(lambda: self._finder.shows(target) == (state == "visible")):
            raise StepFailed(f"{target.name} {'is not on the screen' if state == 'visible' else 'did not go away'}")

    def rows(self, table: Target) -> ScreenTable:
        self._desk.check()
        return read_table(self._desk, self._finder, table)

    def click_row(self, table: Target, row: ScreenRow, column: str) -> None:
        raise StepFailed(f"{table.name}: rows of desktop programs are read, not clicked")

    def aim(self, target: Target) -> None:
        self._aimed = None
        found = self._finder.ready(target, first_only=True)
        for _ in range(TRIES):
            if found.node is not None and not found.node.enabled:
                raise StepFailed(f"{target.name} is disabled")
            self._desk.focus(found.window)
            self._desk.point_at(found.window, *found.rect.centre)
            if self._finder.again(found, first_only=True) == found:
                self._reached(found)
                self._aimed = found
                return
            found = self._finder.find(target, first_only=True)
        raise StepFailed(f"{target.name} does not lie still")

    def submit(self, target: Target, deadline: float) -> None:
        aimed, self._aimed = self._aimed, None
        if aimed is None or aimed.target.name != target.name:
            raise StepFailed(f"{target.name} was not aimed at, so nothing is posted")
        found = self._finder.find(target, first_only=True)  # a window that came in between says what it wants
        self._desk.focus(aimed.window)
        self._desk.point_at(aimed.window, *aimed.rect.centre)
        if found != aimed or self._finder.again(found, first_only=True) != aimed:
            raise StepFailed(f"{target.name} has changed since it was aimed at, so it was not clicked")
        self._reached(aimed)
        self._desk.failsafe.check()
        # X11 drops no click that comes too late, so the clock is looked at last of all, with the mouse in its place.
        if time.time() > deadline:
            raise StepFailed(f"the click on {target.name} came too late and was dropped")
        self._desk.dialogs.deadline = deadline  # a yes to what it asks then posts as well
        self._desk.pointer.click(*aimed.rect.centre)

    def answer(self, answer: Answer) -> None:
        self._desk.dialogs.arm(answer)

    @contextmanager
    def popup(self, opener: Target, closes: bool) -> Iterator[None]:
        before = {window.id for window in self._desk.own()}
        self._fields.click(opener)

        def new() -> list[Window]:
            return [window for window in self._desk.own() if window.id not in before]

        if not self._desk.until(lambda: bool(new())):
            raise StepFailed(f"{opener.name} opened no window")
        yield
        for window in [] if closes else new():
            self._desk.windows.close(window)
        if not self._desk.until(lambda: not new()):
            raise StepFailed(f"the window that {opener.name} opened did not close")

    def outline(self, targets: Sequence[Target]) -> None:
        """Nothing: what lies over a program's window would take its clicks."""

    def picture(self) -> bytes:
        return self._desk.picture()

    def close(self) -> None:
        def close_windows() -> None:
            for window in reversed(self._desk.own()):
                self._desk.windows.close(window)

        self._desk.program.end(POLITE, close_windows)
        self._desk.quit()

    def _reached(self, found: Found) -> None:
        """Raises StepFailed where a click would reach another window."""
        if self._desk.windows.at(*found.rect.centre) != found.window.id:
            raise StepFailed(f"{found.target.name} is covered by another window")
