"""What is under the mouse: the window, and the thing in it that a person means by a click there."""

from dataclasses import dataclass

from bilagsbot.drivers.desktop.accessibility import Node
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.hits import FIELDS, Hits
from bilagsbot.drivers.desktop.recorder.looks import Look
from bilagsbot.drivers.desktop.recorder.replay import Replay
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.model.recording import Element

HOLDERS = ("window", "dialog", "alert", "application")
OPTIONS = ("menuitem", "option", "cell", "treeitem")
MEANT = (*FIELDS, *OPTIONS, "button", "radio", "tab", "menu", "menuitemcheckbox", "menuitemradio", "columnheader")
LABELLED = (*FIELDS, "radio")


@dataclass(frozen=True)
class Thing:
    """What is meant, in its window; without a node where the program tells of none there."""

    window: Window
    node: Node | None
    rect: Rect
    label: str = ""  # what stands left of it, where the program does not tell


def under(look: Look, x: int, y: int) -> Thing | None:
    """The thing at that pixel; None where that is no window of the program, nor a menu of it."""
    top = look.top(x, y)
    if top is None:
        return None
    window = look.window(top.client or look.active) or (look.own[-1] if look.own and not top.client else None)
    if window is None:
        return None
    hits = Replay(look).hits
    # A menu has no window that the manager knows; its things stand in the tree all the same.
    holder = hits.holder(look.tree, window) if top.client else None
    if top.client and not window.rect.holds(x, y):
        return None  # the frame, which is the window manager's
    at = [
        (rect.width * rect.height, node)
        for id, rect in look.rects.items()
        if rect.holds(x, y) and (node := look.tree.nodes.get(id)) and node.showing and node.role not in HOLDERS
        and (look.tree.within(node, holder.id) if holder else not top.client and rect.meets(top.rect))
    ]  # fmt: skip
    if not top.client:
        at = [(size, node) for size, node in at if node.role in OPTIONS or node.role.startswith("menuitem")] or at
    if not at:
        return Thing(window, None, Rect(x, y, 1, 1))
    node = _meant(look, min(at, key=lambda pair: pair[0])[1])
    return Thing(window, node, look.rects[node.id])


def _meant(look: Look, node: Node) -> Node:
    """A button rather than the text on it."""
    if node.role in MEANT:
        return node
    above = next((one for one in look.above(node) if one.role in MEANT and one.role not in FIELDS), None)
    return above if above and above.id in look.rects else node


def element(look: Look, thing: Thing) -> Element:
    """What the recording tells of it."""
    node, rect, corner = thing.node, thing.rect, thing.window.rect
    box = (rect.x - corner.x, rect.y - corner.y, rect.width, rect.height)
    if node is None:
        return Element(box=box, label=thing.label)
    says = "" if node.role in FIELDS and node.role != "checkbox" else node.name
    return Element(
        type=node.role, role=node.role, named="" if node.role == "combobox" else node.name,
        label=label_of(look, thing) if node.role in LABELLED else "", text=says, box=box,
    )  # fmt: skip


def label_of(look: Look, thing: Thing) -> str:
    """The nearest label left of it, in its row: that of which it is the nearest thing to the right."""
    hits = Replay(look).hits
    labels = [(look.rects[node.id].right, node) for node in labels_left_of(look, thing, hits)]
    return max(labels, key=lambda pair: pair[0])[1].name if labels else ""


def labels_left_of(look: Look, thing: Thing, hits: Hits) -> list[Node]:
    """The labels with a name in its row that it stands right of."""
    holder = hits.holder(look.tree, thing.window)
    return [
        node
        for id in look.rects
        if (node := look.tree.nodes.get(id)) and node.role == "label" and node.name.strip() and holder and thing.node
        and look.tree.within(node, holder.id) and hits.right_of(node, [thing.node])
    ]  # fmt: skip
