"""The windows of an X11 screen, as an EWMH window manager tells them."""

from collections.abc import Sequence

from Xlib import X, error
from Xlib.protocol.event import ClientMessage
from Xlib.xobject.drawable import Window as XWindow

from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.waiting import comes_true
from bilagsbot.drivers.desktop.windows import Window
from bilagsbot.drivers.desktop.x11.connection import close, connect, numbers, on_screen, text
from bilagsbot.drivers.desktop.x11.manager import TO_MANAGER, Manager
from bilagsbot.drivers.desktop.x11.ping import Ping

EVENTS = X.SubstructureNotifyMask | X.PropertyChangeMask
A_PERSON = 2  # the source of a request, in EWMH's words: window managers obey it at once
# What a Window tells comes from these. Other properties, and windows that no manager has taken in, change all the time.
TELLING = ("_NET_WM_NAME", "WM_NAME", "_NET_WM_PID", "_NET_WM_STATE", "WM_TRANSIENT_FOR")
MOVES = (X.ConfigureNotify, X.MapNotify, X.UnmapNotify, X.ReparentNotify)


class X11Windows:
    """See Windows. One connection of its own; not for several threads."""

    def __init__(self, name: str | None = None) -> None:
        self._display = connect(name)
        self._root: XWindow = self._display.screen().root
        self._root.change_attributes(event_mask=EVENTS)
        self._watched: set[int] = set()
        self._events = 0
        self._telling, self._stacking = {self._atom(name) for name in TELLING}, self._atom("_NET_CLIENT_LIST_STACKING")
        self._order: Sequence[int] = ()
        self._ping = Ping(name)
        self._manager = Manager(name)
        self._display.sync()

    def all(self) -> list[Window]:
        with on_screen():
            self._take()
            ids = numbers(self._display, self._root, "_NET_CLIENT_LIST_STACKING")
            return [window for one in ids if (window := self._window(one)) is not None]

    def active(self) -> int:
        with on_screen():
            found = numbers(self._display, self._root, "_NET_ACTIVE_WINDOW")
            # Openbox leaves the last window there when it has gone.
            return found[0] if found and found[0] in numbers(self._display, self._root, "_NET_CLIENT_LIST") else 0

    def focus(self, window: Window, timeout: float) -> bool:
        with on_screen():
            self._ask_manager(window.id, "_NET_ACTIVE_WINDOW", [A_PERSON, X.CurrentTime, 0])
            return comes_true(lambda: self.has_keyboard(window), timeout)

    def has_keyboard(self, window: Window) -> bool:
        with on_screen():
            if self.active() != window.id:
                return False
            focus = self._display.get_input_focus().focus
            return not isinstance(focus, int) and self._client(focus) == window.id

    def at(self, x: int, y: int) -> int:
        with on_screen():
            child = self._root.translate_coords(self._root, x, y).child
            return 0 if isinstance(child, int) or child is None else self._inside(child)

    def _inside(self, frame: XWindow) -> int:
        """The client window in a window manager's frame, or 0 for a menu or a list, which no manager frames."""
        clients = set(numbers(self._display, self._root, "_NET_CLIENT_LIST"))
        found = [frame]
        for _ in range(4):  # a frame, what it wraps, the client; managers nest no deeper
            for one in found:
                if one.id in clients:
                    return int(one.id)
            found = [child for one in found for child in self._children(one)]
        return 0

    def answers(self, window: Window, timeout: float) -> bool:
        with on_screen():
            return self._ping.answers(window.id, timeout)

    def settled(self, timeout: float) -> bool:
        with on_screen():
            return self._manager.settled(timeout)

    def close(self, window: Window) -> None:
        with on_screen():
            self._ask_manager(window.id, "_NET_CLOSE_WINDOW", [X.CurrentTime, A_PERSON])

    def minimise(self, window: Window) -> None:
        """Put it away, as a click on its line would."""
        with on_screen():
            self._ask_manager(window.id, "WM_CHANGE_STATE", [3])  # IconicState

    def stamp(self) -> object:
        with on_screen():
            self._take()
            return self._events

    def quit(self) -> None:
        close(self._display)
        self._ping.quit()
        self._manager.quit()

    def _take(self) -> None:
        stacked = False
        while self._display.pending_events():
            event = self._display.next_event()
            if event.type == X.DestroyNotify:  # the next window may have its number
                self._watched.discard(event.window.id)
            elif event.type == X.PropertyNotify and event.atom == self._stacking:
                stacked = True
            elif (event.type == X.PropertyNotify and event.atom in self._telling) or event.type in MOVES:
                self._events += 1
        # Managers write it again with every click, mostly as it was.
        if stacked and (order := numbers(self._display, self._root, "_NET_CLIENT_LIST_STACKING")) != self._order:
            self._order = order
            self._events += 1

    def _window(self, number: int) -> Window | None:
        """What is to be known of a client, or None where it has gone."""
        one = self._of(number)
        try:
            if number not in self._watched:
                one.change_attributes(event_mask=X.PropertyChangeMask | X.StructureNotifyMask)
                self._watched.add(number)
            size = one.get_geometry()
            corner = self._root.translate_coords(one, 0, 0)
        except error.XError:
            return None
        states = numbers(self._display, one, "_NET_WM_STATE")
        return Window(
            number, text(self._display, one, "_NET_WM_NAME") or text(self._display, one, "WM_NAME"),
            next(iter(numbers(self._display, one, "_NET_WM_PID")), 0),
            Rect(int(corner.x), int(corner.y), int(size.width), int(size.height)),
            self._atom("_NET_WM_STATE_HIDDEN") in states, self._atom("_NET_WM_STATE_MODAL") in states,
            next(iter(numbers(self._display, one, "WM_TRANSIENT_FOR")), 0),
        )  # fmt: skip

    def _client(self, window: XWindow) -> int:
        """The client window that a window is, or is part of, or 0."""
        clients = set(numbers(self._display, self._root, "_NET_CLIENT_LIST"))
        while window.id not in clients:
            try:
                parent = window.query_tree().parent
            except error.XError:
                return 0
            if isinstance(parent, int) or parent is None or parent.id == self._root.id:
                return 0
            window = parent
        return int(window.id)

    def _children(self, window: XWindow) -> list[XWindow]:
        try:
            return list(window.query_tree().children)
        except error.XError:
            return []

    def _ask_manager(self, window: int, what: str, data: list[int]) -> None:
        filled = [*data, *[0] * (5 - len(data))]
        message = ClientMessage(window=self._of(window), client_type=self._atom(what), data=(32, filled))
        self._root.send_event(message, event_mask=TO_MANAGER)
        self._display.flush()

    def _of(self, window: int) -> XWindow:
        return self._display.create_resource_object("window", window)

    def _atom(self, name: str) -> int:
        return int(self._display.get_atom(name))
