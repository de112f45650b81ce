"""Rect: where something is on the screen."""

from typing import NamedTuple, Self


class Rect(NamedTuple):
    """Pixels of the whole screen; the origin is its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def centre(self) -> tuple[int, int]:
        """The pixel in the middle."""
        return self.x + self.width // 2, self.y + self.height // 2

    @property
    def right(self) -> int:
        """The first column right of it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height

    def holds(self, x: int, y: int) -> bool:
        """Whether a pixel lies in it."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def within(self, other: Self) -> bool:
        """Whether all of it lies in the other."""
        return other.x <= self.x and other.y <= self.y and self.right <= other.right and self.bottom <= other.bottom

    def meets(self, other: Self) -> bool:
        """Whether they have a pixel in common."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )  # fmt: skip

    def common(self, other: Self) -> "Rect":
        """What both have in common; where that is nothing, its width or height is zero or less."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Rect(x, y, min(self.right, other.right) - x, min(self.bottom, other.bottom) - y)

    def moved(self, right: int, down: int) -> "Rect":
        """The same, elsewhere."""
        return Rect(self.x + right, self.y + down, self.width, self.height)

    def grown(self, by: int) -> "Rect":
        """Larger by so many pixels on each side; smaller where `by` is negative."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)
