"""Text: what was typed, and nothing that cannot be seen."""

import datetime as dt

import pytest
from pydantic import ValidationError

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types import CellValue, Text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Blåbær AS\u00a0", "Blåbær AS"),
        ("Bla\u030aba\u0308r", "Blåbär"),
        ("Nord\u00a0&\u202fSør", "Nord & Sør"),
        (1234, "1234"),
        (1234.0, "1234"),
        (999999999999999, "999999999999999"),
        ("0123", "0123"),
        ("Ferdig\n", "Ferdig"),
    ],
)
def test_text_as_the_person_meant_it(cell: CellValue, text: str) -> None:
    assert Text().parse(cell) == text


@pytest.mark.parametrize(
    ("cell", "why", "instead"),
    [
        (12.5, "'12,5' is a number with decimals", "Format the cell as text"),
        (1e15, "Excel has lost the last ones", "type the number again"),
        (1234567890123456, "has more than 15 digits", "type the number again"),
        (dt.datetime(2026, 1, 12), "'12.01.2026' is a date, not text", "Format the cell as text"),
        ("a\nb", "'a↵b' has a line break", "on one line"),
        ("a\tb", "'a→b' has a tab", "a space"),
        ("a\u200bb", "invisible character (U+200B)", "instead of pasting"),
        ("a\x07b", "invisible character (U+0007)", "instead of pasting"),
        ("#N/A", "'#N/A' is an error from a formula", "Correct the formula"),
        (False, "'FALSE' is a yes/no cell", "Format the cell as text"),
        (dt.time(12, 0), "is a time of day", "Format the cell as text"),
    ],
)
def test_what_cannot_be_keyed_as_seen_is_refused(cell: CellValue, why: str, instead: str) -> None:
    with pytest.raises(BadValue) as e:
        Text().parse(cell)
    assert why in e.value.what
    assert instead in e.value.instead


def test_multiline_text_keeps_line_breaks_and_nothing_else_invisible() -> None:
    field = Text(multiline=True)
    assert field.parse("a\nb") == "a\nb"
    assert field.parse("a\r\nb") == "a\nb"
    with pytest.raises(BadValue, match="has a tab"):
        field.parse("a\n\tb")
    with pytest.raises(BadValue, match="invisible"):
        field.parse("a\rb")


def test_lengths_are_of_the_text_as_it_will_be_keyed() -> None:
    field = Text(min_length=2, max_length=3)
    assert field.parse(" a\u030abc ") == "åbc"
    with pytest.raises(BadValue, match=r"has 4 characters\. Write at most 3"):
        field.parse("abcd")
    with pytest.raises(BadValue, match=r"has 1 character\. Write at least 2"):
        field.parse("a")


def test_a_pattern_must_fit_the_whole_text_and_the_note_explains_it() -> None:
    with pytest.raises(BadValue, match=r"fits F\[0-9\]\+ from beginning to end"):
        Text(pattern="F[0-9]+").parse("F12x")
    with pytest.raises(BadValue, match="Write F and the number"):
        Text(pattern="F[0-9]+", note="Write F and the number.").parse("12")
    assert Text(pattern="F[0-9]+").parse("F12") == "F12"


def test_a_broken_pattern_or_impossible_length_is_refused_when_the_flow_is_read() -> None:
    with pytest.raises(ValidationError, match="is not a regular expression"):
        Text(pattern="(")
    with pytest.raises(ValidationError, match="min_length 3 is above max_length 2"):
        Text(min_length=3, max_length=2)


def test_a_long_value_is_quoted_on_one_line_of_forty_characters() -> None:
    with pytest.raises(BadValue) as e:
        Text(max_length=10).parse("x" * 100)
    assert e.value.what == f"'{'x' * 39}…' has 100 characters."
