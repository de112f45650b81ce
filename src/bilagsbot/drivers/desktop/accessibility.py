"""Accessibility: what a program tells of the things on its windows. One implementation a system: AT-SPI on Linux."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from bilagsbot.drivers.desktop.geometry import Rect


@dataclass(frozen=True)
class Node:
    """One thing in a program's window, as it was when the tree was taken. Roles have the names that web pages use."""

    id: str
    parent: str
    role: str
    name: str
    showing: bool
    enabled: bool
    editable: bool


@dataclass(frozen=True)
class Tree:
    """All things of one program, by id; of each program once, for one look."""

    nodes: dict[str, Node]

    def within(self, node: Node, holder: str) -> bool:
        """Whether a thing is, or stands in, the thing with that id."""
        seen = 0
        while node.id != holder:
            above = self.nodes.get(node.parent)
            if above is None or (seen := seen + 1) > len(self.nodes):
                return False
            node = above
        return True


class Accessibility(Protocol):
    """The things on the screen as their programs tell them; every call is answered, or raises StepFailed.

    A program that has none, or does not answer in time, has an empty tree.
    """

    def tree(self, pids: Collection[int]) -> Tree:
        """What the programs with these process numbers show now."""
        ...

    def later(self) -> list[Node]:
        """What the last tree lacks: some programs do not tell of what was put into a window after it was made, such as
        a page's own buttons in a toolbar, unless they are asked for it."""
        ...

    def rect(self, node: Node) -> Rect | None:
        """Where it is now; None where it has gone or is not shown."""
        ...

    def text(self, node: Node) -> str | None:
        """What it holds now: a field's text, a list's chosen entry, `true` or `false` of a box, else its name.

        None where it has gone."""
        ...

    def focused(self, node: Node) -> bool:
        """Whether it has the keyboard now."""
        ...

    def cells(self, table: Node) -> tuple[list[str], list[list[str]]]:
        """A table's column headers and its rows' cells, as they are now."""
        ...

    def select_all(self, node: Node) -> bool:
        """Select a field's whole text; whether the program did."""
        ...

    def selection(self, node: Node) -> tuple[int, int] | None:
        """What of a field's text is selected, from and to; twice where the next letter comes, where nothing is."""
        ...

    def quit(self) -> None:
        """Let go of the programs."""
        ...
