"""Tops: what lies on the screen of X11, frames and menus too, and which program put it there."""

from dataclasses import dataclass

from Xlib import X, error
from Xlib.xobject.drawable import Window as XWindow

from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.x11.connection import close, connect, numbers, on_screen

DEEPEST = 4  # a frame, what it wraps, the client; managers nest no deeper


@dataclass(frozen=True)
class Top:
    """A frame with a client's window in it, or what no manager frames: a menu, a list, a hint. `client` is 0 then.
    `maker` is the same for all that one program put there."""

    rect: Rect
    client: int
    maker: int


class Tops:
    """On a connection of its own. Not for several threads."""

    def __init__(self) -> None:
        self._display = connect()
        self._root: XWindow = self._display.screen().root
        self._makers = ~int(self._display.display.info.resource_id_mask)

    def all(self) -> tuple[Top, ...]:
        """The topmost last."""
        with on_screen():
            clients = set(numbers(self._display, self._root, "_NET_CLIENT_LIST"))
            tops = [self._top(one, clients) for one in self._root.query_tree().children]
            return tuple(top for top in tops if top is not None)

    def maker(self, window: int) -> int:
        """Who put a window there."""
        return window & self._makers

    def pointer(self) -> tuple[int, int]:
        """Where the mouse is."""
        with on_screen():
            place = self._root.query_pointer()
            return int(place.root_x), int(place.root_y)

    def quit(self) -> None:
        """Let go of the screen."""
        close(self._display)

    def _top(self, one: XWindow, clients: set[int]) -> Top | None:
        try:
            if one.get_attributes().map_state != X.IsViewable:
                return None
            size = one.get_geometry()
            client = _inside(one, clients)
        except error.XError:  # gone meanwhile
            return None
        rect = Rect(int(size.x), int(size.y), int(size.width), int(size.height))
        return Top(rect, client, self.maker(client or int(one.id)))


def _inside(frame: XWindow, clients: set[int]) -> int:
    """The client's window in a frame, or 0."""
    level = [frame]
    for _ in range(DEEPEST):
        for one in level:
            if one.id in clients:
                return int(one.id)
        level = [child for one in level for child in one.query_tree().children]
    return 0
