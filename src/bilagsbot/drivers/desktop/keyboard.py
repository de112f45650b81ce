"""Keyboard: exact text into whatever has the keyboard."""

from typing import Protocol


class Keyboard(Protocol):
    """One implementation a window system."""

    def type(self, text: str, into: int = 0) -> bool:
        """Type the text, whatever the layout, as long as the window with the id `into` has the keyboard; 0 is any.

        Whether all was typed. Raises StepFailed, before the first key, for what cannot be typed."""
        ...

    def caps_lock(self) -> bool:
        """Whether Caps Lock is on."""
        ...

    def restore(self) -> None:
        """Give the layout back as it was."""
        ...

    def quit(self) -> None:
        """Let go of the screen; restore first."""
        ...
