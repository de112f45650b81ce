"""Accessibility on Linux: AT-SPI over D-Bus, spoken by jeepney, so that no system library is needed."""

import time
from collections import deque
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
from bilagsbot.drivers.desktop.kept import ROLES, SENSITIVE, SHOWING, SPI, Kept
from bilagsbot.model.errors import StepFailed

REGISTRY = "org.a11y.atspi.Registry"
# What makes a tree another. Programs tell only what somebody has asked for, and build their tree only then.
EVENTS = (
    "object:children-changed", "object:state-changed:showing", "object:state-changed:sensitive",
    "object:property-change:accessible-name", "object:property-change:accessible-parent", "window:create",
)  # fmt: skip
SIGNALS = (f"{SPI}Event.Object", f"{SPI}Event.Window", f"{SPI}Cache")
CHECKED, FOCUSED = 4, 12  # bits of a state
TRUSTED = 5.0  # seconds before programs are asked anew all the same: not all of them tell of every change
ASKED = 0.3  # seconds before they are asked again for what they do not tell of
FEW = 10  # things of which asking one by one is quicker than asking for all
ON_SCREEN = 0  # coordinates of the whole screen, not of the window


class Atspi:
    """See Accessibility. Not for several threads."""

    def __init__(self, session: str, timeout: float = 2.0) -> None:
        """`session` is the address of the session bus; `timeout` is in seconds. Raises StepFailed."""
        self._timeout = timeout
        self._bus = _connect(session)
        self._programs: dict[str, int] = {}  # bus name: process number
        self._kept, self._taken = Kept([]), 0.0
        self._names_kept: list[str] | None = None
        self._later: tuple[Tree, list[Node], float] = (Tree({}), [], 0.0)  # what it lacked, and until when that holds
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
        if self._names_kept == names and time.monotonic() - self._taken < TRUSTED and self._hear(heard):
            return self._kept.tree
        items = []
        for bus in names:
            with suppress(DBusErrorResponse, TimeoutError):
                items += self._call(bus, "/org/a11y/atspi/cache", f"{SPI}Cache", "GetItems")[0]
                # All that it told before its answer is in the answer.
                later = [one for one in self._heard if one.header.fields[HeaderFields.sender] != bus]
                self._heard.clear()
                self._heard.extend(later)
        self._kept, self._taken = Kept(items), time.monotonic()
        self._names_kept = names if items else None
        return self._kept.tree

    def _hear(self, heard: Sequence[Message]) -> bool:
        """Whether the tree is up to date with what was told, and a few more questions."""
        doubt = self._kept.hear(heard)
        if doubt is None or len(doubt) > FEW:
            return False
        for node in doubt:
            if (states := self._states(node)) is None:
                return False
            self._kept.know(node, bool(states >> SHOWING & 1), bool(states >> SENSITIVE & 1))
        return True

    def _answers(self, bus: str) -> bool:
        """Whether a program answers. All that it told before has been heard by then, as D-Bus keeps the order."""
        with suppress(DBusErrorResponse, TimeoutError):
            self._call(bus, "/org/a11y/atspi/accessible/root", "org.freedesktop.DBus.Peer", "Ping")
            return True
        return False

    def later(self) -> list[Node]:
        tree, known, until = self._later
        if tree is not self._kept.tree or time.monotonic() > until:
            tree = self._kept.tree
            known = [found for holder in self._kept.short() for found in self._below(holder, holder, tree.nodes)]
            self._later = tree, known, time.monotonic() + ASKED
        return known

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

    def selection(self, node: Node) -> tuple[int, int] | None:
        if chosen := self._ask(node, "Text", "GetSelection", "i", (0,)):
            start, end = sorted(int(at) for at in chosen)
            if start != end:
                return start, end
        found = self._ask(node, "", "Get", "ss", (f"{SPI}Text", "CaretOffset"))
        return (int(found[0][1]), int(found[0][1])) if found else None

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
