"""Look: the program as it was at one moment, kept until what comes next has been named by it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bilagsbot.drivers.desktop.accessibility import Node, Tree
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.screen import Picture
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.drivers.desktop.x11.tops import Top


@dataclass(frozen=True, eq=False)
class Look:
    """All of it was so at `ended`, which counts as time.monotonic() does. `texts` are those of boxes and lists, by id;
    `picture` is of the part of the screen that holds the windows."""

    ended: float
    tops: tuple[Top, ...]
    own: tuple[Window, ...]
    makers: frozenset[int]
    active: int
    tree: Tree
    rects: Mapping[str, Rect]
    texts: Mapping[str, str]
    focus: Node | None
    pointer: tuple[int, int]
    picture: Picture | None

    def top(self, x: int, y: int) -> Top | None:
        """What a click there reaches, if that is the program's."""
        there = [top for top in self.tops if top.rect.holds(x, y)]
        return there[-1] if there and there[-1].maker in self.makers else None

    def window(self, id: int) -> Window | None:
        """The program's window of that number."""
        return next((window for window in self.own if window.id == id), None)

    def above(self, node: Node) -> Iterator[Node]:
        """The things that it is in, the nearest first."""
        for _ in range(len(self.tree.nodes)):
            if (above := self.tree.nodes.get(node.parent)) is None:
                return
            yield above
            node = above


class Kept:
    """What the look tells of its things, with an Accessibility's verbs."""

    def __init__(self, look: Look) -> None:
        self.look = look

    def tree(self, pids: Collection[int]) -> Tree:
        return self.look.tree

    def later(self) -> list[Node]:
        return []

    def rect(self, node: Node) -> Rect | None:
        return self.look.rects.get(node.id)

    def text(self, node: Node) -> str | None:
        return self.look.texts.get(node.id, node.name)

    def focused(self, node: Node) -> bool:
        return self.look.focus is not None and self.look.focus.id == node.id

    def cells(self, table: Node) -> tuple[list[str], list[list[str]]]:
        return [], []

    def select_all(self, node: Node) -> bool:
        return False

    def selection(self, node: Node) -> tuple[int, int] | None:
        return None

    def quit(self) -> None:
        return


def latest(looks: Sequence[Look], at: float) -> Look | None:
    """The last one that was over by then; where none was, the first there is."""
    over = [look for look in looks if look.ended <= at]
    return over[-1] if over else next(iter(looks), None)
