"""What keys make of a line."""

import pytest

from bilagsbot.drivers.desktop.recorder.editing import Line, Stroke, edited, edits, told


def strokes(*keys: str) -> list[Stroke]:
    return [Stroke(key, len(key) == 1) for key in keys]


@pytest.mark.parametrize(
    ("line", "keys", "after"),
    [
        (Line("", 0, 0), ["6", "8"], Line("68", 2, 2)),
        (Line("1000", 0, 4), ["5"], Line("5", 1, 1)),  # Tab selects what a field holds
        (Line("ab", 2, 2), ["ArrowLeft", "x"], Line("axb", 2, 2)),
        (Line("ab", 2, 2), ["Backspace", "Space", "c"], Line("a c", 3, 3)),
        (Line("ab", 0, 0), ["Delete", "Backspace"], Line("b", 0, 0)),
        (Line("ab cd", 5, 5), ["Shift+Home", "x"], Line("x", 1, 1)),
        (Line("ab", 1, 1), ["Shift+ArrowRight", "Delete"], Line("a", 1, 1)),
        (Line("abc", 0, 3), ["ArrowLeft", "x"], Line("xabc", 1, 1)),
        (Line("abc", 1, 1), ["Control+A", "Control+C", "ø"], Line("ø", 1, 1)),
        (Line("abc", 0, 2), [""], Line("abc", 0, 2)),  # an accent, or a click: nobody knows
    ],
)
def test_a_line_after_keys(line: Line, keys: list[str], after: Line) -> None:
    assert edited(line, strokes(*keys)) == after


def test_what_only_the_program_knows() -> None:
    assert told(strokes("a", "Backspace"))
    assert not told(strokes("a", "Control+V"))
    assert not told([Stroke("", letter=True)])
    assert all(edits(stroke) for stroke in strokes("a", "Home", "Control+V"))
    assert not any(edits(stroke) for stroke in strokes("Enter", "F5", "Control+S", "Tab"))
