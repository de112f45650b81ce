"""Text in cells reads back as it was."""

import re

import pytest

from bilagsbot.sinks.celltext import LONGEST, cell_text


def decode(text: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Æøå 😀\t\n", "Æøå 😀\t\n"),
        ("a\x00b\x1f", "a_x0000_b_x001F_"),
        ("\ufffe\ud800", "_xFFFE__xD800_"),
        ("a\rb", "a_x000D_b"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"),
        ("_x0041\x01", "_x005F_x0041_x0001_"),
        ("_x41_ _xyzzy_", "_x41_ _xyzzy_"),
    ],
)
def test_escapes_read_back(text: str, escaped: str) -> None:
    assert cell_text(text) == escaped
    assert decode(escaped) == text


def test_line_ends_are_excels() -> None:
    assert cell_text("a\r\nb") == "a\nb"


def test_long_text_is_cut_by_excels_measure() -> None:
    assert cell_text("a" * LONGEST) == "a" * LONGEST
    assert cell_text("a" * (LONGEST + 1)) == "a" * (LONGEST - 1) + "…"
    wide = cell_text("a" + "😀" * LONGEST)
    assert len(wide.encode("utf-16-le")) // 2 <= LONGEST
    assert wide.endswith("😀…")
