"""Exact text on X11: keys by XTEST, and spare keys of the layout for the letters that it lacks."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence

from Xlib import XK, X
from Xlib.ext import xtest

from bilagsbot.drivers.desktop.x11.connection import connect
from bilagsbot.model.errors import StepFailed

SHIFT, ALTGR, CAPS = 0xFFE1, 0xFE03, 0xFFE5
# Mapped when the keyboard is opened, so that programs have long learnt of them; a layout has some 20 keys to spare.
OFTEN = "æøåÆØÅéÉ–€"
LEVELS = {0: 0, 1: 1, 4: 2, 5: 3}  # columns of the core map: plain, Shift, AltGr, both; 2 and 3 are another group
OTHER_NAMES = {0x10020AC: 0x20AC, 0x1002013: 0xAAA, 0x1002014: 0xAA9}  # €, – and — have keysyms of their own besides
MODIFIERS = {"Shift": X.ShiftMask, "Control": X.ControlMask, "Alt": X.Mod1Mask, "Meta": X.Mod4Mask}
Key = tuple[int, int]  # keycode, level


class X11Keyboard:
    """See Keyboard."""

    def __init__(self, name: str | None = None) -> None:
        self._display = connect(name)
        self._own: dict[int, int] = {}  # our letters, by key
        self._keys: dict[int, Key] = {}
        self._spare: list[int] = []
        self._known: list[Sequence[int]] = []
        self._read()
        self._add(self._lacking(OFTEN))

    def type(self, text: str) -> None:
        self._check(text)
        if self._layout_changed():
            self._read()
        self._add(self._lacking(text), {_symbol(letter) for letter in text})
        caps = self._caps_key() if self.caps_lock() else None
        if caps is not None:  # it would turn every letter; it is put back on, for it is the person's
            self._stroke((caps, 0))
        try:
            for letter in text:
                self._stroke(self._key(letter))
            self._display.sync()
        finally:
            if caps is not None:
                self._stroke((caps, 0))
                self._display.sync()

    def caps_lock(self) -> bool:
        return bool(self._mask() & X.LockMask)

    def restore(self) -> None:
        for code in self._own:
            self._display.change_keyboard_mapping(code, [[X.NoSymbol] * 2])
        self._display.sync()
        self._own.clear()

    def _check(self, text: str) -> None:
        wrong = sorted({letter for letter in text if unicodedata.category(letter) in ("Cc", "Cs", "Cn", "Co")})
        if wrong:
            names = ", ".join(f"U+{ord(letter):04X}" for letter in wrong)
            raise StepFailed(f"the text {text!r} holds what no key writes: {names}")
        if held := [name for name, bit in MODIFIERS.items() if self._mask() & bit]:
            raise StepFailed(f"{' and '.join(held)} is held down on the keyboard, so nothing was typed")

    def _mask(self) -> int:
        return int(self._display.screen().root.query_pointer().mask)

    def _caps_key(self) -> int:
        return int(self._display.keysym_to_keycode(CAPS))

    def _key(self, letter: str) -> Key:
        return next(self._keys[symbol] for symbol in _symbols(letter) if symbol in self._keys)

    def _lacking(self, text: str) -> list[int]:
        """The symbols that no key writes yet, each once."""
        letters = dict.fromkeys(text)
        return [_symbol(c) for c in letters if not any(symbol in self._keys for symbol in _symbols(c))]

    def _layout_changed(self) -> bool:
        """Whether somebody has chosen another layout; our own letters are gone with the old one."""
        changed = False
        while self._display.pending_events():
            event = self._display.next_event()
            changed = changed or event.type == X.MappingNotify
        return changed and self._mapping() != self._known

    def _mapping(self) -> list[Sequence[int]]:
        first, last = self._display.display.info.min_keycode, self._display.display.info.max_keycode
        return [tuple(symbols) for symbols in self._display.get_keyboard_mapping(first, last - first + 1)]

    def _read(self) -> None:
        self._own, self._keys, self._spare = {}, {}, []
        self._known = self._mapping()
        for code, symbols in enumerate(self._known, self._display.display.info.min_keycode):
            if not any(symbols):
                self._spare.append(code)
            for column, symbol in enumerate(symbols):
                level = LEVELS.get(column)
                if symbol and level is not None and (symbol not in self._keys or self._keys[symbol][1] > level):
                    self._keys[symbol] = (code, level)

    def _add(self, symbols: list[int], needed: Collection[int] = ()) -> None:
        """Put symbols on keys that have none, else on those of ours that are not `needed`, the oldest first. The
        server tells the programs before any key that is pressed later."""
        idle = [code for code, symbol in self._own.items() if symbol not in needed]
        if len(symbols) > len(self._spare) + len(idle):
            raise StepFailed("the text has more different letters than the keyboard has keys to spare")
        for symbol in symbols:
            code = self._spare.pop() if self._spare else idle.pop(0)
            self._keys.pop(self._own.pop(code, X.NoSymbol), None)
            self._display.change_keyboard_mapping(code, [[symbol] * 2])
            self._own[code] = symbol
            self._keys[symbol] = (code, 0)
        if symbols:
            self._display.sync()
            self._known = self._mapping()

    def _stroke(self, key: Key) -> None:
        code, level = key
        held = list(self._held(level))
        for modifier in held:
            xtest.fake_input(self._display, X.KeyPress, modifier)
        xtest.fake_input(self._display, X.KeyPress, code)
        xtest.fake_input(self._display, X.KeyRelease, code)
        for modifier in reversed(held):
            xtest.fake_input(self._display, X.KeyRelease, modifier)

    def _held(self, level: int) -> Iterator[int]:
        if level & 1:
            yield self._display.keysym_to_keycode(SHIFT)
        if level & 2:
            yield self._display.keysym_to_keycode(ALTGR)


def _symbol(letter: str) -> int:
    """The keysym of a character, as X's protocol numbers them."""
    code = ord(letter)
    if letter in "\n\t":
        return int(XK.XK_Return if letter == "\n" else XK.XK_Tab)
    return code if 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xFF else 0x1000000 | code


def _symbols(letter: str) -> list[int]:
    symbol = _symbol(letter)
    return [symbol, *([OTHER_NAMES[symbol]] if symbol in OTHER_NAMES else [])]
