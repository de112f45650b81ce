"""Kept: what programs told of their things once, kept up with what they tell since then, over AT-SPI."""

from collections import Counter
from collections.abc import Callable, Iterable
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
        self.tree = Tree(dict(self._nodes))

    def hear(self, messages: Iterable[Message]) -> bool:
        """Take over what was told, in its order; whether that is all, so that `tree` holds."""
        before = dict(self._nodes)
        self._coming, self._shown = set(), set()
        for message in messages:
            told = self._told.get(message.header.fields[HeaderFields.member])
            if told is None or not told(self, message):
                return False
        if self._nodes != before:
            self.tree = Tree(dict(self._nodes))
        return all(id in self._nodes for id in self._coming) and self._in_step(before)

    def short(self) -> list[Node]:
        """What holds more than was told."""
        has = Counter(node.parent for node in self._nodes.values())
        return [node for id, node in self._nodes.items() if node.showing and has[id] < self._holds[id] <= MANY]

    def _in_step(self, before: dict[str, Node]) -> bool:
        """Whether it was told of all that is in a thing, when that went from sight or was disabled."""
        for id in self._shown:
            now, old = self._nodes.get(id), before.get(id)
            if now is None or old is None or now == old:
                continue
            inside = [node for node in self._nodes.values() if node.parent == id and node.id not in self._shown]
            if now.enabled != old.enabled and inside:
                return False
            if old.showing and not now.showing and any(node.showing for node in inside):
                return False
        return True

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
        if comes:
            self._coming.add(id)
        else:
            self._coming.discard(id)
            if node := self._nodes.get(id):  # it may live on for a while, but in nothing
                self._nodes[id] = replace(node, parent="")
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
