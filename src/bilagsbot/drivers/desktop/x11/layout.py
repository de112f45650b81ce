"""Layout: which key writes which character, and spare keys lent to the characters that no key writes."""

from collections.abc import Iterable

from Xlib import X
from Xlib.display import Display

SHIFT, ALTGR, CAPS = 0xFFE1, 0xFE03, 0xFFE5
OTHER_NAMES = {0x10020AC: 0x20AC, 0x1002013: 0xAAA, 0x1002014: 0xAA9}  # €, – and — have keysyms of their own besides
# Columns of the core map by the level they are: plain, Shift, AltGr, both.
ONE_LAYOUT = {0: 0, 1: 1, 4: 2, 5: 3}
# Of several layouts the map does not tell whose the columns from 4 on are: spare keys serve for those.
OF_SEVERAL = {0: {0: 0, 1: 1}, 1: {2: 0, 3: 1}}
Key = tuple[int, int]  # keycode, level


class Layout:
    """The layout in use, as the server has it. `group` is which of several layouts is on."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._keys: dict[int, Key] = {}
        self._codes: dict[int, int] = {}  # keys that are no characters, at their plain level
        self._spare: list[int] = []
        self._lent: dict[int, int] = {}  # symbol: keycode; the longest unused first
        self.group = 0

    def read(self, group: int) -> None:
        """Take it as it is now: a person may have changed it."""
        info = self._display.display.info
        rows = self._display.get_keyboard_mapping(info.min_keycode, info.max_keycode - info.min_keycode + 1)
        map_ = {code: list(row) for code, row in enumerate(rows, info.min_keycode)}
        self.group = group
        self._lent = {symbol: code for symbol, code in self._lent.items() if map_[code][0] == symbol}
        lent = set(self._lent.values())
        self._spare = [code for code, row in map_.items() if not any(row)]
        self._codes = {row[0]: code for code, row in reversed(map_.items()) if row[0]}
        several = any(row[0:2] != row[2:4] for code, row in map_.items() if code not in lent and any(row[2:4]))
        levels = OF_SEVERAL.get(group, {}) if several or group else ONE_LAYOUT
        if ALTGR not in self._codes:
            levels = {column: level for column, level in levels.items() if level < 2}
        self._keys = {}
        for level, column in sorted((level, column) for column, level in levels.items()):
            for code, row in map_.items():
                if code not in lent and column < len(row) and row[column]:
                    self._keys.setdefault(row[column], (code, level))

    def code(self, symbol: int) -> int | None:
        """The key that has this symbol, which is no character."""
        return self._codes.get(symbol)

    def key(self, letter: str) -> Key | None:
        """How a character is written now, or None."""
        for symbol in _symbols(letter):
            if symbol in self._lent:
                self._lent[symbol] = self._lent.pop(symbol)  # now it is the last used
                return self._lent[symbol], 0
            if symbol in self._keys:
                return self._keys[symbol]
        return None

    def lacking(self, text: Iterable[str]) -> list[str]:
        """The characters that no key writes now, each once."""
        return [letter for letter in dict.fromkeys(text) if self.key(letter) is None]

    @property
    def room(self) -> int:
        """How many characters can have a spare key at a time."""
        return len(self._spare) + len(self._lent)

    @property
    def free(self) -> int:
        """How many can have one without taking another's."""
        return len(self._spare)

    def lend(self, letters: Iterable[str]) -> None:
        """Put characters on spare keys; where these are used up, on those of the longest unused characters."""
        for letter in letters:
            if not self._spare:
                self._spare.append(self._lent.pop(next(iter(self._lent))))
            code, symbol = self._spare.pop(), _symbols(letter)[0]
            self._display.change_keyboard_mapping(code, [[symbol] * 2])
            self._lent[symbol] = code
        self._display.sync()

    def give_back(self) -> None:
        """Take all characters off the spare keys."""
        for code in self._lent.values():
            self._display.change_keyboard_mapping(code, [[X.NoSymbol] * 2])
            self._spare.append(code)
        self._lent.clear()
        self._display.sync()


def _symbols(letter: str) -> list[int]:
    """The keysyms of a character, as X's protocol numbers them."""
    code = ord(letter)
    symbol = code if 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xFF else 0x1000000 | code
    return [symbol, *([OTHER_NAMES[symbol]] if symbol in OTHER_NAMES else [])]
