"""Accessibility on Linux: AT-SPI over D-Bus, spoken by jeepney, so that no system library is needed."""

from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from jeepney import (
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from bilagsbot.drivers.desktop.accessibility import Node, Tree
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.model.errors import StepFailed

SPI = "org.a11y.atspi."
REGISTRY = "org.a11y.atspi.Registry"
# What makes a tree another. Programs tell only what somebody has asked for, and build their tree only then.
EVENTS = (
    "object:children-changed", "object:state-changed:showing", "object:state-changed:sensitive",
    "object:property-change:accessible-name", "object:property-change:accessible-parent", "window:create",
)  # fmt: skip
SIGNALS = (f"{SPI}Event.Object", f"{SPI}Event.Window", f"{SPI}Cache")
# Role numbers of atspi-constants.h, in the words of ARIA where it has one.
ROLES = {
    2: "alert", 7: "checkbox", 8: "menuitemcheckbox", 11: "combobox", 16: "dialog", 23: "window", 29: "label",
    31: "listbox", 32: "option", 33: "menu", 34: "menubar", 35: "menuitem", 37: "tab", 38: "tablist", 40: "password",
    43: "button", 44: "radio", 45: "menuitemradio", 52: "spinbutton", 54: "status", 55: "table", 56: "cell",
    57: "columnheader", 58: "rowheader", 60: "terminal", 61: "textbox", 62: "button", 63: "toolbar", 65: "tree",
    66: "table", 69: "window", 75: "application", 79: "textbox", 82: "document", 90: "row",
    91: "treeitem", 95: "document",
}  # fmt: skip
CHECKED, FOCUSED, SENSITIVE, SHOWING = 4, 12, 24, 25  # bits of a state
MANY = 100  # things in one, more of which are rows rather than buttons
ON_SCREEN = 0  # coordinates of the whole screen, not of the window


class Atspi:
    """See Accessibility. Not for several threads."""

    def __init__(self, session: str, timeout: float = 2.0) -> None:
        """`session` is the address of the session bus; `timeout` is in seconds. Raises StepFailed."""
        self._timeout = timeout
        self._bus = _connect(session)
        self._programs: dict[str, int] = {}  # bus name: process number
        self._kept: tuple[list[str], Tree] | None = None
        self._short: list[Node] = []  # what holds more than the tree has in it
        self._heard: deque[Message] = deque()  # what has changed since that tree was taken
        for interface in SIGNALS:
            rule = MatchRule(type="signal", interface=interface)
            self._bus.filter(rule, queue=self._heard)
            self._bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=timeout)
        for event in EVENTS:  # programs build their tree only when somebody listens
            self._call(REGISTRY, "/org/a11y/atspi/registry", REGISTRY, "RegisterEvent", "sass", (event, [], ""))

    def tree(self, pids: Collection[int]) -> Tree:
        names = self._names(pids)
        heard = [self._heard.popleft() for _ in range(len(self._heard))]
        if self._kept and self._kept[0] == names and all(_told(self._kept[1].nodes, message) for message in heard):
            return self._kept[1]
        nodes: dict[str, Node] = {}
        holds: dict[str, int] = {}
        for bus in names:
            with suppress(DBusErrorResponse, TimeoutError):
                for item in self._call(bus, "/org/a11y/atspi/cache", f"{SPI}Cache", "GetItems")[0]:
                    node = _node(item)
                    nodes[node.id], holds[node.id] = node, item[4]
        tree = Tree(nodes)
        has = Counter(node.parent for node in nodes.values())
        self._short = [node for id, node in nodes.items() if node.showing and has[id] < holds[id] <= MANY]
        self._kept = (names, tree) if nodes else None
        return tree

    def _answers(self, bus: str) -> bool:
        """Whether a program answers. All that it told before has been heard by then, as D-Bus keeps the order."""
        with suppress(DBusErrorResponse, TimeoutError):
            self._call(bus, "/org/a11y/atspi/accessible/root", "org.freedesktop.DBus.Peer", "Ping")
            return True
        return False

    def later(self) -> list[Node]:
        known = self._kept[1].nodes if self._kept else {}
        return [found for holder in self._short for found in self._below(holder, holder, known)]

    def _below(self, above: Node, holder: Node, known: Mapping[str, Node]) -> Iterator[Node]:
        """What it holds and the tree has not, as if the holder held all of it: what lies between comes and goes."""
        for bus, path in (self._ask(above, "Accessible", "GetChildren") or [[]])[0]:
            node = Node(f"{bus} {path}", holder.id, "", "", False, False, False)
            if node.id in known or (states := self._states(node)) is None:
                continue
            role = (self._ask(node, "Accessible", "GetRole") or [0])[0]
            showing, enabled = bool(states >> SHOWING & 1), bool(states >> SENSITIVE & 1)
            yield Node(node.id, holder.id, ROLES.get(role, str(role)), self._name(bus, path), showing, enabled, False)
            yield from self._below(node, holder, known)

    def rect(self, node: Node) -> Rect | None:
        found = self._ask(node, "Component", "GetExtents", "u", (ON_SCREEN,))
        rect = Rect(*found[0]) if found else None
        return rect if rect and rect.width > 0 and rect.height > 0 else None

    def text(self, node: Node) -> str | None:
        if node.role in ("checkbox", "radio", "menuitemcheckbox", "menuitemradio"):
            state = self._states(node)
            return None if state is None else str(bool(state >> CHECKED & 1)).lower()
        if node.editable or node.role in ("textbox", "spinbutton", "password", "terminal"):
            found = self._ask(node, "Text", "GetText", "ii", (0, -1))
            return found[0] if found else None
        found = self._ask(node, "", "Get", "ss", (f"{SPI}Accessible", "Name"))
        return str(found[0][1]) if found else None

    def focused(self, node: Node) -> bool:
        return bool((self._states(node) or 0) >> FOCUSED & 1)

    def cells(self, table: Node) -> tuple[list[str], list[list[str]]]:
        rows, columns = self._number(table, "Table", "NRows"), self._number(table, "Table", "NColumns")
        heads = [self._ask(table, "Table", "GetColumnHeader", "i", (column,)) for column in range(columns)]
        names = [self._name(*head[0]) if head else "" for head in heads]
        found = []
        for row in range(rows):
            cells = [self._ask(table, "Table", "GetAccessibleAt", "ii", (row, column)) for column in range(columns)]
            found.append([self._name(*cell[0]) if cell else "" for cell in cells])
        return names, found

    def select_all(self, node: Node) -> bool:
        length = self._number(node, "Text", "CharacterCount")
        if not length:
            return True
        with suppress(DBusErrorResponse, TimeoutError):
            self._call(*_address(node), f"{SPI}Text", "SetSelection", "iii", (0, 0, length))
            chosen = self._call(*_address(node), f"{SPI}Text", "GetSelection", "i", (0,))
            if tuple(chosen) == (0, length):
                return True
            added = self._call(*_address(node), f"{SPI}Text", "AddSelection", "ii", (0, length))
            return bool(added[0])
        return False

    def quit(self) -> None:
        with suppress(OSError):
            self._bus.close()

    def _names(self, pids: Collection[int]) -> list[str]:
        """The bus names of the programs with these numbers. A name, once known, is asked for again only when none
        of them has one."""
        known = [bus for bus, pid in self._programs.items() if pid in pids]
        if known and all(self._answers(bus) for bus in known):
            return known
        self._programs.clear()
        with suppress(DBusErrorResponse, TimeoutError):
            root = self._call(REGISTRY, "/org/a11y/atspi/accessible/root", f"{SPI}Accessible", "GetChildren")[0]
            self._programs = {bus: self._pid(bus) for bus, _ in root}
        return [bus for bus, pid in self._programs.items() if pid in pids]

    def _pid(self, bus: str) -> int:
        with suppress(DBusErrorResponse, TimeoutError):
            names = "org.freedesktop.DBus"
            found = self._call(names, "/org/freedesktop/DBus", names, "GetConnectionUnixProcessID", "s", (bus,))
            return int(found[0])
        return 0

    def _number(self, node: Node, part: str, name: str) -> int:
        found = self._ask(node, "", "Get", "ss", (f"{SPI}{part}", name))
        return int(found[0][1]) if found else 0

    def _name(self, bus: str, path: str) -> str:
        with suppress(DBusErrorResponse, TimeoutError):
            interface = "org.freedesktop.DBus.Properties"
            return str(self._call(bus, path, interface, "Get", "ss", (f"{SPI}Accessible", "Name"))[0][1])
        return ""

    def _states(self, node: Node) -> int | None:
        found = self._ask(node, "Accessible", "GetState")
        return int(found[0][0]) | int(found[0][1]) << 32 if found else None

    def _ask(self, node: Node, part: str, method: str, signature: str = "", values: tuple[object, ...] = ()) -> Any:
        """What a node answers, or None where it has gone or its program does not answer."""
        interface = f"{SPI}{part}" if part else "org.freedesktop.DBus.Properties"
        with suppress(DBusErrorResponse, TimeoutError):
            return self._call(*_address(node), interface, method, signature, values)
        return None

    def _call(
        self, bus: str, path: str, interface: str, method: str, signature: str = "", values: Sequence[object] = ()
    ) -> Any:
        message = new_method_call(DBusAddress(path, bus, interface), method, signature or None, tuple(values))
        try:
            answer = self._bus.send_and_get_reply(message, timeout=self._timeout)
        except TimeoutError:  # an OSError too, but only this program's silence
            raise
        except OSError as failed:
            raise StepFailed(f"accessibility does not answer any more: {failed}") from failed
        if answer.header.message_type is MessageType.error:
            raise DBusErrorResponse(answer)
        return answer.body


