"""The names of keys, as Playwright writes them, so that a flow says `press: Control+S` of any program."""

from bilagsbot.model.errors import StepFailed, suggest

MODIFIERS = {"Control": "ctrl", "Shift": "shift", "Alt": "alt", "Meta": "win"}
# As pyautogui calls them.
KEYS = {
    "Tab": "tab", "Enter": "enter", "Escape": "esc", "Backspace": "backspace", "Delete": "delete", "Insert": "insert",
    "Home": "home", "End": "end", "PageUp": "pageup", "PageDown": "pagedown", "Space": "space",
    "ArrowUp": "up", "ArrowDown": "down", "ArrowLeft": "left", "ArrowRight": "right",
    **{f"F{n}": f"f{n}" for n in range(1, 25)},
}  # fmt: skip


def combination(key: str) -> list[str]:
    """A key or a combination, in pyautogui's words, the key last. Raises StepFailed for one of another name."""
    *held, last = key.split("+") if key != "+" else ["+"]
    for name in held:
        if name not in MODIFIERS:
            raise StepFailed(f"there is no key '{name}' to hold in '{key}'. {suggest(name, MODIFIERS)}")
    if last in KEYS:
        return [*(MODIFIERS[name] for name in held), KEYS[last]]
    if len(last) == 1 and last.isascii() and last.isprintable():
        return [*(MODIFIERS[name] for name in held), last.lower()]
    raise StepFailed(f"there is no key '{last}'. {suggest(last, [*KEYS, *MODIFIERS])}")
