"""Ping: has a program read all that was sent to it? Asked by _NET_WM_PING, which it answers in its turn."""

import itertools
import select
import time

from Xlib import X
from Xlib.protocol.event import ClientMessage

from bilagsbot.drivers.desktop.x11.connection import close, connect, numbers


class Ping:
    """On a connection of its own. Not for several threads."""

    def __init__(self, name: str | None = None) -> None:
        self._display = connect(name)
        self._root = self._display.screen().root
        self._stamps = itertools.count(1)
        self._ping = int(self._display.get_atom("_NET_WM_PING"))
        self._protocols = int(self._display.get_atom("WM_PROTOCOLS"))

    def answers(self, window: int, timeout: float) -> bool:
        """Whether the window's program answers within `timeout` seconds. One that cannot be asked does."""
        client = self._display.create_resource_object("window", window)
        if self._ping not in numbers(self._display, client, "WM_PROTOCOLS"):
            return True
        stamp, ends = next(self._stamps), time.monotonic() + timeout
        data = [self._ping, stamp, window, 0, 0]
        self._root.change_attributes(event_mask=X.SubstructureNotifyMask)  # answers are sent to the root window
        message = ClientMessage(window=client, client_type=self._protocols, data=(32, data))
        client.send_event(message, event_mask=X.NoEventMask)
        self._display.flush()
        try:
            return self._heard(stamp, ends)
        finally:
            self._root.change_attributes(event_mask=X.NoEventMask)
            self._display.flush()

    def active_answers(self, timeout: float) -> bool:
        """The same of the window that has the keyboard, as the window manager tells it."""
        found = numbers(self._display, self._root, "_NET_ACTIVE_WINDOW")
        return not found or not found[0] or self.answers(found[0], timeout)

    def quit(self) -> None:
        """Let go of the screen."""
        close(self._display)

    def _heard(self, stamp: int, ends: float) -> bool:
        while True:
            while self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.ClientMessage and list(event.data[1][:2]) == [self._ping, stamp]:
                    return True
            left = ends - time.monotonic()
            if left <= 0:
                return False
            select.select([self._display.fileno()], [], [], left)
