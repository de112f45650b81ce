"""Selenium's keys, ${KEY_ENTER} and others, by Playwright's names."""

import re
from collections.abc import Iterator

_PLAIN = {
    "ENTER": "Enter", "RETURN": "Enter", "TAB": "Tab", "ESC": "Escape", "ESCAPE": "Escape", "SPACE": "Space",
    "BKSP": "Backspace", "BACKSPACE": "Backspace", "BACK_SPACE": "Backspace", "DEL": "Delete", "DELETE": "Delete",
    "INS": "Insert", "INSERT": "Insert", "HOME": "Home", "END": "End", "PGUP": "PageUp", "PAGE_UP": "PageUp",
    "PGDN": "PageDown", "PAGE_DOWN": "PageDown", "UP": "ArrowUp", "DOWN": "ArrowDown", "LEFT": "ArrowLeft",
    "RIGHT": "ArrowRight", "MUL": "NumpadMultiply", "ADD": "NumpadAdd", "SUB": "NumpadSubtract",
    "DIV": "NumpadDivide", "DEC": "NumpadDecimal",
    **{f"F{n}": f"F{n}" for n in range(1, 13)}, **{f"N{n}": f"Numpad{n}" for n in range(10)},
    **{f"NUM{n}": f"Numpad{n}" for n in range(10)},
}  # fmt: skip
_HELD = {"CTRL": "Control", "CONTROL": "Control", "ALT": "Alt", "SHIFT": "Shift", "META": "Meta", "COMMAND": "Meta"}
_KEY = re.compile(r"\$\{KEY_(\w+)\}")


def typed_keys(sequence: str) -> Iterator[tuple[str, str]]:
    """What is typed, in order, as (key, '') or ('', text). A key that is unknown comes as it is written.

    A key that is held down stays so to the end of the sequence.
    """
    held = list[str]()
    for i, part in enumerate(_KEY.split(sequence)):
        if i % 2 == 0:
            if held:
                yield from (("+".join([*held, letter]), "") for letter in part)
            elif part:
                yield "", part
        elif part in _HELD:
            held.append(_HELD[part])
        elif part in _PLAIN:
            yield "+".join([*held, _PLAIN[part]]), ""
        else:
            yield f"${{KEY_{part}}}", ""
