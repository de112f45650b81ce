"""Finding a target: accessibility, picture, OCR, point, whichever its selector names, and the check of what was hit."""

from collections.abc import Sequence
from dataclasses import dataclass

from bilagsbot.drivers.base import Drift
from bilagsbot.drivers.desktop.accessibility import Node, Tree
from bilagsbot.drivers.desktop.desk import Desk
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.model.compare import same
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Anchor, Target

CLOSING = 0.2  # seconds that a window may take to go
REST = 0.05  # seconds that a window has to draw a button without the mouse on it
FIELDS = ("textbox", "spinbutton", "combobox", "checkbox", "password", "listbox")


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
        self._desk, self._dpi = desk, dpi
        self._scale = desk.screen.dpi() / dpi
        self._labels: tuple[Tree, dict[str, Node]] = (Tree({}), {})  # which field each one stands left of
        self.drift: list[Drift] = []

    def find(self, target: Target, first_only: bool = False) -> Found:
        """The one place where the target is, waited for. Raises StepFailed where it is nowhere, or at two places."""
        self._desk.check()
        found: list[Found] = []

        def look() -> bool:
            one = self._look(target, first_only)
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

    def _look(self, target: Target, first_only: bool, blocked: bool = False) -> Found | None:
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
            hits = self._hits(anchor, window)
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
            if len(hits := self._hits(anchor, window)) != 1:
                return False
            self._desk.point_at(window, *(centre := hits[0][0].centre))
            if self._hits(anchor, window) != hits or self._desk.windows.at(*centre) != window.id:
                return False
            self._desk.dialogs.in_time()
            self._desk.pointer.click(*centre)
            return True

        return bool(named or self._desk.accessibility) and self._desk.until(click)

    def said(self, window: Window) -> list[str]:
        """What a window says, by its labels, else by its picture."""
        tree = self._tree()
        if holder := self._holder(tree, window):
            labels = [n for n in tree.nodes.values() if n.showing and n.role in ("label", "alert") and n != holder]
            return [n.name for n in labels if n.name and tree.within(n, holder.id)]
        return [line.text for line in self._desk.texts.lines(window.rect)]

    def _hits(self, anchor: Anchor, window: Window) -> list[tuple[Rect, Node | None]]:
        if anchor.image:
            return [(self._beside(anchor, rect), None) for rect in self._pictured(anchor.image, window)]
        if anchor.ocr:
            return [(self._beside(anchor, rect), None) for rect in self._desk.texts.find(anchor.ocr, window.rect)]
        if anchor.point:
            x, y = self._scaled(*anchor.point)
            width, height = self._scaled(*(anchor.size or (1, 1)))
            return [(Rect(window.rect.x + x, window.rect.y + y, width, height), None)]
        nodes = [n for n in self._nodes(anchor, window) if anchor.enabled in (None, n.enabled)]
        access = self._desk.accessibility
        assert access is not None or not nodes
        return [(rect, node) for node in nodes if access and (rect := access.rect(node)) is not None]

    def _pictured(self, image: str, window: Window) -> list[Rect]:
        """Where the picture is; a button looks different under the mouse, which is taken off it then."""
        crop = self._desk.crop(image, self._dpi)
        found = self._desk.images.find(crop, window.rect)
        if not found and window.rect.holds(*self._desk.pointer.position()):
            self._desk.pointer.rest()
            self._desk.screen.still(window.rect, REST, REST * 4)
            found = self._desk.images.find(crop, window.rect)
        return found

    def _nodes(self, anchor: Anchor, window: Window) -> list[Node]:
        tree = self._tree()
        holder = self._holder(tree, window)
        if holder is None or self._desk.accessibility is None:
            return []
        if anchor.label:
            return self._labelled(tree, holder, anchor.label)
        if anchor.text:
            return self._in(tree, holder, [n for n in tree.nodes.values() if n.name == anchor.text])
        role = anchor.focus or anchor.role
        nodes = self._in(tree, holder, [n for n in tree.nodes.values() if n.role == role])
        if anchor.focus:
            return [n for n in nodes if self._desk.accessibility.focused(n)]
        fit = [n for n in nodes if not anchor.named or n.name == anchor.named]
        if anchor.named and not fit:
            later = self._desk.accessibility.later()
            fit = self._in(tree, holder, [n for n in later if n.role == role and n.name == anchor.named])
        return fit

    def _in(self, tree: Tree, holder: Node, nodes: Sequence[Node]) -> list[Node]:
        return [n for n in nodes if n.showing and tree.within(n, holder.id)]

    def _labelled(self, tree: Tree, holder: Node, label: str) -> list[Node]:
        """The field that stands right of a label, in its row; or one that the program itself calls so."""
        inside = self._in(tree, holder, [n for n in tree.nodes.values() if n.role in FIELDS or n.role == "label"])
        fields = [n for n in inside if n.role in FIELDS]
        if called := [n for n in fields if n.name == label]:
            return called
        if self._labels[0] is not tree:
            self._labels = tree, {}
        known, found = self._labels[1], []
        for node in inside:
            if node.role == "label" and node.name == label:
                # Its field stays its field while the program tells of no change, if it still stands there.
                same_one = [known[node.id]] if node.id in known else []
                if nearest := self._right_of(node, same_one) or self._right_of(node, fields):
                    known[node.id] = nearest
                    found.append(nearest)
        return found

    def _right_of(self, label: Node, fields: Sequence[Node]) -> Node | None:
        access = self._desk.accessibility
        if access is None or (place := access.rect(label)) is None:
            return None
        row = place.y + place.height // 2
        near = [
            (rect.x - place.right, node)
            for node in fields
            if (rect := access.rect(node)) and rect.y <= row < rect.bottom and rect.x >= place.right
        ]
        return min(near, key=lambda pair: pair[0])[1] if near else None

    def _tree(self) -> Tree:
        access = self._desk.accessibility
        return access.tree(self._desk.pids()) if access else Tree({})

    def _holder(self, tree: Tree, window: Window) -> Node | None:
        """What the program calls the window; of two with one title, and for a title that it does not know, the one
        that lies there. A message of GTK calls itself Information or Question, whatever its title is."""
        holders = [n for n in tree.nodes.values() if n.showing and n.role in ("window", "dialog", "alert")]
        fit = [n for n in holders if n.name == window.title]
        if len(fit) == 1 or self._desk.accessibility is None:
            return fit[0] if fit else None
        titles = {one.title for one in self._desk.own()}
        around = [
            (rect.width * rect.height, node)
            for node in fit or [n for n in holders if n.name not in titles]
            if (rect := self._desk.accessibility.rect(node)) and window.rect.within(rect.grown(4))
        ]
        return min(around, key=lambda pair: pair[0])[1] if around else None

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

    def _beside(self, anchor: Anchor, rect: Rect) -> Rect:
        if not anchor.beside:
            return rect
        (gap, _), (width, height) = self._scaled(anchor.gap, 0), self._scaled(*(anchor.size or (1, 1)))
        middle_x, middle_y = rect.x + (rect.width - width) // 2, rect.y + (rect.height - height) // 2
        x = {"right": rect.right + gap, "left": rect.x - gap - width}.get(anchor.beside, middle_x)
        y = {"below": rect.bottom + gap, "above": rect.y - gap - height}.get(anchor.beside, middle_y)
        return Rect(x, y, width, height)

    def _scaled(self, x: int, y: int) -> tuple[int, int]:
        return round(x * self._scale), round(y * self._scale)

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