def _told(nodes: dict[str, Node], message: Message) -> bool:
    """Whether the tree still holds after what a program told; where it does not, the program is asked anew."""
    fields, body = message.header.fields, message.body
    member, detail = fields[HeaderFields.member], str(body[0])
    node = nodes.get(f"{fields[HeaderFields.sender]} {fields[HeaderFields.path]}")
    if member == "StateChanged" and node is not None:
        known = {"showing": node.showing, "sensitive": node.enabled}
        return detail not in known or known[detail] == bool(body[1])
    if member == "PropertyChange" and node is not None:
        return detail != "accessible-name" or body[3] == ("s", node.name)
    return member in ("StateChanged", "PropertyChange")  # of what is not in the tree


def _node(item: Any) -> Node:
    """A node from an entry of Cache.GetItems: (itself, program, parent, index, count, interfaces, name, role, …)."""
    (bus, path), _, (_, above), _, _, interfaces, name, role, _, states = item
    state = states[0] | states[1] << 32
    return Node(
        f"{bus} {path}", f"{bus} {above}", ROLES.get(role, str(role)), name, bool(state >> SHOWING & 1),
        bool(state >> SENSITIVE & 1), f"{SPI}EditableText" in interfaces,
    )  # fmt: skip


def _address(node: Node) -> tuple[str, str]:
    bus, _, path = node.id.partition(" ")
    return bus, path


def _connect(address: str) -> DBusConnection:
    try:
        with open_dbus_connection(bus=address) as session:
            where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            answer = session.send_and_get_reply(new_method_call(where, "GetAddress"), timeout=30)
        if answer.header.message_type is MessageType.error:
            raise StepFailed(f"accessibility does not answer: {answer.body}. Install at-spi2-core")
        return open_dbus_connection(bus=answer.body[0])
    except (OSError, KeyError, TimeoutError) as failed:
        raise StepFailed(f"there is no session bus for accessibility: {failed}") from failed
