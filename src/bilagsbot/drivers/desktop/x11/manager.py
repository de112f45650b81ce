"""Manager: has the window manager done all that it was asked? Clicks wait for it, and land where a window went to."""

import select
import time

from Xlib import X
from Xlib.protocol.event import ClientMessage

from bilagsbot.drivers.desktop.x11.connection import close, connect, numbers

TO_MANAGER = X.SubstructureRedirectMask | X.SubstructureNotifyMask


class Manager:
    """Asks in EWMH's words how wide the frame of a window would be, which it answers in its turn. On a connection of
    its own. Not for several threads."""

    def __init__(self, name: str | None = None) -> None:
        self._display = connect(name)
        self._root = self._display.screen().root
        self._asks = int(self._display.get_atom("_NET_REQUEST_FRAME_EXTENTS"))
        self._extents = int(self._display.get_atom("_NET_FRAME_EXTENTS"))
        self._able = self._asks in numbers(self._display, self._root, "_NET_SUPPORTED")
        self._own = self._root.create_window(0, 0, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask)

    def settled(self, timeout: float) -> bool:
        """Whether it has, within `timeout` seconds. One that cannot be asked has."""
        if not self._able:
            return True
        message = ClientMessage(window=self._own, client_type=self._asks, data=(32, [0] * 5))
        self._root.send_event(message, event_mask=TO_MANAGER)
        self._display.flush()
        ends = time.monotonic() + timeout
        while True:
            while self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.PropertyNotify and event.atom == self._extents:
                    return True
            if (left := ends - time.monotonic()) <= 0:
                return False
            select.select([self._display.fileno()], [], [], left)

    def quit(self) -> None:
        """Let go of the screen."""
        close(self._display)
