"""Finding a target: accessibility, picture, OCR, point, whichever its selector names, and the check of what was hit."""

import time
from dataclasses import dataclass

from bilagsbot.drivers.base import Drift
from bilagsbot.drivers.desktop.accessibility import Node
from bilagsbot.drivers.desktop.desk import Desk
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.hits import Hits
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.model.compare import same
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Anchor, Target

CLOSING = 0.2  # seconds that a window may take to go
TOLD = ("role", "label", "text", "focus")  # ways by what the program tells; all others are seen
TELLING = 2.0  # seconds that a program may take to tell of a window which is seen already


@dataclass(frozen=True)
class Found:
    """A target where it is now. `node` is what its program tells of it, where that is how it was found."""

    target: Target
    window: Window
    rect: Rect
    node: Node | None


class Finder:
    """Looks for targets. `dpi` is what the pictures and sizes of the selectors were made at."""

    def __init__(self, desk: Desk, dpi: int) -> None:
        self._desk = desk
        self._hits = Hits(desk, dpi, desk.screen.dpi() / dpi)
        self.drift: list[Drift] = []

    def find(self, target: Target, first_only: bool = False) -> Found:
        """The one place where the target is, waited for. Raises StepFailed where it is nowhere, or at two places."""
        self._desk.check()
        found: list[Found] = []
        telling = time.monotonic() + self._telling(target)

        def look() -> bool:
            one = self._look(target, first_only, told_only=time.monotonic() < telling)
            found.extend([one] if one else [])
            return bool(found)

        if not self._desk.until(look):
            raise StepFailed(self._missing(target))
        return found[0]

    def ready(self, target: Target, first_only: bool = False) -> Found:
        """The same, once it may be clicked. Raises StepFailed as `find` does, and where it does not keep still."""
        found = self.find(target, first_only)
        if target.steady and not self._desk.screen.still(found.rect, target.steady, self._desk.timeout):
            raise StepFailed(f"{target.name} does not look the same for {target.steady:g} seconds")
        return found

    def again(self, found: Found, first_only: bool = False) -> Found | None:
        """The same target now that the mouse is on it. A picture may look different then: of one it is asked only
        that its window lies still."""
        if found.node is not None:
            return self._look(found.target, first_only)
        return found if found.window in self._desk.own() else None

    def shows(self, target: Target) -> bool:
        """Whether it is on the screen now."""
        self._desk.check()
        return self._look(target, first_only=False, blocked=True) is not None

    def now(self, target: Target) -> Found | None:
        """Where it is, if it is on the screen; waits for nothing."""
        return self._look(target, first_only=False)

    def _telling(self, target: Target) -> float:
        """Seconds in which only what the program tells counts. A window that has just come is seen before it is told
        of, and a field found by its picture is typed into before it is known to have the keyboard."""
        drifted = any(drift.target == target.name for drift in self.drift)
        if self._desk.accessibility is None or target.find[0].way not in TOLD or drifted:
            return 0
        return min(TELLING, self._desk.timeout / 2)

    def _look(
        self, target: Target, first_only: bool, blocked: bool = False, told_only: bool = False
    ) -> Found | None:  # fmt: skip
        windows = self._desk.titled(target.window)
        if len(windows) > 1:
            titles = "', '".join(window.title for window in windows)
            raise StepFailed(f"{target.name} has {len(windows)} windows to be in: '{titles}'")
        if not windows or (windows[0].minimised and blocked):
            return None
        window = windows[0]
        if not blocked:
            self._no_surprise(target, window)
            if window.minimised:
                self._desk.focus(window)
                return None
        for i, anchor in enumerate(target.find[:1] if first_only else target.find):
            if told_only and anchor.way not in TOLD:
                continue
            hits = self._hits.of(anchor, window)
            if len(hits) > 1:
                raise StepFailed(f"{target.name} is there {len(hits)} times by {anchor}; one of them is the wrong one")
            if hits and self._is(target, hits[0]):
                self._note(target, i)
                return Found(target, window, *hits[0])
        return None

    def _no_surprise(self, target: Target, window: Window) -> None:
        """Answer a window that nobody expected, or raise what it means."""
        front = self._desk.in_front(window)
        # One that is just closing is no question.
        if front is None or self._desk.until(lambda: self._desk.in_front(window) != front, CLOSING):
            return
        said = " ".join([front.title, *self.said(front)])
        answer = self._desk.dialogs.reply("window", said)
        agreed = answer.accept and self._agree(front, answer.text)
        if not agreed:
            self._desk.focus(front)
            self._desk.pointer.press("Escape")
        gone = self._desk.until(lambda: self._desk.in_front(window) != front)
        self._desk.dialogs.settle()
        if answer.accept and not agreed:
            button = f"has not one button '{answer.text}'" if answer.text else "has several buttons"
            raise StepFailed(
                f"a window said: {said}; it {button}, so it was dismissed. Name the one to press in the `text` of the "
                "`dialog` step"
            )
        if not gone:
            raise StepFailed(f"the window '{front.title}' stays in front of {target.name}")

    def _agree(self, window: Window, named: str) -> bool:
        """Click the one button of that name, or its only button. Enter is no yes: GTK gives it to the first button,
        which is No. Whether it was clicked."""
        anchor = Anchor(role="button", named=named, enabled=True) if self._desk.accessibility else Anchor(ocr=named)
        self._desk.focus(window)

        def click() -> bool:
            if len(hits := self._hits.of(anchor, window)) != 1:
                return False
            self._desk.point_at(window, *(centre := hits[0][0].centre))
            if self._hits.of(anchor, window) != hits or self._desk.windows.at(*centre) != window.id:
                return False
            self._desk.dialogs.in_time()
            self._desk.pointer.click(*centre)
            return True

        return bool(named or self._desk.accessibility) and self._desk.until(click)

    def said(self, window: Window) -> list[str]:
        """What a window says, by its labels, else by its picture."""
        tree = self._hits.tree()
        if holder := self._hits.holder(tree, window):
            labels = [n for n in tree.nodes.values() if n.showing and n.role in ("label", "alert") and n != holder]
            return [n.name for n in labels if n.name and tree.within(n, holder.id)]
        return [line.text for line in self._desk.texts.lines(window.rect)]

    def _is(self, target: Target, hit: tuple[Rect, Node | None]) -> bool:
        """Whether what was hit is what the selector says it must be."""
        rect, node = hit
        wanted = target.is_
        if wanted.type and node is not None and node.role != wanted.type:
            raise StepFailed(f"{target.name} is a {node.role}, not a {wanted.type}")
        if wanted.text:
            seen = node.name if node is not None and node.name else self._desk.texts.read(rect)
            if not same(seen, wanted.text, "text"):
                raise StepFailed(f"{target.name} says {seen!r}, not {wanted.text!r}")
        return True

    def _note(self, target: Target, anchor: int) -> None:
        if anchor and not any(d.target == target.name for d in self.drift):
            self.drift.append(Drift(target.name, anchor))

    def _missing(self, target: Target) -> str:
        self._desk.check()
        seconds = f"{self._desk.timeout:g} seconds"
        windows = self._desk.titled(target.window)
        if not windows:
            shown = "', '".join(window.title for window in self._desk.own()) or "none"
            return f"{target.name}: no window '{target.window}' in {seconds}; the program shows '{shown}'"
        return f"{target.name} was not found in {seconds}{self._desk.silent(windows[0])}"
