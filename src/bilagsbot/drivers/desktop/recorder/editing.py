"""Editing: what a line of text becomes by keys, for the moment in which its field cannot be asked any more."""

from collections.abc import Iterable
from typing import NamedTuple

KNOWN = {
    "Backspace", "Delete", "Home", "End", "ArrowLeft", "ArrowRight", "Shift+Home", "Shift+End", "Shift+ArrowLeft",
    "Shift+ArrowRight", "Control+A", "Control+C", "Insert", "Space",
}  # fmt: skip
# These change a text too, but what they make of it only the program knows.
OTHERS = {
    "Control+V", "Control+X", "Control+Z", "Control+Y", "Shift+Insert", "Shift+Delete", "Control+Backspace",
    "Control+Delete", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Control+ArrowLeft", "Control+ArrowRight",
    "Control+Home", "Control+End", "Shift+Space", "Control+Space", "Shift+Backspace",
}  # fmt: skip


class Line(NamedTuple):
    """A text, where a selection began, and where the next letter comes."""

    text: str
    start: int = 0
    end: int = 0


class Stroke(NamedTuple):
    """A key, or a letter."""

    key: str
    letter: bool


def edits(stroke: Stroke) -> bool:
    """Whether it is for the text, and not for the program."""
    return stroke.letter or stroke.key in KNOWN or stroke.key in OTHERS


def told(strokes: Iterable[Stroke]) -> bool:
    """Whether these keys alone say what becomes of a text."""
    return all((stroke.letter and stroke.key) or stroke.key in KNOWN for stroke in strokes)


def edited(line: Line, strokes: Iterable[Stroke]) -> Line:
    """The line after these keys."""
    for stroke in strokes:
        line = _after(line, stroke)
    return line


def _after(line: Line, stroke: Stroke) -> Line:
    text, start, end = line
    first, last = sorted((start, end))
    if not stroke.key:  # an accent to come
        return line
    if stroke.letter or stroke.key == "Space":
        letter = stroke.key if stroke.letter else " "
        return Line(text[:first] + letter + text[last:], first + len(letter), first + len(letter))
    if stroke.key in ("Backspace", "Delete"):
        if first == last:
            first, last = (max(first - 1, 0), last) if stroke.key == "Backspace" else (first, last + 1)
        return Line(text[:first] + text[last:], first, first)
    if stroke.key == "Control+A":
        return Line(text, 0, len(text))
    held, _, key = stroke.key.rpartition("+")
    if key in ("Home", "End", "ArrowLeft", "ArrowRight"):
        left, right = (first, last) if first != last and not held else (max(end - 1, 0), min(end + 1, len(text)))
        to = {"Home": 0, "End": len(text), "ArrowLeft": left, "ArrowRight": right}[key]
        return Line(text, start if held else to, to)
    return line
