"""Where Selenium IDE's commands work: the window, the frame and the address."""

import re
from urllib.parse import urljoin

from bilagsbot.flow.importing import ways
from bilagsbot.flow.importing.outcome import Outcome
from bilagsbot.flow.importing.windows import Windows
from bilagsbot.model.target import Anchor

_FIRST = ("root", "null", "", "win_ser_local", "relative=top")


class Places:
    """Follows a test from window to window and from frame to frame."""

    def __init__(self, out: Outcome, url: str) -> None:
        self.window, self.path = 0, tuple[str, ...]()
        self._out, self._url, self._windows = out, url, Windows(out)
        for name in _FIRST:
            self._windows.alias(name, 0)

    def open(self, target: str) -> None:
        """Go to an address, which may be relative to the project's."""
        self.path = ()
        self._out.add(action="open", window=self.window, url=urljoin(self._url, target) if self._url else target)

    def opens(self, handle: str) -> None:
        """The command has opened a window, whose handle gets this name."""
        self._windows.number(handle)

    def select(self, target: str) -> None:
        """Work in another window; one that is not known has just opened."""
        name = target.removeprefix("handle=").removeprefix("name=")
        if found := re.fullmatch(r"\$\{(\w+)\}", name):
            name = found[1]
        if re.fullmatch(r"(win_ser_|tab=)0", name):
            name = ""
        self.window, self.path = self._windows.number(name), ()

    def known(self, name: str) -> None:
        """A variable holds the handle of this window."""
        self._windows.alias(name, self.window)

    def close(self) -> None:
        """Close this window; the first one is closed by the end of a flow itself."""
        if not self.window:
            self._out.pass_over("close of the first window")
            return
        self._windows.close(self.window)
        self.window, self.path = 0, ()

    def frame(self, found: tuple[Anchor, ...], target: str) -> None:
        """Work in a frame within this one, around it, or in none."""
        if target in ("relative=top", "relative=parent"):
            self.path = self.path[:-1] if target.endswith("parent") else ()
            return
        by_id = re.fullmatch(r"id=(.*)", target)
        name = ways.frame_name(found)
        if not name and by_id:
            self._out.unmapped(f"selectFrame | {target}", "frames are found by name: write the name there")
            self.path = (*self.path, by_id[1])
        else:
            self.path = (*self.path, self._windows.frame_name(name, target))
