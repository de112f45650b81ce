"""Kept: what programs told of their things once, kept up with what they tell since then, over AT-SPI."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, ClassVar

from jeepney import HeaderFields, Message

from bilagsbot.drivers.desktop.accessibility import Node, Tree

SPI = "org.a11y.atspi."
# Role numbers of atspi-constants.h, in the words of ARIA where it has one.
ROLES = {
    2: "alert", 7: "checkbox", 8: "menuitemcheckbox", 11: "combobox", 16: "dialog", 23: "window", 29: "label",
    31: "listbox", 32: "option", 33: "menu", 34: "menubar", 35: "menuitem", 37: "tab", 38: "tablist", 40: "password",
    43: "button", 44: "radio", 45: "menuitemradio", 52: "spinbutton", 54: "status", 55: "table", 56: "cell",
    57: "columnheader", 58: "rowheader", 60: "terminal", 61: "textbox", 62: "button", 63: "toolbar", 65: "tree",
    66: "table", 69: "window", 75: "application", 79: "textbox", 82: "document", 90: "row",
    91: "treeitem", 95: "document",
}  # fmt: skip
SENSITIVE, SHOWING = 24, 25  # bits of a state
DEEPEST = 100  # things in each other; more are a circle
MANY = 100  # things in one, more of which are rows rather than buttons


class Kept:
    """The things of some programs. GTK tells of each one that comes, goes or changes; of programs that tell less, what
    they leave out shows in what they do tell, and `hear` says so."""

    def __init__(self, items: Iterable[Any]) -> None:
        """`items` are entries of Cache.GetItems."""
        self._nodes: dict[str, Node] = {}
        self._holds: Counter[str] = Counter()  # how many things are in each one, as it says itself
        self._coming: set[str] = set()  # what was told to be there now
        self._shown: set[str] = set()  # what was told to be seen or enabled, or not
        for item in items:
            self._add(item)
        self._tree = Tree(dict(self._nodes))

    @property
    def tree(self) -> Tree:
        """All of them as they are known now; the same object for as long as they are the same."""
        if self._tree.nodes != self._nodes:
            self._tree = Tree(dict(self._nodes))
        return self._tree

    def hear(self, messages: Iterable[Message]) -> list[Node] | None:
        """Take over what was told, in its order. What is in doubt then, to be asked for its states; None where not all
        was told, and all must be asked for anew."""
        before = dict(self._nodes)
        self._coming, self._shown = set(), set()
        for message in messages:
            told = self._told.get(message.header.fields[HeaderFields.member])
            if told is None or not told(self, message):
                return None
        return self._in_doubt(before) if all(id in self._nodes for id in self._coming) else None

    def know(self, node: Node, showing: bool, enabled: bool) -> None:
        """What it answered of one that was in doubt."""
        self._nodes[node.id] = replace(node, showing=showing, enabled=enabled)

    def short(self) -> list[Node]:
        """What holds more than was told."""
        has = Counter(node.parent for node in self._nodes.values())
        return [node for id, node in self._nodes.items() if node.showing and has[id] < self._holds[id] <= MANY]

    def _in_doubt(self, before: dict[str, Node]) -> list[Node]:
        """All in a thing that went from sight, or was enabled or disabled, of which nothing was told themselves."""
        turned, hidden = set(), set()
        for id in self._shown:
            now, old = self._nodes.get(id), before.get(id)
            if now and old and now.enabled != old.enabled:
                turned.add(id)
            if now and old and old.showing and not now.showing:
                hidden.add(id)
        if not turned and not hidden:
            return []
        return [
            node
            for node in self._nodes.values()
            if node.id not in self._shown
            and any(id in turned or (node.showing and id in hidden) for id in self._above(node))
        ]

    def _above(self, node: Node) -> Iterator[str]:
        """The things that it is in, the nearest first."""
        for _ in range(DEEPEST):
            if (above := self._nodes.get(node.parent)) is None:
                return
            yield above.id
            node = above

    def _add(self, item: Any) -> None:
        """An entry of GetItems: (itself, program, parent, index, count, interfaces, name, role, …, states)."""
        (bus, path), _, (_, above), _, count, interfaces, name, role, _, states = item
        state = states[0] | states[1] << 32
        id = f"{bus} {path}"
        self._holds[id] = count
        self._nodes[id] = Node(
            id, f"{bus} {above}", ROLES.get(role, str(role)), name, bool(state >> SHOWING & 1),
            bool(state >> SENSITIVE & 1), f"{SPI}EditableText" in interfaces,
        )  # fmt: skip

    def _added(self, message: Message) -> bool:
        self._add(message.body[0])
        return True

    def _removed(self, message: Message) -> bool:
        self._nodes.pop(" ".join(message.body[0]), None)
        return True

    def _children(self, message: Message) -> bool:
        detail, _, _, (signature, child), *_ = message.body
        if signature != "(so)":
            return False
        comes, id = str(detail).startswith("add"), " ".join(child)
        self._holds[_of(message)] += 1 if comes else -1
        if node := self._nodes.get(id):  # what is taken out may be put in again, or live on for a while in nothing
            self._nodes[id] = replace(node, parent=_of(message) if comes else "")
        if comes:
            self._coming.add(id)
        else:
            self._coming.discard(id)
        return True

    def _window(self, message: Message) -> bool:
        self._coming.add(_of(message))
        return True

    def _state(self, message: Message) -> bool:
        state, on = str(message.body[0]), bool(message.body[1])
        if state in ("showing", "sensitive") and (node := self._nodes.get(_of(message))):
            self._nodes[node.id] = replace(node, showing=on) if state == "showing" else replace(node, enabled=on)
            self._shown.add(node.id)
        return True

    def _property(self, message: Message) -> bool:
        detail, _, _, (signature, value), *_ = message.body
        if node := self._nodes.get(_of(message)):
            if detail == "accessible-name" and signature == "s":
                self._nodes[node.id] = replace(node, name=value)
            elif detail == "accessible-parent" and signature == "(so)":
                self._nodes[node.id] = replace(node, parent=" ".join(value))
            elif detail in ("accessible-name", "accessible-parent"):
                return False
        return True

    _told: ClassVar[dict[str, Callable[["Kept", Message], bool]]] = {
        "AddAccessible": _added, "RemoveAccessible": _removed, "ChildrenChanged": _children, "Create": _window,
        "StateChanged": _state, "PropertyChange": _property,
    }  # fmt: skip


def _of(message: Message) -> str:
    """The id of the thing that a message is of."""
    fields = message.header.fields
    return f"{fields[HeaderFields.sender]} {fields[HeaderFields.path]}"
