"""Hits: every place in a window that a way of a selector leads to; a driver and a recorder have it from here alike."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bilagsbot.drivers.desktop.accessibility import Accessibility, Node, Tree
from bilagsbot.drivers.desktop.crops import Crop
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.texts import Texts
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.model.target import Anchor

FIELDS = ("textbox", "spinbutton", "combobox", "checkbox", "password", "listbox")
Hit = tuple[Rect, Node | None]


class Seen(Protocol):
    """What is looked at: the screen as it is, or as it was."""

    @property
    def accessibility(self) -> Accessibility | None:
        """What the program tells of its things."""
        ...

    @property
    def texts(self) -> Texts:
        """What stands there in letters."""
        ...

    def own(self) -> Sequence[Window]:
        """The program's windows, the topmost last."""
        ...

    def pids(self) -> Collection[int]:
        """The numbers of its processes."""
        ...

    def crop(self, name: str, dpi: int) -> Crop:
        """A picture of the selectors' folder. Raises StepFailed for one that is no good."""
        ...

    def pictured(self, crop: Crop, window: Window) -> list[Rect]:
        """Where in the window that picture is."""
        ...


class Hits:
    """Finds them. `dpi` is what the pictures were cut at, `scale` how much larger things are now."""

    def __init__(self, seen: Seen, dpi: int, scale: float) -> None:
        self._seen, self._dpi, self._scale = seen, dpi, scale
        self._labels: tuple[Tree, dict[str, Node]] = (Tree({}), {})  # which field each one stands left of

    def of(self, anchor: Anchor, window: Window) -> list[Hit]:
        """All places, and what the program tells of each where that is how it was found."""
        if anchor.image:
            crop = self._seen.crop(anchor.image, self._dpi)
            return [(self._beside(anchor, rect), None) for rect in self._seen.pictured(crop, window)]
        if anchor.ocr:
            return [(self._beside(anchor, rect), None) for rect in self._seen.texts.find(anchor.ocr, window.rect)]
        if anchor.point:
            x, y = self._scaled(*anchor.point)
            width, height = self._scaled(*(anchor.size or (1, 1)))
            return [(Rect(window.rect.x + x, window.rect.y + y, width, height), None)]
        nodes = [n for n in self._nodes(anchor, window) if anchor.enabled in (None, n.enabled)]
        access = self._seen.accessibility
        assert access is not None or not nodes
        return [(rect, node) for node in nodes if access and (rect := access.rect(node)) is not None]

    def tree(self) -> Tree:
        """What the program tells of all its things."""
        access = self._seen.accessibility
        return access.tree(self._seen.pids()) if access else Tree({})

    def holder(self, tree: Tree, window: Window) -> Node | None:
        """What the program calls the window; of two with one title, and for a title that it does not know, the one
        that lies there. A message of GTK calls itself Information or Question, whatever its title is."""
        holders = [n for n in tree.nodes.values() if n.showing and n.role in ("window", "dialog", "alert")]
        fit = [n for n in holders if n.name == window.title]
        if len(fit) == 1 or self._seen.accessibility is None:
            return fit[0] if fit else None
        titles = {one.title for one in self._seen.own()}
        around = [
            (rect.width * rect.height, node)
            for node in fit or [n for n in holders if n.name not in titles]
            if (rect := self._seen.accessibility.rect(node)) and window.rect.within(rect.grown(4))
        ]
        return min(around, key=lambda pair: pair[0])[1] if around else None

    def right_of(self, label: Node, fields: Sequence[Node]) -> Node | None:
        """The nearest of them that stands right of a label, in its row."""
        access = self._seen.accessibility
        if access is None or (place := access.rect(label)) is None:
            return None
        row = place.y + place.height // 2
        near = [
            (rect.x - place.right, node)
            for node in fields
            if (rect := access.rect(node)) and rect.y <= row < rect.bottom and rect.x >= place.right
        ]
        return min(near, key=lambda pair: pair[0])[1] if near else None

    def _nodes(self, anchor: Anchor, window: Window) -> list[Node]:
        tree = self.tree()
        holder = self.holder(tree, window)
        if holder is None or self._seen.accessibility is None:
            return []
        if anchor.label:
            return self._labelled(tree, holder, anchor.label)
        if anchor.text:
            return _in(tree, holder, [n for n in tree.nodes.values() if n.name == anchor.text])
        role = anchor.focus or anchor.role
        nodes = _in(tree, holder, [n for n in tree.nodes.values() if n.role == role])
        if anchor.focus:
            return [n for n in nodes if self._seen.accessibility.focused(n)]
        fit = [n for n in nodes if not anchor.named or n.name == anchor.named]
        if anchor.named and not fit:
            later = self._seen.accessibility.later()
            fit = _in(tree, holder, [n for n in later if n.role == role and n.name == anchor.named])
        return fit

    def _labelled(self, tree: Tree, holder: Node, label: str) -> list[Node]:
        """The field that stands right of a label, in its row; or one that the program itself calls so."""
        inside = _in(tree, holder, [n for n in tree.nodes.values() if n.role in FIELDS or n.role == "label"])
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
                if nearest := self.right_of(node, same_one) or self.right_of(node, fields):
                    known[node.id] = nearest
                    found.append(nearest)
        return found

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


def _in(tree: Tree, holder: Node, nodes: Sequence[Node]) -> list[Node]:
    return [n for n in nodes if n.showing and tree.within(n, holder.id)]
