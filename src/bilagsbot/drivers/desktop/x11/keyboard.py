"""Exact text on X11: keys by XTEST, and spare keys of the layout for the characters that it lacks."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from Xlib import X, error
from Xlib.ext import xtest

from bilagsbot.drivers.desktop.x11.connection import close, connect, on_screen
from bilagsbot.drivers.desktop.x11.layout import ALTGR, CAPS, SHIFT, Key, Layout
from bilagsbot.drivers.desktop.x11.ping import Ping
from bilagsbot.model.errors import StepFailed, Unreachable

OFTEN = "æøåÆØÅéö€–"  # on spare keys from the start; the American layout has 19 of those
HELD = {
    X.ShiftMask: "Shift", X.ControlMask: "Control", X.Mod1Mask: "Alt", X.Mod4Mask: "Meta", X.Mod5Mask: "AltGr",
}  # fmt: skip
READ = 2.0  # seconds for a program to read what was typed, before a key is given to another character


class X11Keyboard:
    """See Keyboard. Caps Lock is turned off while it types, and on again."""

    def __init__(self, name: str | None = None) -> None:
        self._display = connect(name)
        self._ping = Ping(name)
        self._layout = Layout(self._display)
        with on_screen():
            self._layout.read(self._group())
            self._layout.lend(self._layout.lacking(OFTEN)[: self._layout.free])
            self._changed()  # by us

    def type(self, text: str, into: int = 0) -> bool:
        _check(text)
        with on_screen():
            if held := [name for mask, name in HELD.items() if self._mask() & mask]:
                raise StepFailed(
                    f"{' and '.join(held)} is held down on the keyboard, so nothing was typed. Let go of it, "
                    "and run again"
                )
            if self._changed() or self._group() != self._layout.group:
                self._layout.read(self._group())
            with self._without_caps_lock():
                return all(self._strike(part, into) for part in self._parts(text))

    def caps_lock(self) -> bool:
        with on_screen():
            return bool(self._mask() & X.LockMask)

    def restore(self) -> None:
        with suppress(Unreachable), on_screen():  # the screen took the layout with it
            self._ping.active_answers(READ)  # what is typed last is read by the layout that it was typed with
            self._layout.give_back()

    def quit(self) -> None:
        close(self._display)
        self._ping.quit()

    def _parts(self, text: str) -> Iterator[str]:
        """The text, part by part, each when all its characters have keys."""
        while text:
            end, lacking = self._fitting(text)
            if lacking:
                self._lend(lacking)
            yield text[:end]
            text = text[end:]

    def _fitting(self, text: str) -> tuple[int, list[str]]:
        """How much of it can be typed with one set of spare keys, and what needs a new one."""
        if not (lacking := self._layout.lacking(text)):  # this also marks as used what has one
            return len(text), []
        seen: set[str] = set()
        for at, letter in enumerate(text):
            seen.add(letter)
            if len(seen) > self._layout.room:
                return at, self._layout.lacking(text[:at])
        return len(text), lacking

    def _lend(self, letters: list[str]) -> None:
        """A program reads a key by the layout of the moment at which it reads: so it must have read what was typed
        before a key is taken from another character."""
        if len(letters) > self._layout.free and not self._ping.active_answers(READ):
            raise StepFailed("the program does not read what is typed, so typing was given up")
        self._layout.lend(letters)
        self._changed()  # by us

    def _known(self, letter: str) -> Key:
        key = self._layout.key(letter)
        if key is None:  # somebody changed the layout between our two looks
            raise StepFailed(f"the keyboard has no key for {_named(letter)} any more; the text is half typed")
        return key

    def _changed(self) -> bool:
        """Whether the layout has changed since this was asked last."""
        events = [self._display.next_event() for _ in range(self._display.pending_events())]
        return any(event.type == X.MappingNotify for event in events)

    def _strike(self, part: str, into: int) -> bool:
        """Nobody else is served meanwhile, so the keyboard stays with the window that has it, and keys are sent in one
        go: other programs wait for less than a millisecond."""
        keys = [self._known(letter) for letter in part]
        self._display.grab_server()
        try:
            if into and not self._has_keyboard(into):
                return False
            for key in keys:
                self._stroke(key)
            return True
        finally:
            self._display.ungrab_server()
            self._display.sync()

    def _has_keyboard(self, window: int) -> bool:
        """By this connection: another one would wait for the grab to end."""
        one = self._display.get_input_focus().focus
        with suppress(error.XError):
            while one and not isinstance(one, int):
                if one.id == window:
                    return True
                one = one.query_tree().parent
        return False

    def _mask(self) -> int:
        return int(self._display.screen().root.query_pointer().mask)

    def _group(self) -> int:
        return self._mask() >> 13 & 3

    @contextmanager
    def _without_caps_lock(self) -> Iterator[None]:
        """It would turn every letter. It is put back on, for it is the person's."""
        if not self._mask() & X.LockMask:
            yield
            return
        caps = self._layout.code(CAPS)
        if caps is not None:
            self._stroke((caps, 0))
        if self._mask() & X.LockMask:
            raise StepFailed("Caps Lock is on and cannot be turned off, so nothing was typed. Turn it off")
        try:
            yield
        finally:
            if caps is not None:
                self._stroke((caps, 0))
                self._display.sync()

    def _stroke(self, key: Key) -> None:
        code, level = key
        held = [self._layout.code(symbol) for bit, symbol in ((1, SHIFT), (2, ALTGR)) if level & bit]
        for modifier in held:
            xtest.fake_input(self._display, X.KeyPress, modifier)
        xtest.fake_input(self._display, X.KeyPress, code)
        xtest.fake_input(self._display, X.KeyRelease, code)
        for modifier in reversed(held):
            xtest.fake_input(self._display, X.KeyRelease, modifier)


def _check(text: str) -> None:
    """The text itself is not named: it may be a password."""
    for at, letter in enumerate(text, 1):
        if unicodedata.category(letter) in ("Cc", "Cs", "Cn", "Co"):
            raise StepFailed(f"character {at} of the text, {_named(letter)}, is none that a key writes: remove it")


def _named(letter: str) -> str:
    plain = {"\t": " (tab)", "\n": " (line break)", "\r": " (line break)"}
    return f"U+{ord(letter):04X}{plain.get(letter, '')}"
