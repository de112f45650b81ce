"""Keyboard: exact text and keys into whatever has the keyboard."""

from typing import Protocol


class Keyboard(Protocol):
    """One implementation a window system."""

    def type(self, text: str) -> None:
        """Type the text, whatever the layout. Raises StepFailed, before the first key, for what cannot be typed."""
        ...

    def press(self, key: str) -> None:
        """A key or a combination as Playwright writes them: `Tab`, `F5`, `Control+S`, `Shift+Tab`. Raises StepFailed
        for a key of another name."""
        ...

    def caps_lock(self) -> bool:
        """Whether Caps Lock is on."""
        ...

    def restore(self) -> None:
        """Give the layout back as it was."""
        ...
