"""OwnWindows: which windows on the screen are those of one program."""

import sys
from collections.abc import Collection
from fnmatch import fnmatchcase

from bilagsbot.drivers.desktop.programs import Program
from bilagsbot.drivers.desktop.windows import Window, Windows


class OwnWindows:
    """Looked for again whenever any window has changed. `titles` tell them where no system tells of processes."""

    def __init__(self, program: Program, windows: Windows, titles: Collection[str] = ()) -> None:
        self._program, self._windows, self._titles = program, windows, titles
        self._own: list[Window] = []
        self._pids: frozenset[int] = frozenset()
        self._owners: frozenset[int] | None = None
        self._stamp: object = None

    def windows(self) -> list[Window]:
        """The topmost last."""
        self._look_again()
        return self._own

    def pids(self) -> Collection[int]:
        """The numbers of the program's processes; what it starts later comes with a window of its own."""
        self._look_again()
        return self._pids

    def _look_again(self) -> None:
        if (stamp := self._windows.stamp()) == self._stamp:
            return
        windows = self._windows.all()
        if (owners := frozenset(window.pid for window in windows)) != self._owners:
            self._pids = frozenset(process.pid for process in self._program.processes())
            self._owners = owners
        self._own = [window for window in windows if self._is_own(window)]
        self._stamp = stamp

    def _is_own(self, window: Window) -> bool:
        """By its process; where no system tells that, by the titles that the selectors know. No other window may be
        one of the program's: they are closed at the end."""
        if sys.platform == "linux":
            return window.pid in self._pids
        return any(fits(window.title, title) for title in self._titles)


def fits(title: str, pattern: str) -> bool:
    """Whether a title is as the pattern says; * stands for anything."""
    return fnmatchcase(title.casefold(), pattern.casefold())
