"""Windows: which windows are on the screen, as the window manager tells it."""

from dataclasses import dataclass
from typing import Protocol

from bilagsbot.drivers.desktop.geometry import Rect


@dataclass(frozen=True)
class Window:
    """A top-level window as it was when it was listed. `owner` is the id of the window a dialog belongs to, else 0."""

    id: int
    title: str
    pid: int
    rect: Rect
    minimised: bool
    modal: bool
    owner: int


class Windows(Protocol):
    """The top-level windows of one screen. One implementation a window system."""

    def all(self) -> list[Window]:
        """Every window, the topmost last."""
        ...

    def active(self) -> int:
        """The id of the window that has the keyboard, or 0."""
        ...

    def has_keyboard(self, window: Window) -> bool:
        """Whether what is typed now goes to this window: that it is the active one does not say so yet."""
        ...

    def focus(self, window: Window, timeout: float) -> bool:
        """Bring it back if it is minimised, to the front, and give it the keyboard; whether it has it in time.

        `timeout` is in seconds."""
        ...

    def at(self, x: int, y: int) -> int:
        """The id of the top-level window that a click there would reach, or 0. Menus and lists that drop down count
        as the window 0."""
        ...

    def answers(self, window: Window, timeout: float) -> bool:
        """Whether its program still answers: a hung one does not. A window that cannot be asked answers."""
        ...

    def settled(self, timeout: float) -> bool:
        """Whether the window manager has done all that it was asked before, within `timeout` seconds. Until then
        windows are not where they are said to be, and a click lands late."""
        ...

    def close(self, window: Window) -> None:
        """Ask it to close, as a click on its cross would."""
        ...

    def stamp(self) -> object:
        """Changes whenever a window has come, gone, moved, changed its title, or got the keyboard; cheap to ask."""
        ...

    def quit(self) -> None:
        """Let go of the screen."""
        ...
