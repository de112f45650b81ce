"""Hotkeys: what a person tells the recorder, as a desktop program can carry no bar. The program never gets them."""

from typing import Literal

from Xlib import XK, X, error

from bilagsbot.drivers.desktop.x11.connection import close, connect

Mark = Literal["submit", "confirm", "expect", "secret", "pause", "undo", "lookup", "done"]
# With Ctrl+Alt. Not D, L, T or Q: desktops show themselves, lock and open terminals with them, and Q stops a run.
HOTKEYS: dict[str, Mark] = {
    "s": "submit", "k": "confirm", "e": "expect", "h": "secret", "p": "pause", "z": "undo", "o": "lookup", "f": "done",
}  # fmt: skip
WORDS: dict[Mark, str] = {
    "submit": "the next click posts",
    "confirm": "what is under the mouse is the confirmation",
    "expect": "check that this stands under the mouse",
    "secret": "this field is secret",
    "pause": "pause, and go on",
    "undo": "undo the last",
    "lookup": "now I look it up",
    "done": "done",
}
LOCKS = (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask)  # Caps Lock and Num Lock count as held


class Swallowed:
    """A context manager: the keys are for nobody else. `taken` names those that another program has already: they
    are heard all the same, but that program does its own with them."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def __enter__(self) -> "Swallowed":
        self._display = connect()
        for letter in HOTKEYS:
            refused = error.CatchError(error.BadAccess)
            key = self._display.keysym_to_keycode(XK.string_to_keysym(letter))
            for locks in LOCKS:
                held = X.ControlMask | X.Mod1Mask | locks
                root = self._display.screen().root
                root.grab_key(key, held, False, X.GrabModeAsync, X.GrabModeAsync, onerror=refused)
            self._display.sync()
            if refused.get_error():
                self.taken.append(f"Ctrl+Alt+{letter.upper()}")
        return self

    def __exit__(self, *_: object) -> None:
        close(self._display)

    def drain(self) -> None:
        """Take what has come, or it would pile up."""
        while self._display.pending_events():
            self._display.next_event()
